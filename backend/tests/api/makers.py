"""What an example's placeholders stand for: one maker a name, used for paths and bodies alike.

`job_id` of a room of its own is `audio.job_id`; a maker for one operation is `audio_file.job_id`.
"""

import hashlib
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from PIL import Image

from app.crud import users
from app.services import promises
from app.services.queue import Queue

MAKERS: dict[str, Callable[[Any], str]] = {}


PASSWORD = "correct horse battery"  # of everybody `person` makes


class World:
    """Somebody with an application to themselves; what was made once stays."""

    def __init__(self, person: Callable[[str], Any], works: Any) -> None:
        self.person, self.works = person, works
        self.name = f"ada{uuid4().hex[:8]}"
        self.ada = person(self.name)
        self.known: dict[str, str] = {}

    def made(self, operation: str, name: str) -> str:
        """Return what stands for a name in an operation: the most particular maker's."""
        room = operation.partition("_")[0]
        found = next(
            one for one in (f"{operation}.{name}", f"{room}.{name}", name) if one in MAKERS
        )
        if found not in self.known:
            self.known[found] = MAKERS[found](self)
        return self.known[found]


def maker(name: str) -> Callable[[Callable[[World], str]], Callable[[World], str]]:
    """Have a function make what a name stands for."""

    def kept(make: Callable[[World], str]) -> Callable[[World], str]:
        MAKERS[name] = make
        return make

    return kept


@maker("universe_id")
def universe(world: World) -> str:
    return world.ada("POST", "universes", json={"document": {"seed": 1}}).json["id"]


FULL = {
    "physics": {"gravity": [0, -3.2, 0]},
    "music": {"tempo": 90},
    "visual": {"glow": 0.5},
    "bodies": {"ball": {"position": [0, 1, 0], "mass": 2}},
    "rules": {"hits": {"when": {"event": "collision"}, "note": {"voice": "bell", "degree": 0}}},
    "story": {
        "heat": {
            "at": "bar 17",
            "title": "Heat",
            "text": "The gas boils.",
            "changes": {"physics.temperature": 400},
            "over": "8 bars",
        }
    },
}


@maker("parts.universe_id")
@maker("story.universe_id")
def full_universe(world: World) -> str:
    return world.ada("POST", "universes", json={"document": FULL}).json["id"]


@maker("body_id")
def body_id(_world: World) -> str:
    return "ball"


@maker("path")
def parameter_path(_world: World) -> str:
    return "music.tempo"


@maker("point_id")
def point_id(_world: World) -> str:
    return "heat"


@maker("rev")
def first_change(_world: World) -> str:
    return "1"


@maker("history.universe_id")
def changed_universe(world: World) -> str:
    made = world.ada("POST", "universes", json={"document": {"seed": 1}})
    headers = {"If-Match": made.headers["ETag"]}
    path = f"universes/{made.json['id']}"
    assert (
        world.ada("PATCH", f"{path}/music", json={"tempo": 90}, headers=headers).status_code < 300
    )
    return made.json["id"]


@maker("history_redo_own.universe_id")
def undone_universe(world: World) -> str:
    universe_id = changed_universe(world)
    assert world.ada("POST", f"universes/{universe_id}/undo").status_code == 200
    return universe_id


@maker("refresh_token")
def refresh_token(world: World) -> str:
    return world.ada.refresh_token


@maker("auth_login.email")
def known_address(world: World) -> str:
    return f"{world.name}@example.org"


@maker("session_id")
def another_device(world: World) -> str:
    body = {"email": f"{world.name}@example.org", "password": "correct horse battery"}
    world.ada("POST", "auth/login", json=body)
    found = world.ada("GET", "auth/sessions").json["items"]
    return next(one["id"] for one in found if not one["current"])


@maker("key_id")
def key(world: World) -> str:
    body = {"name": "a script", "scopes": ["exports"]}
    return world.ada("POST", "auth/keys", json=body).json["id"]


@maker("handle")
def handle(world: World) -> str:
    name = world.name[-20:]
    world.ada("PATCH", "auth/me", json={"handle": name})
    return name


@maker("users_avatar.user_id")
def somebody_with_a_picture(world: World) -> str:
    picture = {"data": png(), "headers": {"Content-Type": "image/png"}}
    return world.ada("PUT", "auth/me/avatar", **picture).json["id"]


def png() -> bytes:
    """Draw a small picture."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "#ffd9a0").save(stream, "PNG")
    return stream.getvalue()


@maker("auth_confirm.token")
def promised_account(world: World) -> str:
    fresh = {"email": f"{uuid4().hex}@example.org", "display_name": "Eve"}
    kept = world.works.tools.passwords.hash(PASSWORD)
    return mailed(world, "confirm", **fresh, password_hash=kept)


@maker("auth_reset_password.token")
def promised_password(world: World) -> str:
    return mailed(world, "reset", email=f"{world.name}@example.org", user_id=UUID(world.ada.id))


@maker("auth_confirm_email.token")
def promised_address(world: World) -> str:
    moved = f"{uuid4().hex}@example.org"
    return mailed(world, "email", email=moved, user_id=UUID(world.ada.id))


def mailed(world: World, purpose: str, **facts: Any) -> str:
    """Return the token a letter would carry."""
    lasts = timedelta(minutes=10)
    made = world.works.run(lambda work: promises.make(work, purpose, lasts=lasts, **facts))
    return world.works.tools.tokens.mailed(made.id)


@maker("audio.job_id")
def render(world: World) -> str:
    body = {"universe_id": world.made("audio_read", "universe_id"), "seconds": 1}
    return world.ada("POST", "audio/renders", json=body).json["id"]


@maker("visualizations.job_id")
def still(world: World) -> str:
    body = {"universe_id": world.made("audio_read", "universe_id")}
    return world.ada("POST", "visualizations/stills", json=body).json["id"]


@maker("audio_file.job_id")
def finished_render(world: World) -> str:
    return finished(world, render(world))


@maker("visualizations_file.job_id")
def finished_still(world: World) -> str:
    return finished(world, still(world))


def finished(world: World, job_id: str) -> str:
    """Finish a job as a worker would, with a file of a few bytes."""
    queue, content = Queue(world.works, holder="test"), b"a file"
    claim = next(one for one in iter(queue.claim, None) if str(one.job_id) == job_id)
    (queue.files / job_id).write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    assert queue.finish(claim, file=job_id, size=len(content), sha256=digest)
    return job_id


def other(world: World) -> Any:
    """Somebody else, known by a handle."""
    name = f"grace{uuid4().hex[:8]}"
    grace = world.person(name)

    def named(work: Any) -> None:
        user = users.find(work.session, UUID(grace.id))
        user.handle = name

    world.works.run(named)
    return grace, name


@maker("sharing.handle")
def whom_to_ask(world: World) -> str:
    return other(world)[1]


@maker("sharing.user_id")
def member(world: World) -> str:
    grace, name = other(world)
    path = f"universes/{world.made('sharing_x', 'universe_id')}"
    world.ada("POST", f"{path}/members", json={"handle": name, "role": "viewer"})
    return grace.id


@maker("sharing_withdraw_transfer.universe_id")
def offered(world: World) -> str:
    made = universe(world)
    world.ada("POST", f"universes/{made}/transfer", json={"handle": other(world)[1]})
    return made


def invitation(world: World) -> str:
    """Have the one who asks be asked by somebody else."""
    grace, _ = other(world)
    made = grace("POST", "universes", json={}).json["id"]

    def named(work: Any) -> None:
        users.find(work.session, UUID(world.ada.id)).handle = world.name

    world.works.run(named)
    invite = {"handle": world.name, "role": "editor"}
    grace("POST", f"universes/{made}/members", json=invite)
    return made


MAKERS["sharing_accept.universe_id"] = MAKERS["sharing_decline.universe_id"] = invitation


@maker("sharing.token")
def link(world: World) -> str:
    grace, _ = other(world)
    made = grace("POST", "universes", json={}).json["id"]
    body = {"role": "viewer", "guests": True, "expires_in_s": 600}
    return grace("POST", f"universes/{made}/links", json=body).json["token"]


@maker("sharing.link_id")
def link_id(world: World) -> str:
    path = f"universes/{world.made('sharing_x', 'universe_id')}/links"
    return world.ada("POST", path, json={}).json["id"]


@maker("comments.comment_id")
def comment(world: World) -> str:
    path = f"universes/{world.made('comments_x', 'universe_id')}/comments"
    return world.ada("POST", path, json={"text": "hm"}).json["id"]
