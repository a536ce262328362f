from app.core.document import judge
from app.core.document.music import bar_beats, meter_of, music
from app.core.document.spans import Span


def test_a_bar_has_its_quarters():
    assert [bar_beats(meter_of(one)) for one in ("4/4", "3/4", "7/8", "6/8")] == [4, 3, 3.5, 3]


def test_silence_about_music_is_the_table():
    spec = music(judge({}))

    assert (spec.tempo, spec.key, spec.scale, spec.chords, spec.quantize) == (
        120,
        0,
        "major",
        (),
        None,
    )
    assert spec.values["music.reverb.decay"] == 2.0


def test_the_gas_has_a_progression_on_a_grid(example):
    spec = music(judge(example("gas")))

    assert spec.chords == ("i", "VII", "IV", "i")
    assert spec.chord_span == Span(2.0, "bar")
    assert spec.quantize == Span(0.25, "beat")
    assert spec.key == 2


def test_a_voice_of_ones_own_is_like_another_with_changes():
    spec = music(judge({"voices": {"glass": {"like": "bell", "level": 0.5}, "bass": {"level": 1}}}))

    assert [(one.id, one.like, dict(one.changes)) for one in spec.voices] == [
        ("bass", "bass", {"level": 1}),
        ("glass", "bell", {"level": 0.5}),
    ]
