"""/api/v1/parameters, /schema and /limits: what the API says about itself."""

from typing import Any

from app.api.door import BODY_MAX, Room, door
from app.api.examples import reference as examples
from app.core.document import BYTES_MAX
from app.core.document.schema import schema
from app.core.parameters import PARAMETERS
from app.schemas.reference import LimitsOut, ParametersOut, ParametersQuery, SchemaOut
from app.services import limits
from app.services.work import Work
from app.utils.strict_json import DEPTH_MAX

room = Room("reference", __name__, url_prefix="/api/v1", abp_tags=[{"name": "reference"}])


@room.get("/parameters")
@door(query=ParametersQuery, reply=ParametersOut, open=True, example=examples.PARAMETERS)
def parameters(work: Work, query: ParametersQuery) -> dict[str, Any]:
    """Read the table of every parameter: unit, range, default, meaning."""
    return {"items": tuple(row for row in PARAMETERS.values() if query.takes(row))}


@room.get("/schema")
@door(reply=SchemaOut, open=True, example=examples.SCHEMA)
def universe_schema(work: Work) -> Any:
    """Read the JSON Schema of a universe's document."""
    return schema()


@room.get("/limits")
@door(reply=LimitsOut, open=True, example=examples.LIMITS)
def every_limit(work: Work) -> dict[str, Any]:
    """Read every limit of this server."""
    doors = {
        "body_bytes_max": BODY_MAX,
        "document_bytes_max": BYTES_MAX,
        "json_depth_max": DEPTH_MAX,
    }
    return {"limits": doors | limits.every(work)}
