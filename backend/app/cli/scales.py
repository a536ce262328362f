"""Scala files named on the command line."""

from pathlib import Path

from app.cli import sources
from app.core.document.scala import Keyboard, Scale, decoded, keyboard_of, scale_of
from app.errors import InputError


def read(name: str, keys: Path | None) -> dict[str, str]:
    """Read Scala files into what a document says of a tuning; an error names the file and line."""
    said = {"scala": decoded(sources.read(name))}
    scale = _scale(name, said["scala"])
    if keys is not None:
        said["keyboard"] = decoded(sources.read(str(keys)))
        _keyboard(str(keys), said["keyboard"], scale)
    return said


def _scale(name: str, text: str) -> Scale:
    try:
        return scale_of(text)
    except InputError as fault:
        raise InputError(f"{name}: {fault.message}") from None


def _keyboard(name: str, text: str, scale: Scale) -> Keyboard:
    try:
        return keyboard_of(text, scale)
    except InputError as fault:
        raise InputError(f"{name}: {fault.message}") from None
