"""A walk through the whole API with the client, as two people and a guest take it.

    python tour.py http://127.0.0.1:8000 letters/

The second argument is the folder of `MUNDI_MAIL=file:FOLDER`; without it accounts open at once.
"""

import re
import sys
import time
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from mundi_client import Client, Refused, each
from mundi_client.models import PendingOut, ProfileOut, UniverseOut

PASSWORD = "correct horse battery"
Connect = Callable[[], Client]
Letters = Callable[[str], str]


def tour(connect: Connect, letters: Letters, folder: Path) -> None:
    """Do everything once, telling what is done."""
    with connect() as ada, connect() as grace, connect() as guest:
        arrive(ada, letters, "Ada")
        arrive(grace, letters, "Grace")
        piece = compose(ada)
        story(ada, piece.id)
        talk(ada, grace, piece.id)
        look_back(ada, piece.id)
        spread(ada, grace, guest, piece.id)
        take_home(ada, piece.id, folder)
        leave(ada, grace, piece.id)


def arrive(person: Client, letters: Letters, name: str) -> ProfileOut:
    """Register, answer the letter where there is one, and say who one is."""
    email = f"{name.lower()}-{uuid4().hex[:8]}@example.org"
    answer = person.register(email, PASSWORD, display_name=name)
    if isinstance(answer, PendingOut):
        person.confirm(letters(answer.sent_to), PASSWORD)
    person.account_change_me(
        {"handle": email.partition("@")[0], "bio": "Listens to stars.", "colour": "#ffd9a0"}
    )
    person.account_change_me({"preferences": {"theme": "dark", "language": "en-GB"}})
    print(f"{person.me().display_name} is here, on {len(person.auth_sessions().items)} device")
    return person.me()


def compose(ada: Client) -> UniverseOut:
    """Begin with a template and change every part of it."""
    template = next(
        one for one in ada.universes(scope="templates") if one.example == "ball-and-floor"
    )
    piece = ada.universes_create({"template": template.id, "title": "A ball"})
    ada.overwrite(ada.parts_change_physics, piece.id, {"gravity": [0, -1.6, 0]})
    ada.overwrite(ada.parts_change_music, piece.id, {"tempo": 90, "scale": "dorian"})
    ada.overwrite(ada.parts_change_visual, piece.id, {"glow": 0.8})
    ada.overwrite(ada.parts_put_body, piece.id, "moon", {"position": [0.4, 2, 0]})
    ada.overwrite(ada.parts_change_body, piece.id, "moon", {"radius": 0.1})
    height = {"from": "body.y", "domain": [0, 3], "range": [0.1, 0.6]}
    rules = {"high": {"set": {"music.reverb.mix": height}}}
    ada.overwrite(ada.parts_change_mappings, piece.id, {"rules": rules})
    ada.overwrite(ada.parts_reset, piece.id, "music.tempo")
    # Whoever was faster is not written over: what is said here is said of what is there then.
    piece = ada.revise(
        piece.id, lambda now: {"title": f"{now.title}, and another like a moon", "tags": ["toy"]}
    )
    print(f"“{piece.title}” has {len(piece.document['bodies'])} bodies at revision {piece.rev}")
    return piece


def story(ada: Client, piece: UUID) -> None:
    """Write, move, find and strike points of a story."""
    ada.story_create(piece, {"id": "rise", "at": 4, "title": "It rises", "harmony": 0.9})
    ada.story_create(piece, {"at": "bar 9", "title": "It falls", "harmony": 0.1})
    ada.overwrite(ada.story_change, piece, "rise", {"text": "Slowly."})
    ada.overwrite(ada.story_move, piece, "rise", {"at": 6})
    calm = [one.id for one in each(ada.story_index, piece, sort="-time", harmony_low=0.5)]
    ada.overwrite(ada.story_put, piece, "end", {"at": 60, "title": "Silence"})
    ada.overwrite(ada.story_delete, piece, "end")
    print(f"{len(list(each(ada.story_index, piece)))} points in the story, {calm} of them calm")


def talk(ada: Client, grace: Client, piece: UUID) -> None:
    """Let Grace in, and talk about a moment, a body and a point."""
    handle = grace.me().handle
    ada.sharing_invite(piece, {"handle": handle, "role": "viewer"})
    asked = next(each(grace.sharing_invitations))
    grace.sharing_accept(asked.universe_id)
    ada.sharing_change_member(piece, grace.me().id, {"role": "editor"})
    told = grace.comments_write(
        piece, {"text": "Here it gets thin.", "target": {"kind": "moment", "tick": 1200}}
    )
    grace.comments_write(piece, {"text": "Lighter?", "target": {"kind": "body", "id": "moon"}})
    grace.comments_write(piece, {"text": "Yes!", "target": {"kind": "story", "id": "rise"}})
    answer = ada.comments_write(piece, {"text": "I hear it too.", "parent": told.id})
    ada.comments_edit(piece, answer.id, {"text": "I hear it as well."})
    ada.comments_resolve(piece, told.id)
    ada.comments_delete(piece, answer.id)
    print(f"{len(list(each(ada.comments_index, piece, resolved=False)))} remarks are open")


def look_back(ada: Client, piece: UUID) -> None:
    """Read, compare, name and restore what was, and take one's own last change back."""
    changes = list(each(ada.history_index, piece))
    first, last = changes[-1], changes[0]
    difference = ada.history_compare(piece, from_=first.rev, to=last.rev)
    ada.history_name(piece, last.rev, {"name": "Before the storm"})
    ada.revise(piece, lambda _: {"document": {"music": {"tempo": 180}}})
    undone = ada.history_undo_own(piece)
    ada.history_redo_own(piece)
    ada.overwrite(ada.history_restore, piece, last.rev)
    named = [one.name for one in each(ada.history_index, piece, named="true")]
    print(f"{len(difference.changes)} members differ; revision {undone.revs} undone; kept: {named}")


def spread(ada: Client, grace: Client, guest: Client, piece: UUID) -> None:
    """Publish, find, like, fork, and seat a guest."""
    ada.revise(piece, lambda _: {"visibility": "public", "licence": "CC-BY-SA-4.0"})
    found = next(one for one in grace.universes(scope="public", q="moon", tags="toy"))
    stars = grace.catalogue_star(found.id).stars
    copy = grace.fork(found.id)
    ancestors = grace.catalogue_lineage(copy.id).items
    link = ada.sharing_make_link(piece, {"role": "performer", "guests": True, "expires_in_s": 3600})
    seat = guest.enter(link.token or "", "Kepler")
    try:
        guest.parts_change_physics(piece, {"gravity": [0, 0, 0]}, if_match="*")
    except Refused as refused:
        print(f"{seat.name}, a {seat.role}, may not edit: {refused.code}")
    print(f"{stars} star; the copy comes from {[one.title for one in ancestors]}")


def take_home(ada: Client, piece: UUID, folder: Path) -> None:
    """Fetch the sound, a picture, the universe as a file and the account as a whole."""
    sound = ada.download(ada.wait(ada.render(piece, seconds=2)), folder / "piece.wav")
    still = ada.download(ada.wait(ada.still(piece, tick=240, width=320)), folder / "piece.png")
    (folder / "piece.json").write_text(ada.universes_take(piece, ticks=240).model_dump_json())
    again = ada.create_from(folder / "piece.json", title="From the file")
    ada.delete(again)
    (folder / "account.zip").write_bytes(ada.account_export())
    for path in (sound, still, folder / "account.zip"):
        print(f"{path.name}: {path.stat().st_size} bytes")


def leave(ada: Client, grace: Client, piece: UUID) -> None:
    """Hand the universe over, and go; what one wrote elsewhere stays, without a name."""
    heir = grace.me().handle
    ada.sharing_transfer(piece, {"handle": heir})
    owned = grace.sharing_accept(piece)
    ada.account_leave({"password": PASSWORD, "heir": heir})
    grace.delete(owned)
    grace.account_leave({"password": PASSWORD, "delete_universes": True})
    print("Nothing is left behind.")


def from_folder(folder: Path) -> Letters:
    """Read letters as `MUNDI_MAIL=file:FOLDER` writes them."""

    def token(address: str) -> str:
        for _ in range(100):  # a letter leaves after the answer that tells of it
            for letter in sorted(folder.glob("*.eml")):
                read = message_from_bytes(letter.read_bytes(), policy=default)
                found = re.search(r"#confirm=([\w-]+)", read.get_content())
                if found and read["To"] == address:
                    return found[1]
            time.sleep(0.1)
        raise TimeoutError(f"no letter to {address} in {folder}")

    return token


if __name__ == "__main__":
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    letters = from_folder(Path(sys.argv[2] if len(sys.argv) > 2 else "."))
    with TemporaryDirectory() as kept:
        tour(lambda: Client(address), letters, Path(kept))
