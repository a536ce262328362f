"""`mundi tuning`: the notes a universe or a Scala file is tuned to, in words or as Scala files."""

from pathlib import Path

import click

from app.cli import scales, sources
from app.cli.outputs import outputs
from app.cli.play import read_take
from app.core.document import Document, judge
from app.core.mapping.pitch import spelled
from app.core.music.tuning import Tuning, keyboard, scala, tuning_in

_PATH = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file")
@click.option("--keyboard", "keys", type=_PATH, metavar="FILE", help="The .kbm of a .scl.")
@click.option("--scl", type=_PATH, metavar="FILE", help="Write the scale as a Scala file.")
@click.option("--kbm", type=_PATH, metavar="FILE", help="Write where it stands, for .kbm readers.")
def tuning(file: str, keys: Path | None, scl: Path | None, kbm: Path | None) -> None:
    """Tell the notes FILE is tuned to: a universe, a take, or a Scala scale."""
    document = _document(file, keys)
    found = tuning_in(document)
    title = document.data.get("title") or Path(file).stem
    made = ((scl, scala(found, title)), (kbm, keyboard(found)))
    with outputs() as out:
        for path, text in made:
            if path is not None:
                out.open(path).write(text.encode())
    if scl is None and kbm is None:
        for line in told(found):
            click.echo(line)


def told(found: Tuning) -> list[str]:
    """Say a tuning in lines: a head, and each note with its cents and frequency."""
    head = f"{len(found.steps)} notes in {found.period:.3f} cents, from {found.base_hz:.4f} Hz"
    notes = [
        f"{step:4d} {found.cents(step):10.3f} {found.hertz(step):11.4f}  {spelled(found.hertz(step))}"
        for step in range(len(found.steps) + 1)
    ]
    return [head, *notes]


def _document(file: str, keys: Path | None) -> Document:
    if keys is None and sources.read(file).lstrip()[:1] == b"{":
        return read_take(file).document
    return judge({"music": {"tuning": scales.read(file, keys)}})
