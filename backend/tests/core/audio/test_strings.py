import pytest

from app.core.audio.layout import STRINGS
from app.core.audio.strings import chord_hz


def test_the_strings_of_c_major_are_c_e_and_g(universe):
    strings = chord_hz(universe())

    assert strings[:3] == pytest.approx((65.406, 82.407, 97.999), abs=1e-3)
    assert len(strings) <= STRINGS


def test_a_minor_key_has_its_minor_third(universe):
    strings = chord_hz(universe(key="A", scale="minor", base_frequency=432.0))

    assert any(hz == pytest.approx(432.0) for hz in strings)
    assert any(hz == pytest.approx(432.0 * 2 ** (3 / 12)) for hz in strings)
    assert not any(hz == pytest.approx(432.0 * 2 ** (4 / 12)) for hz in strings)
