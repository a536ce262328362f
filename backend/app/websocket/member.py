"""One connection that has joined a room: who it is and how it is reached."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from app.services.tokens import Proof
from app.websocket.frames import text_frame
from app.websocket.line import Line
from app.websocket.protocol import OVERLOADED, Goodbye

PERFORMERS = ("owner", "editor", "performer")


@dataclass(slots=True, eq=False)
class Member:
    """A listener; `ended` is set once there is a reason for the connection to end."""

    number: int
    line: Line
    claims: Proof
    name: str | None
    role: str
    address: str
    wants_sound: bool
    reported_s: float = 0.0
    ended: asyncio.Future[Goodbye] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    @property
    def delay_s(self) -> float:
        """How much later than the server this member hears, one way."""
        return max(self.line.delay_s(), self.reported_s)

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message that may not be missed."""
        self.send(text_frame(message))

    def send(self, frame: bytes) -> None:
        """Send a frame that may not be missed; a member too far behind has to join again."""
        if not self.line.send(frame):
            self.end(Goodbye(OVERLOADED, "too far behind; join again and go on"))

    def end(self, goodbye: Goodbye) -> None:
        """Give the connection a reason to end; the first one counts."""
        if not self.ended.done():
            self.ended.set_result(goodbye)

    def shown(self) -> dict[str, Any]:
        """Return what the others see of this member."""
        return {"number": self.number, "name": self.name, "role": self.role}
