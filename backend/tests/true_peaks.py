"""Random universes, played hot, and the true peak of each: make proof plays a thousand.

The meter is not the limiter's own: eight times the rate through a filter of 1,025 taps, flat to 22 kHz.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import signal

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.core.document import judge
from app.core.parameters import PARAMETERS
from app.core.parameters.music import VOICES
from app.core.performance import play

ASKED_DB = -1.0
OVERSAMPLED = 8
FILTER = signal.firwin(1025, 22_900 / 192_000, window=("kaiser", 12.0))
SECONDS = 3.0
HOT = ("pluck", "drum", "pluck", "bell", "pluck", "bass")


def true_peak_db(samples: np.ndarray) -> float:
    """Give the highest value on and between the samples, dB re full scale."""
    fine = signal.resample_poly(samples.astype(float), OVERSAMPLED, 1, axis=0, window=FILTER)
    # A loud sound cut off here swings once more than it would have; that is the cut.
    inside = fine[: -OVERSAMPLED * 64]
    highest = max(np.max(np.abs(inside)), np.max(np.abs(samples)))
    return float(20 * np.log10(max(highest, 1e-9)))


def _drawn(rng: np.random.Generator, path: str) -> float:
    row = PARAMETERS[path]
    return float(rng.uniform(row.low, row.high))


def _music(rng: np.random.Generator, *, hot: bool) -> dict:
    """Draw every knob of the sound; a hot one is as loud as it goes."""
    music: dict = {"note_density": 200.0, "tempo": _drawn(rng, "music.tempo")}
    for path in ("resonance", "damping", "interference"):
        if rng.random() < 0.4:
            music[path] = _drawn(rng, f"music.{path}")
    for room in ("reverb", "delay", "equalizer", "compressor", "filter"):
        names = [p.rpartition(".")[2] for p in PARAMETERS if p.startswith(f"music.{room}.")]
        music[room] = {name: _drawn(rng, f"music.{room}.{name}") for name in names}
    if hot:
        lifts = {band: float(rng.uniform(0, 12)) for band in ("low", "mid", "high")}
        music |= {"equalizer": lifts, "filter": {"cutoff": 20_000.0}, "reverb": {"mix": 0.2}}
    return music | {"volume": 1.0 if hot else _drawn(rng, "music.volume")}


def _rules(rng: np.random.Generator, *, hot: bool) -> dict:
    """Draw streams of notes, fast and loud, of any voice and pitch."""
    rules = {}
    for number in range(int(rng.integers(3, 9))):
        voice = HOT[number % len(HOT)] if hot else str(rng.choice(VOICES))
        rules[f"r{number}"] = {
            "when": {"every": str(rng.choice(["1/4", "1/8", "1/16", "1/32", "1/8t"]))},
            "note": {
                "voice": voice,
                "pitch": float(40.0 * 2.0 ** rng.uniform(0, 6.5)),
                "velocity": 1.0 if hot else float(rng.uniform(0.2, 1.0)),
                "brightness": float(rng.uniform(0, 1)),
                "pan": float(rng.uniform(-1, 1)),
                "duration": float(rng.uniform(0.05, 1.5)),
            },
        }
    return rules


def universes(count: int) -> Iterator[dict]:
    """Give random universes; every third is a hot mix of plucks and drums."""
    for number in range(count):
        rng = np.random.default_rng(number)
        hot = number % 3 == 0
        yield {
            "seed": number,
            "music": _music(rng, hot=hot),
            "bodies": {"sun": {"fixed": True}},
            "rules": _rules(rng, hot=hot),
        }


def peaks_db(count: int) -> list[float]:
    """Play so many universes and give the true peak of each, dB."""
    found = []
    for said in universes(count):
        ticks = round(SECONDS * 120)
        sound = np.concatenate([piece.samples for piece in play(judge(said), ticks=ticks)])
        found.append(true_peak_db(sound))
    return found


def main(count: int = 1000) -> None:
    """Print what was asked, what was reached, and whether that will do."""
    found = peaks_db(count)
    loud = sum(peak > -3.0 for peak in found)
    good = max(found) <= ASKED_DB
    sys.stdout.write(
        f"true peak of {count} random universes, {loud} of them within 2 dB of the limit: "
        f"asked <= {ASKED_DB} dBTP, reached {max(found):.2f} dBTP: {'good' if good else 'BAD'}\n"
    )
    if not good:
        raise SystemExit(1)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
