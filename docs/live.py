"""Write live.schema.json and asyncapi.json from the messages in the code: make docs."""

import json
from pathlib import Path
from typing import Any, get_args

from app.schemas import live
from app.websocket import protocol
from pydantic.json_schema import models_json_schema

DOCS = Path(__file__).resolve().parent
REFERENCE = "live.schema.json#/$defs/{model}"


def schemas() -> dict[str, Any]:
    """Return the JSON Schema of every message: what is said as taken, what is told as sent."""
    models = [(one, "validation") for one in get_args(live.Said)]
    models += [(one, "serialization") for one in live.TOLD]
    _, schema = models_json_schema(models, title="mundi.v1")  # type: ignore[arg-type]  # names of modes
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "description": "The JSON messages of the WebSocket sub-protocol mundi.v1. See LIVE.md.",
        **schema,
    }


def asyncapi() -> dict[str, Any]:
    """Return the AsyncAPI description of the socket."""
    said = [one.__name__ for one in get_args(live.Said)]
    told = [one.__name__ for one in live.TOLD]
    binary = {
        "Slice": "Frames, notes and meters of a run of ticks; layout in LIVE.md.",
        "Samples": "The sound of the same ticks, interleaved PCM16 at 48 kHz; layout in LIVE.md.",
    }
    messages = {name: _message(name) for name in (*said, *told)} | {
        name: {"contentType": "application/octet-stream", "summary": summary}
        for name, summary in binary.items()
    }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Mundi, live",
            "version": "1",
            "description": f"Sub-protocol {protocol.SUBPROTOCOL}: JSON text for control, binary for slices.",
        },
        "defaultContentType": "application/json",
        "channels": {
            "room": {
                "address": "/ws",
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
                "bindings": {"ws": {"method": "GET"}},
            }
        },
        "operations": {
            "say": _operation("receive", said),
            "tell": _operation("send", [*told, *binary]),
        },
        "components": {"messages": messages},
    }


def _message(name: str) -> dict[str, Any]:
    summary = (getattr(live, name).__doc__ or "").splitlines()[0]
    return {"payload": {"$ref": REFERENCE.format(model=name)}, "summary": summary}


def _operation(action: str, names: list[str]) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": "#/channels/room"},
        "messages": [{"$ref": f"#/channels/room/messages/{name}"} for name in names],
    }


def pages() -> dict[str, str]:
    """Return each file's name and text."""
    return {
        "live.schema.json": json.dumps(schemas(), indent=2, ensure_ascii=False) + "\n",
        "asyncapi.json": json.dumps(asyncapi(), indent=2, ensure_ascii=False) + "\n",
    }


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text)
