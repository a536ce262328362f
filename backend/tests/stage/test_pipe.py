import pytest

from app.stage.pipe import Unpacker, Word, pack

WORDS = [
    Word({"word": "ready"}),
    Word({"word": "slice", "room": "ü", "tick": 2**40}, (b"", b"abc" * 5000)),
    Word({"word": "edit", "patch": {"bodies": {"zz-1": None}}}),
]


@pytest.mark.parametrize("size", [1, 2, 7, 4096, 10**6])
def test_words_come_back_whole_however_the_bytes_are_cut(size):
    data = b"".join(pack(word.head, word.bodies) for word in WORDS)
    unpacker, read = Unpacker(), []

    for at in range(0, len(data), size):
        read += unpacker.feed(data[at : at + size])

    assert read == WORDS


def test_a_word_knows_its_kind_and_its_room():
    assert (WORDS[1].kind, WORDS[1].room) == ("slice", "ü")
    assert WORDS[0].room == ""
