import numpy as np

from app.core.performance.played import Mute, Played


def test_what_was_rendered_is_not_given_again():
    played = Played(rendered=0)
    played.notes, played.controls = ["a", "b"], ["x"]

    assert played.unheard() == (["a", "b"], ["x"])
    played.notes = [*played.notes, "c"]
    assert played.unheard() == (["c"], [])


def test_a_mute_instrument_gives_the_silence_of_every_tick():
    mute = Mute()
    mute.set("music.volume", 0)

    assert np.array_equal(mute.render(5, 3, [], []), np.zeros((1200, 2), np.float32))
