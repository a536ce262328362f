"""`mundi listen`: a universe's music in words."""

import sys

import click

from app.cli.gauge import Gauge
from app.cli.play import SECONDS, Seconds, read_take
from app.core.numbers.grid import TICKS_PER_SECOND
from app.core.performance import play as performed
from app.formats import words


@click.command()
@click.argument("file")
@click.option("--seconds", type=Seconds(), default=SECONDS, help="How much to listen to; 60.")
def listen(file: str, seconds: float) -> None:
    """Tell what FILE, a universe or a take, sounds like: for ears that cannot see a score."""
    take = read_take(file)
    slices = performed(
        take.document,
        seed=take.seed,
        journal=take.journal,
        start=take.start,
        ticks=round(seconds * TICKS_PER_SECOND),
    )
    gauge = Gauge()
    words.write(gauge.watch(slices), sys.stdout.buffer, take.document)
    for said in filter(None, (gauge.energy, gauge.overload)):
        click.echo(f"{said[0].upper()}{said[1:]}.", err=True)
