"""Deep heaps after they have fallen: the cost of a step, overlap, and events that should not be."""

import numpy as np
from peers import peers
from scene import RADIUS, STEP_S, Scene, heap, row, walls
from scipy.spatial import cKDTree

SETTLE = 1200  # ticks: ten seconds
DEEPEST = 0.02  # of a radius: the overlap that may be


def overlap(place):
    """Give the deepest overlap of any two, in radii."""
    pairs = cKDTree(place.T).query_pairs(2 * RADIUS, output_type="ndarray")
    if not len(pairs):
        return 0.0
    apart = np.linalg.norm(place[:, pairs[:, 0]] - place[:, pairs[:, 1]], axis=0)
    return float((2 * RADIUS - apart.min()) / RADIUS)


def fallen(n, dimensions, width):
    """Let a heap fall and lie; gives it and its first places."""
    place = heap(n, dimensions, width)
    low, high = walls(width, dimensions, top=100.0, floor=0.0)
    pile = Scene(place, np.zeros_like(place), low, high, elasticity=0.5, gravity=9.81)
    for _ in range(SETTLE // 60):
        pile.play(60)
    return pile, place, low, high


def flat():
    """Race pymunk at 1,000 discs in eleven layers."""
    pile, place, low, high = fallen(1000, 2, 18.8)
    mine, false = pile.best(60, 5), pile.play(60)[1]
    still = np.zeros_like(place)
    space = peers.pymunk_space(place, still, low, high, elasticity=0.5, gravity=9.81, radius=RADIUS)
    peer = float("nan")
    if space:
        peers.pymunk_best(space, SETTLE // 2, 1, STEP_S)
        peer = peers.pymunk_best(space, 60, 5, STEP_S)
    deepest = overlap(pile.body[:3])
    note = f"overlap {deepest:.4f} r, {false} events in half a second"
    row("2D heap 1000", mine, peer, "pymunk", note, asked=1 / 1.5,
        kept=deepest <= DEEPEST and false == 0)  # fmt: skip


def deep():
    """Race Rapier at 1,000 spheres."""
    pile, place, _, _ = fallen(1000, 3, 4.0)
    mine, false = pile.best(60, 5), pile.play(60)[1]
    theirs = peers.rapier(
        "heap", 1000, warm=SETTLE // 4, ticks=30, runs=3, elasticity=0.5, gravity=9.81, edge=4.0,
        place=place, velocity=np.zeros_like(place), top=100.0,
    )  # fmt: skip
    deepest = overlap(pile.body[:3])
    note = f"overlap {deepest:.4f} r, {false} events in half a second"
    note += f"; theirs {theirs['overlap']:.4f} r" if theirs else ""
    row("3D heap 1000", mine, theirs["best_s"] if theirs else float("nan"), "Rapier", note, asked=1,
        kept=deepest <= DEEPEST and false == 0)  # fmt: skip


if __name__ == "__main__":
    flat()
    deep()
