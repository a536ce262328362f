import numpy as np
import pytest

from app.core.physics.engine import layout
from app.core.physics.tables import Tables


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
            "events": {"events": tables.events[:1].copy(), "marks": tables.marks[:1].copy()},
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
