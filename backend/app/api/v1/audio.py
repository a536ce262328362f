"""/api/v1/audio: sound, rendered exactly as it was heard."""

from uuid import UUID

from flask import Response

from app.api.door import Room, door
from app.api.examples import jobs as examples
from app.api.files import send
from app.api.paging import link_next
from app.schemas.jobs import JobOut, RenderIn
from app.schemas.shared import Page, PageQuery
from app.services import export
from app.services.views import JobView, PageView
from app.services.work import Work

room = Room("audio", __name__, url_prefix="/api/v1/audio/renders", abp_tags=[{"name": "audio"}])


def _locate(response: Response, view: JobView) -> None:
    response.headers["Location"] = f"{room.url_prefix}/{view.id}"


@room.post("")
@door(
    body=RenderIn, reply=JobOut, status=202, once=True, finish=_locate, example=examples.ASK_RENDER
)
def render(work: Work, body: RenderIn) -> JobView:
    """Ask for a stretch of a universe as a sound file."""
    wanted = export.Wanted(
        universe_id=body.universe_id,
        kind="wav",
        start=body.start,
        ticks=body.length,
        journal_id=body.journal,
        seed=body.seed,
        options=body.options,
    )
    return export.ask(work, wanted)


@room.get("")
@door(query=PageQuery, reply=Page[JobOut], finish=link_next, example=examples.LIST_RENDERS)
def index(work: Work, query: PageQuery) -> PageView[JobView]:
    """List one's own renders, the newest first."""
    return export.listing(work, kind="wav", cursor=query.cursor, limit=query.limit)


@room.get("/<uuid:job_id>")
@door(reply=JobOut, example=examples.READ_RENDER)
def read(work: Work, job_id: UUID) -> JobView:
    """Read how far a render is."""
    return export.read(work, job_id, kind="wav")


@room.delete("/<uuid:job_id>")
@door(reply=JobOut, example=examples.READ_RENDER)
def remove(work: Work, job_id: UUID) -> JobView:
    """Take a render away: one that waits is not made, one that runs stops, a file is gone."""
    return export.remove(work, job_id, kind="wav")


@room.get("/<uuid:job_id>/file")
@door(file="audio/wav")
def file(work: Work, job_id: UUID) -> Response:
    """Fetch a finished render; ranges are served."""
    return send(export.file(work, job_id, kind="wav"))
