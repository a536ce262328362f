"""/api/v1/universes/{id}/physics and so on: each part of a universe by itself."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.api.door import Room, door
from app.api.examples import parts as examples
from app.core.document import ID
from app.schemas.parts import (
    Merge,
    PartOut,
    PartQuery,
    SettingsOut,
    SettingsQuery,
    Whole,
)
from app.services import parts
from app.services.conditions import Condition
from app.services.parts import PartView, SettingsView
from app.services.work import Work

room = Room("parts", __name__, url_prefix="/api/v1/universes", abp_tags=[{"name": "parts"}])
ONE = "/<uuid:universe_id>"
BodyId = Annotated[str, Field(pattern=ID)]


@room.get(f"{ONE}/physics")
@door(query=PartQuery, reply=PartOut, etag=True, open=True, example=examples.PHYSICS)
def physics(work: Work, universe_id: UUID, query: PartQuery) -> PartView:
    """Read the physics of a universe."""
    return parts.read(work, universe_id, "physics", filled=query.filled == "true")


@room.patch(f"{ONE}/physics")
@door(body=Merge, reply=PartOut, etag=True, if_match=True, example=examples.CHANGE_PHYSICS)
def change_physics(work: Work, universe_id: UUID, body: Merge, condition: Condition) -> PartView:
    """Change the physics of a universe by merge patch."""
    return parts.change(work, universe_id, "physics", body.root, condition=condition)


@room.get(f"{ONE}/music")
@door(query=PartQuery, reply=PartOut, etag=True, open=True, example=examples.MUSIC)
def music(work: Work, universe_id: UUID, query: PartQuery) -> PartView:
    """Read the music of a universe."""
    return parts.read(work, universe_id, "music", filled=query.filled == "true")


@room.patch(f"{ONE}/music")
@door(body=Merge, reply=PartOut, etag=True, if_match=True, example=examples.CHANGE_MUSIC)
def change_music(work: Work, universe_id: UUID, body: Merge, condition: Condition) -> PartView:
    """Change the music of a universe by merge patch."""
    return parts.change(work, universe_id, "music", body.root, condition=condition)


@room.get(f"{ONE}/visual")
@door(query=PartQuery, reply=PartOut, etag=True, open=True, example=examples.VISUAL)
def visual(work: Work, universe_id: UUID, query: PartQuery) -> PartView:
    """Read how a universe looks."""
    return parts.read(work, universe_id, "visual", filled=query.filled == "true")


@room.patch(f"{ONE}/visual")
@door(body=Merge, reply=PartOut, etag=True, if_match=True, example=examples.CHANGE_VISUAL)
def change_visual(work: Work, universe_id: UUID, body: Merge, condition: Condition) -> PartView:
    """Change how a universe looks by merge patch."""
    return parts.change(work, universe_id, "visual", body.root, condition=condition)


@room.get(f"{ONE}/mappings")
@door(reply=PartOut, etag=True, open=True, example=examples.MAPPINGS)
def mappings(work: Work, universe_id: UUID) -> PartView:
    """Read what makes notes out of motion: the preset, rules and voices of a universe."""
    return parts.read(work, universe_id, "mappings")


@room.patch(f"{ONE}/mappings")
@door(body=Merge, reply=PartOut, etag=True, if_match=True, example=examples.CHANGE_MAPPINGS)
def change_mappings(work: Work, universe_id: UUID, body: Merge, condition: Condition) -> PartView:
    """Change the preset, rules and voices of a universe by merge patch."""
    return parts.change(work, universe_id, "mappings", body.root, condition=condition)


@room.get(f"{ONE}/bodies")
@door(reply=PartOut, etag=True, open=True, example=examples.BODIES)
def bodies(work: Work, universe_id: UUID) -> PartView:
    """Read the bodies of a universe, by id."""
    return parts.read(work, universe_id, "bodies")


@room.patch(f"{ONE}/bodies")
@door(body=Merge, reply=PartOut, etag=True, if_match=True, example=examples.CHANGE_BODIES)
def change_bodies(work: Work, universe_id: UUID, body: Merge, condition: Condition) -> PartView:
    """Change, add and remove bodies by merge patch."""
    return parts.change(work, universe_id, "bodies", body.root, condition=condition)


@room.get(f"{ONE}/bodies/<body_id>")
@door(reply=PartOut, etag=True, open=True, example=examples.BODY)
def body(work: Work, universe_id: UUID, body_id: BodyId) -> PartView:
    """Read one body."""
    return parts.entry(work, universe_id, "bodies", body_id)


@room.put(f"{ONE}/bodies/<body_id>")
@door(body=Whole, reply=PartOut, etag=True, if_match=True, example=examples.PUT_BODY)
def put_body(
    work: Work, universe_id: UUID, body_id: BodyId, body: Whole, condition: Condition
) -> PartView:
    """Make a body what it is to be, whether it was there or not."""
    return parts.put_entry(work, universe_id, "bodies", body_id, body.root, condition=condition)


@room.patch(f"{ONE}/bodies/<body_id>")
@door(body=Merge, reply=PartOut, etag=True, if_match=True, example=examples.CHANGE_BODY)
def change_body(
    work: Work, universe_id: UUID, body_id: BodyId, body: Merge, condition: Condition
) -> PartView:
    """Change one body by merge patch."""
    return parts.change_entry(work, universe_id, "bodies", body_id, body.root, condition=condition)


@room.delete(f"{ONE}/bodies/<body_id>")
@door(if_match=True)
def remove_body(work: Work, universe_id: UUID, body_id: BodyId, condition: Condition) -> None:
    """Take a body away."""
    parts.remove_entry(work, universe_id, "bodies", body_id, condition=condition)


@room.get(f"{ONE}/parameters")
@door(query=SettingsQuery, reply=SettingsOut, etag=True, open=True, example=examples.SETTINGS)
def settings(work: Work, universe_id: UUID, query: SettingsQuery) -> SettingsView:
    """Read what every parameter is in a universe."""
    return parts.settings(work, universe_id, part=query.part)


@room.delete(f"{ONE}/parameters/<path>")
@door(reply=SettingsOut, etag=True, if_match=True, example=examples.RESET)
def reset(work: Work, universe_id: UUID, path: str, condition: Condition) -> SettingsView:
    """Give a parameter its default back."""
    return parts.reset(work, universe_id, path, condition=condition)
