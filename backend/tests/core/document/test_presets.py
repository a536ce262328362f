"""Each mapping preset is heard in the kind of universe it is made for."""

import pytest

from app.core.document import judge
from app.core.document.presets import preset_rules
from app.core.document.rules import rules
from app.core.mapping.pitch import key_number
from app.core.parameters import MAPPINGS
from app.core.performance import Performance
from app.errors import DocumentError

SUN = {"fixed": True, "mass": 1}
SKY = {
    "world": "orbits",
    "clock": {"rate": 2},
    "observer": [1, 0, 0],
    "bodies": {
        "sun": SUN,
        "b": {"orbit": {"about": "sun", "period": 3, "eccentricity": 0.3}},
        "c": {"orbit": {"about": "sun", "period": 4.5, "eccentricity": 0.2}},
        "d": {"orbit": {"about": "sun", "period": 60}},
    },
}
BALL = {"position": [0, 3, 0], "radius": 0.2}
KINDS = {
    "bounce": {"physics": {"floor": 0, "elasticity": 1}, "bodies": {"a": {"bounce": "1/4 bar"}}},
    "orbits": SKY,
    "gas": {"dimensions": 2, "boundary": {"box": [6, 6]}, "physics": {"gravity": [0, 0, 0], "elasticity": 1},
            "crowds": {"g": {"sow": "box", "n": 12, "speed": 3, "mass": 1}}},
    "pendulum": {"series": {"p": {"n": 3, "rod": {"length": 1, "angle": 20}, "z": {"from": 0, "step": 1}, "collide": False}}},
    "kepler": SKY,
    "cradle": {"dimensions": 2, "physics": {"elasticity": 1, "friction": 0}, "series": {
        "n": {"n": 3, "rod": {"length": 1}, "x": {"from": -0.2, "step": 0.2}, "radius": 0.1, "angle": [-40, 0, 0]}}},
    "classic": {"physics": {"floor": 0, "friction": 0.3, "elasticity": 0.9, "air_resistance": 0.1}, "bodies": {"a": BALL}},
}  # fmt: skip


def heard(name, seconds=6, **more):
    performance = Performance(judge({**KINDS[name], **more, "mapping": name}))
    return performance, performance.run(round(120 * seconds)).notes


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_preset_makes_a_universe_of_its_kind_heard(name):
    _, notes = heard(name)
    assert len(notes) >= 3


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_preset_is_nothing_its_user_could_not_have_written(name):
    short = judge({**KINDS[name], "mapping": name})
    written = judge({**KINDS[name], "rules": preset_rules(short)})
    assert rules(written) == rules(short)


def test_a_rule_of_the_same_id_stands_in_for_the_presets():
    own = {"when": {"event": "collision"}, "note": {"pitch": "A4"}}
    _, notes = heard("bounce", rules={"hits": own})
    assert {note.hz for note in notes} == {440.0}
    _, both = heard("bounce", rules={"more": own})
    assert {note.rule for note in both} == {"hits", "more"}


def test_presets_come_with_their_own_music():
    assert judge({**SKY, "mapping": "kepler"}).value("music.scale") == "free"
    gas = {**KINDS["gas"], "mapping": "gas"}
    assert judge(gas).value("music.quantize") == "1/16"
    assert judge({**gas, "music": {"quantize": "1/8"}}).value("music.quantize") == "1/8"


def test_transits_keep_the_ratios_of_the_periods_but_for_octaves():
    _, notes = heard("orbits", seconds=60)
    keys = {note.bodies[0]: key_number(note.hz) for note in notes if note.rule == "transits"}
    assert (keys["b"] - keys["c"]) % 12 == pytest.approx(7.01955)  # 3 : 2
    assert all(48 - 1e-9 <= key <= 96 for key in keys.values())


def test_every_planet_sings_within_reach_of_the_slowest():
    _, notes = heard("kepler")
    strings = {note.bodies[0]: note.hz for note in notes if note.voice == "strings"}
    assert strings["d"] == pytest.approx(97.99885899543733)
    assert all(90 < hz < 4 * 800 for hz in strings.values())


@pytest.mark.parametrize(
    ("physics", "moved"),
    [
        ({"gravity": [0, -10, 0]}, {"music.tempo": 120}),
        ({"gravity": [0, -20, 20]}, {"music.tempo": 200}),  # 60 + 28.3 · 6 would be 230
        ({"gravity": [0, 0, 0]}, {"music.tempo": 60}),
        ({"friction": 0.3}, {"music.harmony": 0.3}),
        ({"elasticity": 0.9}, {"music.rhythm_complexity": 0.9}),
        ({"air_resistance": 0.1}, {"music.melody_range": 0.9}),
    ],
)
def test_the_classic_preset_ties_scalars_together(physics, moved):
    performance = Performance(judge({"physics": physics, "mapping": "classic"}))
    performance.run(1)
    assert {path: performance.value(path) for path in moved} == pytest.approx(moved)


def test_the_classic_preset_holds_notes_as_long_as_time_is_slow():
    lengths = []
    for scale in (0.5, 1, 2):
        physics = {**KINDS["classic"]["physics"], "time_scale": scale}
        lengths.append(heard("classic", physics=physics)[1][0].duration_s)
    assert lengths == pytest.approx([1, 0.5, 0.25])


@pytest.mark.parametrize("name", ["orbits", "kepler", "pendulum"])
def test_a_preset_without_what_it_listens_to_is_refused(name):
    with pytest.raises(DocumentError) as fault:
        judge({"bodies": {"a": {}}, "mapping": name})
    assert [problem.path for problem in fault.value.problems] == ["$.mapping"]
