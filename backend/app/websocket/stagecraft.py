"""The stage's theatre on the real engine, as the child process builds it."""

import hashlib
import importlib
from pathlib import Path

from app.core.document import parse
from app.core.numbers.kernel import CORE
from app.core.performance.performance import Performance
from app.services.rooms import Rooms
from app.stage.checkpoints import Checkpoints
from app.stage.theatre import Theatre
from app.websocket.book import RoomBook
from app.websocket.encoder import WireEncoder


def theatre(rooms: Rooms, folder: Path) -> Theatre:
    """Build what performers need: engine, journals, wire, and a folder for checkpoints."""
    return Theatre(
        begin=lambda text, seed: Performance(parse(text), seed=seed),
        resume=Performance.resume,
        book=RoomBook(rooms),
        encoder=WireEncoder(),
        checkpoints=Checkpoints(folder, engine=fingerprint()),
        warm=warm,
    )


def warm() -> None:
    """Run every kernel once, so that the first room does not wait for the disk."""
    for path in sorted(CORE.glob("*/warm.py")):
        importlib.import_module(f"app.core.{path.parent.name}.warm").warm()


def fingerprint() -> str:
    """Name the engine by its sources: a checkpoint of any other is not gone on from."""
    digest = hashlib.sha256()
    for source in sorted(CORE.rglob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]
