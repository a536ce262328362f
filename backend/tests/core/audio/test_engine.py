import numpy as np

from app.core.audio import Instrument
from app.core.audio.layout import DESK
from app.core.audio.meters import centroid_hz, rms

BARE = {"reverb__mix": 0.0, "filter__cutoff": 20_000.0}


def sound(universe, note, ticks=240, voice="organ", **music):
    instrument = Instrument.of(universe(**(BARE | music)))
    return instrument.render(0, ticks, [note(voice=voice, hz=220.0)], [])


def test_the_notes_own_envelope_gives_way_to_the_music_s(universe, note):
    slow = sound(universe, note, voice="bell", attack=0.5)
    quick = sound(universe, note, voice="bell")

    assert rms(slow[400:5000]) < 0.1 * rms(quick[400:5000])


def test_damping_darkens_what_rings(universe, note):
    bright, dark = (
        centroid_hz(sound(universe, note, voice="bell", damping=d)[9600:48_000]) for d in (0.0, 1.0)
    )

    assert dark < 0.97 * bright


def test_a_quiet_instrument_uses_no_denormal_numbers(universe, note):
    """Half a minute after the last note every state is zero or far above 1e-300."""
    instrument = Instrument.of(universe(resonance=0.4, interference=0.3, delay__mix=0.3))
    instrument.render(0, 3600, [note(voice="bell")], [])
    names = [name for name in DESK.names if DESK[name].base.kind == "f"]
    small = np.abs(np.concatenate([instrument._desk[name].reshape(-1) for name in names]))

    assert not np.any((small > 0) & (small < 1e-290))
