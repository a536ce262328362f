import pytest

from app.cli import scales
from app.errors import InputError


def test_an_error_names_the_file_it_is_in(tmp_path):
    scale, keys = tmp_path / "a.scl", tmp_path / "a.kbm"
    scale.write_text("x\n1\n2/1\n")
    keys.write_text("what")
    assert scales.read(str(scale), None) == {"scala": "x\n1\n2/1\n"}
    with pytest.raises(InputError, match=r"a\.kbm: line 1"):
        scales.read(str(scale), keys)
