import stat

import pytest

from app.utils.secret_file import judged, secret_of


def test_a_secret_is_made_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "secret"

    first, again = secret_of(path), secret_of(path)

    assert first == again
    assert len(first) >= 48
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["secret"]


def test_two_servers_have_two_secrets(tmp_path):
    assert secret_of(tmp_path / "one") != secret_of(tmp_path / "two")


@pytest.mark.parametrize("weak", ["", "changeme", "x" * 31, "ab" * 40])
def test_a_weak_secret_is_refused(weak, tmp_path):
    (tmp_path / "secret").write_text(weak)

    with pytest.raises(ValueError, match="needs at least 32 random"):
        judged(weak)
    with pytest.raises(ValueError, match="needs at least 32 random"):
        secret_of(tmp_path / "secret")
