import pytest

NAIL = {"fixed": True, "collide": False}


@pytest.mark.parametrize("breaks_at", [50.0, 500.0])
@pytest.mark.parametrize("boundary", ["open", {"periodic": [10, 10, 10]}])
def test_a_string_breaks_by_the_jerk_if_it_bears_less(play, breaks_at, boundary):
    """3 m/s taken in a step of 1/120 s from 1 kg are 360 N: at the time it is taut, or not at all."""
    there = 0.0 if boundary == "open" else 4.0  # the string then reaches over the seam
    nail = {**NAIL, "position": [there, 0, 0]}
    ball = {"position": [there + 0.5, 0, 0], "velocity": [3, 0, 0], "mass": 1, "collide": False}
    link = {"kind": "string", "between": ["nail", "b"], "length": 2, "breaks": breaks_at}
    physics = {"gravity": [0, 0, 0], "air_resistance": 0, "friction": 0, "elasticity": 1}
    said = {"physics": physics, "boundary": boundary, "bodies": {"nail": nail, "b": ball},
            "links": {"l": link}}  # fmt: skip
    played = play(said, 1)

    if breaks_at < 360:
        assert played.times("break") == pytest.approx([0.5], abs=1e-12)
        assert played.frames[-1, 0, 3] == 3.0  # it lost nothing by it
    else:
        assert played.times("break") == []
        assert played.frames[-1, 0, 3] == pytest.approx(0, abs=1e-9)
