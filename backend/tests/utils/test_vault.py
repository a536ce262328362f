import pytest

from app.utils.vault import Vault

vault = Vault(b"k" * 32)
SECRET = b"mundi_abcdefgh_secret" * 20


@pytest.mark.parametrize("content", [b"", b"\0", b"\0\0x", SECRET, bytes(range(256)) * 4096])
def test_what_was_locked_opens_again(content):
    assert vault.open("a", vault.lock("a", content)) == content


def test_it_tells_nothing_and_never_looks_the_same():
    one, other = (vault.lock("a", SECRET) for _ in range(2))

    assert one != other
    assert b"mundi" not in one + other
    assert len(one) < len(SECRET)


@pytest.mark.parametrize("place", [0, 31, 32, 47, 48, -1])
def test_a_changed_bit_is_noticed(place):
    locked = bytearray(vault.lock("a", SECRET))
    locked[place] ^= 1

    with pytest.raises(ValueError, match="not locked here"):
        vault.open("a", bytes(locked))


@pytest.mark.parametrize("locked", [b"", b"x", b"x" * 32, b"x" * 48])
def test_what_was_not_locked_here_does_not_open(locked):
    with pytest.raises(ValueError, match="not locked here"):
        vault.open("a", locked)


def test_it_opens_for_its_purpose_and_under_its_key_only():
    locked = vault.lock("a", SECRET)

    for other, purpose in ((vault, "b"), (Vault(b"x" * 32), "a")):
        with pytest.raises(ValueError, match="not locked here"):
            other.open(purpose, locked)
