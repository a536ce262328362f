import numpy as np
import pytest

from app.core.audio.rings import put, take


@pytest.mark.parametrize("at", [0, 3, 7, 9])
def test_what_is_put_is_taken_round_the_end_too(at):
    ring, out = np.zeros(10), np.zeros(5)
    put(ring, at, np.arange(1.0, 6.0))
    take(ring, at, out)

    assert out.tolist() == [1, 2, 3, 4, 5]
    assert np.sum(ring) == 15


def test_a_place_below_zero_counts_from_the_end():
    out = np.zeros(4)
    take(np.arange(10.0), -2, out)

    assert out.tolist() == [8, 9, 0, 1]
