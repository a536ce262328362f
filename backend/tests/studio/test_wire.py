"""The page reads what the server writes: the one end is the other's oracle."""

import base64
import dataclasses
import math
from uuid import UUID

import numpy as np
import pytest

from app.core.audio.ear import Heard
from app.core.music.note import Control, Note
from app.core.performance.slice import Meters, Slice
from app.schemas import wire

JOURNAL = UUID("0198c2de-7b1a-7c3e-9a51-0123456789ab")
READ = """async ([file, text]) => {
  const { message } = await import(file);
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const read = message(bytes.buffer);
  const plain = (value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
  if (read?.frames) read.frames.positions = plain(read.frames.positions);
  if (read) read.looks = plain(read.looks);
  return read && { ...read, sound: plain(read.sound) };
}"""


HEARD = Heard(-14.5, -16.0, 880.0, tuple(-6.0 * i for i in range(10)))


def note(number: int) -> Note:
    return Note(
        id=number, tick=1202, offset=0.25, sample=480_900, universe_time=10.0, hz=440.0, velocity=0.5,
        duration_s=math.inf, voice="bell", pan=-0.25, brightness=0.5, rule="hits", event="collision",
        bodies=("a", "zz-k3f9"), place=(1.5, -0.25, 0.0),
    )  # fmt: skip


def piece() -> Slice:
    frames = np.random.default_rng(5).normal(size=(6, 3, 6)) * 7
    ends = Control(note=4, tick=1203, hz=1.0, velocity=0, pan=0, brightness=0, ends=True)
    return Slice(
        tick=1200, ticks=6, universe_time=10.0, roster=("a", "b", "zz-k3f9"), frames=frames, events=(),
        notes=(note(7),), controls=(ends,), samples=np.zeros((2400, 2), np.float32),
        meters=Meters(peak=0.5, rms=0.25, energy_error=1e-9, heard=HEARD),
    )  # fmt: skip


@pytest.fixture
def read(module_page, files):
    def reader(message: bytes):
        return module_page.evaluate(READ, [f"{files}/wire.js", base64.b64encode(message).decode()])

    return reader


def test_a_slice_comes_out_as_it_went_in(read):
    header = wire.Header(wire.SLICE, JOURNAL, generation=3, tick=1200, ticks=6)

    found = read(wire.slice_message(piece(), header, roster=9))

    assert (found["generation"], found["tick"], found["ticks"]) == (3, 1200, 6)
    assert found["journal"] == str(JOURNAL)
    assert found["frames"]["roster"] == 9
    got = np.reshape(found["frames"]["positions"], (3, 3, 3))
    want = piece().frames[::2, :, :3]
    assert got == pytest.approx(want, abs=np.ptp(want) / 65_000)  # a step of the int16 grid
    meters = found["meters"]
    assert meters.pop("bandsDb") == list(HEARD.bands_db)
    levels = {
        "peak": 0.5,
        "rms": 0.25,
        "momentary": -14.5,
        "integrated": -16.0,
        "centroidHz": 880.0,
    }
    assert meters == pytest.approx(levels | {"energyError": 1e-9})


def test_notes_keep_their_place_and_a_held_one_has_an_end(read):
    header = wire.Header(wire.SLICE, JOURNAL, generation=0, tick=1200, ticks=6)

    sung, ended = read(wire.slice_message(piece(), header, roster=1))["notes"]

    assert (sung["id"], sung["sample"], sung["hz"], sung["duration"]) == (7, 480_900, 440, None)
    assert sung["pitch_class"] == pytest.approx(9)  # A
    assert (sung["bodies"], sung["place"]) == (["a", "zz-k3f9"], [1.5, -0.25, 0])
    assert ended["ends"]


def test_samples_come_out_bit_for_bit(read):
    pcm = np.random.default_rng(1).integers(-32767, 32767, (2400, 2)).astype("<i2")
    header = wire.Header(wire.SOUND, JOURNAL, generation=0, tick=2**33, ticks=6)

    found = read(wire.sound_message(pcm.tobytes(), header))

    assert found["tick"] == 2**33
    assert np.array_equal(found["sound"], pcm.ravel())


@pytest.mark.parametrize("message", [b"", b"MUND", b"NOPE" + bytes(60)])
def test_what_is_not_ours_is_left_alone(read, message):
    assert read(message) is None


def test_looks_and_moved_parameters_arrive(read):
    header = wire.Header(wire.SLICE, JOURNAL, generation=0, tick=1200, ticks=6)
    looks = np.full((6, 3, 6), np.nan)
    looks[-1, 1] = [180.0, 0.5, 10.0, 1.0, 0.0, np.nan]
    seen = dataclasses.replace(piece(), looks=looks, visual={"visual.glow": 0.2})

    found = read(wire.slice_message(seen, header, roster=1))

    assert found["looks"] == [255] * 6 + [127, 127, 254, 254, 0, 255] + [255] * 6
    assert found["visual"] == {"visual.glow": 0.2}
    assert read(wire.slice_message(piece(), header, roster=1))["looks"] is None


def test_the_page_shows_a_body_as_the_rules_say(module_page, files):
    script = """async (files) => {
      const { Looks, moved } = await import(`${files}/picture/looks.js`);
      const looks = new Looks();
      looks.take(['a', 'b'], new Uint8Array([255, 255, 255, 255, 255, 255, 127, 254, 127, 0, 255, 255]));
      return [looks.of('a'), looks.of('b'), looks.of('c'), moved({ glow: 1 }, { 'visual.camera.zoom': 2 })];
    }"""
    a, b, nobody, visual = module_page.evaluate(script, files)

    assert (a, nobody) == ({}, {})
    assert b == pytest.approx({"hue": 180, "lightness": 1, "size": 1, "glow": 0})
    assert visual == {"glow": 1, "camera": {"zoom": 2}}
