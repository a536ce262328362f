"""Show that a long render keeps its memory: 30 minutes of the benchmark's score, over and over."""

import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "backend"))

from app.core.audio import Instrument
from app.core.document import judge
from render import notes
from score import SECONDS, score
from verdict import verdict

MINUTES = 30
GROWTH_MAX_MB = 64


def main() -> None:
    """Render minute after minute and print how the process has grown since the first."""
    instrument = Instrument.of(judge({}))
    piece = notes(score())
    first_mb = 0.0
    for minute in range(MINUTES):
        begins = round(minute * SECONDS * 120)
        for second in range(round(SECONDS)):
            at = second * 48_000
            due = (
                [one for one in piece if at <= one.sample < at + 48_000] if minute % 3 == 0 else []
            )
            instrument.render(begins + second * 120, 120, _later(due, begins * 400), [])
        now_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        first_mb = first_mb or now_mb
    grown = now_mb - first_mb
    print(f"{MINUTES} minutes of sound: {first_mb:.0f} MB after the first, {grown:+.1f} MB since")
    verdict(
        "memory of half an hour", asked=f"< {GROWTH_MAX_MB} MB", reached=f"{grown:+.1f} MB",
        good=grown < GROWTH_MAX_MB,
    )  # fmt: skip


def _later(due: list, samples: int) -> list:
    from dataclasses import replace

    return [replace(one, sample=one.sample + samples) for one in due]


if __name__ == "__main__":
    main()
