from collections.abc import Callable

import click


def door(run: Callable[[], str]) -> click.Command:
    """Make the command that brings the database to this version's tables."""

    @click.command()
    def migrate() -> None:
        """Bring the database to the tables of this version."""
        click.echo(f"The database is at revision {run()}.")

    return migrate
