import math

import pytest

from app.core.document.quantities import quantity_of, radians_of, unit_of


def test_keplers_mars_at_aphelion_is_so_many_radians_a_day():
    assert quantity_of("106 arcsec/day", "body.angular_speed", 86400.0) == pytest.approx(
        106 / 3600 * math.pi / 180, rel=1e-15
    )
    assert quantity_of("1 turn/minute", "body.angular_speed", 1.0) == pytest.approx(math.pi / 30)


def test_plain_numbers_are_in_the_measures_own_unit():
    assert quantity_of(90, "body.angular_speed", 1.0) == pytest.approx(math.pi / 2)
    assert quantity_of(90, "body.x", 1.0) == 90
    assert radians_of("body.angle", 180) == math.pi


def test_what_is_no_quantity_is_refused():
    with pytest.raises(ValueError, match="no quantity"):
        quantity_of("106 parsecs", "body.angular_speed", 1.0)


def test_measures_have_units_and_others_have_none():
    assert unit_of("body.speed") == "length/time"
    assert unit_of("event.place.along") == ""
    assert unit_of("body.charm") is None
