import importlib
from collections.abc import Callable, Mapping
from typing import Any

import click

from app.errors import InputError, MundiError

PURE = ("check", "listen", "play", "schema", "tuning", "warm")


class Program(click.Group):
    """The command `mundi`: imports a door when it is used, and translates errors."""

    def __init__(self, handed: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__("mundi", help="Compose with physics.")
        self._handed = dict(handed)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command, in alphabetical order."""
        return sorted((*PURE, *self._handed))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and take its door."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"app.cli.{cmd_name}")
        if cmd_name in PURE:
            return getattr(module, cmd_name)
        return module.door(self._handed[cmd_name])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it could not take leaves as one line and exit code 2."""
        try:
            return super().invoke(ctx)
        except MundiError as error:
            click.echo(f"mundi: {error.message}", err=True)
            for problem in error.problems if isinstance(error, InputError) else ():
                click.echo(f"  {problem.path}: {problem.message}", err=True)
            ctx.exit(2)


def command_line(
    *, serve: Callable[..., Any], worker: Callable[..., Any], migrate: Callable[..., Any]
) -> Program:
    """Assemble `mundi` from the callables that only the factory can make."""
    return Program({"serve": serve, "worker": worker, "migrate": migrate})
