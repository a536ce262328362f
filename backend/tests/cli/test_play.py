import json
import os
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path

import mido
import pytest
import soundfile
from click.testing import CliRunner
from PIL import Image

from app.cli import command_line
from app.core.audio.meters import loudness

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
BALL = json.dumps(
    {
        "physics": {"elasticity": 1, "friction": 0, "floor": 0},
        "bodies": {"a": {"position": [0, 0.5, 0], "radius": 0.1}},
        "rules": {"hits": {"when": {"event": "collision", "with": "floor"}, "note": {"voice": "pluck", "pitch": "A4"}}},
    }
)  # fmt: skip
# A ball of radius 0.1 falls 0.4 m: t = sqrt(2 · 0.4 / 9.81).
FIRST_S = (2 * 0.4 / 9.81) ** 0.5


@pytest.fixture
def mundi(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ball.json").write_text(BALL)
    program = command_line(serve=print, worker=print, migrate=print)
    return lambda *said: CliRunner().invoke(program, ["play", *map(str, said)])


def test_everything_asked_for_is_written_and_agrees(mundi, tmp_path):
    result = mundi(
        "ball.json", "--seconds", 2, "--wav", "a.wav", "--events", "e.json", "--notes", "n.json",
        "--frames", "f.csv", "--midi", "m.mid", "--still", "s.png",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    with wave.open("a.wav") as file:
        assert file.getnframes() == 2 * 48000
    said = json.loads(Path("e.json").read_text())
    assert said["clock"] == {"unit": "second", "epoch": 0.0}
    assert len(said["universe"]) == 64
    events = said["events"]
    notes = json.loads(Path("n.json").read_text())["notes"]
    hits = [event["heard_s"] for event in events if event["kind"] == "collision"]
    assert hits == pytest.approx([FIRST_S * (2 * k + 1) for k in range(len(hits))], abs=1e-9)
    assert len(hits) == 4
    assert [note["heard_s"] for note in notes] == hits
    assert Path("f.csv").read_text().count("\n") == 1 + 240
    assert sum(m.type == "note_on" for m in mido.MidiFile("m.mid")) == len(notes)
    with Image.open("s.png") as picture:
        assert picture.format == "PNG"
    assert not list(tmp_path.glob("*.part"))


def test_a_later_start_gives_the_same_sound_from_there(mundi):
    mundi("ball.json", "--seconds", 2, "--wav", "a.wav", "--float")
    mundi("ball.json", "--from", 0.5, "--seconds", 1.5, "--wav", "b.wav", "--float")
    whole, part = Path("a.wav").read_bytes(), Path("b.wav").read_bytes()
    assert part[58:] == whole[58 + 24000 * 8 :]


def test_the_reasons_are_printed_in_plain_words(mundi):
    result = mundi("ball.json", "--seconds", 0.5, "--explain")
    assert "hits: collision of a" in result.output
    assert "the rule says 440.00 Hz" in result.output
    assert "0:00.286" in result.output


def test_a_take_is_played_with_its_edits_and_length(mundi):
    take = {
        "take": 1, "universe": json.loads(BALL), "seed": 1, "ticks": 120,
        "journal": [{"tick": 60, "rev": 1, "patch": {"bodies": {"zz-b": {"position": [1, 1, 0]}}}}],
    }  # fmt: skip
    Path("t.json").write_text(json.dumps(take))
    assert mundi("t.json", "--events", "e.json", "--frames", "f.csv").exit_code == 0
    kinds = [event["kind"] for event in json.loads(Path("e.json").read_text())["events"]]
    assert "appear" in kinds
    assert Path("f.csv").read_text().count("\n") == 1 + 60 + 2 * 60


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.json", None),
        ("empty.json", ""),
        ("wrong.json", "PK\x03\x04"),
        ("unfinished.json", BALL[:99]),
    ],
)
def test_a_file_that_cannot_be_played_is_one_line_and_nothing_is_left(
    mundi, tmp_path, name, content
):
    if content is not None:
        Path(name).write_text(content)
    before = sorted(tmp_path.iterdir())
    result = mundi(name, "--wav", "a.wav", "--notes", "n.json")
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert name in result.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_a_faulty_universe_names_its_paths(mundi):
    Path("bad.json").write_text('{"music": {"tempo": 1000}}')
    result = mundi("bad.json")
    assert result.exit_code == 2
    assert "$.music.tempo" in result.stderr


def test_a_folder_that_is_not_there_is_one_line(mundi):
    result = mundi("ball.json", "--wav", "nowhere/a.wav")
    assert result.exit_code == 2
    assert "nowhere/a.wav cannot be written" in result.stderr


def test_an_old_file_stays_as_it_was_when_playing_fails(mundi):
    Path("a.wav").write_text("old")
    mundi("ball.json", "--wav", "a.wav", "--notes", "nowhere/n.json")
    assert Path("a.wav").read_text() == "old"


def test_an_interrupt_leaves_nothing(tmp_path):
    # Where this runs in the background, the shell has it ignore interrupts.
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code += "; from app.factory import main; main()"
    target = tmp_path / "a.wav"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "play", str(EXAMPLES / "gas.json"), "--seconds", "20000", "--wav", str(target)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ,
    )  # fmt: skip
    try:
        part = tmp_path / "a.wav.part"
        until = time.monotonic() + 240  # a cold machine compiles first
        while not (part.exists() and part.stat().st_size > 10_000) and time.monotonic() < until:
            assert process.poll() is None, "it stopped by itself"
            time.sleep(0.05)
        assert part.exists()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) != 0
    finally:
        process.kill()
        process.wait()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seconds", ["nan", "-1", "1e9", "soon"])
def test_a_length_that_is_none_is_refused(mundi, seconds):
    result = mundi("ball.json", "--seconds", seconds, "--wav", "a.wav")
    assert result.exit_code == 2
    assert "--seconds" in result.stderr
    assert not Path("a.wav").exists()


def test_no_seconds_are_empty_files(mundi):
    assert (
        mundi(
            "ball.json", "--seconds", 0, "--wav", "a.wav", "--notes", "n.json", "--still", "s.png"
        ).exit_code
        == 0
    )
    assert json.loads(Path("n.json").read_text())["notes"] == []


def test_a_sound_too_long_for_its_file_is_refused_before_it_is_played(mundi, tmp_path):
    result = mundi("ball.json", "--seconds", 80000, "--wav", "a.wav")
    assert result.exit_code == 2
    assert "render it in parts" in result.stderr
    assert not list(tmp_path.glob("a.wav*"))


def test_a_loudness_is_reached_and_told(mundi):
    result = mundi("ball.json", "--seconds", 3, "--wav", "a.wav", "--float", "--loudness", -23)
    sound, _ = soundfile.read("a.wav")

    assert result.exit_code == 0, result.output
    assert loudness(sound) == pytest.approx(-23, abs=0.5)
    assert f"{loudness(sound):.1f} LUFS" in result.output


def test_what_is_silent_stays_silent_and_says_so(mundi):
    Path("still.json").write_text("{}")
    result = mundi("still.json", "--seconds", 1, "--wav", "a.wav", "--loudness", -14)

    assert result.exit_code == 0, result.output
    assert "too quiet to be measured" in result.output


def test_a_loudness_without_a_sound_is_refused(mundi):
    result = mundi("ball.json", "--seconds", 1, "--loudness", -14)

    assert result.exit_code != 0
    assert "--wav" in result.output


def test_a_universe_that_blows_up_says_where_it_ends(mundi):
    said = {"world": "space", "boundary": "open", "clock": {"unit": "day", "rate": 1e8},
            "bodies": {"a": {"velocity": [1e9, 0, 0], "collide": False}}}  # fmt: skip
    Path("wild.json").write_text(json.dumps(said))
    result = mundi("wild.json", "--seconds", 1, "--frames", "f.csv")

    assert result.exit_code == 0
    assert "a left all numbers at tick 1: nothing moves after it" in result.output
    assert "nan" not in Path("f.csv").read_text().lower()
