from collections.abc import Callable

import click


def door(run: Callable[[], None]) -> click.Command:
    """Make the command that renders what people have asked for."""

    @click.command()
    def worker() -> None:
        """Render queued exports until told to stop."""
        run()

    return worker
