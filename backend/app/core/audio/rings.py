"""A ring of samples, written and read a stretch at a time: in at most two straight runs."""

from app.core.audio.layout import Array
from app.core.numbers.kernel import kernel


@kernel
def put(ring: Array, at: int, signal: Array) -> None:
    """Write a stretch from place `at` on, 0 <= at < len(ring), going round at the end."""
    first = min(len(signal), len(ring) - at)
    straight = ring[at:]
    for j in range(first):
        straight[j] = signal[j]
    rest = signal[first:]
    for j in range(len(rest)):
        ring[j] = rest[j]


@kernel
def take(ring: Array, at: int, out: Array) -> None:
    """Read a stretch from place `at` on, going round; a place below 0 counts from the end."""
    at = at if at >= 0 else at + len(ring)
    first = min(len(out), len(ring) - at)
    straight = ring[at:]
    for j in range(first):
        out[j] = straight[j]
    rest = out[first:]
    for j in range(len(rest)):
        rest[j] = ring[j]
