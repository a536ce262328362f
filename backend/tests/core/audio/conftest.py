from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from scipy import fft, signal

from app.core.audio import Instrument
from app.core.audio.patches import PATCHES, WAVES
from app.core.audio.sounds import Sounds
from app.core.document import judge
from app.core.music.note import Note


def _nested(settings: dict[str, float]) -> dict:
    music: dict = {}
    for path, value in settings.items():
        *folders, name = path.split("__")
        here = music
        for folder in folders:
            here = here.setdefault(folder, {})
        here[name] = value
    return music


@pytest.fixture(scope="session")
def universe() -> Callable:
    """Give a universe with this music: universe(reverb__mix=0, voices={...})."""

    def build(voices: dict | None = None, **settings: float):
        return judge({"music": _nested(settings), **({"voices": voices} if voices else {})})

    return build


@pytest.fixture(scope="session")
def note() -> Callable:
    """Give a note; whatever is not said is a plain bell at 440 Hz."""

    def build(number: int = 1, sample: int = 400, **values) -> Note:
        plain = {
            "id": number, "tick": sample // 400, "offset": sample % 400 / 400, "sample": sample,
            "universe_time": 0.0, "hz": 440.0, "velocity": 0.7, "duration_s": 1.0, "voice": "bell",
            "pan": 0.0, "brightness": 0.5, "rule": "r", "event": "every", "bodies": (),
            "place": (0.0, 0.0, 0.0),
        }  # fmt: skip
        return Note(**(plain | values))

    return build


@pytest.fixture(scope="session")
def play(universe, note) -> Callable:
    """Render one note, without effects unless asked for: (seconds · 48000, 2) of float64."""

    def run(
        seconds: float = 2.0, music: dict | None = None, patch: dict | None = None, **values
    ) -> np.ndarray:
        bare = {"reverb__mix": 0.0, "filter__cutoff": 20_000.0}
        instrument = Instrument.of(universe(**(bare | (music or {}))))
        if patch:
            instrument._sounds = Sounds.having(
                {name: replace(one, **patch) for name, one in PATCHES.items()}, list(WAVES.values())
            )
        return instrument.render(0, round(seconds * 120), [note(**values)], []).astype(np.float64)

    return run


@pytest.fixture(scope="session")
def cents() -> Callable:
    """Measure how far a tone is from a frequency: the peak of a zero-padded spectrum."""

    def measure(sound: np.ndarray, hz: float) -> float:
        window = signal.windows.blackmanharris(len(sound), sym=False)
        size = 1 << 20
        power = np.log(np.abs(fft.rfft(sound * window, size)) + 1e-30)
        low, high = int(hz * 0.97 * size / 48_000), int(hz * 1.03 * size / 48_000) + 2
        top = low + int(np.argmax(power[low:high]))
        left, middle, right = power[top - 1 : top + 2]
        top += 0.5 * (left - right) / (left - 2 * middle + right)
        return float(1200 * np.log2(top * 48_000 / size / hz))

    return measure
