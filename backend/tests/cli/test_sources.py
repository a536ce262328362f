import pytest

from app.cli import sources
from app.errors import InputError


def test_a_file_gives_its_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"{}\n")

    assert sources.read(str(tmp_path / "a")) == b"{}\n"


def test_a_file_longer_than_we_take_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "BYTES_MAX", 4)
    (tmp_path / "long").write_bytes(b"12345")

    with pytest.raises(InputError, match="more than 4 bytes"):
        sources.read(str(tmp_path / "long"))
