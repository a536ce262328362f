import pytest

from app.services.wordings import ENGLISH, LETTERS, language_of

OTHERS = [language for language in LETTERS if language != "en"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_letter_is_there_in_every_language_and_says_its_link_once(language):
    words = LETTERS[language]

    assert words.keys() == ENGLISH.keys()
    for kind, (subject, text) in words.items():
        assert text.count("{link}") == 1, kind
        # On a line of its own: programs that make links of addresses end them at a blank.
        assert "\n\n{link}\n" in text, kind
        assert text.endswith("\n")
        assert subject != ENGLISH[kind][0]
        assert len(subject) < 60
        # A translation says as much, give or take: a sentence left out would show.
        assert 0.7 < len(text) / len(ENGLISH[kind][1]) < 1.6, kind


@pytest.mark.parametrize(
    ("tags", "language"),
    [
        (["de"], "de"),
        (["de-AT"], "de"),
        (["FR-ca", "de"], "fr"),
        (["ja", "nl", "de"], "nl"),
        (["ja"], "en"),
        (["den"], "en"),
        ([""], "en"),
        ([], "en"),
    ],
)
def test_the_language_is_the_first_of_those_wanted_or_english(tags, language):
    assert language_of(*tags) == language
