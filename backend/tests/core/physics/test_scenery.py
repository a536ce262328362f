import numpy as np
import pytest

from app.core.document import judge
from app.core.physics.build import members
from app.core.physics.engine import layout as at
from app.core.physics.scenery import STIFFNESS, scene

PAIR = {"a": {"position": [0, 0, 0]}, "b": {"position": [3, 4, 0]}}


def rows_of(**said):
    document = judge({"bodies": PAIR, **said})
    ctl = np.zeros(at.CTLS, np.int64)
    return scene(document, members(document, 1), ctl), ctl


def test_fields_come_first_and_links_after_each_in_order_of_id():
    near, far = ({"kind": "radial", "strength": one} for one in (1, 2))
    spring = {"kind": "spring", "between": ["a", "b"]}
    rows, ctl = rows_of(fields={"z": far, "y": near}, links={"a-link": spring})

    assert (ctl[at.FIELDS], ctl[at.LINKS], len(rows)) == (2, 1, 3)
    assert list(rows[:2, at.F_STRENGTH]) == [1, 2]
    assert rows[2, at.L_KIND] == at.SPRING


def test_a_direction_has_length_one_whatever_was_said():
    rows, _ = rows_of(fields={"f": {"kind": "directional", "strength": 1, "toward": [0, 3, 4]}})

    assert rows[0, at.F_TX : at.F_TZ + 1] == pytest.approx([0, 0.6, 0.8])


def test_a_link_that_names_no_length_is_as_long_as_its_bodies_stand_apart():
    rows, _ = rows_of(links={"l": {"kind": "rod", "between": ["b", "a"]}})

    assert (rows[0, at.L_I], rows[0, at.L_J]) == (1, 0)
    assert rows[0, at.L_LENGTH] == 5  # 3, 4, 5
    assert rows[0, at.L_STIFF] == STIFFNESS
    assert np.isinf(rows[0, at.L_BREAKS])


@pytest.mark.parametrize(("kind", "tied"), [("spring", 0), ("rod", 1), ("string", 1)])
def test_only_rods_and_strings_tie(kind, tied):
    _, ctl = rows_of(links={"l": {"kind": kind, "between": ["a", "b"]}})

    assert ctl[at.TIED] == tied


def test_a_linear_fall_without_an_end_is_none():
    field = {"kind": "radial", "strength": 1, "falloff": "linear"}
    endless, _ = rows_of(fields={"f": field})
    ending, _ = rows_of(fields={"f": {**field, "radius": 4}})

    assert endless[0, at.F_FALLOFF] == at.NONE
    assert ending[0, at.F_FALLOFF] == at.LINEAR
