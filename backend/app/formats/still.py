"""A still: the picture at the end of a run of slices, as PNG, with trails and rings."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from app.core.document import Document
from app.core.music.note import Note
from app.core.numbers.grid import SAMPLE_RATE, TICKS_PER_SECOND
from app.core.performance.slice import Slice
from app.core.visuals import scenery
from app.core.visuals.camera import Camera, fitted
from app.core.visuals.colour import PALE, Light, mixed
from app.core.visuals.picture import TRAIL_S, Lamp, Lamps, Ring, last_sung, ring, seen, trail
from app.formats import plots
from app.formats.finish import Finish
from app.formats.plots import ink

WIDTH, HEIGHT = 1280, 800
# Drawn larger and brought down: Pillow's own lines have stairs.
FINE = 2
_KEEP_TICKS = int(TRAIL_S * TICKS_PER_SECOND)
_KEEP_SAMPLES = int(plots.PLOT_S * SAMPLE_RATE)
# Kinds that show the bodies where they are; the others show what is heard.
BODILY = ("particles", "orbits", "custom")
_HEARD = {
    "waveform": plots.waveform,
    "spectrum": plots.spectrum,
    "spectrogram": plots.spectrogram,
}


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
        self._samples: NDArray[np.float32] = np.zeros((0, 2), np.float32)
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
        self._samples = np.concatenate((self._samples, piece.samples))[-_KEEP_SAMPLES:]
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
        drawing = self._drawing()
        lights = self._lights(drawing) if self._kind in BODILY else drawing
        finish = Finish(
            glow=self._number("glow"),
            blur=self._number("blur"),
            brightness=self._number("brightness"),
            background=self._document.value("visual.background"),
        )
        return finish.applied(drawing, lights).resize(self._out, Image.Resampling.LANCZOS)

    @property
    def _kind(self) -> str:
        return str(self._document.value("visual.kind"))

    def _drawing(self) -> Image.Image:
        """Draw what the picture is of, light on black."""
        size, samples = self._size, self._samples.astype(np.float64)
        if self._kind == "score":
            return plots.score(size, self._notes, self._now_s)
        if self._kind == "phase space" and self._frames.size:
            return plots.phase_space(size, self._frames, [lamp.colour for lamp in self._lamps()])
        if self._kind in _HEARD:
            return _HEARD[self._kind](size, samples)
        picture = Image.new("RGB", size, (0, 0, 0))
        if self._frames.size:
            self._draw(picture)
        return picture

    def _draw(self, picture: Image.Image) -> None:
        camera, lamps = self._camera(), self._lamps()
        pen = ImageDraw.Draw(picture, "RGB")
        self._scene(pen, camera)
        for row, lamp in enumerate(lamps):
            length = self._trail_length if math.isnan(lamp.trail) else lamp.trail
            _trail(pen, camera, trail(self._frames, row, length=length), lamp)
        saturation = self._number("saturation")
        for note in self._notes if self._kind == "particles" else ():
            grown = ring(note, self._now_s, saturation)
            if grown is not None:
                _ring(pen, camera, grown, self._size[1])
        for row in np.argsort(camera.project(self._frames[-1, :, :3])[:, 2]).tolist():
            _lamp(pen, camera, self._frames[-1, row, :3], lamps[row], self._disc())
        if self._document.value("visual.labels"):
            self._label(pen, camera, lamps)

    def _scene(self, pen: ImageDraw.ImageDraw, camera: Camera) -> None:
        """Draw what stands still, and the rods that join it to what moves."""
        if self._document.value("visual.grid"):
            for line in scenery.grid(self._low, self._high):
                _line(pen, camera, line, 0.1)
        still = scenery.lines(self._document, self._low, self._high)
        for line in still + scenery.rods(self._pivots, self._roster, self._frames[-1]):
            _line(pen, camera, line)

    def _label(self, pen: ImageDraw.ImageDraw, camera: Camera, lamps: Sequence[Lamp]) -> None:
        font = ImageFont.load_default(size=self._size[1] / 50)
        for row, lamp in enumerate(lamps):
            x, y, scale = camera.project(self._frames[-1, row, :3][None, :])[0].tolist()
            if math.isfinite(x + y):
                beside = max(self._disc() * lamp.size, lamp.radius * scale) + 6
                pen.text((x + beside, y), lamp.id, fill=ink(PALE, 0.9), font=font, anchor="lm")

    @property
    def _trail_length(self) -> float:
        """Orbits are all path: as long as it is remembered."""
        return 1.0 if self._kind == "orbits" else self._number("trail_length")

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
        own = Lamps(self._document)
        # A custom picture is what its rules say: notes leave no colour of their own.
        sung = {} if self._kind == "custom" else last_sung(self._notes)
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
        camera = fitted(self._document, np.vstack(seen), width=self._size[0], height=self._size[1])
        followed = self._document.value("visual.camera.follow")
        if followed not in self._roster:
            return camera
        return replace(camera, target=self._frames[-1, self._roster.index(followed), :3])

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


def _line(
    pen: ImageDraw.ImageDraw, camera: Camera, places: NDArray[np.float64], strength: float = 0.22
) -> None:
    """Draw what stands still, faintly."""
    seen = [(x, y) for x, y in camera.project(places)[:, :2].tolist()]
    pen.line(seen, fill=ink(PALE, strength), width=FINE)


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
            line, fill=ink(lamp.colour, 0.55 * share**1.5), width=1 + round(2.0 * share * FINE)
        )


def _ring(pen: ImageDraw.ImageDraw, camera: Camera, seen: Ring, height: int) -> None:
    x, y, _ = camera.project(np.array([seen.place]))[0].tolist()
    radius = 0.11 * height * (0.12 + 0.88 * seen.grown)
    box = [x - radius, y - radius, x + radius, y + radius]
    width = 1 + round((0.6 + 3.0 * (1.0 - seen.grown)) * FINE)
    pen.ellipse(box, outline=ink(seen.colour, seen.strength), width=width)


def _lamp(
    pen: ImageDraw.ImageDraw, camera: Camera, place: NDArray[np.float64], lamp: Lamp, disc: float
) -> None:
    x, y, scale = camera.project(place[None, :])[0].tolist()
    radius = max(disc * lamp.size, lamp.radius * scale) * (1.0 + 0.5 * lamp.flash)
    if not math.isfinite(x + y + radius):
        return
    white: Light = (1.0, 1.0, 1.0)
    body = tuple(a + (b - a) * lamp.flash for a, b in zip(lamp.colour, white, strict=True))
    pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=ink(body, 1.0))  # type: ignore[arg-type]  # three in, three out


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
