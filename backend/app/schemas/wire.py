"""The binary messages of `mundi.v1`: slices and sound, encoded once and read back.

A message is a header of 40 bytes and parts, little endian; each part is 8 bytes of its own
header and a payload padded to a multiple of four. docs/LIVE.md has the whole layout.
"""

import json
import math
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from app.core.audio.ear import Heard
from app.core.music.note import Control, Note
from app.core.numbers.grid import SAMPLES_PER_TICK, TICKS_PER_FRAME
from app.core.performance.slice import Meters, Slice
from app.errors import SyntaxFault

MAGIC = b"MUND"
VERSION = 1
SLICE, SOUND = 1, 2
FRAMES, NOTES, METERS, SAMPLES, LOOKS, PICTURE = 1, 2, 3, 4, 5, 6
PCM16 = 1
KEYFRAME, STILL = 1, 2  # flags: needs nothing before it; shows a paused world, sounds nothing
CROWDED = 500  # above so many bodies, one frame a message
C0_HZ = 440 * 2 ** (-57 / 12)

_HEADER = struct.Struct("<4sBBHIHHQ16s")
_PART = struct.Struct("<BBHI")
_FRAMES = struct.Struct("<IHH4f")
_METERS = struct.Struct("<16f")
_CODEC = struct.Struct("<B3x")


@dataclass(frozen=True, slots=True)
class Header:
    """What every message says of itself."""

    kind: int
    journal: UUID
    generation: int
    tick: int
    ticks: int
    flags: int = KEYFRAME


@dataclass(frozen=True, slots=True)
class Reach:
    """The cube that positions are clipped to, so that one lost body does not blur the rest."""

    centre: tuple[float, float, float]
    half: float


@dataclass(frozen=True, slots=True)
class Message:
    """A message read back: the header and each part, decoded."""

    header: Header
    roster: int = 0
    positions: NDArray[np.float64] | None = None  # (frames, bodies, 3), length
    notes: tuple[dict[str, Any], ...] = ()
    meters: Meters | None = None
    looks: NDArray[np.float64] | None = None  # (bodies, 6), nan as it is: see core.mapping.look
    visual: dict[str, Any] = field(default_factory=dict)
    samples: NDArray[np.int16] | None = None  # (ticks * 400, 2)


def slice_message(
    piece: Slice, header: Header, *, roster: int, reach: Reach | None = None
) -> bytes:
    """Encode what is seen of a slice: frames, notes and the ends of held notes, meters."""
    step = TICKS_PER_FRAME if len(piece.roster) <= CROWDED else max(piece.ticks, 1)
    positions = piece.frames[::step, :, :3]
    heard = [note_out(note) for note in piece.notes] + list(_ends(piece.controls))
    parts = [
        _part(FRAMES, len(positions), _frames(positions, roster, reach)),
        _part(NOTES, len(heard), _json(heard)),
        _part(METERS, 1, _meters(piece.meters)),
    ]
    if len(piece.looks):
        parts.append(_part(LOOKS, len(piece.roster), looks_out(piece.looks[-1])))
    if piece.visual:
        parts.append(_part(PICTURE, len(piece.visual), _json(piece.visual)))
    return _message(header, parts)


def looks_out(rows: NDArray[np.float64]) -> bytes:
    """Encode (bodies, 6) looks as a byte each: 0 to 254 over the channel's reach, 255 as it is.

    Hue reaches over 360 degrees, size from a tenth to ten times in equal ratios, the rest over 0..1.
    """
    shares = rows / np.array([360.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    shares[:, 2] = 0.5 + 0.5 * np.log10(rows[:, 2])
    steps: NDArray[np.float64] = np.rint(254.0 * np.clip(shares, 0.0, 1.0))
    steps[np.isnan(rows)] = 255.0
    return steps.astype(np.uint8).tobytes()


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def sound_message(pcm16: bytes, header: Header) -> bytes:
    """Encode what is heard of a slice: interleaved PCM16 stereo at 48 kHz."""
    return _message(header, [_part(SAMPLES, 1, _CODEC.pack(PCM16) + pcm16)])


def note_out(note: Note) -> dict[str, Any]:
    """Put a note in the words of the wire; a held note has no duration."""
    return {
        "id": note.id,
        "sample": note.sample,
        "hz": round(note.hz, 4),
        "pitch_class": round(12 * math.log2(note.hz / C0_HZ) % 12, 3),
        "velocity": round(note.velocity, 4),
        "duration": None if math.isinf(note.duration_s) else round(note.duration_s, 4),
        "voice": note.voice,
        "pan": round(note.pan, 4),
        "bodies": list(note.bodies),
        "place": [float(f"{value:.6g}") for value in note.place],
        "rule": note.rule,
        "event": note.event,
    }


def decode(message: bytes) -> Message:
    """Read a message back; raises SyntaxFault for bytes that are not one."""
    header, count = _read_header(message)
    found: dict[str, Any] = {"header": header}
    at = _HEADER.size
    for _ in range(count):
        kind, payload, at = _read_part(message, at)
        found |= _READERS[kind](payload) if kind in _READERS else {}
    return Message(**found)


def _message(header: Header, parts: Sequence[bytes]) -> bytes:
    start = _HEADER.pack(
        MAGIC,
        VERSION,
        header.kind,
        header.flags,
        header.generation,
        header.ticks,
        len(parts),
        header.tick,
        header.journal.bytes,
    )
    return b"".join((start, *parts))


def _part(kind: int, count: int, payload: bytes) -> bytes:
    padding = bytes(-len(payload) % 4)
    return _PART.pack(kind, 0, count, len(payload)) + payload + padding


def _frames(positions: NDArray[np.float64], roster: int, reach: Reach | None) -> bytes:
    """Quantise positions to 16 bits of the smallest cube that holds them all."""
    # A world that ran to infinity is still shown: at the rim.
    finite = np.nan_to_num(positions, nan=0.0, posinf=1e30, neginf=-1e30)
    if reach is not None:
        centre = np.array(reach.centre)
        finite = np.clip(finite, centre - reach.half, centre + reach.half)
    low, high = (
        (finite.min(axis=(0, 1)), finite.max(axis=(0, 1)))
        if finite.size
        else (np.zeros(3), np.zeros(3))
    )
    origin = ((low + high) / 2).astype(np.float32)
    scale = np.float32(max(float(np.max(high - low)) / 2, 1e-30) / 32_000)
    steps = np.rint((finite - origin.astype(np.float64)) / np.float64(scale))
    start = _FRAMES.pack(roster, len(positions), positions.shape[1], *origin.tolist(), float(scale))
    return start + np.clip(steps, -32_767, 32_767).astype("<i2").tobytes()


def _ends(controls: Iterable[Control]) -> Iterable[dict[str, int]]:
    """Say at which sample each held note ends."""
    return (
        {"id": control.note, "ends": control.tick * SAMPLES_PER_TICK}
        for control in controls
        if control.ends
    )


def _meters(meters: Meters) -> bytes:
    heard = meters.heard
    return _METERS.pack(
        meters.peak,
        meters.rms,
        meters.energy_error,
        heard.momentary,
        heard.integrated,
        heard.centroid_hz,
        *heard.bands_db,
    )


def _read_meters(payload: bytes) -> Meters:
    peak, rms, error, momentary, integrated, centre, *bands = _METERS.unpack(payload)
    return Meters(peak, rms, error, Heard(momentary, integrated, centre, tuple(bands)))


def _read_header(message: bytes) -> tuple[Header, int]:
    if len(message) < _HEADER.size:
        raise SyntaxFault(f"a message has {_HEADER.size} bytes or more; this has {len(message)}")
    magic, version, kind, flags, generation, ticks, parts, tick, journal = _HEADER.unpack_from(
        message
    )
    if (magic, version) != (MAGIC, VERSION):
        raise SyntaxFault(f"a message begins with MUND and 1; this with {magic!r} and {version}")
    return Header(kind, UUID(bytes=journal), generation, tick, ticks, flags), parts


def _read_part(message: bytes, at: int) -> tuple[int, bytes, int]:
    if len(message) < at + _PART.size:
        raise SyntaxFault("the message ends within a part")
    kind, _, _, size = _PART.unpack_from(message, at)
    start = at + _PART.size
    if len(message) < start + size:
        raise SyntaxFault("the message ends within a part")
    return kind, message[start : start + size], start + size + -size % 4


def _read_frames(payload: bytes) -> dict[str, Any]:
    roster, frames, bodies, *origin, scale = _FRAMES.unpack_from(payload)
    steps = np.frombuffer(payload, "<i2", offset=_FRAMES.size).reshape(frames, bodies, 3)
    return {"roster": roster, "positions": np.array(origin) + steps * np.float64(scale)}


def _read_looks(payload: bytes) -> dict[str, Any]:
    steps = np.frombuffer(payload, np.uint8).reshape(-1, 6)
    rows = steps / 254.0 * np.array([360.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    rows[:, 2] = 10.0 ** (2.0 * rows[:, 2] - 1.0)
    return {"looks": np.where(steps == 255, np.nan, rows)}


def _read_sound(payload: bytes) -> dict[str, Any]:
    return {"samples": np.frombuffer(payload, "<i2", offset=_CODEC.size).reshape(-1, 2)}


_READERS: Mapping[int, Callable[[bytes], dict[str, Any]]] = {
    FRAMES: _read_frames,
    NOTES: lambda payload: {"notes": tuple(json.loads(payload))},
    METERS: lambda payload: {"meters": _read_meters(payload)},
    SAMPLES: _read_sound,
    LOOKS: _read_looks,
    PICTURE: lambda payload: {"visual": json.loads(payload)},
}
