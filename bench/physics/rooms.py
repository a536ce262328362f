"""Many rooms: 200 universes of 50 bodies at 120 Hz, six ticks a call, on one core and two threads."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import scene  # noqa: F401  # finds the app
from app.core.document import judge
from app.core.physics import World
from app.core.story import Clock

ROOMS, BODIES, TICKS, CALLS = 200, 50, 6, 10
SAID = {
    "title": "room", "boundary": {"box": [12, 12, 12]},
    "physics": {"elasticity": 0.95, "friction": 0, "air_resistance": 0},
    "crowds": {"c": {"sow": "box", "n": BODIES, "radius": 0.1, "speed": 2}},
}  # fmt: skip


def rooms():
    """Make the rooms, each sown from a seed of its own."""
    document = judge(SAID)
    return [World.of(document, (), seed=seed) for seed in range(ROOMS)], Clock.of(document)


def timed(threads):
    """Give the best seconds in which all rooms play one call."""
    worlds, clock = rooms()
    best = float("inf")
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(CALLS):
            began = time.perf_counter()
            parts = [worlds[k::threads] for k in range(threads)]
            list(pool.map(lambda part: [one.advance(TICKS, clock) for one in part], parts))
            best = min(best, time.perf_counter() - began)
    return best


if __name__ == "__main__":
    one, two = timed(1), timed(2)
    budget = TICKS / 120
    sys.stdout.write(
        f"{ROOMS} rooms of {BODIES}: {one / budget:.2f} of a core; "
        f"two threads {one / two:.2f} times as fast\n"
    )
