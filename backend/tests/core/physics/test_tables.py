import numpy as np
import pytest

from app.core.document import judge
from app.core.physics import World
from app.core.physics.engine import layout
from app.core.physics.tables import Tables
from app.core.story import Clock


def size(tables):
    return sum(getattr(tables, name).nbytes for name in Tables.__slots__)


@pytest.mark.parametrize(
    "fault",
    [layout.MORE_EVENTS, layout.MORE_KNOTS, layout.MORE_QUEUE, layout.MORE_PAIRS, layout.MORE_BONDS],
)  # fmt: skip
def test_every_table_that_can_be_too_small_grows(fault):
    tables = Tables.of(10)
    before = size(tables)
    tables.grow(fault)

    assert size(tables) > before


def test_bonds_are_state_and_survive_growing():
    tables = Tables.of(10)
    tables.bonds[0, 3, 2] = 1.5
    tables.grow(layout.MORE_BONDS)

    assert tables.bonds[0, 3, 2] == 1.5
    assert np.isfinite(tables.bonds).all()


SWARM = {
    "dimensions": 2, "boundary": {"box": [3, 3]}, "physics": {"gravity": [0, -9.81, 0]},
    "crowds": {"c": {"sow": "box", "n": 60, "radius": 0.1, "speed": 5}},
}  # fmt: skip


@pytest.mark.parametrize("name", ["events", "log", "queue", "pairs", "bonds"])
def test_a_table_that_grew_on_the_way_leaves_no_trace(play, name):
    def moved(small):
        played = play(SWARM, 0.5)
        tables = played.world._tables
        held = tables.bonds[:, : played.world._ctl[layout.BONDS]]
        small = {
            "events": {"events": tables.events[:1].copy()},
            "log": {"log": tables.log[:64].copy()}, "queue": {"queue": tables.queue[:1].copy()},
            "pairs": {"pairs": tables.pairs[:40].copy()}, "bonds": {"bonds": held.copy()},
        }[small] if small else {}  # fmt: skip
        for table, less in small.items():
            setattr(tables, table, less)
        played.world._open()
        late = [played.go_on(30) for _ in range(4)]
        return [one.frames.tobytes() for one in late], [one.events for one in late]

    assert moved(name) == moved("")


def test_a_crowd_too_dense_for_its_tables_plays_all_the_same(play):
    said = {
        "dimensions": 2, "boundary": {"box": [3, 3]},
        "physics": {"gravity": [0, 0, 0], "elasticity": 1, "friction": 0},
        "crowds": {"c": {"sow": "box", "n": 150, "radius": 0.05, "speed": 30}},
    }  # fmt: skip
    played = play(said, 1)

    assert len(played.events) > 1000
    assert played.world.energy_error() < 1e-13


def test_what_a_grown_table_holds_is_given_back_to_a_world_whose_table_never_grew():
    """Neighbours are state: they were looked for some steps ago, and serve for some more."""
    crowd = {"sow": "box", "n": 150, "radius": 0.16, "speed": 3}
    said = {
        "title": "t", "dimensions": 2, "boundary": {"box": [5, 5]},
        "physics": {"gravity": [0, -5, 0], "elasticity": 0.6}, "crowds": {"c": crowd},
    }  # fmt: skip
    document = judge(said)
    clock = Clock.of(document)
    straight, fresh = (World.of(document, (), seed=1) for _ in range(2))
    for world in (straight, fresh):
        tables = world._tables
        tables.pairs, tables.near = tables.pairs[:64].copy(), tables.near[:128].copy()
        world._open()
    straight.advance(61, clock)
    kept = straight.snapshot()
    frames, events = straight.advance(60, clock)

    assert len(kept["near"]) > len(fresh._tables.near)
    fresh.restore(kept)
    again, found = fresh.advance(60, clock)
    assert again.tobytes() == frames.tobytes()
    assert list(found) == list(events)
