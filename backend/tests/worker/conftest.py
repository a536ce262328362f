import time

import pytest

BOUNCING = {
    "title": "Two balls",
    "physics": {"elasticity": 1, "floor": 0},
    "bodies": {"a": {"bounce": "1/3 bar"}, "b": {"bounce": "1/4 bar"}},
    "rules": {
        "hits": {
            "when": {"event": "collision", "with": "floor"},
            "note": {"voice": "pluck", "degree": {"from": "body.index"}},
        }
    },
}


@pytest.fixture
def universe(person):
    """A universe that sounds, with whoever owns it: (person, universe)."""
    ada = person()
    reply = ada("POST", "universes", json={"document": BOUNCING})
    assert reply.status_code == 201, reply.text
    return ada, reply.json


def until(look, wanted, *, patience_s=120.0):
    """Look until something wanted is seen, and return it."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        seen = look()
        if wanted(seen):
            return seen
        time.sleep(0.05)
    raise AssertionError(f"waited {patience_s} s; the last seen was {seen}")


@pytest.fixture
def wait_until():
    return until
