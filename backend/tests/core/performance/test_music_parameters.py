"""Every parameter that shapes the notes, by its definition, measured in what is heard."""

import math
from itertools import pairwise

import numpy as np
import pytest

from app.core.document import judge
from app.core.mapping.pitch import hertz, key_number
from app.core.music.chord import tones
from app.core.music.rhythm import grid_beats
from app.core.music.scale import SCALES
from app.core.numbers.grid import SAMPLES_PER_TICK
from app.core.parameters.music import KEYS, QUANTIZE
from app.core.performance import Performance


class Unheard:
    """An instrument nobody plays: the notes are wanted here, not their sound."""

    resonates = False

    def render(self, first, ticks, *_):
        return np.zeros((ticks * SAMPLES_PER_TICK, 2), dtype=np.float32)

    def set(self, path, value):
        pass


def notes_of(data, seconds):
    """Play a universe for its notes alone."""
    performance = Performance(judge(data))
    performance._instrument = Unheard()
    return performance.run(round(120 * seconds)).notes


# Goes up by 1.9 semitones a note and comes round within two octaves: every pitch class is wanted.
WANDER = {"from": "event.index", "domain": [0, 16], "range": ["C4", "F#6"], "clamp": False, "fold": ["C4", "C6"]}  # fmt: skip


def heard(seconds=8, *, note=None, every="1/16", tail=(), **music):
    """Play a metronome of wandering pitches for some seconds and give its notes."""
    rule = {"when": {"every": every}, "note": {"voice": "lead", "pitch": WANDER, **(note or {})}}
    said = {"note_density": 200, "tempo": 120, **music}
    data = {"music": said, "rules": {"r": rule, **dict(tail)}}
    return notes_of(data, seconds)


def classes(notes):
    return [round(key_number(note.hz)) % 12 for note in notes]


def share(notes, wanted):
    found = classes(notes)
    return sum(one in wanted for one in found) / len(found)


def never_falls(values):
    return all(b >= a - 1e-12 for a, b in pairwise(values)) and values[-1] > values[0]


def beats(notes, tempo=120):
    return [note.heard_s * tempo / 60 for note in notes]


@pytest.mark.parametrize("tempo", [40, 97, 200])
def test_tempo_is_quarter_notes_a_minute(tempo):
    onsets = [note.heard_s for note in heard(6, every="1/4", tempo=tempo)]
    assert onsets == pytest.approx([60 / tempo * n for n in range(len(onsets))])


@pytest.mark.parametrize(("meter", "bar_beats"), [("4/4", 4), ("3/4", 3), ("7/8", 3.5)])
def test_meter_says_when_the_chord_of_a_bar_changes(meter, bar_beats):
    chords = {"each": "1 bar", "list": ["I", "V"]}
    notes = heard(8, meter=meter, chords=chords, harmony=1, harmony_complexity=0)
    for note, beat in zip(notes, beats(notes), strict=True):
        root = 0 if int(beat // bar_beats) % 2 == 0 else 7
        assert round(key_number(note.hz)) % 12 in {root, (root + 7) % 12}


@pytest.mark.parametrize("swing", [0.0, 0.5, 1.0])
def test_swing_makes_every_second_eighth_late_by_up_to_a_triplet(swing):
    notes = heard(4, every="1/8", swing=swing, quantize="1/8", rhythm_complexity=1)
    offbeats = sorted({round(beat % 1, 6) for beat in beats(notes)})
    assert offbeats == pytest.approx([0.0, 0.5 + swing / 6], abs=1e-6)


@pytest.mark.parametrize("hz", [220.0, 432.0, 441.5])
def test_base_frequency_is_a4_and_carries_everything(hz):
    plain, moved = (heard(2, base_frequency=a, scale="free") for a in (440, hz))
    assert heard(1, note={"pitch": "A4"}, base_frequency=hz)[0].hz == hz
    # Registers stay where they are in hertz, so an octave may be changed, and nothing else.
    octaves = [math.log2(b.hz / a.hz / (hz / 440)) for a, b in zip(plain, moved, strict=True)]
    assert octaves == pytest.approx([round(octave) for octave in octaves], abs=1e-9)


@pytest.mark.parametrize("key", KEYS)
def test_key_is_where_the_scale_starts(key):
    rule = {"r": {"when": {"every": "1/4"}, "note": {"voice": "lead", "degree": 0}}}
    (first, *_) = notes_of({"music": {"key": key}, "rules": rule}, 0.5)
    assert classes([first]) == [round(key_number(hertz(f"{key}4"))) % 12]


@pytest.mark.parametrize("scale", SCALES)
def test_scale_is_the_notes_in_use(scale):
    notes = heard(16, scale=scale, key="D", harmony=0)
    assert set(classes(notes)) == {(2 + step) % 12 for step in SCALES[scale]}


def test_free_is_no_scale():
    notes = heard(2, scale="free")
    wanted = heard(2, scale="chromatic", harmony=0)
    assert any(abs(key_number(n.hz) - round(key_number(n.hz))) > 0.05 for n in notes)
    assert all(abs(key_number(n.hz) - round(key_number(n.hz))) < 1e-9 for n in wanted)


@pytest.mark.parametrize(("divisions", "interval"), [(19, 2), (5, 2), (13, 3)])
def test_tuning_is_n_equal_steps_of_any_interval(divisions, interval):
    notes = heard(4, tuning={"divisions": divisions, "interval": interval}, harmony=0)
    steps = [divisions * math.log(note.hz / 440, interval) for note in notes]
    assert all(abs(step - round(step)) < 1e-9 for step in steps)
    assert len({round(step) % divisions for step in steps}) >= min(5, divisions)


def test_just_intervals_are_just():
    notes = heard(8, tuning="just", harmony=1, harmony_complexity=0.25)
    ratios = {round(note.hz / hertz("A4") * 5 / 3 / 2 ** math.floor(math.log2(note.hz / hertz("A4") * 5 / 3)), 9) for note in notes}  # fmt: skip
    assert ratios == {1.0, 1.25, 1.5}


def test_a_phrase_is_bars_of_notes_then_bars_without():
    notes = heard(16, phrase={"bars": 1.5, "rest": 0.5})
    places = [beat % 8 for beat in beats(notes)]
    assert max(places) < 6
    assert max(places) > 5.5


def test_the_share_of_chord_tones_never_falls_as_harmony_rises():
    steps = [n / 8 for n in range(9)]
    shares = [share(heard(16, harmony=x, harmony_complexity=0.25), {0, 4, 7}) for x in steps]
    assert never_falls(shares)
    assert shares[-1] == 1.0


def test_nothing_is_outside_the_scale_at_dissonance_0_and_that_share_never_falls():
    steps = [n / 8 for n in range(9)]
    outside = set(range(12)) - set(SCALES["major"])
    shares = [share(heard(16, harmony=0.2, dissonance=x), outside) for x in steps]
    assert shares[0] == 0.0
    assert never_falls(shares)


@pytest.mark.parametrize(("complexity", "count"), [(0, 2), (0.25, 3), (0.5, 4), (1, 5)])
def test_harmony_complexity_is_the_size_of_the_chord(complexity, count):
    notes = heard(16, harmony=1, harmony_complexity=complexity, key="G")
    chord = set(tones("I", key=7, scale="major", tones_max=5)[:count])
    assert set(classes(notes)) == chord


@pytest.mark.parametrize("complexity", [0.0, 0.25, 0.6, 1.0])
def test_melody_complexity_is_the_widest_leap(complexity):
    jump = {"pitch": {"from": "event.index", "domain": [0, 3], "range": ["C4", "B6"], "clamp": False, "fold": ["C4", "C7"]}}  # fmt: skip
    notes = heard(8, note=jump, melody_complexity=complexity, melody_range=1, scale="chromatic", harmony=0)  # fmt: skip
    leaps = [abs(key_number(b.hz) - key_number(a.hz)) for a, b in pairwise(notes)]
    assert max(leaps) <= 7 + 29 * complexity + 1e-6
    assert max(leaps) > min(7 + 29 * complexity, 19) - 12


@pytest.mark.parametrize("voice", ["bass", "lead", "bell"])
def test_melody_range_is_the_span_of_the_register(voice):
    everywhere = {"voice": voice, "pitch": {"from": "event.index", "domain": [0, 40], "range": [20, 9000], "clamp": False, "fold": [20, 9000]}}  # fmt: skip
    spans = []
    for wide in (0.0, 0.25, 0.5, 1.0):
        notes = heard(20, note=everywhere, melody_range=wide, melody_complexity=1, scale="chromatic")  # fmt: skip
        hz = [note.hz for note in notes]
        spans.append(math.log2(max(hz) / min(hz)))
        assert spans[-1] <= 1 + 4 * wide + 0.02
    assert never_falls(spans)


@pytest.mark.parametrize("quantize", [one for one in QUANTIZE if one != "off"])
@pytest.mark.parametrize("complexity", [0.0, 0.5, 1.0])
def test_quantize_is_the_finest_grid_and_rhythm_complexity_the_coarsest_in_use(
    quantize, complexity
):
    top, under = quantize.rstrip("t").split("/")
    finest = 4 * int(top) / int(under) * (2 / 3 if quantize.endswith("t") else 1)
    notes = heard(6, every="1/7", quantize=quantize, rhythm_complexity=complexity)
    step = grid_beats(finest, rhythm_complexity=complexity)
    assert step == (max(finest, 1.0) if complexity == 0 else step)
    assert step == pytest.approx(finest if complexity == 1 else step)
    places = [beat / step for beat in beats(notes)]
    assert notes
    assert all(abs(place - round(place)) < 1e-6 for place in places)


def test_without_quantize_an_onset_is_where_it_happened():
    notes = heard(4, every="1/7", rhythm_complexity=0)
    assert beats(notes) == pytest.approx([4 / 7 * n for n in range(len(notes))])


@pytest.mark.parametrize("density", [1, 3, 10, 25])
def test_note_density_is_notes_a_second_at_most(density):
    data = {f"r{n}": {"when": {"every": "1/32"}, "note": {"pitch": 200 + 10 * n}} for n in range(4)}
    notes = heard(10, tail=data.items(), note_density=density)
    burst = max(density / 8, min(density, 6))
    for start in range(9):
        within = sum(start <= note.heard_s < start + 1 for note in notes)
        assert within <= density + burst + 1
    assert len(notes) == pytest.approx(10 * density + burst, abs=2)


def test_a_chord_of_six_comes_whole_at_the_density_there_is_by_default():
    data = {f"r{n}": {"when": {"every": "1/1"}, "note": {"pitch": 200 + 50 * n}} for n in range(6)}
    notes = notes_of({"rules": data}, 4)
    assert len(notes) == 12
