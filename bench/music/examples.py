"""Print what each example is like as music: the figures that tests/test_pieces.py holds."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "backend"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "backend" / "tests"))

import pieces
from app.core.audio import meters
from app.core.document import parse
from app.core.performance import Performance

HEAD = "first s  a second  wait s  gap ms  octave  span dB  bar (beats)    bits (beats)"


def row(name: str) -> str:
    """Give the figures of an example as a line."""
    found = pieces.figures_of(name)
    return (
        f"{name:20} {found.first_s:7.2f} {found.a_second:9.2f} {found.wait_s:7.2f}"
        f" {1000 * found.gap_s:7.0f} {found.within_octave:7.0%} {found.span_db:8.1f}"
        f" {found.bar:6.3f} ({found.bar_beaten:3d}) {found.pitch_bits:8.2f} ({found.pitch_beaten:3d})"
    )


def sound(name: str) -> str:
    """Render a minute of an example and give its loudness, its true peak and its balance."""
    document = parse((pieces.EXAMPLES / f"{name}.json").read_bytes())
    samples = Performance(document).run(pieces.HEARD_S * 120).samples
    left, right = (meters.decibels(meters.rms(samples[:, side : side + 1])) for side in (0, 1))
    return (
        f"{meters.loudness(samples):8.1f} LUFS {meters.decibels(meters.true_peak(samples)):6.2f} dBTP"
        f"   left over right {left - right:+.1f} dB"
    )


def main() -> None:
    """Print a line for each example, or for those that are named."""
    names = [name for name in sys.argv[1:] if name != "--sound"] or pieces.names()
    print(f"{'':20} {HEAD}")
    for name in names:
        print(row(name) + (sound(name) if "--sound" in sys.argv else ""), flush=True)


if __name__ == "__main__":
    main()
