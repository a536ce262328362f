"""What a story does to the music, measured in the notes."""

import itertools

import pytest

from app.core.document import judge
from app.core.mapping.pitch import key_number
from app.core.performance import Performance

BEAT = {"when": {"every": "1/4"}, "note": {"voice": "lead", "pitch": {"from": "event.index", "scale": "linear", "domain": [0, 12], "range": ["C4", "C5"], "fold": ["C4", "C5"]}}}  # fmt: skip


def heard(story, seconds=8, **music):
    data = {
        "music": {"harmony": 1, "harmony_complexity": 0.25, "note_density": 60, **music},
        "rules": {"beat": BEAT},
        "story": story,
    }
    return Performance(judge(data)).run(round(120 * seconds)).notes


def classes(notes, start, end):
    return {round(key_number(note.hz)) % 12 for note in notes if start <= note.heard_s < end}


def at_bar(number, **changes):
    return {"p": {"at": f"bar {number}", "changes": {f"music.{k}": v for k, v in changes.items()}}}


def test_chords_change_at_their_bar():
    notes = heard(at_bar(3, chords={"each": "1 bar", "list": ["V"]}), chords={"list": ["I"]})
    assert classes(notes, 0, 4) <= {0, 4, 7}
    assert classes(notes, 4, 8) <= {7, 11, 2}
    assert classes(notes, 4, 8) & {11, 2}


def test_a_tuning_comes_with_its_bar():
    notes = heard(at_bar(3, tuning={"divisions": 5}), harmony=0, scale="free")
    steps = [key_number(note.hz) for note in notes if note.heard_s >= 4]
    assert all((step - 69) / 2.4 == pytest.approx(round((step - 69) / 2.4), abs=1e-9) for step in steps)  # fmt: skip
    assert {round(step, 6) for step in steps} != {
        round(key_number(n.hz), 6) for n in notes if n.heard_s < 4
    }


def test_tempo_ramps_over_bars_and_the_beat_never_stumbles():
    story = {"p": {"at": "bar 2", "changes": {"music.tempo": 60}, "over": "2 bars"}}
    onsets = [note.heard_s for note in heard(story, seconds=14)]
    gaps = [b - a for a, b in itertools.pairwise(onsets)]
    assert gaps[:3] == pytest.approx([0.5] * 3)
    assert gaps[-2:] == pytest.approx([1.0] * 2)
    assert all(b > a - 1e-9 for a, b in itertools.pairwise(gaps))


def test_a_meter_from_the_story_moves_the_bars_that_follow():
    data = {
        "rules": {"tell": {"when": {"event": "story"}, "note": {"pitch": "A4"}}},
        "story": {**at_bar(2, meter="3/4"), "q": {"at": "bar 4"}},
    }
    onsets = [note.heard_s for note in Performance(judge(data)).run(1200).notes]
    # Bar 1 has four beats, bars 2 and 3 have three each.
    assert onsets == pytest.approx([2.0, 5.0])


def test_a_phrase_from_the_story_breathes():
    notes = heard(at_bar(2, phrase={"bars": 1, "rest": 1}))
    assert classes(notes, 0, 2)
    assert not classes(notes, 2, 4)
    assert classes(notes, 4, 6)
    assert not classes(notes, 6, 8)


def test_a_harmony_tie_is_heard():
    calm = heard({"p": {"at": 0, "harmony": 1}}, harmony=0)
    wild = heard({}, harmony=0)
    tones = {0, 4, 7}
    share = [sum(round(key_number(n.hz)) % 12 in tones for n in notes) for notes in (wild, calm)]
    assert share[0] < share[1] == 16
