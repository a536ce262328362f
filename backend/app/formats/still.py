"""A still: the picture at the end of a run of slices, as PNG, with trails and rings."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.core.document import Document
from app.core.music.note import Note
from app.core.numbers.grid import TICKS_PER_SECOND
from app.core.performance.slice import Slice
from app.core.visuals import scenery
from app.core.visuals.camera import Camera, fitted
from app.core.visuals.colour import PALE, Light, mixed
from app.core.visuals.picture import TRAIL_S, Lamp, Lamps, Ring, last_sung, ring, seen, trail

WIDTH, HEIGHT = 1280, 800
# Drawn larger and brought down: Pillow's own lines have stairs.
FINE = 2
GROUND = (8, 10, 18)
_KEEP_TICKS = int(TRAIL_S * TICKS_PER_SECOND)


class StillWriter:
    """Remembers the last seconds of a performance and draws its last moment."""

    def __init__(
        self, stream: BinaryIO, document: Document, *, width: int = WIDTH, height: int = HEIGHT
    ) -> None:
        self._stream = stream
        self._document = document
        self._size = (width * FINE, height * FINE)
        self._out = (width, height)
        self._pivots = scenery.pivots(document)
        self._roster: tuple[str, ...] = ()
        self._frames: NDArray[np.float64] = np.zeros((0, 0, 6))
        self._notes: list[Note] = []
        self._low = np.full(3, np.inf)
        self._high = np.full(3, -np.inf)
        self._now_s = 0.0
        self._looks: NDArray[np.float64] = np.zeros((0, 6))
        self._visual: Mapping[str, Any] = {}

    def take(self, piece: Slice) -> None:
        """Remember one slice."""
        if piece.roster != self._roster:
            self._roster, self._frames = piece.roster, piece.frames[:0]
        if piece.frames.size:
            self._frames = np.concatenate((self._frames, piece.frames))[-_KEEP_TICKS:]
            self._low = np.minimum(self._low, piece.frames[:, :, :3].min(axis=(0, 1)))
            self._high = np.maximum(self._high, piece.frames[:, :, :3].max(axis=(0, 1)))
        self._notes += piece.notes
        self._looks = piece.looks[-1] if len(piece.looks) else np.zeros((0, 6))
        self._visual = piece.visual
        self._now_s = (piece.tick + piece.ticks) / TICKS_PER_SECOND
        self._notes = self._notes[-4096:]

    def close(self) -> None:
        """Draw, and write the PNG."""
        self.image().save(self._stream, format="PNG")

    def image(self) -> Image.Image:
        """Draw the last moment, with the picture's parameters as story and rules have moved them."""
        if self._visual:
            self._document = self._document.patched(by_section(self._visual))
        picture = Image.new("RGB", self._size, (0, 0, 0))
        if self._frames.size:
            self._draw(picture)
        glow = self._number("glow")
        halo = self._lights(picture).resize(
            (self._size[0] // 4, self._size[1] // 4), Image.Resampling.BOX
        )
        halo = halo.filter(ImageFilter.GaussianBlur(self._size[1] / 220)).resize(self._size)
        halo = halo.point(lambda value: int(value * 1.4 * glow))
        lit = ImageChops.screen(picture, halo)
        lit = ImageChops.screen(Image.new("RGB", self._size, GROUND), lit)
        return lit.resize(self._out, Image.Resampling.LANCZOS)

    def _draw(self, picture: Image.Image) -> None:
        camera = self._camera()
        pen = ImageDraw.Draw(picture, "RGB")
        lamps = self._lamps()
        still = scenery.lines(self._document, self._low, self._high)
        for line in still + scenery.rods(self._pivots, self._roster, self._frames[-1]):
            _line(pen, camera, line)
        for row, lamp in enumerate(lamps):
            length = self._number("trail_length") if math.isnan(lamp.trail) else lamp.trail
            _trail(pen, camera, trail(self._frames, row, length=length), lamp)
        saturation = self._number("saturation")
        for note in self._notes:
            grown = ring(note, self._now_s, saturation)
            if grown is not None:
                _ring(pen, camera, grown, self._size[1])
        for row in np.argsort(camera.project(self._frames[-1, :, :3])[:, 2]).tolist():
            _lamp(pen, camera, self._frames[-1, row, :3], lamps[row], self._disc())

    def _lights(self, picture: Image.Image) -> Image.Image:
        """Give what shines: the picture, with bodies as bright as their own glow."""
        if not len(self._looks):
            return picture
        camera, found = self._camera(), picture.copy()
        pen = ImageDraw.Draw(found, "RGB")
        for row, lamp in enumerate(self._lamps()):
            if not math.isnan(lamp.glow):
                part = mixed(
                    (0.0, 0.0, 0.0), lamp.colour, lamp.glow / max(self._number("glow"), 0.05)
                )
                _lamp(
                    pen, camera, self._frames[-1, row, :3], replace(lamp, colour=part), self._disc()
                )
        return found

    def _lamps(self) -> list[Lamp]:
        own, sung = Lamps(self._document), last_sung(self._notes)
        lamps = [own.lamp(name, sung.get(name), self._now_s) for name in self._roster]
        if len(self._looks) != len(lamps):
            return lamps
        saturation = self._number("saturation")
        rows = self._looks.tolist()
        return [seen(lamp, row, saturation) for lamp, row in zip(lamps, rows, strict=True)]

    def _camera(self) -> Camera:
        low, high = self._low, self._high
        # A little air, so that rings at the edge are seen whole.
        air = 0.06 * float(np.max(high - low))
        seen = [scenery.corners(low - air, high + air), *self._pivots.values()]
        seen += scenery.lines(self._document, low, high)
        return fitted(self._document, np.vstack(seen), width=self._size[0], height=self._size[1])

    def _disc(self) -> float:
        return 0.006 * self._size[1] * self._number("particle_size")

    def _number(self, name: str) -> float:
        return float(self._document.value(f"visual.{name}"))


def by_section(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give values by path as the patch of a document: "visual.camera.zoom" is nested twice."""
    patch: dict[str, Any] = {}
    for path, value in values.items():
        *outer, last = path.split(".")
        here = patch
        for step in outer:
            here = here.setdefault(step, {})
        here[last] = value
    return patch


def _ink(colour: Light, strength: float) -> tuple[int, int, int]:
    red, green, blue = (int(255 * min(max(channel * strength, 0.0), 1.0)) for channel in colour)
    return (red, green, blue)


def _line(pen: ImageDraw.ImageDraw, camera: Camera, places: NDArray[np.float64]) -> None:
    """Draw what stands still, faintly."""
    seen = [(x, y) for x, y in camera.project(places)[:, :2].tolist()]
    pen.line(seen, fill=_ink(PALE, 0.22), width=FINE)


def _trail(
    pen: ImageDraw.ImageDraw, camera: Camera, places: NDArray[np.float64], lamp: Lamp
) -> None:
    """Draw a path that fades toward its old end."""
    if len(places) < 2:
        return
    seen = camera.project(places[::2])[:, :2].tolist()
    for number in range(1, len(seen)):
        share = number / len(seen)
        line = [tuple(seen[number - 1]), tuple(seen[number])]
        pen.line(
            line, fill=_ink(lamp.colour, 0.55 * share**1.5), width=1 + round(2.0 * share * FINE)
        )


def _ring(pen: ImageDraw.ImageDraw, camera: Camera, seen: Ring, height: int) -> None:
    x, y, _ = camera.project(np.array([seen.place]))[0].tolist()
    radius = 0.11 * height * (0.12 + 0.88 * seen.grown)
    box = [x - radius, y - radius, x + radius, y + radius]
    width = 1 + round((0.6 + 3.0 * (1.0 - seen.grown)) * FINE)
    pen.ellipse(box, outline=_ink(seen.colour, seen.strength), width=width)


def _lamp(
    pen: ImageDraw.ImageDraw, camera: Camera, place: NDArray[np.float64], lamp: Lamp, disc: float
) -> None:
    x, y, scale = camera.project(place[None, :])[0].tolist()
    radius = max(disc * lamp.size, lamp.radius * scale) * (1.0 + 0.5 * lamp.flash)
    if not math.isfinite(x + y + radius):
        return
    white: Light = (1.0, 1.0, 1.0)
    body = tuple(a + (b - a) * lamp.flash for a, b in zip(lamp.colour, white, strict=True))
    pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=_ink(body, 1.0))  # type: ignore[arg-type]  # three in, three out


def write(
    slices: Iterable[Slice],
    stream: BinaryIO,
    document: Document,
    *,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> None:
    """Draw the last moment of a performance; the slices before it give trails and rings."""
    writer = StillWriter(stream, document, width=width, height=height)
    for piece in slices:
        writer.take(piece)
    writer.close()
