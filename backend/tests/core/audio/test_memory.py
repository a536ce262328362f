import numpy as np

from app.core.audio.layout import DESK
from app.core.audio.memory import packed, unpacked


def test_every_bit_comes_back_the_sign_of_zero_too():
    desk = np.zeros(1, dtype=DESK)
    desk["gain"], desk["power"] = -0.0, np.nan
    desk["lines"][0, 3, 77] = 1e-300
    back = unpacked(packed(desk), DESK)

    assert back.tobytes() == desk.tobytes()


def test_silence_takes_almost_no_room():
    assert packed(np.zeros(1, dtype=DESK))["pages"].nbytes == 0


def test_nothing_comes_back_as_nothing():
    assert len(unpacked(packed(np.zeros(0, dtype=DESK)), DESK)) == 0
