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


def test_a_crowd_too_dense_for_its_tables_plays_all_the_same(play):
    said = {
        "dimensions": 2, "boundary": {"box": [3, 3]},
        "physics": {"gravity": [0, 0, 0], "elasticity": 1, "friction": 0},
        "crowds": {"c": {"sow": "box", "n": 150, "radius": 0.05, "speed": 30}},
    }  # fmt: skip
    played = play(said, 1)

    assert len(played.events) > 1000
    assert played.world.energy_error() < 1e-13
