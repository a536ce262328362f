"""The energy meter of a room that plays, as HTTP tells it."""

import time

SPRING = {
    "seed": 1, "boundary": "open", "physics": {"gravity": [0, 0, 0], "friction": 0, "elasticity": 1},
    "bodies": {"n": {"fixed": True, "collide": False},
               "b": {"position": [1, 0, 0], "velocity": [1, 0, 0], "mass": 1, "collide": False}},
    "links": {"l": {"kind": "spring", "between": ["n", "b"], "stiffness": 9}},
}  # fmt: skip


def test_a_room_that_plays_notes_its_energy_error_for_who_asks_by_http(server, listen):
    owner = server.register()
    universe = owner.universe(SPRING)
    before = owner("GET", f"universes/{universe}/performance").json()
    with listen(universe, person=owner) as ada:
        ada.until("transport", playing=True)
        told, until = before, time.monotonic() + 30
        while told["energy_error"] is None and time.monotonic() < until:
            time.sleep(0.2)
            told = owner("GET", f"universes/{universe}/performance").json()

    assert before == {"journal": None, "open": False, "tick": 0, "energy_error": None}
    assert told["open"]
    assert told["tick"] > 0
    assert 0 < told["energy_error"] < 1e-2
