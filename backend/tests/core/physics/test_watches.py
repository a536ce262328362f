import pytest

from app.core.document import judge
from app.core.physics import Watch
from app.core.physics.build import build
from app.core.physics.watches import Bodies, compiled
from app.errors import ParameterError


@pytest.fixture
def bodies():
    planets = {
        name: {"orbit": {"about": "sun", "period": period}}
        for name, period in {"b": 3, "c": 1, "d": 2}.items()
    }
    made = build(judge({"title": "t", "bodies": {"sun": {"fixed": True}, **planets}}), 1)
    return Bodies(tuple(one.id for one in made.specs), made.body, made.tag)


def couples(items):
    return [(row[2], row[3]) for row in items.items.tolist()]


def test_neighbours_are_neighbours_by_distance_not_by_name(bodies):
    watch = Watch("conjunction", about="sun", pairs="neighbours")

    assert couples(compiled([watch], bodies)) == [(1, 2), (2, 0)]  # c d, d b


def test_all_pairs_are_all_pairs(bodies):
    assert len(compiled([Watch("conjunction", about="sun")], bodies).items) == 3


def test_the_centre_is_not_seen_from_itself(bodies):
    assert couples(compiled([Watch("transit", about="sun")], bodies)) == [(0, -1), (1, -1), (2, -1)]


def test_quick_orbits_are_looked_at_more_often(bodies):
    finest = compiled([Watch("apsis")], bodies).finest

    assert finest[:3] == pytest.approx([3 / 16, 1 / 16, 2 / 16])


def test_collisions_need_no_watching(bodies):
    assert len(compiled([Watch("collision"), Watch("rest")], bodies).items) == 0


def test_a_measure_nobody_has_is_refused(bodies):
    with pytest.raises(ParameterError, match="wobble"):
        compiled([Watch("crossing", measure="body.wobble", at=(1.0,))], bodies)
