import math

import pytest

from app.core.audio import knobs
from app.core.parameters import PARAMETERS


def test_every_knob_is_a_parameter_of_the_table():
    assert [path for path in knobs.PATHS if path not in PARAMETERS] == []
    assert len(knobs.PATHS) == knobs.PANIC


@pytest.mark.parametrize(("said", "obeyed"), [(0.4, 0.4), (-3, 0.0), (7, 1.0), (None, 0.7)])
def test_values_stay_in_their_range_and_nothing_is_the_default(said, obeyed):
    assert knobs.bounded("music.volume", said) == obeyed


def test_a_knob_without_default_leaves_it_to_the_voice():
    assert math.isnan(knobs.bounded("music.attack", None))
