import math

import numpy as np
import pytest

from app.core.document import parse
from app.core.document.bodies import roster
from app.core.document.worlds import boundary
from app.core.mapping.measures import Measures, Subject, scene_of


def measures(text, sky=None):
    document = parse(text)
    made = Measures(document, roster(document))
    if sky is not None:
        made.look(sky)
    return made


BODIES = '{"bodies": {"b": {}, "c": {}, "a": {}}, "boundary": {"box": [10, 6, 4]}}'


def test_measures_of_the_event_the_body_the_pair_and_the_universe(sky, bump):
    made = measures(BODIES, sky)
    sky.worth.update(
        {("body.speed", "a"): 3.0, ("pair.distance", "a"): 4.0, ("universe.kinetic", ""): 5.0}
    )
    subject = Subject(("a", "b"), "", bump(index=2))
    wanted = {
        "event.impulse": 2.0, "event.wall": 2.0, "event.place.x": -2.0, "body.speed": 3.0,
        "pair.distance": 4.0, "universe.kinetic": 5.0, "pair.rank": 2.0, "body.index": 0.0,
        "music.tempo": 120.0,
    }  # fmt: skip
    assert {name: made.read(name, subject, sky) for name in wanted} == wanted


def test_a_measure_of_nobody_has_no_value(sky):
    made = measures(BODIES, sky)
    assert math.isnan(made.read("body.speed", Subject(), sky))
    assert math.isnan(made.read("event.impulse", Subject(("a",)), sky))


def test_a_parameter_is_worth_what_it_was_moved_to(sky):
    made = measures(BODIES, sky)
    made.moved["music.tempo"] = 90.0
    assert made.read("music.tempo", Subject(), sky) == 90.0


@pytest.mark.parametrize(
    ("wall", "place", "along"),
    [
        ("floor", (-5, -3, 0), 0.0),
        ("floor", (2.5, -3, 0), 0.75),
        ("left", (-5, 0, 0), 0.5),
        ("ceiling", (9, 3, 0), 1.0),
    ],
)
def test_along_is_the_share_of_the_wall_gone_by(sky, bump, wall, place, along):
    made = measures(BODIES, sky)
    event = bump(wall=wall, place=tuple(map(float, place)))
    assert made.read("event.place.along", Subject(event=event), sky) == pytest.approx(along)


def test_natural_domains(sky):
    made = measures(BODIES, sky)
    assert made.domain("body.angle") == (-math.pi, math.pi)
    assert made.domain("body.index") == (0.0, 2.0)
    assert made.domain("pair.rank") == (0.0, 1.0)
    assert made.domain("music.harmony") == (0.0, 1.0)
    assert made.domain("body.speed") is None
    assert made.domain("body.y") == (-3.0, 3.0)


def test_a_scene_is_as_wide_as_its_bodies_or_its_box_or_round():
    frame = np.array([[1.0, 0.2, 0, 0, 0, 0], [-2.0, 0.1, 0, 0, 0, 0]])
    wide = boundary(parse("{}"))
    assert scene_of(frame, wide, round_about=False) == [-2.0, 2.0, -0.2, 0.2, -1.0, 1.0]
    assert scene_of(frame, wide, round_about=True)[:4] == [-2.0, 2.0, -2.0, 2.0]
    tight = boundary(parse('{"boundary": {"box": [6, 6, 6]}}'))
    assert scene_of(frame, tight, round_about=False)[:2] == [-3.0, 3.0]
    floored = boundary(parse('{"physics": {"floor": 0}}'))
    assert scene_of(frame, floored, round_about=False)[2:4] == [0.0, 0.2]
