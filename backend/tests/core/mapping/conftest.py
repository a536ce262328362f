"""A sky made by hand: where bodies are and what measures are worth."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from app.core.document import parse
from app.core.mapping import compile
from app.core.physics.event import Event
from app.utils import strict_json


@dataclass
class Sky:
    """A world that stands still; `worth` gives measures by (name, body)."""

    places: dict[str, tuple[float, float, float]]
    worth: dict[tuple[str, str], float] = field(default_factory=dict)

    @property
    def roster(self):
        return tuple(sorted(self.places))

    def frame(self):
        return np.array([[*self.places[name], 0.0, 0.0, 0.0] for name in self.roster])

    def place(self, body):
        return self.places[body]

    def measure(self, name, body="", other="", about=""):
        return self.worth[name, body]

    def measures(self, asks):
        return [self.measure(*one) for one in asks]


def universe(rules, **more):
    data = {
        "bodies": {
            "a": {"position": [-2, 0, 0]}, "b": {"position": [0, 1, 0]}, "c": {"position": [2, 3, 0]},
        },
        "rules": rules,
        **more,
    }  # fmt: skip
    return parse(strict_json.canonical(data))


@pytest.fixture
def sky():
    return Sky({"a": (-2.0, 0.0, 0.0), "b": (0.0, 1.0, 0.0), "c": (2.0, 3.0, 0.0)})


@pytest.fixture
def rules_of():
    """Compile rules said as JSON, in a universe of three bodies a, b and c."""
    return lambda rules, **more: compile(universe(rules, **more))


@pytest.fixture
def bump():
    """Make a collision of a (with the floor unless told otherwise), half a tick into tick 7."""

    def make(**changed):
        said = {
            "kind": "collision", "tick": 7, "offset": 0.5, "universe_time": 0.0625,
            "bodies": ("a",), "place": (-2.0, 0.0, 0.0), "wall": "floor", "impulse": 2.0,
        }  # fmt: skip
        return Event(**{**said, **changed})

    return make
