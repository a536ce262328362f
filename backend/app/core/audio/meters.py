"""What a stretch of sound is like: levels, loudness, spectrum. For eyes, not for the state.

Samples are (n, 2) at 48 kHz. Loudness follows ITU-R BS.1770-4 and EBU R 128.
"""

import numpy as np
import scipy  # its parts load when first used; `signal` takes most of a second
from numpy.typing import ArrayLike, NDArray

from app.core.numbers.grid import SAMPLE_RATE

Samples = NDArray[np.float32] | NDArray[np.float64]

SILENCE_DB = -120.0
_STEP = SAMPLE_RATE // 10  # 100 ms: loudness is gated in blocks of four
# BS.1770-4, tables 1 and 2: the head's shelf, then the low cut, at 48 kHz.
_HEAD = (
    [1.53512485958697, -2.69169618940638, 1.19839281085285],
    [1.0, -1.69065929318241, 0.73248077421585],
)
_CUT = ([1.0, -2.0, 1.0], [1.0, -1.99004745483398, 0.99007225036621])


def decibels(amplitude: float) -> float:
    """Give an amplitude in decibels, not below -120."""
    return max(20.0 * float(np.log10(max(amplitude, 1e-30))), SILENCE_DB)


def peak(samples: Samples) -> float:
    """Give the largest absolute sample, 0 of nothing."""
    return float(np.max(np.abs(samples), initial=0.0))


def rms(samples: Samples) -> float:
    """Give the root mean square over both sides, 0 of nothing."""
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) if len(samples) else 0.0


def spectrum(samples: Samples) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give frequencies in Hz and the power at each, Hann-windowed, both sides added."""
    window = scipy.signal.windows.hann(len(samples), sym=False)[:, None]
    power = np.abs(scipy.fft.rfft(samples * window, axis=0)) ** 2
    hz = scipy.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    return hz, power.sum(axis=1) / np.sum(window**2) ** 2


def bands(samples: Samples, edges_hz: ArrayLike) -> NDArray[np.float64]:
    """Give the power between each two edges, a share of the whole; zeros of silence."""
    hz, power = spectrum(samples)
    sums = np.concatenate(([0.0], np.cumsum(power)))
    at = np.searchsorted(hz, np.asarray(edges_hz))
    return np.diff(sums[at]) / max(sums[-1], 1e-300)


def centroid_hz(samples: Samples) -> float:
    """Give the centre of gravity of the spectrum, 0 of silence: how bright it is."""
    hz, power = spectrum(samples)
    total = float(np.sum(power))
    return float(np.sum(hz * power)) / total if total > 0 else 0.0


def true_peak(samples: Samples) -> float:
    """Give the largest absolute value between the samples, at eight times the rate."""
    if not len(samples):
        return 0.0
    return peak(
        scipy.signal.resample_poly(samples.astype(np.float64), 8, 1, axis=0, window=("kaiser", 9.0))
    )


class Loudness:
    """A loudness meter that listens in stretches of any length."""

    def __init__(self) -> None:
        self._head = np.zeros((2, 2))
        self._cut = np.zeros((2, 2))
        self._rest = np.zeros((0, 2))
        self._powers: list[float] = []  # of 100 ms each

    def hear(self, samples: Samples) -> None:
        """Add a stretch of sound."""
        shaped, self._head = scipy.signal.lfilter(*_HEAD, samples, axis=0, zi=self._head)
        cut, self._cut = scipy.signal.lfilter(*_CUT, shaped, axis=0, zi=self._cut)
        whole = np.concatenate((self._rest, cut))
        count = len(whole) // _STEP
        steps = whole[: count * _STEP].reshape(count, _STEP * 2)
        self._powers.extend((2.0 * np.mean(steps * steps, axis=1)).tolist())
        self._rest = whole[count * _STEP :]

    @property
    def momentary(self) -> float:
        """The loudness of the last 400 ms, LUFS."""
        return _lufs(float(np.mean(self._powers[-4:]))) if self._powers else SILENCE_DB

    @property
    def integrated(self) -> float:
        """The loudness of all that was heard, LUFS, quiet blocks gated out as EBU R 128 says."""
        if len(self._powers) < 4:
            return self.momentary
        blocks = np.convolve(self._powers, np.full(4, 0.25), mode="valid")
        loud = blocks[blocks > _power(-70.0)]
        if not len(loud):
            return SILENCE_DB
        return _lufs(float(np.mean(loud[loud > 0.1 * np.mean(loud)])))


def loudness(samples: Samples) -> float:
    """Give the integrated loudness of a whole piece, LUFS."""
    meter = Loudness()
    meter.hear(samples)
    return meter.integrated


def _lufs(power: float) -> float:
    return max(10.0 * float(np.log10(max(power, 1e-30))) - 0.691, SILENCE_DB)


def _power(lufs: float) -> float:
    return float(10.0 ** ((lufs + 0.691) / 10.0))
