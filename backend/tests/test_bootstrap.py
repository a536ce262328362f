"""The set-up says what is missing in one line and skips what is done."""

import importlib.util
import os
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parent.parent / "bootstrap.py"


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("bootstrap", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(module, "PYTHON", str(tmp_path / ".venv/bin/python"))
    monkeypatch.setattr(module, "STAMPS", str(tmp_path / "stamps.json"))
    return module


def only_line(capsys) -> str:
    (line,) = capsys.readouterr().err.splitlines()
    return line


def test_an_old_python_is_told_which_one_is_needed(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "NEEDED", (9, 99))

    with pytest.raises(SystemExit):
        bootstrap.require_python()
    assert "apt install python3.11" in only_line(capsys)


def test_a_full_disk_is_told_before_anything_is_fetched(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "SPACE_GB", 1e9)

    with pytest.raises(SystemExit):
        bootstrap.require_space()
    assert "GB free" in only_line(capsys)


def test_without_any_pip_the_package_to_install_is_named(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "pip", list)

    with pytest.raises(SystemExit):
        next(bootstrap.installers(None))
    assert only_line(capsys) == "mundi: no pip was found to install with: apt install python3-venv"


def test_a_program_that_nobody_may_install_is_named(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "superuser", lambda: None)

    with pytest.raises(SystemExit):
        bootstrap.require_program(["no-such-browser"], "chromium")
    assert only_line(capsys) == "mundi: the tests need no-such-browser: apt install chromium"


def test_what_was_done_is_remembered_and_a_torn_note_is_not_believed(bootstrap):
    bootstrap.stamp(run="a")
    bootstrap.stamp(kernels="b")
    assert bootstrap.stamps() == {"run": "a", "kernels": "b"}

    Path(bootstrap.STAMPS).write_text('{"run": ')
    assert bootstrap.stamps() == {}


def test_a_change_in_any_source_is_seen(bootstrap, tmp_path):
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/pyvenv.cfg").write_text("version = 3.11")
    (tmp_path / "room").mkdir()
    source = tmp_path / "room/one.py"
    source.write_text("a = 1")
    before = bootstrap.digest(str(tmp_path / "room"))
    assert bootstrap.digest(str(tmp_path / "room")) == before

    source.write_text("a = 2")
    assert bootstrap.digest(str(tmp_path / "room")) != before


def test_the_script_needs_nothing_but_the_standard_library():
    names = {
        line.split()[1] for line in PATH.read_text().splitlines() if line.startswith("import ")
    }

    assert names <= {
        "fcntl",
        "glob",
        "hashlib",
        "json",
        "os",
        "platform",
        "shutil",
        "subprocess",
        "sys",
    }
    assert os.access(PATH, os.R_OK)


def pinned(path: Path) -> dict[str, str]:
    lines = path.read_text().splitlines()
    starts = [line.split() for line in lines if line[:1].isalnum()]
    return dict(one[0].split("==") for one in starts)


def test_the_locks_agree_on_every_version_and_name_no_index(bootstrap):
    locks = {kind: PATH.parent / name for kind, name in bootstrap.LOCKS.items()}
    kept = {kind: pinned(path) for kind, path in locks.items()}

    for kind in ("test", "bench"):
        assert kept["run"].items() <= kept[kind].items()
    both = kept["test"].keys() & kept["bench"].keys()
    assert all(kept["test"][name] == kept["bench"][name] for name in both)
    assert not any(
        "http://" in path.read_text() or "https://" in path.read_text() for path in locks.values()
    )
