"""/api/v1/visualizations: pictures, drawn from the same slices as the sound."""

from uuid import UUID

from flask import Response

from app.api.door import Room, door
from app.api.examples import jobs as examples
from app.api.files import send
from app.api.paging import link_next
from app.schemas.jobs import JobOut, StillIn
from app.schemas.shared import Page, PageQuery
from app.services import export
from app.services.views import JobView, PageView
from app.services.work import Work

room = Room(
    "visualizations",
    __name__,
    url_prefix="/api/v1/visualizations/stills",
    abp_tags=[{"name": "visualizations"}],
)
TRAIL_TICKS = 5 * 120  # trails and rings in the picture come from what was before it


def _locate(response: Response, view: JobView) -> None:
    response.headers["Location"] = f"{room.url_prefix}/{view.id}"


@room.post("")
@door(body=StillIn, reply=JobOut, status=202, once=True, finish=_locate, example=examples.ASK_STILL)
def draw(work: Work, body: StillIn) -> JobView:
    """Ask for a picture of one moment of a universe."""
    start = max(0, body.tick - TRAIL_TICKS)
    wanted = export.Wanted(
        universe_id=body.universe_id,
        kind="png",
        start=start,
        ticks=max(1, body.tick - start),
        journal_id=body.journal,
        seed=body.seed,
        options={"width": body.width, "height": body.height},
    )
    return export.ask(work, wanted)


@room.get("")
@door(query=PageQuery, reply=Page[JobOut], finish=link_next, example=examples.LIST_STILLS)
def index(work: Work, query: PageQuery) -> PageView[JobView]:
    """List one's own stills, the newest first."""
    return export.listing(work, kind="png", cursor=query.cursor, limit=query.limit)


@room.get("/<uuid:job_id>")
@door(reply=JobOut, example=examples.READ_STILL)
def read(work: Work, job_id: UUID) -> JobView:
    """Read how far a still is."""
    return export.read(work, job_id, kind="png")


@room.delete("/<uuid:job_id>")
@door(reply=JobOut, example=examples.READ_STILL)
def remove(work: Work, job_id: UUID) -> JobView:
    """Take a still away: one that waits is not made, one that runs stops, a file is gone."""
    return export.remove(work, job_id, kind="png")


@room.get("/<uuid:job_id>/file")
@door(file="image/png")
def file(work: Work, job_id: UUID) -> Response:
    """Fetch a finished still; ranges are served."""
    return send(export.file(work, job_id, kind="png"))
