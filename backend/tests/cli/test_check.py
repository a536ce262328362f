from pathlib import Path

import pytest
from click.testing import CliRunner

from app import cli

EXAMPLES = Path(__file__).parents[3] / "examples"


def run(*arguments, **options):
    program = cli.command_line(serve=print, worker=print, migrate=print)
    return CliRunner().invoke(program, ["check", *arguments], **options)


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.json")), ids=lambda path: path.stem)
def test_an_example_has_no_faults(path):
    result = run(str(path))

    assert result.exit_code == 0, result.output
    assert "no faults" in result.stdout


def test_every_fault_is_named_by_its_path_with_exit_code_two(tmp_path):
    file = tmp_path / "faulty.json"
    file.write_text('{"music": {"tempo": 900}, "bodies": {"a": {"bounse": 1}}}')

    result = run(str(file))

    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "mundi: the universe has 2 faults",
        '  $.bodies.a.bounse: "bounse" is no field here; did you mean bounce?',
        "  $.music.tempo: tempo is 900; it may be 40 to 200 BPM",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "is empty"), ("  \n", "is empty"), ('{"title": "unfin', "line 1, column 11")],
)
def test_a_file_that_is_no_json_is_one_line_and_exit_code_two(tmp_path, text, says):
    file = tmp_path / "broken.json"
    file.write_text(text)

    result = run(str(file))

    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_missing_file_and_a_folder_are_one_line_and_exit_code_two(tmp_path):
    for path in (tmp_path / "nowhere.json", tmp_path):
        result = run(str(path))

        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1


def test_a_universe_can_come_from_standard_input():
    assert run("-", input='{"title": "nothing"}').exit_code == 0
