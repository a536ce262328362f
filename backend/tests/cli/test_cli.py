import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from app import cli
from app.errors import DocumentError, Problem


def refuse() -> None:
    raise DocumentError("two faults", problems=[Problem("$.seed", "a whole number will do")])


@pytest.fixture
def program():
    return cli.command_line(serve=refuse, worker=refuse, migrate=refuse)


def test_every_command_is_listed_and_can_be_asked_for_help(program):
    names = program.list_commands(click.Context(program))

    assert names == [
        "check",
        "listen",
        "migrate",
        "play",
        "schema",
        "serve",
        "tuning",
        "warm",
        "worker",
    ]
    for name in names:
        assert CliRunner().invoke(program, [name, "--help"]).exit_code == 0


def test_what_cannot_be_taken_is_one_line_its_problems_and_exit_code_two(program):
    result = CliRunner().invoke(program, ["migrate"])

    assert result.exit_code == 2
    assert result.stderr == "mundi: two faults\n  $.seed: a whole number will do\n"


def test_an_unknown_command_is_refused_with_exit_code_two(program):
    assert CliRunner().invoke(program, ["dance"]).exit_code == 2


def test_the_worker_door_runs_what_it_was_handed():
    ran = []
    program = cli.command_line(serve=refuse, worker=lambda: ran.append(1), migrate=refuse)

    assert CliRunner().invoke(program, ["worker"]).exit_code == 0
    assert ran == [1]


def test_the_help_says_of_each_command_what_it_says_of_itself_and_imports_none(program):
    code = (
        "import sys; from app.factory import main; sys.argv = ['mundi', '--help']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.exit(' '.join({'numba', 'numpy', 'pydantic', 'flask'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert found.stderr.strip() == ""
    context = click.Context(program)
    for name in program.list_commands(context):
        said = program.get_command(context, name).get_short_help_str(cli.LINE_MAX)
        assert f"  {name} " in found.stdout
        assert said in found.stdout
