import math

import numpy as np
import pytest

from app.core.performance.checkpoint import packed, unpacked
from app.errors import SyntaxFault


def test_what_goes_in_comes_out_bit_for_bit():
    row = np.dtype([("id", "<i8"), ("hz", "<f8"), ("line", "<f4", (3,))])
    table = np.zeros(4, dtype=row)
    table["hz"] = [0.1, -0.0, math.inf, math.nan]
    state = {
        "arrays": [np.arange(6, dtype=np.float32).reshape(2, 3), np.zeros((0, 6)), table],
        "deep": {"a": {"b": [1, 2.5, "x", None, True]}},
        "odd": [0.1 + 0.2, -0.0, math.inf, 5e-324],
        "raw": b"\x00\xff",
        "scalar": np.float64(0.1),
    }
    back = unpacked(packed(state))
    for before, after in zip(state["arrays"], back["arrays"], strict=True):
        assert after.dtype == before.dtype
        assert after.shape == before.shape
        assert after.tobytes() == before.tobytes()
    assert back["deep"] == state["deep"]
    assert [math.copysign(1, x) for x in back["odd"]] == [1, -1, 1, 1]
    assert back["odd"] == state["odd"]
    assert back["raw"] == b"\x00\xff"
    assert back["scalar"] == 0.1


def test_the_same_state_gives_the_same_bytes():
    state = {"x": np.linspace(0, 1, 7), "n": 3}
    assert packed(state) == packed(dict(state))


@pytest.mark.parametrize(
    "data", [b"", b"MUNDI", b"PK\x03\x04" + b"\x00" * 40, packed({"x": np.ones(9)})[:-8]]
)
def test_anything_else_is_refused(data):
    with pytest.raises(SyntaxFault, match="no checkpoint"):
        unpacked(data)
