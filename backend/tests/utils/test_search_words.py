import pytest

from app.utils.search_words import LONGEST, MOST, folded, key_of, words_of

SAME = [
    ("Fugue", "FUGUE"),
    ("Étude", "etude"),
    ("Étude", "E\u0301tude"),
    ("STRASSE", "straße"),
    ("ﬁeld", "field"),
    ("Ω", "ω"),
    ("１２", "12"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_ways_of_writing_the_same_word_are_the_same(one, other):
    assert folded(one) == folded(other)
    assert words_of(one) == words_of(other)
    assert folded(folded(one)) == folded(one)


def test_a_text_is_cut_at_whatever_is_no_letter_and_no_digit():
    assert words_of("TRAPPIST-1, locked: 24:15:9! snake_case TRAPPIST") == [
        *("trappist", "1", "locked", "24", "15", "9", "snake", "case"),
    ]


def test_signs_of_scripts_without_blanks_are_words_of_their_own():
    assert words_of("音楽box") == ["音", "楽", "box"]


def test_words_are_bounded():
    assert [len(word) for word in words_of("x" * 500)] == [LONGEST]
    assert len(words_of(" ".join(map(str, range(10_000))))) == MOST
    assert words_of("… ---\t\n") == []


def test_titles_sort_without_regard_to_case_accents_and_blanks():
    titles = ["  éclair", "Apple", "apple pie", "Zebra", "Eclair b"]

    assert sorted(titles, key=key_of) == ["Apple", "apple pie", "  éclair", "Eclair b", "Zebra"]
    assert len(key_of("ß" * 200)) == 200
