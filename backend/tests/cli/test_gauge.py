import math

from app.cli.gauge import Gauge
from app.core.document import judge
from app.core.performance import Performance

QUIET = {
    "physics": {"elasticity": 1, "friction": 0, "floor": 0},
    "bodies": {"a": {"position": [0, 1, 0]}},
}
DENSE = {
    "dimensions": 2, "boundary": {"box": [1.5, 1.5]}, "physics": {"gravity": [0, 0, 0], "elasticity": 1, "friction": 0},
    "crowds": {"c": {"sow": "box", "n": 60, "radius": 0.08, "speed": 1000, "mass": 1}},
}  # fmt: skip


def watched(said, ticks=12):
    gauge = Gauge()
    performance = Performance(judge({"title": "t", **said}))
    assert sum(piece.ticks for piece in gauge.watch(iter([performance.run(ticks)]))) == ticks
    return gauge


def test_a_ball_that_loses_nothing_keeps_its_energy():
    said = watched(QUIET).energy

    assert said.startswith("energy kept to ")
    assert float(said.rpartition(" ")[2]) < 1e-12
    assert watched(QUIET).overload == ""


def test_where_energy_is_not_to_last_nothing_is_said_of_it():
    assert watched({**QUIET, "physics": {"air_resistance": 0.1}}).energy == ""
    assert math.isnan(Gauge()._energy_error)


def test_a_crowd_too_dense_to_follow_is_told_with_its_time():
    assert "first at 0.0 s" in watched(DENSE).overload
