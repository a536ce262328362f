import pytest

from app.core.document.wording import inside, is_number, kind_of, name_of, nearest, quoted


def test_a_json_path_quotes_what_is_not_plain():
    assert inside(inside("$", "bodies"), "a") == "$.bodies.a"
    assert inside("$", "odd-one") == '$["odd-one"]'
    assert inside("$.at", 2) == "$.at[2]"


@pytest.mark.parametrize(
    ("value", "kind"),
    [(None, "null"), (True, "true"), (3, "3"), ("x", '"x"'), ([], "a list"), ({}, "an object"), (1e300, "a huge number")],
)  # fmt: skip
def test_each_value_has_a_word(value, kind):
    assert kind_of(value) == kind


def test_truth_is_no_number():
    assert is_number(1)
    assert not is_number(True)


def test_long_text_is_cut_and_half_characters_are_escaped():
    assert len(quoted("x" * 1000)) < 60
    assert quoted("\ud800").isascii()


def test_the_nearest_name_is_offered_only_when_it_is_near():
    assert "tempo" in nearest("tmepo", ("tempo", "key"))
    assert nearest("zzz", ("tempo", "key")) == ""


def test_the_last_name_of_a_path_is_what_people_call_it():
    assert name_of("$.music.tempo") == "tempo"
    assert name_of('$.story.a.changes["music.tempo"]') == "tempo"
