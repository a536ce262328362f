import numpy as np

from app.core.audio.patches import PATCHES
from app.core.audio.sounds import Sounds


def test_the_built_in_voices_come_first_and_a_document_s_own_after_them(universe):
    sounds = Sounds.of(universe(voices={"mine": {"like": "bell"}, "bell": {"level": 0.5}}))

    assert sounds.names == (*PATCHES, "mine")
    assert sounds.patches[sounds.number("bell")]["level"] == 0.5 * PATCHES["bell"].level


def test_a_voice_no_longer_there_is_the_first_one():
    assert Sounds.built_in().number("gone") == 0


def test_equal_waves_share_a_table(universe):
    waves = {
        "a": {"like": "pad", "partials": [1, 0.5]},
        "b": {"like": "bass", "partials": [1, 0.5]},
    }
    plain, two = Sounds.built_in(), Sounds.of(universe(voices=waves))

    assert len(two.tables) == len(plain.tables) + 1
    assert two.patches["wave"][-1] == two.patches["wave"][-2] == len(plain.tables)


def test_the_reach_bounds_what_the_filters_can_make_of_samples_below_one():
    sounds = Sounds.built_in()
    worst = np.max(np.abs(sounds.taps @ np.sign(sounds.taps.T)))

    assert worst <= sounds.reach * (1 + 1e-12)
