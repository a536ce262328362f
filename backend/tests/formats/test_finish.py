import numpy as np
from PIL import Image

from app.formats.finish import PAPER, on_paper


def test_light_becomes_ink_and_darkness_paper():
    lit = Image.new("RGB", (2, 1), (0, 0, 0))
    lit.putpixel((1, 0), (255, 0, 0))
    empty, red = np.asarray(on_paper(lit))[0].astype(int)
    assert tuple(empty) == PAPER
    assert red[0] > 100 > red[1] == red[2]
