"""Edits a universe as the sockets of a server would, eight at once, until it is killed.

python writer.py <settings as JSON> <universe>: prints the operation and revision of each that was
acknowledged.
"""

import asyncio
import itertools
import sys
from pathlib import Path
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).parents[2]))

from app import factory
from app.config import Settings
from app.services.work import SYSTEM
from app.websocket.desk import Desk

AT_ONCE = 8


async def edit_for_ever(settings: Settings, universe: UUID) -> None:
    desk = Desk(factory.make_services(settings).works)
    numbers = itertools.count()

    async def drag() -> None:
        for number in numbers:
            op_id = uuid4()
            patch = {"bodies": {f"b-{number % 40}": {"x": number / 7}}, "seed": number}
            event = await desk.edit(universe, SYSTEM, patch, op_id=op_id, gesture="g")
            sys.stdout.write(f"{op_id} {event.rev}\n")
            sys.stdout.flush()

    await asyncio.gather(*(drag() for _ in range(AT_ONCE)))


if __name__ == "__main__":
    given = Settings.model_validate_json(sys.argv[1])
    asyncio.run(edit_for_ever(given, UUID(sys.argv[2])))
