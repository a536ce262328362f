import pytest

from app.core.physics.asked import ENERGIES, rows
from app.errors import ParameterError

PLACES = {"a": 0, "b": 1}


def test_bodies_are_their_places_and_nobody_is_minus_one():
    found = rows([("pair.distance", "b", "a", ""), ("body.x", "a", "", "b")], PLACES)
    assert found[:, 1:].tolist() == [[1, 0, -1], [0, -1, 1]]
    assert len(set(found[:, 0].tolist())) == 2
    assert rows([], PLACES).shape == (0, 4)


def test_the_energies_are_measures_of_the_whole():
    names = ("universe.kinetic", "universe.potential")
    assert rows([(name, "", "", "") for name in names], {}).tolist() == ENERGIES.tolist()


@pytest.mark.parametrize("name", ["body.wobble", "universe.wobble", "body", "tempo"])
def test_what_is_no_measure_is_refused_by_name(name):
    with pytest.raises(ParameterError, match=r"no measure|has no"):
        rows([(name, "", "", "")], {})
