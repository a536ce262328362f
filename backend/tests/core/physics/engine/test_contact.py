import numpy as np
import pytest


def heap(play, seconds, **more):
    said = {
        "dimensions": 2, "boundary": {"box": [3, 30]},
        "physics": {"elasticity": 0.5, "friction": 0.3, "air_resistance": 0},
        "series": {"s": {"n": 60, "radius": 0.15, "mass": 1,
                         "x": [round(-1.2 + 0.35 * (k % 7) + 0.01 * (k % 3), 3) for k in range(60)],
                         "y": [round(-14 + 0.4 * (k // 7), 3) for k in range(60)]}},
    }  # fmt: skip
    return play({**said, **more}, seconds)


@pytest.fixture(scope="module")
def settled(play):
    return heap(play, 10)


def overlap(frame):
    apart = np.linalg.norm(frame[:, None, :3] - frame[None, :, :3], axis=2)
    np.fill_diagonal(apart, np.inf)
    return (0.3 - apart.min()) / 0.15


def test_a_heap_comes_to_rest_and_is_silent_after(settled):
    assert np.abs(settled.frames[-1, :, 3:]).max() == 0.0
    assert max(settled.times()) < 6
    assert len(settled.times("rest")) == 60


def test_a_heap_at_rest_hardly_overlaps(settled):
    assert overlap(settled.frames[-1]) < 0.02
    assert settled.frames[-1, :, 1].min() > -15 + 0.15 * 0.98


def test_a_heap_wakes_when_something_falls_on_it(play, settled):
    played = settled.go_on(1)
    assert played.events == []
    before = played.world.frame()
    played.world.set("physics.gravity", [0.0, 9.81, 0.0])
    after = played.go_on(60).world.frame()

    assert (after[:, 1] > before[:, 1]).all()


def test_the_same_heap_is_the_same_to_the_last_bit(play, settled):
    again = heap(play, 3)

    assert again.frames.tobytes() == settled.frames[:360].tobytes()
