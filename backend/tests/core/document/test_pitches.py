import pytest

from app.core.document.pitches import is_pitch, pitch_class_of, semitone_of


@pytest.mark.parametrize(
    ("name", "number"), [("C4", 60), ("A4", 69), ("Bb2", 46), ("F#4", 66), ("C-1", 0), ("Cb4", 59)]
)
def test_a_name_is_its_midi_number(name, number):
    assert semitone_of(name) == number


@pytest.mark.parametrize("name", ["H3", "C", "c4", "C44", "C##4", 60, "C4\n"])
def test_what_is_no_pitch_is_told(name):
    assert not is_pitch(name)


def test_a_key_has_its_pitch_class():
    assert [pitch_class_of(key) for key in ("C", "Db", "C#", "B", "Cb")] == [0, 1, 1, 11, 11]
    with pytest.raises(ValueError, match="no pitch"):
        pitch_class_of("H")
