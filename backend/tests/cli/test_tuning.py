import json

import pytest
from click.testing import CliRunner

from app.cli import command_line
from app.core.document.scala import keyboard_of, scale_of

SCALE = "! x.scl\n!\nDrei Töne\n 3\n!\n 5/4\n 3/2\n 2/1\n"
SKY = {
    "title": "Sky",
    "bodies": {"sun": {"fixed": True}, "b": {"orbit": {"about": "sun", "period": 2}},
               "c": {"orbit": {"about": "sun", "period": 3}}},
    "music": {"tuning": "orbits"},
    "rules": {"r": {"when": {"every": "1/4"}, "note": {"degree": {"from": "event.index"}, "voice": "lead"}}},
}  # fmt: skip


@pytest.fixture
def run(tmp_path):
    program = command_line(serve=None, worker=None, migrate=None)

    def invoke(*words):
        return CliRunner().invoke(program, [str(word) for word in words])

    (tmp_path / "sky.json").write_text(json.dumps(SKY))
    (tmp_path / "x.scl").write_bytes(SCALE.encode("latin-1"))
    return invoke


def test_the_notes_of_a_universe_and_of_a_scale_are_told(run, tmp_path):
    sky = run("tuning", tmp_path / "sky.json")
    assert sky.exit_code == 0
    assert sky.stdout.startswith("2 notes in 1200.000 cents, from 261.6256 Hz")
    assert "701.955" in sky.stdout
    assert "386.314" in run("tuning", tmp_path / "x.scl").stdout


def test_the_tuning_of_the_orbits_is_exported_as_scala_files(run, tmp_path):
    out, keys = tmp_path / "out.scl", tmp_path / "out.kbm"
    assert run("tuning", tmp_path / "sky.json", "--scl", out, "--kbm", keys).exit_code == 0
    scale = scale_of(out.read_text())
    assert scale.title == "Sky"
    assert scale.cents == pytest.approx((701.9550008653874, 1200.0))
    assert keyboard_of(keys.read_text(), scale).reference_hz == pytest.approx(261.6255653)
    again = run("tuning", out, "--keyboard", keys)
    assert again.stdout == run("tuning", tmp_path / "sky.json").stdout


def test_a_universe_is_played_in_any_scala_tuning(run, tmp_path):
    notes = tmp_path / "notes.json"
    done = run(
        "play",
        tmp_path / "sky.json",
        "--seconds",
        3,
        "--tuning",
        tmp_path / "x.scl",
        "--notes",
        notes,
    )
    assert done.exit_code == 0, done.output
    found = json.loads(notes.read_text())["notes"]
    parts = sorted({round(note["hz"] / found[0]["hz"], 9) for note in found})
    assert parts[:3] == [1.0, 1.25, 1.5]


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"x\n0\n", "line 2"), (b"x\r\n1\r\n\xe9\r\n", "line 3"), (b"!\n" * 1_000_000, "line 20001"),
     (b"x\n1\n" + b"9" * 4000, "line 3"), (b"x\n1\n0/1\n", "line 3")],
)  # fmt: skip
def test_a_file_that_is_no_tuning_is_refused_by_name_and_line(run, tmp_path, data, says):
    (tmp_path / "bad.scl").write_bytes(data)
    for words in (
        ("tuning", tmp_path / "bad.scl"),
        ("play", tmp_path / "sky.json", "--tuning", tmp_path / "bad.scl"),
    ):
        done = run(*words)
        assert done.exit_code == 2
        assert f"bad.scl: {says}" in done.stderr


def test_a_keyboard_alone_is_refused(run, tmp_path):
    done = run("play", tmp_path / "sky.json", "--keyboard", tmp_path / "x.scl")
    assert (done.exit_code, "--tuning" in done.stderr) == (2, True)
