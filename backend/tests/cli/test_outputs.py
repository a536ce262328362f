import pytest

from app.cli.outputs import outputs
from app.errors import InputError


def test_files_appear_together_at_the_end(tmp_path):
    with outputs() as out:
        out.open(tmp_path / "a").write(b"1")
        out.open(tmp_path / "b").write(b"2")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.part", "b.part"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"1", "b": b"2"}


def _write_and_raise(folder, fault):
    with outputs() as out:
        out.open(folder / "a").write(b"new")
        raise fault


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ValueError])
def test_whatever_goes_wrong_nothing_is_left_and_what_was_stays(tmp_path, fault):
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(fault):
        _write_and_raise(tmp_path, fault())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_a_disk_that_fails_is_told_in_one_line(tmp_path):
    with pytest.raises(InputError, match="writing failed: No space"):
        _write_and_raise(tmp_path, OSError(28, "No space left on device"))
    assert list(tmp_path.iterdir()) == []
