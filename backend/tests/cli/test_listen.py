from pathlib import Path

from click.testing import CliRunner

from app import cli

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def test_an_example_is_told_in_words():
    program = cli.command_line(serve=print, worker=print, migrate=print)
    result = CliRunner().invoke(
        program, ["listen", str(EXAMPLES / "polyrhythm.json"), "--seconds", "5"]
    )
    assert result.exit_code == 0
    assert "Three, four, five, seven." in result.output
    assert "wood: " in result.output
    assert "collisions" in result.output
    assert "Energy kept to " in result.stderr
