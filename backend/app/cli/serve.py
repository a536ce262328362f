from collections.abc import Callable

import click


def door(run: Callable[..., None]) -> click.Command:
    """Make the command that serves studio, API and rooms."""

    @click.command()
    @click.option("--host", help="The address to listen on; else MUNDI_HOST, else this machine.")
    @click.option("--port", type=click.IntRange(0, 65_535), help="Else MUNDI_PORT, else 8000.")
    def serve(host: str | None, port: int | None) -> None:
        """Serve the studio, the API and the rooms on one port."""
        given = {"host": host, "port": port}
        run(**{name: value for name, value in given.items() if value is not None})

    return serve
