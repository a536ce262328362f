"""Colour: a note's hue is its pitch class, twelve of them round the wheel, C red.

All twelve are about equally bright, so that nobody needs to see hue to see that a note sounds;
the studio uses the same formulas.
"""

from collections.abc import Callable, Mapping

Light = tuple[float, float, float]  # red, green, blue, 0..1

LUMINANCE = 0.34
PALE: Light = (0.8, 0.86, 1.0)
_PALETTES: Mapping[str, Callable[[float], float]] = {
    "spectrum": lambda share: 12.0 * share,
    "monochrome": lambda share: 7.5,
    "complementary": lambda share: 6.6 if share < 0.5 else 0.9,
    "analogous": lambda share: 5.5 + 3.0 * share,
    "triadic": lambda share: 0.8 + 4.0 * int(share * 2.999),
}


def hue(pitch_class: float) -> float:
    """Give the hue of a pitch class (0..12, C is 0) in degrees; C is red."""
    return 30.0 * (pitch_class % 12.0)


def light(pitch_class: float, saturation: float = 0.8) -> Light:
    """Give the colour of a pitch class, pulled to one luminance."""
    return _even(_wheel(hue(pitch_class) / 60.0), saturation)


def hued(degrees: float, saturation: float = 0.8) -> Light:
    """Give the colour of a hue, pulled to one luminance."""
    return _even(_wheel(degrees / 60.0), saturation)


def lightened(colour: Light, share: float) -> Light:
    """Give a colour at another lightness: black at 0, itself at a half, white at 1."""
    if share < 0.5:
        return mixed((0.0, 0.0, 0.0), colour, 2.0 * share)
    return mixed(colour, (1.0, 1.0, 1.0), 2.0 * share - 1.0)


def rest(palette: str, share: float) -> Light:
    """Give the colour of a body that has not sung: a breath of its palette over moonlight.

    `share` is where it stands among the bodies, 0..1.
    """
    own = light(_PALETTES.get(palette, _PALETTES["spectrum"])(share))
    return mixed(PALE, own, 0.5)


def mixed(one: Light, other: Light, share: float) -> Light:
    """Give a colour so far on the way from one to another."""
    return tuple(a + (b - a) * share for a, b in zip(one, other, strict=True))  # type: ignore[return-value]  # three in, three out


def of_hex(text: str) -> Light | None:
    """Read "#33ffaa" or "#3fa"; None of anything else."""
    digits = text.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    if not text.startswith("#") or len(digits) != 6:
        return None
    try:
        red, green, blue = (int(digits[at : at + 2], 16) / 255.0 for at in (0, 2, 4))
    except ValueError:
        return None
    return (red, green, blue)


def luminance(colour: Light) -> float:
    """Give how bright a colour is to the eye, 0..1 (Rec. 709 weights, gamma 2.2)."""
    red, green, blue = (max(channel, 0.0) ** 2.2 for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _wheel(sixth: float) -> Light:
    def ramp(shift: float) -> float:
        return min(1.0, max(0.0, abs((sixth + shift) % 6.0 - 3.0) - 1.0))

    return (ramp(0.0), ramp(4.0), ramp(2.0))


def _even(colour: Light, saturation: float) -> Light:
    red, green, blue = (1.0 + (channel - 1.0) * saturation for channel in colour)
    found: Light = (red, green, blue)
    if luminance(found) > LUMINANCE:
        down = (LUMINANCE / luminance(found)) ** (0.5 / 2.2)
        found = (red * down, green * down, blue * down)
    for _ in range(8):
        if luminance(found) >= LUMINANCE:
            break
        found = mixed(found, (1.0, 1.0, 1.0), 0.1)
    return found
