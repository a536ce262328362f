"""All that is kept of somebody, in one archive they can take along."""

import json
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from app.crud import belongings, users
from app.crud.belongings import Did
from app.models import Comment, Job, Member, Star
from app.services import keys, profiles, signins, universes
from app.services.work import Work

ROWS_MAX = 1_000_000  # of a kind; the archive says so where there were more
SPOOLED_BYTES = 4 * 1024 * 1024  # what is larger waits on disk

README = """What Mundi keeps of you.

account.json     your profile, the devices you are signed in on, your keys (without what opens them)
avatar.webp      your picture, if you show one
universes/       the universes you own; `mundi play FILE` plays each
members.json     the universes of others you were let into or asked to, and what you like
events.jsonl     what you did, the newest first, one a line
comments.jsonl   what you wrote
exports.jsonl    the files you asked for

Of a kind, the newest {most} are here.
"""


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip that stands at its beginning; whoever reads it closes it."""

    stream: IO[bytes]
    size: int  # bytes


def archive(work: Work) -> Archive:
    """Return a zip of everything the caller has.

    Rows and documents go in one after the other, and what is large waits on disk, where exports
    lie, too: memory does not grow with how much somebody has.
    """
    user_id = work.caller.required_id
    work.tools.throttle.spend("archives", str(user_id))
    stream = tempfile.SpooledTemporaryFile(max_size=SPOOLED_BYTES, dir=str(work.tools.files))  # noqa: SIM115 -- the reader closes it
    try:
        _fill(work, user_id, stream)
        size = stream.tell()
    except BaseException:
        stream.close()
        raise
    stream.seek(0)
    return Archive(stream, size)


def _fill(work: Work, user_id: UUID, stream: IO[bytes]) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as zipped:
        zipped.writestr("README.txt", README.format(most=ROWS_MAX))
        zipped.writestr("account.json", _text(_account(work)))
        _write_picture(work, user_id, zipped)
        _write_universes(work, user_id, zipped)
        zipped.writestr("members.json", _text(_members(work, user_id)))
        for name, rows in _rows(work, user_id).items():
            _write_lines(zipped, f"{name}.jsonl", rows)


def _account(work: Work) -> Mapping[str, Any]:
    return {
        "profile": asdict(profiles.me(work)),
        "devices": [asdict(one) for one in signins.listing(work)],
        "keys": [asdict(one) for one in keys.listing(work)],
        "made_at": work.now,
    }


def _write_picture(work: Work, user_id: UUID, zipped: zipfile.ZipFile) -> None:
    found = users.find_avatar(work.session, user_id)
    if found is not None:
        zipped.writestr("avatar.webp", found.picture)


def _write_universes(work: Work, user_id: UUID, zipped: zipfile.ZipFile) -> None:
    for universe_id in belongings.universe_ids(work.session, user_id):
        zipped.writestr(f"universes/{universe_id}.json", universes.read(work, universe_id).document)
        work.session.expunge_all()  # a document was read and is written: it is not needed again


def _members(work: Work, user_id: UUID) -> Mapping[str, Any]:
    return {
        "members": [_member(one) for one in belongings.memberships(work.session, user_id)],
        "stars": [_star(one) for one in belongings.stars(work.session, user_id)],
    }


def _rows(work: Work, user_id: UUID) -> Mapping[str, Iterable[str]]:
    session = work.session
    return {
        "events": map(_event, belongings.events(session, user_id, most=ROWS_MAX)),
        "comments": map(_comment, belongings.comments(session, user_id, most=ROWS_MAX)),
        "exports": map(_job, belongings.jobs(session, user_id, most=ROWS_MAX)),
    }


def _write_lines(zipped: zipfile.ZipFile, name: str, rows: Iterable[str]) -> None:
    with zipped.open(name, "w") as entry:
        for row in rows:
            entry.write(f"{row}\n".encode())


def _event(event: Did) -> str:
    told = {
        "universe": event.universe_id,
        "rev": event.rev,
        "kind": event.kind,
        "at": event.created_at,
    }
    # Both are JSON already, and most of the line: a million of them are not read to be written.
    return f'{_text(told)[:-1]}, "patch": {event.patch or "null"}, "data": {event.data or "null"}}}'


def _comment(comment: Comment) -> str:
    told = {
        "id": comment.id,
        "universe": comment.universe_id,
        "at": comment.created_at,
        "text": comment.text,
    }
    return _text(told)


def _job(job: Job) -> str:
    told = {
        "id": job.id,
        "kind": job.kind,
        "universe": job.universe_id,
        "state": job.state,
        "at": job.created_at,
    }
    return _text(told)


def _member(member: Member) -> Mapping[str, Any]:
    return {"universe": member.universe_id, "role": member.role, "offered": member.offered}


def _star(star: Star) -> Mapping[str, Any]:
    return {"universe": star.universe_id, "at": star.created_at}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
