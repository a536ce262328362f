"""Many rooms: 200 universes of 50 bodies at 120 Hz, six ticks a call, on one core and two threads."""

import multiprocessing
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
import scene  # finds the app, too
from app.core.document import judge
from app.core.physics import World, world
from app.core.story import Clock

ROOMS, BODIES, TICKS, CALLS, AT_ONCE = 200, 50, 6, 1000, 5
SAID = {
    "title": "room", "boundary": {"box": [12, 12, 12]},
    "physics": {"elasticity": 0.95, "friction": 0, "air_resistance": 0},
    "crowds": {"c": {"sow": "box", "n": BODIES, "radius": 0.1, "speed": 2}},
}  # fmt: skip


def rooms():
    """Make the rooms, each sown from a seed of its own."""
    document = judge(SAID)
    return [World.of(document, (), seed=seed) for seed in range(ROOMS)], Clock.of(document)


def moved(part, clock):
    """Play some calls of some rooms; what each tells is kept as the kernel wrote it, and dropped."""
    for _ in range(AT_ONCE):
        for one in part:
            one.advance(TICKS, clock)


def told(part, clock):
    """Play some calls of some rooms, and make an event of Python of everything that was told."""
    for _ in range(AT_ONCE):
        for one in part:
            list(one.advance(TICKS, clock)[1])


def other(line):
    """Play half the rooms in a process of its own whenever told to: it shares nothing with anybody."""
    worlds, clock = rooms()
    while (played := line.recv()) is not None:
        played(worlds[1::2], clock)
        line.send(True)


@contextmanager
def beside():
    """Have that process, and tell it to end."""
    line, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=other, args=(theirs,))
    process.start()
    yield line
    line.send(None)
    process.join()


def timed(played):
    """Give the seconds in which all rooms play one call on a thread, on two, in two processes, by turns.

    Some calls are played in one go: threads that serve rooms are there, and not woken for a call.
    """
    worlds, clock = rooms()
    found = np.empty((CALLS // AT_ONCE, 3))
    with ThreadPoolExecutor(2) as pool, beside() as line:
        line.send(played)  # it is there, and warm
        line.recv()
        for go in found:
            for threads in (1, 2):
                parts = [worlds[k::threads] for k in range(threads)]
                began = time.perf_counter()
                list(pool.map(lambda part: played(part, clock), parts))
                go[threads - 1] = time.perf_counter() - began
            began = time.perf_counter()
            line.send(played)
            played(worlds[::2], clock)
            line.recv()
            go[2] = time.perf_counter() - began
    return found.T / AT_ONCE


def scaled(found):
    """Say how much faster two threads are, of neighbouring goes, and how much two processes are."""
    one, two, apart = found
    best, middle, ceiling = one.min() / two.min(), np.median(one / two), np.median(one / apart)
    note = (
        f"{best:.2f}x as fast at best, {middle:.2f}x in the middle (two processes {ceiling:.2f}x)"
    )
    return best, note


def shares():
    """Give the median microseconds of a call inside the kernel, and outside, where the GIL is held."""
    worlds, clock = rooms()
    inside, whole, kernel = [], [], world.advance

    def timed(*arguments):
        began = time.perf_counter()
        told = kernel(*arguments)
        inside.append(time.perf_counter() - began)
        return told

    world.advance = timed
    for _ in range(30):
        for one in worlds:
            began = time.perf_counter()
            one.advance(TICKS, clock)
            whole.append(time.perf_counter() - began)
    world.advance = kernel
    within = np.median(inside) * 1e6
    return within, np.median(whole) * 1e6 - within


if __name__ == "__main__":
    found = timed(moved)
    within, outside = shares()
    core = found[0].min() / (TICKS / 120)
    name = f"{ROOMS} rooms of {BODIES}"
    scene.said(name, f"{core:.2f} of a core", "0.60", core <= 0.6)
    best, note = scaled(found)
    note += f", a call is {within:.0f} us without the GIL, {outside:.0f} us with it"
    scene.said(name, f"two threads {note}", "1.80x", best >= 1.8)
    sys.stdout.write(f"{name:<22} and each event made: {scaled(timed(told))[1]}\n")
