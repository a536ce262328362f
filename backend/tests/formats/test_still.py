import dataclasses
import io

import numpy as np
import pytest
from PIL import Image

from app.core.document import parse
from app.core.mapping.look import CHANNELS
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


def looking(slices, **channels):
    """Give the slices with body b looking so."""
    rows = np.full((1, 2, 6), np.nan)
    for name, value in channels.items():
        rows[0, 1, CHANNELS.index(name)] = value
    return [dataclasses.replace(one, looks=np.repeat(rows, one.ticks, axis=0)) for one in slices]


def brightness(picture):
    return np.asarray(picture).astype(float).sum()


@pytest.mark.parametrize(
    ("channel", "low", "high"),
    [("size", 0.5, 6), ("lightness", 0.1, 1), ("glow", 0, 1), ("trail", 0, 1), ("opacity", 0.1, 1)],
)
def test_a_body_is_drawn_as_the_rules_say_it_looks(slices, channel, low, high):
    little = brightness(drawn(looking(slices, **{"size": 6, channel: low})))
    much = brightness(drawn(looking(slices, **{"size": 6, channel: high})))
    assert much > little * 1.001


def test_a_hue_of_the_rules_is_seen(slices):
    red = np.asarray(drawn(looking(slices, hue=0.0, size=5))).astype(int)
    blue = np.asarray(drawn(looking(slices, hue=240.0, size=5))).astype(int)
    assert (red[..., 0] - red[..., 2]).max() > 60
    assert (blue[..., 2] - blue[..., 0]).max() > 60


def test_parameters_of_the_picture_are_as_story_and_rules_have_moved_them(slices):
    moved = [dataclasses.replace(one, visual={"visual.camera.zoom": 3}) for one in slices]
    zoomed = DARK.patched({"visual": {"camera": {"zoom": 3}}})
    assert drawn(moved).tobytes() == drawn(slices, zoomed).tobytes()
    assert drawn(moved).tobytes() != drawn(slices).tobytes()
    assert still.by_section({"a.b": 1, "a.c.d": 2}) == {"a": {"b": 1, "c": {"d": 2}}}
