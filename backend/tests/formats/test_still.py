import io

import numpy as np
from PIL import Image

from app.core.document import parse
from app.formats import still

DARK = parse('{"bodies": {"a": {}, "b": {"colour": "#00ff00"}}}')


def drawn(slices, document=DARK, **size):
    stream = io.BytesIO()
    still.write(slices, stream, document, **{"width": 320, "height": 200, **size})
    return Image.open(io.BytesIO(stream.getvalue()))


def test_a_still_is_a_png_of_its_size_with_something_on_its_ground(slices):
    picture = drawn(slices)
    assert (picture.format, picture.size) == ("PNG", (320, 200))
    pixels = np.asarray(picture)
    assert pixels.max() > 150
    assert np.median(pixels.max(axis=2)) < 60


def test_the_same_slices_draw_the_same_picture(slices):
    assert drawn(slices).tobytes() == drawn(slices).tobytes()


def test_a_body_is_where_the_camera_puts_it_in_its_own_colour(slices):
    pixels = np.asarray(drawn(slices)).astype(int)
    green = pixels[:, :, 1] - pixels[:, :, [0, 2]].max(axis=2)
    assert green.max() > 80


def test_nothing_to_see_is_an_empty_ground():
    pixels = np.asarray(drawn([]))
    assert (pixels == pixels[0, 0]).all()
