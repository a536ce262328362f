import dataclasses
import io

import numpy as np
import pytest
from PIL import Image

from app.core.document import parse
from app.core.mapping.look import CHANNELS
from app.core.parameters.visual import KINDS
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


def shown(**visual):
    return DARK.patched({"visual": visual})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_picture_of_its_own(slices, kind):
    picture = drawn(slices, shown(kind=kind))
    assert np.asarray(picture).max() > 100
    others = [one for one in KINDS if one != kind]
    assert all(picture.tobytes() != drawn(slices, shown(kind=one)).tobytes() for one in others)
    nothing = drawn([], shown(kind=kind))
    assert nothing.size == picture.size


def test_a_custom_picture_knows_only_what_its_rules_say(slices):
    silent = [dataclasses.replace(one, notes=()) for one in slices]
    custom = shown(kind="custom")
    assert drawn(slices, custom).tobytes() == drawn(silent, custom).tobytes()


def test_a_custom_palette_colours_bodies_that_have_not_sung(slices):
    silent = [dataclasses.replace(one, notes=()) for one in slices]
    red = shown(palette="custom", colours=["#ff0000"], particle_size=6)
    pixels = np.asarray(drawn(silent, red)).astype(int)
    assert (pixels[..., 0] - pixels[..., 2]).max() > 120


def test_brightness_blur_and_background_are_of_the_whole_picture(slices):
    plain = np.asarray(drawn(slices)).astype(float)
    bright = np.asarray(drawn(slices, shown(brightness=1))).astype(float)
    soft = np.asarray(drawn(slices, shown(blur=1))).astype(float)
    paper = np.asarray(drawn(slices, shown(background="light"))).astype(float)
    assert bright.sum() > plain.sum() > np.asarray(drawn(slices, shown(brightness=0.3))).sum()
    assert np.abs(np.diff(soft, axis=1)).max() < 0.3 * np.abs(np.diff(plain, axis=1)).max()
    assert np.median(paper) > 230


def test_a_followed_body_is_in_the_middle(slices):
    place = np.asarray(
        drawn(slices, shown(camera={"follow": "b"}, particle_size=3, trail_length=0))
    )
    green = place[..., 1].astype(int) - place[..., [0, 2]].max(axis=2)
    y, x = np.unravel_index(int(np.argmax(green)), green.shape)
    assert abs(x - 160) < 8
    assert abs(y - 100) < 8


def test_a_grid_and_labels_are_drawn(slices):
    plain = brightness(drawn(slices))
    assert brightness(drawn(slices, shown(grid=True))) > plain * 1.005
    assert brightness(drawn(slices, shown(labels=True))) > plain
