import math
import struct
from uuid import UUID

import numpy as np
import pytest

from app.core.audio.ear import Heard
from app.core.music.note import Control, Note
from app.core.performance.slice import Meters, Slice
from app.errors import SyntaxFault
from app.schemas import wire

JOURNAL = UUID("018f0000-0000-7000-8000-00000000abcd")


def header(kind: int = wire.SLICE) -> wire.Header:
    return wire.Header(kind, JOURNAL, generation=3, tick=2**40 + 6, ticks=6)


def note(**over: object) -> Note:
    given = {
        "id": 7, "tick": 6, "offset": 0.5, "sample": 2600, "universe_time": 1.0, "hz": 440.0,
        "velocity": 0.7, "duration_s": math.inf, "voice": "bell", "pan": -0.25, "brightness": 0.5,
        "rule": "hits", "event": "collision", "bodies": ("a", "zz-k3f9"), "place": (0.1, -2.0, 0.0),
    }  # fmt: skip
    return Note(**(given | over))  # type: ignore[arg-type]  # a mixed dict


def piece(frames: np.ndarray, **over: object) -> Slice:
    bodies = frames.shape[1]
    given = {
        "tick": 2**40 + 6, "ticks": len(frames), "universe_time": 0.0,
        "roster": tuple(f"b-{i}" for i in range(bodies)), "frames": frames, "events": (),
        "notes": (), "controls": (), "samples": np.zeros((2400, 2), np.float32),
        "meters": Meters(0.5, 0.25, math.nan),
    }  # fmt: skip
    return Slice(**(given | over))  # type: ignore[arg-type]  # a mixed dict


def motion(bodies: int, spread: float = 3.0) -> np.ndarray:
    return np.random.default_rng(1).normal(scale=spread, size=(6, bodies, 6))


def test_the_header_has_the_forty_bytes_of_the_contract():
    message = wire.slice_message(piece(motion(2)), header(), roster=9)

    assert struct.unpack_from("<4sBBHIHHQ16s", message) == (
        b"MUND", 1, 1, 1, 3, 6, 3, 2**40 + 6, JOURNAL.bytes,
    )  # fmt: skip
    assert len(message) % 4 == 0


def test_positions_come_back_within_half_a_step_of_the_cube():
    frames = motion(12)

    read = wire.decode(wire.slice_message(piece(frames), header(), roster=9))

    span = np.ptp(frames[::2, :, :3], axis=(0, 1)).max()
    assert read.header == header()
    assert read.roster == 9
    assert read.positions.shape == (3, 12, 3)
    # Half of a 64,000th of the span, and as much again for the float32 origin.
    assert np.abs(read.positions - frames[::2, :, :3]).max() <= span / 64_000


def test_a_crowd_is_sent_one_frame_a_message():
    read = wire.decode(wire.slice_message(piece(motion(501)), header(), roster=1))

    assert read.positions.shape == (1, 501, 3)


def test_a_lost_body_does_not_blur_the_others():
    frames = motion(3, spread=0.1)
    frames[:, 2, 1] = -1e9
    reach = wire.Reach((0.0, 0.0, 0.0), half=2.0)

    read = wire.decode(wire.slice_message(piece(frames), header(), roster=1, reach=reach))

    assert np.abs(read.positions[:, :2] - frames[::2, :2, :3]).max() < 1e-4
    assert read.positions[0, 2, 1] == pytest.approx(-2.0, rel=1e-3)


def test_a_world_without_bodies_and_one_gone_to_infinity_are_still_messages():
    empty = wire.decode(wire.slice_message(piece(motion(0)), header(), roster=1))
    frames = motion(2)
    frames[:, 0, 0] = math.nan
    frames[:, 1, 0] = math.inf

    lost = wire.decode(wire.slice_message(piece(frames), header(), roster=1))

    assert empty.positions.shape == (3, 0, 3)
    assert np.isfinite(lost.positions).all()


def test_notes_keep_their_pitch_class_and_held_notes_have_no_duration():
    ends = Control(note=5, tick=12, hz=1.0, velocity=0.0, pan=0.0, brightness=0.0, ends=True)
    glides = Control(note=6, tick=12, hz=1.0, velocity=0.0, pan=0.0, brightness=0.0)
    offered = piece(motion(1), notes=(note(),), controls=(ends, glides))

    held, end = wire.decode(wire.slice_message(offered, header(), roster=1)).notes

    assert held["pitch_class"] == 9.0  # A, nine half-tones above C
    assert held["duration"] is None
    assert held["bodies"] == ["a", "zz-k3f9"]
    assert end == {"id": 5, "ends": 12 * 400}


def test_meters_come_back_as_float32():
    read = wire.decode(wire.slice_message(piece(motion(1)), header(), roster=1))

    assert (read.meters.peak, read.meters.rms) == (0.5, 0.25)
    assert math.isnan(read.meters.energy_error)


def test_samples_come_back_bit_for_bit():
    samples = np.arange(4800, dtype="<i2").reshape(2400, 2)

    read = wire.decode(wire.sound_message(samples.tobytes(), header(wire.SOUND)))

    assert read.header.kind == wire.SOUND
    assert np.array_equal(read.samples, samples)


@pytest.mark.parametrize("cut", [0, 10, 39, 44, 60])
def test_a_cut_message_is_refused(cut: int):
    message = wire.slice_message(piece(motion(2)), header(), roster=1)

    with pytest.raises(SyntaxFault):
        wire.decode(message[:cut])


def test_other_bytes_are_refused():
    with pytest.raises(SyntaxFault):
        wire.decode(b"RIFF" + bytes(60))


def test_looks_come_back_within_a_step_and_only_where_there_are_any():
    rng = np.random.default_rng(4)
    rows = rng.uniform(size=(6, 5, 6)) * [360, 1, 1, 1, 1, 1]
    rows[:, :, 2] = 10.0 ** rng.uniform(-1, 1, size=(6, 5))
    rows[:, 2, 3] = np.nan
    shown = piece(motion(5), looks=rows, visual={"visual.glow": 0.25})

    read = wire.decode(wire.slice_message(shown, header(), roster=1))
    plain = wire.decode(wire.slice_message(piece(motion(5)), header(), roster=1))

    got, want = read.looks, rows[-1]
    assert np.array_equal(np.isnan(got), np.isnan(want))
    assert np.nanmax(np.abs(got - want) / [360, 1, 10, 1, 1, 1]) <= 0.5 / 254 * 4.7  # size: ratios
    assert read.visual == {"visual.glow": 0.25}
    assert (plain.looks, plain.visual) == (None, {})


def test_meters_carry_loudness_and_colour():
    heard = Heard(-14.5, -16.25, 880.0, tuple(-6.0 * i for i in range(10)))
    message = wire.slice_message(
        piece(motion(2), meters=Meters(0.5, 0.25, 0.0, heard)), header(), roster=9
    )

    assert wire.decode(message).meters == Meters(0.5, 0.25, 0.0, heard)
