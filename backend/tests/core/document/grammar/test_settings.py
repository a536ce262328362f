import pytest

from app.core.document.faults import faults
from app.core.document.grammar.settings import by_path, of_parameter, section
from app.core.parameters import PARAMETERS


def fits(shape, value):
    return not list(faults(shape, value, "$"))


@pytest.mark.parametrize(
    "path", [path for path, row in PARAMETERS.items() if row.default is not None]
)
def test_every_default_is_within_its_own_shape(path):
    row = PARAMETERS[path]
    default = list(row.default) if isinstance(row.default, tuple) else row.default

    assert path == "visual.camera.follow" or fits(of_parameter(row), default)


@pytest.mark.parametrize("path", [path for path, row in PARAMETERS.items() if row.kind == "number"])
def test_every_number_has_its_range_both_ends_included(path):
    row = PARAMETERS[path]
    shape = of_parameter(row)

    assert fits(shape, row.low)
    assert fits(shape, row.high)
    assert not fits(shape, row.low - 1)
    assert not fits(shape, row.high + 1)


def test_dots_in_a_path_are_objects():
    assert fits(section("music"), {"reverb": {"mix": 1}, "filter": {"cutoff": 100}})
    assert not fits(section("music"), {"reverb.mix": 1})


def test_by_path_takes_only_what_may_move_in_time():
    shape = by_path("story.changes", "physics")

    assert fits(shape, {"physics.gravity": [0, 0, 0]})
    assert not fits(shape, {"physics.integrator": "verlet"})
