import pytest

from app.core.document import judge
from app.core.document.worlds import boundary, clock, gravitation, physics, vector


def test_natural_gravitation_is_gausss_constant_in_au_suns_and_days():
    data = {
        "clock": {"unit": "day"},
        "units": {"length": "au", "mass": "sun"},
        "physics": {"gravitation": "natural"},
    }

    assert gravitation(judge(data)) == pytest.approx(0.01720209895**2, rel=1e-8)
    assert gravitation(judge({"physics": {"gravitation": "natural"}})) == 6.6743e-11


def test_a_world_sets_what_the_document_leaves_open():
    spec = physics(judge({"world": "water", "physics": {"friction": 0}}))

    assert (spec.air_resistance, spec.elasticity, spec.friction) == (0.5, 0.3, 0)


def test_the_edge_is_a_box_of_twenty_but_for_an_open_sky():
    assert boundary(judge({})).size == (20, 20, 20)
    assert boundary(judge({"world": "orbits"})).kind == "open"
    assert boundary(judge({"boundary": "open"})).kind == "open"
    flat = boundary(judge({"dimensions": 2, "boundary": {"box": [4, 6]}, "physics": {"floor": -1}}))
    assert (flat.size, flat.floor) == ((4, 6, 0), -1)


def test_the_observer_is_a_unit_vector():
    assert physics(judge({"observer": [3, 0, 4]})).observer == (0.6, 0, 0.8)


def test_the_clock_has_the_time_scale_in_its_rate():
    spec = clock(
        judge({"clock": {"unit": "day", "rate": 3, "per": "beat"}, "physics": {"time_scale": 2}})
    )

    assert (spec.unit, spec.rate, spec.per, spec.epoch) == ("day", 6, "beat", 0)


def test_a_vector_of_two_lies_in_the_plane():
    assert vector([1, 2]) == (1, 2, 0)
