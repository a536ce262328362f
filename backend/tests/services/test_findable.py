import pytest

from app.errors import ParameterError
from app.services.findable import TAGS_MAX, TERMS_MAX, joined, marks_of, terms_of


def test_tags_are_kept_small_and_once():
    assert joined(["Heat", "heat", " two-body ", "Étude", "音楽"]) == "heat two-body étude 音楽"


@pytest.mark.parametrize("tag", ["", "a b", "#a", "-a", "a,b", "x" * 33, "a\nb", "\u202eabc", "%"])
def test_what_is_no_tag_is_named(tag):
    with pytest.raises(ParameterError, match="is no tag"):
        joined([tag])


def test_tags_and_words_are_bounded():
    with pytest.raises(ParameterError, match="too many"):
        joined([f"t{n}" for n in range(TAGS_MAX + 1)])
    with pytest.raises(ParameterError):
        terms_of(" ".join(f"w{n}" for n in range(TERMS_MAX + 1)))
    with pytest.raises(ParameterError):
        terms_of("--- !")


def test_what_is_looked_for_is_folded_as_what_is_kept():
    assert terms_of("PENDÚLUM, wave") == ("pendulum", "wave")
    assert marks_of("Étude,HEAT") == ("etude", "heat")
