import ast
import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from app.errors import InputError, MundiError

LINE_MAX = 65  # characters of a command's line in the help
PURE = ("check", "listen", "play", "schema", "tuning", "warm")


class Program(click.Group):
    """The command `mundi`: imports a door when it is used, and translates errors."""

    def __init__(self, handed: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__("mundi", help="Compose with physics.")
        self._handed = dict(handed)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command, in alphabetical order."""
        return sorted((*PURE, *self._handed))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a line about each command; none is imported for it that takes long to."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._line(ctx, name)) for name in self.list_commands(ctx)])

    def _line(self, ctx: click.Context, name: str) -> str:
        if name in PURE:
            return _first_sentence(name)
        command = self.get_command(ctx, name)
        return command.get_short_help_str(LINE_MAX) if command is not None else ""

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


def _first_sentence(name: str) -> str:
    """Read what a command says of itself without importing what it works with."""
    tree = ast.parse(Path(__file__).with_name(f"{name}.py").read_bytes())
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return click.Command(name, help=ast.get_docstring(node)).get_short_help_str(LINE_MAX)
    return ""


def command_line(
    *, serve: Callable[..., Any], worker: Callable[..., Any], migrate: Callable[..., Any]
) -> Program:
    """Assemble `mundi` from the callables that only the factory can make."""
    return Program({"serve": serve, "worker": worker, "migrate": migrate})
