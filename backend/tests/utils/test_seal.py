import pytest

from app.utils.seal import Seal

seal = Seal(b"k" * 32)


def test_what_was_sealed_opens_again():
    text = seal.seal("list", ["2026", 7])

    assert seal.open("list", text) == ["2026", 7]
    assert text.isascii()
    assert not set("+/=") & set(text)


@pytest.mark.parametrize("change", ["", "x", ".", "a.b", "é.x", "." * 50])
def test_what_was_not_sealed_here_does_not_open(change):
    with pytest.raises(ValueError, match="not sealed here"):
        seal.open("list", change)


def test_it_opens_for_its_purpose_and_under_its_key_only():
    text = seal.seal("list", 1)

    for other, purpose in ((seal, "another"), (Seal(b"x" * 32), "list")):
        with pytest.raises(ValueError, match="not sealed here"):
            other.open(purpose, text)
