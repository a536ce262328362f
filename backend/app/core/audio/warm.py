"""Compile this room's kernels."""

import numpy as np

from app.core.audio.ear import SILENCE, Ear
from app.core.audio.instrument import Instrument
from app.core.audio.mastering import Master
from app.core.document import parse


def warm() -> None:
    """Render one tick with the types every performance uses."""
    samples = Instrument.of(parse("{}")).render(0, 1, [], [])
    again = Master(0.0, limited=True, loudness=0.0, true_peak_db=0.0).applied([samples])
    assert not np.any(np.concatenate(list(again)))
    assert Ear().hear(samples) == SILENCE
