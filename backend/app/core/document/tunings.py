"""What must hold in a tuning: that its files can be read, and that there are orbits to take it from."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.errors import Problem


def faults(data: Mapping[str, Any], said: Any, path: str) -> Iterator[Problem]:
    """Give what keeps a tuning, as written at a path, from being one."""
    there = [*data.get("bodies", {}).values(), *data.get("series", {}).values()]
    if said == "orbits" and not any("orbit" in one for one in there):
        yield Problem(path, 'orbits takes its notes from bodies on rails; give one an "orbit"')
    if isinstance(said, Mapping) and "scala" in said:
        yield from _files(said, path)
    elif isinstance(said, Mapping) and "keyboard" in said:
        yield Problem(f"{path}.keyboard", 'a keyboard mapping needs the "scala" it is for')


def _files(said: Mapping[str, Any], path: str) -> Iterator[Problem]:
    # Its arithmetic is compiled; a server that judges documents without files does not wait for it.
    from app.core.document.scala import ScalaFault, keyboard_of, scale_of

    part = "scala"
    try:
        scale = scale_of(said["scala"])
        part = "keyboard"
        if "keyboard" in said:
            keyboard_of(said["keyboard"], scale)
    except ScalaFault as fault:
        yield Problem(f"{path}.{part}", fault.message)
