"""What makes a drawing a picture: its halo, how bright and how soft it is, what it stands on."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageFilter

DARK = (8, 10, 18)
PAPER = (244, 245, 248)


@dataclass(frozen=True, slots=True)
class Finish:
    """The parameters of the picture that are about all of it."""

    glow: float
    blur: float
    brightness: float
    background: str  # dark | light

    def applied(self, drawing: Image.Image, lights: Image.Image) -> Image.Image:
        """Give the picture of a drawing on black and of what shines in it."""
        width, height = drawing.size
        halo = lights.resize((width // 4, height // 4), Image.Resampling.BOX)
        halo = halo.filter(ImageFilter.GaussianBlur(height / 220)).resize(drawing.size)
        lit = ImageChops.screen(drawing, halo.point(lambda value: int(value * 1.4 * self.glow)))
        # 0.8 is how bright things are by themselves.
        lit = lit.point(lambda value: min(255, int(value * self.brightness / 0.8)))
        if self.blur > 0.0:
            lit = lit.filter(ImageFilter.GaussianBlur(self.blur * height / 60))
        return on_paper(lit) if self.background == "light" else ImageChops.screen(_ground(lit), lit)


def _ground(lit: Image.Image) -> Image.Image:
    return Image.new("RGB", lit.size, DARK)


def on_paper(lit: Image.Image) -> Image.Image:
    """Give light on black as ink on paper: as much of its colour as there was light."""
    light = np.asarray(lit).astype(np.float64) / 255.0
    much = light.max(axis=2, keepdims=True)
    colour = 0.62 * light / np.maximum(much, 1e-9)
    paper = np.array(PAPER) / 255.0
    return Image.fromarray((255.0 * (paper + (colour - paper) * much)).astype(np.uint8))
