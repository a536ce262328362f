import dataclasses
import math

import pytest

from app.core.document import parse
from app.core.document.spans import Span
from app.core.mapping.pitch import hertz
from app.core.mapping.want import Want
from app.core.music import Score
from app.core.performance.checkpoint import packed, unpacked
from app.core.story import Clock
from app.utils import strict_json

PLAIN = Want(
    tick=0, offset=0.0, universe_time=0.0, rule="r", event="collision", bodies=("a",),
    place=(0.0, 0.0, 0.0), voice="lead", hz=450.0,
)  # fmt: skip


def document(**music):
    return parse(
        strict_json.canonical(
            {
                "music": music,
                "rules": {"r": {"when": {"event": "collision"}, "note": {"pitch": "A4"}}},
            }
        )
    )


class Desk:
    """A score and its clock, played tick by tick."""

    def __init__(self, **music):
        self.document = document(**music)
        self.score, self.clock, self.tick = Score.of(self.document), Clock.of(self.document), 0

    def play(self, wants=(), held=(), ticks=1):
        """Play some ticks; the wishes come in the first of them."""
        notes, controls = [], []
        for number in range(ticks):
            fresh = (
                [dataclasses.replace(want, tick=self.tick) for want in wants] if not number else []
            )
            more, turned = self.score.admit(fresh, held, self.clock, self.tick)
            notes, controls, self.tick = notes + more, controls + turned, self.tick + 1
        return notes, controls


def want(**changed):
    return dataclasses.replace(PLAIN, **changed)


def steps(note):
    return [step.name for step in note.why]


def test_an_exact_time_passes_through_to_its_sample():
    (note,), _ = Desk().play([want(offset=0.503)])
    assert (note.tick, note.offset, note.sample) == (0, 0.503, 201)


def test_a_wish_between_two_tones_goes_to_the_scale_and_says_so():
    (note,), _ = Desk(key="C", scale="major", harmony=0).play([want(hz=hertz("C#5"))])
    assert note.hz == pytest.approx(hertz("C5"))
    assert "scale" in steps(note) or "chord" in steps(note)
    reason = next(step for step in note.why if step.name in ("scale", "chord"))
    assert "C5" in reason.reason
    assert (reason.before, reason.after) == (
        pytest.approx(hertz("C#5")),
        pytest.approx(hertz("C5")),
    )


def test_a_free_scale_and_an_interval_are_left_alone():
    (free,), _ = Desk(scale="free").play([want(hz=451.7)])
    (exact,), _ = Desk(scale="minor").play([want(hz=451.7, exact=True)])
    assert free.hz == exact.hz == 451.7


def test_drums_belong_to_no_scale():
    (note,), _ = Desk(scale="minor").play([want(hz=61.0, voice="drum")])
    assert note.hz == 61.0


def test_chords_draw_wishes_by_their_own_clock():
    desk = Desk(
        key="C",
        scale="major",
        harmony=1,
        harmony_complexity=0.25,
        chords={"each": "1 bar", "list": ["I", "V"]},
    )
    heard = []
    for _ in range(4):
        (note,), _ = desk.play([want(hz=hertz("D5"))], ticks=240)
        heard.append(note.hz)
    in_c, in_g = heard[0], heard[1]
    assert in_c in (pytest.approx(hertz("C5")), pytest.approx(hertz("E5")))
    assert in_g == pytest.approx(hertz("D5"))
    assert heard[2:] == [in_c, in_g]


def test_degrees_are_what_their_author_chose_until_a_chord_is_written():
    (note,), _ = Desk(key="C", scale="major", harmony=1).play([want(hz=math.nan, degree=1.0)])
    assert note.hz == pytest.approx(hertz("D4"))
    desk = Desk(key="C", scale="major", harmony=1, harmony_complexity=0, chords={"list": ["I"]})
    (note,), _ = desk.play([want(hz=math.nan, degree=5.0)])
    assert note.hz == pytest.approx(hertz("G4"))


def test_a_voice_stays_in_its_register_but_a_written_octave_stays_where_it_is():
    (bass,), _ = Desk(scale="chromatic", harmony=0).play([want(hz=880.0, voice="bass")])
    assert 40 <= bass.hz <= 160
    assert "register" in steps(bass)
    (low,), _ = Desk(scale="chromatic", harmony=0).play([want(hz=55.0, voice="bell", written=True)])
    assert low.hz == pytest.approx(55.0)


def test_a_leap_too_wide_comes_back_by_octaves():
    desk = Desk(scale="chromatic", harmony=0, melody_complexity=0, melody_range=1)
    desk.play([want(hz=220.0)], ticks=60)
    (note,), _ = desk.play([want(hz=880.0)])
    assert note.hz == pytest.approx(220.0)
    assert "leap" in steps(note)


def test_notes_of_one_instant_are_a_chord_and_not_a_leap():
    desk = Desk(scale="chromatic", harmony=0, melody_complexity=0, note_density=200, melody_range=1)
    desk.play([want(hz=440.0)], ticks=10)
    notes, _ = desk.play([want(hz=hz, rule=str(hz)) for hz in (300.0, 440.0, 600.0)])
    found = sorted(note.hz for note in notes)
    assert found[0] < 320
    assert found[-1] > 560


def test_the_density_lets_the_loudest_in():
    notes, _ = Desk(note_density=2).play(
        [want(velocity=v, rule=f"r{v}") for v in (0.1, 0.5, 0.9, 0.3)]
    )
    assert sorted(note.rule for note in notes) == ["r0.5", "r0.9"]
    assert all("density" in steps(note) for note in notes)


def test_a_note_waits_for_its_line_and_keeps_the_time_of_its_event():
    desk = Desk(tempo=120, quantize="1/8", rhythm_complexity=1)
    notes, _ = desk.play([want(offset=0.25, universe_time=0.002)], ticks=40)
    assert notes[0].heard_s == pytest.approx(0.25)
    assert notes[0].universe_time == 0.002
    assert "grid" in steps(notes[0])


def test_rhythm_complexity_chooses_the_grid():
    for complexity, beat in ((0.0, 1.0), (0.5, 0.5), (1.0, 0.25)):
        desk = Desk(tempo=120, quantize="1/16", rhythm_complexity=complexity)
        desk.play(ticks=3)
        notes, _ = desk.play([want()], ticks=70)
        assert notes[0].heard_s == pytest.approx(beat / 2)


def test_the_grid_may_be_moved_while_playing():
    desk = Desk(tempo=120)
    desk.score.set("music.quantize", "1/4")
    desk.play(ticks=3)
    notes, _ = desk.play([want()], ticks=70)
    assert notes[0].heard_s == pytest.approx(0.5)


def test_a_delayed_onset_comes_exactly_so_much_later():
    notes, _ = Desk().play([want(offset=0.5, delay=Span(0.1))], ticks=20)
    assert notes[0].heard_s == pytest.approx(0.5 / 120 + 0.1, abs=1e-12)


def test_phrases_breathe():
    desk = Desk(tempo=120, phrase={"bars": 1, "rest": 1}, note_density=200)
    heard = [bool(desk.play([want()], ticks=60)[0]) for _ in range(16)]
    assert heard == ([True] * 4 + [False] * 4) * 2


def test_until_next_lasts_until_the_next_of_its_stream():
    desk = Desk()
    (first,), _ = desk.play([want(until_next=True)], ticks=50)
    (other,), controls = desk.play([want(until_next=True, bodies=("b",))], ticks=50)
    assert controls == []
    (second,), controls = desk.play([want(until_next=True)], ticks=5)
    assert math.isinf(first.duration_s)
    assert [(one.note, one.tick, one.ends) for one in controls] == [(first.id, 100, True)]
    assert other.id != second.id


def test_a_stream_whose_rule_is_gone_ends():
    desk = Desk()
    (note,), _ = desk.play([want(until_next=True)])
    assert desk.score.orphans({"r"}, {"a"}, 1) == []
    assert [one.note for one in desk.score.orphans({"r"}, {"b"}, 1)] == [note.id]


def test_a_held_note_begins_follows_only_what_changes_and_ends():
    desk = Desk(scale="free")
    held = want(held=True, hz=200.0)
    (note,), controls = desk.play(held=[held], ticks=3)
    assert math.isinf(note.duration_s)
    assert controls == []
    _, controls = desk.play(held=[want(held=True, hz=210.0)], ticks=2)
    assert [(one.tick, one.hz, one.ends) for one in controls] == [(3, 210.0, False)]
    _, controls = desk.play(ticks=1)
    assert [(one.note, one.ends) for one in controls] == [(note.id, True)]


def test_a_span_of_beats_lasts_by_the_tempo_of_the_moment():
    (note,), _ = Desk(tempo=60).play([want(duration=Span(1.0, "beat"))])
    assert note.duration_s == pytest.approx(1.0)
    (note,), _ = Desk(tempo=180, meter="3/4").play([want(duration=Span(1.0, "bar"))])
    assert note.duration_s == pytest.approx(1.0)


def test_moved_parameters_are_obeyed_and_survive_an_edit():
    desk = Desk(key="C", scale="major", harmony=0)
    desk.score.set("music.scale", "free")
    assert desk.play([want(hz=451.0)], ticks=60)[0][0].hz == 451.0
    desk.score.edit(desk.document)
    assert desk.play([want(hz=451.0)], ticks=60)[0][0].hz == pytest.approx(440.0)


def test_every_note_tells_what_was_wished_and_how_loud_it_became():
    (note,), _ = Desk().play([want(source="body.speed", raw=1.5, merged=3)])
    assert steps(note)[0] == "merge"
    assert steps(note)[1] == "want"
    assert steps(note)[-1] == "dynamics"
    assert note.why[1].before == 1.5
    assert note.why[-1].after == note.velocity


def test_a_snapshot_goes_on_as_if_nothing_had_happened():
    music = {"quantize": "1/8", "note_density": 12, "melody_complexity": 0.1}
    one, other = Desk(**music), Desk(**music)
    one.play(
        [want(until_next=True), want(hz=700.0, delay=Span(0.3), rule="s")],
        held=[want(held=True, rule="h")],
        ticks=17,
    )
    other.score.restore(unpacked(packed(one.score.snapshot())))
    other.tick = one.tick
    for desk in (one, other):
        desk.result = desk.play(
            [want(hz=300.0)], held=[want(held=True, rule="h", hz=333.0)], ticks=90
        )
    assert one.result == other.result


def test_a_tuning_of_other_notes_is_played_whole_unless_a_scale_is_written():
    nineteen = {"tuning": {"divisions": 19}, "harmony": 0}
    for step in range(19):
        wished = 440.0 * 2 ** ((step + 0.3) / 19)
        (note,), _ = Desk(**nineteen).play([want(hz=wished)])
        assert note.hz == pytest.approx(440.0 * 2 ** (step / 19))
    tones = {
        round(
            19
            * math.log2(
                Desk(**nineteen, key="A", scale="major")
                .play([want(hz=440.0 * 2 ** (n / 60))])[0][0]
                .hz
                / 440
            ),
            6,
        )
        for n in range(60)
    }
    assert tones == {0.0, 3.0, 6.0, 8.0, 11.0, 14.0, 17.0, 19.0}


def test_who_throws_a_ball_hears_it_at_once():
    music = {
        "quantize": "1/1",
        "rhythm_complexity": 0,
        "note_density": 1,
        "phrase": {"bars": 1, "rest": 9},
    }
    desk = Desk(**music)
    desk.play(ticks=400)  # in the rest between two phrases
    notes, _ = desk.play([want(event="appear", rule=f"r{n}", offset=0.5) for n in range(3)])
    assert [(note.tick, note.offset) for note in notes] == [(400, 0.5)] * 3
