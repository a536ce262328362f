import itertools

import pytest

from app.core.visuals import colour


def test_hue_goes_round_by_pitch_class():
    assert [colour.hue(n) for n in (0, 3, 9, 12)] == [0.0, 90.0, 270.0, 0.0]
    red, green, blue = colour.light(0.0)
    assert red > green
    assert red > blue


def test_all_twelve_are_about_equally_bright():
    brightness = [colour.luminance(colour.light(n)) for n in range(12)]
    assert max(brightness) / min(brightness) < 2.2


def test_the_twelve_are_told_apart():
    for one, other in itertools.combinations(range(12), 2):
        a, b = colour.light(one), colour.light(other)
        assert sum(abs(x - y) for x, y in zip(a, b, strict=True)) > 0.08


@pytest.mark.parametrize(
    "palette", ["spectrum", "monochrome", "complementary", "analogous", "triadic"]
)
def test_a_body_at_rest_is_pale_and_within_the_colours_there_are(palette):
    for share in (0.0, 0.3, 0.99):
        assert all(0.35 < channel <= 1.0 for channel in colour.rest(palette, share))


def test_hexadecimal_colours_are_read_and_others_are_none():
    assert colour.of_hex("#ff8000") == pytest.approx((1.0, 128 / 255, 0.0))
    assert colour.of_hex("#f80") == pytest.approx((1.0, 136 / 255, 0.0))
    assert [colour.of_hex(text) for text in ("", "red", "#12", "#gggggg")] == [None] * 4


def test_lightness_goes_from_black_through_the_colour_to_white():
    own = colour.hued(200.0)
    assert colour.lightened(own, 0.0) == (0.0, 0.0, 0.0)
    assert colour.lightened(own, 0.5) == pytest.approx(own)
    assert colour.lightened(own, 1.0) == pytest.approx((1.0, 1.0, 1.0))
