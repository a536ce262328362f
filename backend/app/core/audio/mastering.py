"""To a loudness: one constant gain, and the limiter where peaks would stand in its way."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.core.audio.engine import forget
from app.core.audio.layout import DESK, TICK
from app.core.audio.limiter import limit
from app.core.audio.meters import Loudness, decibels, true_peak
from app.core.audio.sounds import shared_filters
from app.core.numbers.grid import LOOKAHEAD_SAMPLES

Samples = NDArray[np.float32]
Piece = Callable[[], Iterable[Samples]]

TRUE_PEAK_DB = -1.0
LIMITING_MAX_DB = 6.0
CLOSE_LU = 0.25
TOLERANCE_LU = 0.5
LOUDNESS_MIN, LOUDNESS_MAX = -36.0, -9.0  # LUFS that may be asked for
UNHEARD = -70.0  # LUFS: the gate of EBU R 128
_TRIES = 4
_OVERLAP = 64  # samples either side of a cut that a true peak may lean on


@dataclass(frozen=True, slots=True)
class Master:
    """What brings a piece to its loudness, and how loud it then is."""

    gain_db: float
    limited: bool  # whether the limiter works; without it the gain alone is applied
    loudness: float  # reached, LUFS
    true_peak_db: float  # reached

    def applied(self, piece: Iterable[Samples]) -> Iterator[Samples]:
        """Give a piece at its loudness, as long as it was and in time with it."""
        gain = np.float64(10.0 ** (self.gain_db / 20.0))
        if self.limited:
            return _limited(piece, float(gain))
        return ((gain * part.astype(np.float64)).astype(np.float32) for part in piece)


def mastered(piece: Piece, target: float) -> Master:
    """Find the gain that brings a piece to a target in LUFS.

    The piece is heard once, and up to four times more where it must be limited. Where more than
    6 dB of limiting would be needed it stays quieter, and `loudness` says how loud it got. What is
    too quiet to be measured, below -70 LUFS, stays as it is.

    Args:
        piece: called for each hearing; whole ticks of (n, 2) samples.
        target: LUFS, -23 for broadcast, -16 or -14 for players.
    """
    loud, peak_db = _heard(piece())
    if loud <= UNHEARD:
        return Master(0.0, False, loud, peak_db)
    gain = target - loud
    room = TRUE_PEAK_DB - peak_db
    if gain <= room:
        return Master(gain, False, target, peak_db + gain)
    gain = min(gain, room + LIMITING_MAX_DB)
    best = Master(gain, True, loud, peak_db)
    for _ in range(_TRIES):
        reached, highest_db = _heard(best.applied(piece()))
        best = Master(gain, True, reached, highest_db)
        wanted = min(gain + target - reached, room + LIMITING_MAX_DB)
        if abs(target - reached) <= CLOSE_LU or wanted == gain:
            break
        gain = wanted
        best = replace(best, gain_db=gain)
    return best


def _heard(parts: Iterable[Samples]) -> tuple[float, float]:
    """Measure loudness in LUFS and true peak in dB, part by part."""
    meter, highest = Loudness(), 0.0
    last = np.zeros((_OVERLAP, 2), dtype=np.float32)
    for part in parts:
        meter.hear(part)
        whole = np.concatenate((last, part))
        highest = max(highest, true_peak(whole))
        last = whole[-_OVERLAP:]
    return meter.integrated, decibels(highest)


def _limited(piece: Iterable[Samples], gain: float) -> Iterator[Samples]:
    """Turn a piece up through the limiter; what the look-ahead holds back comes at the end."""
    desk = np.zeros(1, dtype=DESK)
    forget(desk[0])
    early = LOOKAHEAD_SAMPLES
    for part in piece:
        yield _through(desk, part, gain)[early:]
        early = 0
    silence = np.zeros((TICK, 2), dtype=np.float32)
    yield _through(desk, silence, gain)[:LOOKAHEAD_SAMPLES]


def _through(desk: NDArray[np.void], part: Samples, gain: float) -> Samples:
    taps, reach = shared_filters()
    work = np.zeros((2, TICK))
    out = np.empty_like(part)
    for at in range(0, len(part), TICK):
        left = gain * part[at : at + TICK, 0].astype(np.float64)
        right = gain * part[at : at + TICK, 1].astype(np.float64)
        limit(desk[0], taps, reach, left, right, work)
        out[at : at + TICK, 0], out[at : at + TICK, 1] = left, right
    return out
