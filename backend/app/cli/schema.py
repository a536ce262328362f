"""Print the grammar."""

import json

import click

from app.core import document


@click.command()
def schema() -> None:
    """Print the JSON Schema of a universe."""
    click.echo(json.dumps(document.schema(), indent=2, ensure_ascii=False))
