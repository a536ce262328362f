import math
import random

import pytest

from app.core.document import bodies as bodies_module
from app.core.document import judge
from app.core.document.bodies import crowds, roster
from app.errors import DocumentError


def bodies(data):
    return {body.id: body for body in roster(judge(data))}


def test_bodies_come_in_ascending_id_with_their_rank_as_index():
    found = roster(judge({"bodies": {"c": {}, "a": {}, "b": {}}}))

    assert [(body.id, body.index) for body in found] == [("a", 0), ("b", 1), ("c", 2)]


def test_a_thrown_ball_moves_nobodys_index(example):
    before = judge(example("pendulum-waves"))
    after = before.patched({"bodies": {"zz-k3f9": {"position": [0, 1, 0], "radius": 0.1}}})

    old = {body.id: body for body in roster(before)}
    new = {body.id: body for body in roster(after)}
    assert new.pop("zz-k3f9").position == (0, 1, 0)
    assert new == old


def test_a_series_is_its_members_with_padded_ids_and_member_numbers(example):
    found = roster(judge(example("pendulum-waves")))

    assert [body.id for body in found] == [f"p-{n:02d}" for n in range(15)]
    assert [body.index for body in found] == list(range(15))
    assert {body.group for body in found} == {"p"}
    assert [body.rod.pivot[2] for body in found] == pytest.approx(
        [-0.7 + n / 10 for n in range(15)]
    )


def test_a_mass_is_its_own_or_its_densitys():
    found = bodies({"bodies": {"a": {"mass": 3}, "b": {"radius": 0.2}, "c": {"radius": 0}}})

    assert found["a"].mass == 3
    assert found["b"].mass == pytest.approx(240 * 4 / 3 * math.pi * 0.2**3)
    assert (found["c"].mass, found["c"].radius) == (0, 0)


def test_bounces_stand_on_the_floor_and_side_by_side():
    found = bodies(
        {
            "physics": {"floor": -1, "elasticity": 1},
            "bodies": {
                "a": {"bounce": "1/3 bar"},
                "b": {"bounce": "1/4 bar"},
                "c": {"bounce": 1, "x": 9},
            },
        }
    )

    assert found["a"].position == pytest.approx((-0.25, -1 + 0.1 + 0.545, 0), abs=1e-12)
    assert found["b"].position[0] == 0.25
    assert found["c"].position[0] == 9


def test_a_rod_hangs_from_where_the_body_is_said_to_be():
    rod = {"length": 2, "angle": 30}
    found = bodies({"bodies": {"a": {"x": 1, "y": 5, "rod": rod}}})["a"]

    assert found.rod.pivot == (1, 5, 0)
    assert found.position == pytest.approx((1 + 2 * 0.5, 5 - 2 * math.sqrt(0.75), 0))
    assert found.velocity == (0, 0, 0)


def test_newtons_cradle_is_as_short_as_the_specification_has_it():
    found = roster(
        judge(
            {
                "dimensions": 2,
                "world": "earth",
                "physics": {"elasticity": 1},
                "series": {
                    "n": {
                        "n": 5, "rod": {"length": 1}, "x": {"from": -0.4, "step": 0.2},
                        "radius": 0.1, "angle": [-40, 0, 0, 0, 0],
                    }
                },
            }
        )
    )  # fmt: skip

    assert [round(math.degrees(body.rod.angle)) for body in found] == [-40, 0, 0, 0, 0]
    assert [body.id for body in found] == ["n-0", "n-1", "n-2", "n-3", "n-4"]


def test_lists_of_vectors_are_one_a_member_and_a_plain_list_is_one_vector():
    found = roster(
        judge(
            {"series": {"q": {"n": 2, "position": [[1, 2, 3], [4, 5, 6]], "velocity": [7, 8, 9]}}}
        )
    )

    assert [body.position for body in found] == [(1, 2, 3), (4, 5, 6)]
    assert [body.velocity for body in found] == [(7, 8, 9), (7, 8, 9)]


def test_in_a_world_of_orbits_bodies_are_points_that_do_not_touch():
    body = bodies({"world": "orbits", "bodies": {"a": {}, "b": {"collide": True, "radius": 1}}})

    assert (body["a"].radius, body["a"].mass, body["a"].collide) == (0, 0, False)
    assert body["b"].collide


def test_a_crowd_fills_its_box_and_carries_its_members(example):
    (crowd,) = crowds(judge(example("gas")))

    assert crowd.extent == (9.75, 9.75, 0)
    assert [one.id for one in crowd.members] == [f"gas-{n:02d}" for n in range(30)]
    assert {one.mass for one in crowd.members} == {1}


def test_sown_bodies_weigh_what_the_world_says():
    (crowd,) = crowds(
        judge(
            {"physics": {"particle_mass": 7}, "crowds": {"c": {"sow": "ring", "n": 2, "extent": 3}}}
        )
    )

    assert crowd.members[0].mass == 7
    assert crowd.extent == (3, 3, 3)


def test_the_members_of_a_crowd_are_not_in_the_roster_but_count_in_the_order():
    found = roster(judge({"crowds": {"b": {"sow": "box", "n": 2}}, "bodies": {"a": {}, "c": {}}}))

    assert [(body.id, body.index) for body in found] == [("a", 0), ("c", 3)]


SAID = [
    {"position": [1, 2, 3]}, {"mass": 3, "radius": 0.5}, {"voice": "bell"}, {"fixed": True},
    {"rod": {"length": 2}}, {"orbit": {"about": "c", "period": 2}}, {"bounce": "1/2 bar"}, None,
    {"y": 4, "velocity": [0, 1, 0]}, {"mass": None}, {"bounce": None}, {"orbit": None},
]  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_a_roster_renewed_by_a_patch_is_the_one_worked_out_anew(seed, monkeypatch):
    draw, anew, whole = random.Random(seed), [], bodies_module._whole
    monkeypatch.setattr(bodies_module, "_whole", lambda one: anew.append(one) or whole(one))
    start = {"c": {"fixed": True, "mass": 9}, "a": {"position": [0, 1, 0]}, "b": {}, "d": {}}
    document, renewed = judge({"bodies": start, "physics": {"floor": 0, "gravitation": 1}}), 0
    for _ in range(60):
        patch = {name: draw.choice(SAID) for name in draw.sample("abcde", draw.choice([1, 1, 2]))}
        roster(document)
        try:
            after = document.patched({"bodies": patch})
        except DocumentError:
            continue
        anew.clear()
        assert roster(after) == whole(judge(after.data)), patch
        renewed += not anew
        document = after if draw.random() < 0.8 else judge({**document.data, "bodies": start})
    assert renewed > 5
