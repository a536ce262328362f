"""Pictures of what is heard and of how it moves: curves of light on black, each from a few seconds."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from app.core.mapping.pitch import key_number, pitch_class
from app.core.music.note import Note
from app.core.numbers.grid import SAMPLE_RATE
from app.core.visuals.colour import PALE, Light, light, mixed

Floats = NDArray[np.float64]
PLOT_S = 6.0
SCORE_S = 12.0
_KEYS = (28.0, 100.0)  # E1 to E7
_BAND_HZ = (40.0, 16_000.0)
_FLOOR_DB = -90.0
_WINDOW = 4096


def waveform(size: tuple[int, int], samples: Floats) -> Image.Image:
    """Draw the sound of the last seconds, left above right, loudest to the edge of its half.

    Args:
        size: width and height, pixels.
        samples: (n, 2), as heard.
    """
    picture, pen = _blank(size)
    columns = np.array_split(samples, size[0]) if len(samples) >= size[0] else []
    for x, part in enumerate(columns):
        for side in range(2):
            middle, reach = (0.25 + 0.5 * side) * size[1], 0.24 * size[1]
            top, bottom = middle - reach * part[:, side].max(), middle - reach * part[:, side].min()
            pen.line([x, top, x, max(bottom, top + 1)], fill=ink(PALE, 0.9))
    return picture


def spectrum(size: tuple[int, int], samples: Floats) -> Image.Image:
    """Draw how loud each frequency is now, 40 Hz to 16 kHz in octaves, down to -90 dB."""
    picture, pen = _blank(size)
    levels = _levels(samples[-_WINDOW:], size[0])
    for x, level in enumerate(levels.tolist()):
        colour = light(12.0 * _octave(x, size[0]))
        pen.line([x, size[1], x, size[1] * (1.0 - level)], fill=ink(colour, 0.25 + 0.75 * level))
    return picture


def spectrogram(size: tuple[int, int], samples: Floats) -> Image.Image:
    """Draw the spectrum of the last seconds, time from left to right, low at the bottom."""
    rows, columns = 256, 300
    grid = np.zeros((rows, columns))
    span = int(PLOT_S * SAMPLE_RATE)
    for column in range(columns):
        end = len(samples) - span + (column + 1) * span // columns
        if end > 0:
            grid[::-1, column] = _levels(samples[max(0, end - _WINDOW) : end], rows)
    hot = np.stack((grid**0.8, grid**1.6, grid**0.6 * (1.0 - 0.4 * grid)), axis=2)
    return Image.fromarray((255.0 * np.clip(hot, 0.0, 1.0)).astype(np.uint8)).resize(size)


def score(size: tuple[int, int], notes: Sequence[Note], now_s: float) -> Image.Image:
    """Draw the notes of the last seconds as bars: pitch upward, time to the right."""
    picture, pen = _blank(size)
    low, high = _KEYS
    thick = max(2.0, size[1] / (high - low) * 0.8)
    for note in notes:
        start, end = note.heard_s, min(note.heard_s + note.duration_s, now_s)
        if end < now_s - SCORE_S or start > now_s:
            continue
        left, right = (size[0] * (1.0 - (now_s - at) / SCORE_S) for at in (start, end))
        y = size[1] * (1.0 - (key_number(note.hz) - low) / (high - low))
        colour = ink(light(pitch_class(note.hz)), 0.3 + 0.7 * note.velocity)
        pen.rectangle([left, y - thick / 2, max(right, left + 2), y + thick / 2], fill=colour)
    return picture


def phase_space(size: tuple[int, int], frames: Floats, colours: Sequence[Light]) -> Image.Image:
    """Draw each body's path through place and speed: x to the right, its velocity upward.

    Args:
        size: width and height, pixels.
        frames: (ticks, bodies, 6), the newest last.
        colours: of the bodies.
    """
    picture, pen = _blank(size)
    x, v = frames[:, :, 0], frames[:, :, 3]
    for row, colour in enumerate(colours):
        path = np.column_stack(
            (_across(x[:, row], x, size[0]), size[1] - _across(v[:, row], v, size[1]))
        )
        if len(path) > 1:
            pen.line([tuple(one) for one in path.tolist()], fill=ink(colour, 0.6), width=2)
        px, py = path[-1].tolist()
        pen.ellipse([px - 5, py - 5, px + 5, py + 5], fill=ink(colour, 1.0))
    return picture


def ink(colour: Light, strength: float) -> tuple[int, int, int]:
    """Give a colour at a strength as Pillow has it."""
    red, green, blue = (int(255 * min(max(channel * strength, 0.0), 1.0)) for channel in colour)
    return (red, green, blue)


def _blank(size: tuple[int, int]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", size, (0, 0, 0))
    pen = ImageDraw.Draw(picture, "RGB")
    pen.line([0, size[1] // 2, size[0], size[1] // 2], fill=ink(mixed(PALE, (0, 0, 0), 0.9), 1.0))
    return picture, pen


def _levels(samples: Floats, bands: int) -> Floats:
    """Give how loud a stretch is in bands of equal intervals: 0 at -90 dB, 1 at full scale."""
    if len(samples) < 2:
        return np.zeros(bands)
    mono = samples.mean(axis=1) * np.hanning(len(samples))
    power = np.abs(np.fft.rfft(mono, _WINDOW)) * 4.0 / len(samples)
    edges = np.geomspace(*_BAND_HZ, bands + 1) * _WINDOW / SAMPLE_RATE
    starts = np.minimum(edges[:-1].astype(int), len(power) - 1)
    ends = np.maximum(edges[1:].astype(int), starts + 1)
    peaks = np.array([power[a:b].max() for a, b in zip(starts, ends, strict=True)])
    levels = 1.0 - 20.0 * np.log10(np.maximum(peaks, 1e-9)) / _FLOOR_DB
    return np.clip(levels, 0.0, 1.0)


def _octave(x: int, width: int) -> float:
    """Give the part of its octave a column of the spectrum lies at, C at 0."""
    hz = _BAND_HZ[0] * (_BAND_HZ[1] / _BAND_HZ[0]) ** (x / width)
    return math.log2(hz / 261.6255653) % 1.0


def _across(values: Floats, of: Floats, size: int) -> Floats:
    """Give where values lie between the least and most of all, in pixels with a margin."""
    low, high = float(of.min()), float(of.max())
    return size * (0.06 + 0.88 * (values - low) / (high - low or 1.0))
