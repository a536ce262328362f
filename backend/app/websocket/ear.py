"""What follows for a room from each word of the stage."""

from collections.abc import Callable
from typing import Any

from app.core.document.pushes import is_push
from app.errors import DocumentError
from app.stage.pipe import Word
from app.websocket.protocol import GONE, OVERLOADED, UNPLAYABLE, Goodbye
from app.websocket.room import Room


def hear(room: Room, word: Word) -> None:
    """Take one word about a room."""
    if word.kind == "slice":
        room.play(word)
        # The first slice shows the world as it stands; all that a welcome tells is known now.
        room.opened.set()
        return
    _HEARS[word.kind](room, word.head)


def _opened(room: Room, head: dict[str, Any]) -> None:
    room.journal = head["journal"]


def _transport(room: Room, head: dict[str, Any]) -> None:
    room.turn(head)


def _roster(room: Room, head: dict[str, Any]) -> None:
    room.roster = {name: head[name] for name in ("number", "tick", "ids", "radii")}
    room.roster["type"] = "roster"
    room.tell(room.roster)


def _journal(room: Room, head: dict[str, Any]) -> None:
    room.journal = head["journal"]
    room.entered = [one for one in room.entered if one[0] <= head["tick"]]
    room.tell({"type": "journal", "journal": room.journal})


def _applied(room: Room, head: dict[str, Any]) -> None:
    rev, tick = head["rev"], head["tick"]
    if room.solo is not None and room.taken:
        room.entered.append((tick, rev, room.taken.popleft()["patch"]))
    room.tell({"type": "applied", "rev": None if room.solo else rev, "tick": tick})


def _taken(room: Room, head: dict[str, Any]) -> None:
    """A solo listener's own edit was judged well: it is an event for nobody else."""
    room.taken.append(head)
    room.tell(
        {
            "type": "event",
            "rev": None,
            "kind": "journal" if is_push(head["patch"]) else "document",
            "actor": {"kind": "guest", "id": None, "display_name": None},
            "op_id": head["op_id"],
            "gesture": head["gesture"],
            "patch": head["patch"],
            "data": None,
        }
    )


def _refused(room: Room, head: dict[str, Any]) -> None:
    kept = ("op_id", "code", "message", "problems")
    room.tell({"type": "error"} | {name: head[name] for name in kept})


def _fault(room: Room, head: dict[str, Any]) -> None:
    room.tell({"type": "error", "code": head["code"], "message": head["message"]})


def _failed(room: Room, head: dict[str, Any]) -> None:
    """The stage cannot perform this universe; its members may try again later."""
    room.failure = head["message"]
    room.unplayable = head["code"] == DocumentError.code
    codes = {"not_found": GONE, DocumentError.code: UNPLAYABLE}
    room.end(Goodbye(codes.get(head["code"], OVERLOADED), head["message"]))
    room.opened.set()
    room.gone.set()


def _closed(room: Room, head: dict[str, Any]) -> None:
    room.gone.set()


_HEARS: dict[str, Callable[[Room, dict[str, Any]], None]] = {
    "opened": _opened,
    "transport": _transport,
    "roster": _roster,
    "journal": _journal,
    "applied": _applied,
    "taken": _taken,
    "refused": _refused,
    "fault": _fault,
    "failed": _failed,
    "closed": _closed,
}
