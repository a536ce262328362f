import pytest

from app.core.parameters import PARAMETERS, WORLDS, default

# As users of such systems know them: spec names, their defaults and ranges.
KNOWN = {
    "physics.softening": (0.05, 0, 10), "physics.friction": (0.1, 0, 1), "physics.elasticity": (0.7, 0, 1),
    "physics.air_resistance": (0, 0, 1), "physics.density": (240, 0.001, 20_000),
    "physics.time_scale": (1, 0.1, 5), "physics.energy_dissipation": (0, 0, 1),
    "physics.temperature": (0, 0, 1000), "physics.pressure": (0, 0, 200), "music.tempo": (120, 40, 200),
    "music.base_frequency": (440, 20, 2000), "music.harmony": (0.5, 0, 1), "music.dissonance": (0, 0, 1),
    "music.note_density": (10, 1, 200), "music.volume": (0.7, 0, 1), "music.filter.cutoff": (8000, 20, 20_000),
    "music.reverb.decay": (2, 0.1, 10), "music.delay.feedback": (0.3, 0, 0.9),
    "music.compressor.ratio": (1, 1, 20), "visual.particle_size": (1, 0.1, 10), "visual.camera.zoom": (1, 0.1, 5),
}  # fmt: skip


def test_a_path_leads_to_the_row_of_that_path():
    assert all(path == row.path for path, row in PARAMETERS.items())


def test_every_row_says_what_it_does_in_a_sentence():
    for row in PARAMETERS.values():
        assert row.meaning.endswith((".", "}.")), row.path
        assert row.kind in ("number", "vector", "word", "flag", "form"), row.path


@pytest.mark.parametrize("path", KNOWN)
def test_known_parameters_have_their_known_ranges_and_defaults(path):
    row = PARAMETERS[path]

    assert (row.default, row.low, row.high) == KNOWN[path]


def test_the_four_worlds_are_those_of_the_specification():
    assert set(WORLDS) == {"earth", "space", "water", "orbits"}
    assert default("physics.air_resistance", "water") == 0.5
    assert default("physics.elasticity", "earth") == 0.7
    assert default("physics.softening", "orbits") == 0
    assert default("physics.friction") == 0.1


def test_worlds_only_speak_of_parameters():
    for changes in WORLDS.values():
        assert changes.keys() <= PARAMETERS.keys()
