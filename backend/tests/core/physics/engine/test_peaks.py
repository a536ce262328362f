"""A pull that rises above what a link bears and falls back within one step breaks it all the same."""

import math
import random

import numpy as np
import pytest

NAIL = {"fixed": True, "collide": False}
STILL = {"air_resistance": 0, "friction": 0, "elasticity": 1, "gravity": [0, 0, 0]}
WAYS = ({"integrator": "verlet"}, {"integrator": "yoshida4"}, {"accuracy": "high"})


def spring(speed, breaks, way, stiffness=400.0):
    ball = {"position": [1, 0, 0], "velocity": [speed, 0, 0], "mass": 1, "collide": False}
    link = {"kind": "spring", "stiffness": stiffness, "length": 1, "breaks": breaks}
    return {
        "physics": {**STILL, **way}, "boundary": "open", "bodies": {"n": NAIL, "b": ball},
        "links": {"l": {"between": ["n", "b"], **link}},
    }  # fmt: skip


# Verlet swings at another amplitude: by the square of the angle of a step over eight, 3.5e-3.
@pytest.mark.parametrize(("way", "short"), [*zip(WAYS, (8e-3, 1e-5, 1e-8), strict=True)])
def test_a_spring_breaks_just_before_its_highest_pull_wherever_in_a_step_that_is(play, way, short):
    """It pulls v √(k m) at most, at a quarter of its period: at any phase of the step."""
    for seed in range(20):
        draw = random.Random(seed)
        root = draw.uniform(8, 22)
        speed = draw.uniform(1, 3)
        breaks = speed * root * (1 - short)
        played = play(spring(speed, breaks, way, root * root), 0.3)
        exact = math.asin(1 - short) / root

        assert len(played.times("break")) == 1
        # Near the top the pull is flat: twice as wrong a height is 1.4 times as wrong a time.
        assert played.times("break") == pytest.approx([exact], abs=math.sqrt(2 * short) / root)
        held = play(spring(speed, speed * root * (1 + short), way, root * root), 0.3)
        assert held.times("break") == []


def test_what_the_end_of_no_step_shows_is_what_many_small_steps_show(play):
    """Two bodies on a spring in a field, the limit a hair under the highest pull of a run a sixteenth as coarse."""
    missed = 0
    for seed in range(12):
        draw = random.Random(100 + seed)
        bodies = {
            name: {"position": [draw.uniform(-1, 1), draw.uniform(-1, 1), 0], "mass": draw.uniform(0.5, 2),
                   "velocity": [draw.uniform(-2, 2), draw.uniform(-2, 2), 0], "collide": False}
            for name in "ab"
        }  # fmt: skip
        link = {"kind": "spring", "between": ["a", "b"], "length": 0.7, "stiffness": 60}
        fields = {"f": {"kind": "spring", "strength": 9, "position": [0.3, 0, 0]}}
        said = {"dimensions": 2, "physics": {**STILL, "accuracy": "high"}, "boundary": "open",
                "bodies": bodies, "fields": fields, "links": {"l": link}}  # fmt: skip

        def pulls(rate, said=said):
            frames = play({**said, "clock": {"unit": "day", "rate": rate}}, 1 / rate).frames
            apart = np.linalg.norm(frames[:, 0, :3] - frames[:, 1, :3], axis=1)
            return np.abs(60 * (apart - 0.7))

        fine, coarse = pulls(1 / 16), pulls(1.0)
        # The highest pull of the first turn, and a limit that no end of a coarse step passes.
        top = next(k for k in range(1, len(fine) - 1) if fine[k - 1] < fine[k] > fine[k + 1])
        ends = coarse[: top // 16 + 2].max()
        if ends >= fine[top] * (1 - 1e-6):
            continue
        missed += 1
        limit = 0.5 * (ends + fine[top])
        brittle = {**said, "clock": {"unit": "day"}, "links": {"l": {**link, "breaks": limit}}}
        first = play(brittle, 1).times("break")[0]
        before = next(k for k in range(len(fine)) if fine[k] > limit) / (16 * 120)

        assert before - 1 / (16 * 120) <= first <= before

    assert missed >= 6


@pytest.mark.parametrize("kind", ["rod", "string"])
@pytest.mark.parametrize("way", WAYS)
def test_a_pendulum_breaks_at_the_lowest_point_of_its_swing(play, kind, way):
    """Let go at a it pulls m g (3 - 2 cos a) there; of a rod that bears less it is free, of one that bears more it is not."""
    g, a = 9.81, 0.6
    for seed in range(6):
        length = random.Random(seed).uniform(0.5, 2)
        ball = {
            "position": [length * math.sin(a), -length * math.cos(a), 0],
            "mass": 1,
            "collide": False,
        }

        def swung(share, ball=ball):
            link = {
                "kind": kind,
                "between": ["n", "b"],
                "breaks": share * g * (3 - 2 * math.cos(a)),
            }
            said = {"physics": {**STILL, "gravity": [0, -g, 0], **way}, "boundary": "open",
                    "bodies": {"n": NAIL, "b": ball}, "links": {"l": link}}  # fmt: skip
            return play(said, 2).times("break")

        # Verlet's speed at the bottom is off by the square of a step's angle over eight, twice.
        short = 3e-4 if way == WAYS[0] else 1e-6
        assert len(swung(1 - short)) == 1
        assert swung(1 + short) == []


def test_a_rod_struck_from_both_sides_in_one_step_breaks_at_the_first_blow(play):
    """The first blow would whirl it at 8 m/s, which takes 64 N; the second, a part of a step on, stops it."""
    ball = {"radius": 0.1, "mass": 1}
    bodies = {
        "n": NAIL,
        "b": {"position": [0, -1, 0], **ball},
        "l": {"position": [-1.2, -1, 0], "velocity": [8, 0, 0], **ball},
        "r": {"position": [1.21, -1, 0], "velocity": [-8, 0, 0], **ball},
    }
    link = {"kind": "rod", "between": ["n", "b"], "breaks": 40}
    said = {"physics": STILL, "boundary": "open", "bodies": bodies, "links": {"l": link}}
    played = play(said, 0.5)

    assert played.times("collision")[:2] == pytest.approx([0.125, 0.1255], abs=1e-3)
    assert played.times("break") == pytest.approx([0.125], abs=1e-6)
