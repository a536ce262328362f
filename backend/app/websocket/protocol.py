"""The rules of `mundi.v1` for one connection, without any I/O: what was said, what follows."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from app.schemas.live import SAID, Join, Said
from app.services.tools import Limits
from app.utils import strict_json

SUBPROTOCOL = "mundi.v1"
LIMITS = Limits()
BYTES_MAX = LIMITS.message_bytes_max
RATE_PER_S = float(LIMITS.messages_per_second)
BURST = float(LIMITS.messages_burst)
JOIN_WITHIN_S = 10.0
FAULTS_MAX = 3  # malformed messages within FAULTS_WITHIN_S end the connection
FAULTS_WITHIN_S = 10.0
ABUSE_MAX = 500  # messages over the rate within ABUSE_WITHIN_S end it too
ABUSE_WITHIN_S = 5.0

RESTART, OVERLOADED = 1012, 1013
MALFORMED, UNAUTHENTICATED, REMOVED, GONE = 4400, 4401, 4403, 4404
NOT_JOINED, FULL, UNPLAYABLE, ABUSE = 4408, 4409, 4422, 4429


@dataclass(frozen=True, slots=True)
class Refusal:
    """An in-band error."""

    code: str
    message: str
    op_id: str | None = None
    problems: tuple[dict[str, str], ...] = ()

    def message_out(self) -> dict[str, Any]:
        """Return it as the message that is sent."""
        out: dict[str, Any] = {"type": "error", "code": self.code, "message": self.message}
        if self.op_id is not None:
            out["op_id"] = self.op_id
        if self.problems:
            out["problems"] = list(self.problems)
        return out


@dataclass(frozen=True, slots=True)
class Goodbye:
    """The connection ends with this close code."""

    code: int
    reason: str


Outcome = Said | Refusal | Goodbye | None


@dataclass(slots=True)
class Conversation:
    """What has been said on one connection, as far as the rules care; times are seconds."""

    opened_s: float
    joined: bool = False
    _allowance: float = BURST
    _filled_s: float = 0.0
    _faults: deque[float] = field(default_factory=deque)
    _over: deque[float] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self._filled_s = self.opened_s

    def hear(self, text: str | None, now_s: float) -> Outcome:
        """Judge one message; `text` is None for a binary one, which nobody may send."""
        if not self._spend(now_s):
            return self._too_often(now_s)
        if text is None:
            return self._fault(now_s, Refusal("malformed", "messages are JSON text, not binary"))
        said = _read(text)
        if isinstance(said, Refusal):
            return self._fault(now_s, said)
        if isinstance(said, Join) == self.joined:
            wanted = "join comes once" if self.joined else "join comes first"
            return self._fault(now_s, Refusal("out_of_turn", wanted))
        self.joined = True
        return said

    def overdue(self, now_s: float) -> Goodbye | None:
        """Tell whether `join` has been waited for too long."""
        if self.joined or now_s - self.opened_s < JOIN_WITHIN_S:
            return None
        return Goodbye(NOT_JOINED, f"no join within {JOIN_WITHIN_S:.0f} s")

    def _spend(self, now_s: float) -> bool:
        """Take one message from the allowance, which fills at RATE_PER_S up to BURST."""
        grown = self._allowance + (now_s - self._filled_s) * RATE_PER_S
        self._allowance, self._filled_s = min(BURST, grown), now_s
        if self._allowance < 1:
            return False
        self._allowance -= 1
        return True

    def _too_often(self, now_s: float) -> Outcome:
        if _count(self._over, now_s, ABUSE_WITHIN_S) >= ABUSE_MAX:
            return Goodbye(ABUSE, "far over the rate for seconds")
        # One error a burst: answering each would double the flood.
        if len(self._over) % 50 == 1:
            return Refusal("rate_limited", f"at most {RATE_PER_S:.0f} messages a second")
        return None

    def _fault(self, now_s: float, refusal: Refusal) -> Outcome:
        if _count(self._faults, now_s, FAULTS_WITHIN_S) > FAULTS_MAX:
            return Goodbye(MALFORMED, "too many malformed messages")
        return refusal


def _count(times: deque[float], now_s: float, within_s: float) -> int:
    times.append(now_s)
    while times[0] < now_s - within_s:
        times.popleft()
    return len(times)


def _read(text: str) -> Said | Refusal:
    try:
        value = strict_json.decode(text, bytes_max=BYTES_MAX)
    except strict_json.Malformed as fault:
        return Refusal("malformed", str(fault))
    try:
        return SAID.validate_python(value)
    except ValidationError as fault:
        return Refusal("invalid", "the message has a fault", _op_id(value), _problems(fault))


def _op_id(value: Any) -> str | None:
    """Name the operation a refused message was, so that its sender need not wait for it."""
    found = value.get("op_id") if isinstance(value, dict) else None
    return found if isinstance(found, str) and len(found) <= 36 else None


def _problems(fault: ValidationError) -> tuple[dict[str, str], ...]:
    return tuple(
        {"path": "$" + "".join(f".{step}" for step in one["loc"]), "message": one["msg"]}
        for one in fault.errors(include_input=False, include_url=False, include_context=False)[:8]
    )
