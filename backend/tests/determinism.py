"""What every example sounds like, as hashes; `python tests/determinism.py --write` renews them.

Renew them only when the sound is meant to change: raise ENGINE in app/core/performance with it.
"""

import hashlib
import json
import struct
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
EXAMPLES = TESTS.parents[1] / "examples"
GOLDEN = TESTS / "golden.json"
PARTS = ("events", "notes", "controls", "frames", "samples")
TICKS = 600  # five seconds
THROWN_AT = 200
BALL = {
    "bodies": {"zz-ball": {"position": [0.1, 0.4, 0], "velocity": [0.3, 0.5, 0], "radius": 0.05}}
}


def names() -> list[str]:
    """Name the examples."""
    return sorted(path.stem for path in EXAMPLES.glob("*.json"))


def hashes(name: str, *, step: int, thrown: bool = False) -> dict[str, str]:
    """Play an example in runs of `step` ticks and give a SHA-256 of each thing that came of it.

    Floats are hashed by their bits, not as they print.
    """
    from app.core.document import parse
    from app.core.performance import Entry, play

    document = parse((EXAMPLES / f"{name}.json").read_bytes())
    journal = [Entry(THROWN_AT, 1, BALL)] if thrown else []
    found = {part: hashlib.sha256() for part in PARTS}
    for piece in play(document, journal=journal, ticks=TICKS, step=step):
        for part in ("events", "notes", "controls"):
            for one in getattr(piece, part):
                found[part].update(bits(one))
        found["frames"].update(piece.frames.tobytes())
        found["samples"].update(piece.samples.tobytes())
    return {part: digest.hexdigest() for part, digest in found.items()}


def bits(value: object) -> bytes:
    """Give a value of ours as bytes that differ when any bit of it does."""
    if isinstance(value, float):
        return struct.pack("<d", value)
    named = getattr(value, "_fields", getattr(value, "__slots__", ()))
    if named:
        # Reasons are words for people: they may be said better without changing what is heard.
        return b"".join(bits(getattr(value, name)) for name in named if name != "why")
    if isinstance(value, tuple):
        return b"(" + b"".join(map(bits, value)) + b")"
    return repr(value).encode() + b";"


def everything(step: int) -> dict[str, dict[str, str]]:
    """Give the hashes of every example, and of one into which a ball is thrown."""
    found = {name: hashes(name, step=step) for name in names()}
    found["polyrhythm with a ball"] = hashes("polyrhythm", step=step, thrown=True)
    return found


if __name__ == "__main__":
    sys.path.insert(0, str(TESTS.parent))
    text = json.dumps(everything(60), indent=1, sort_keys=True)
    if "--write" in sys.argv:
        GOLDEN.write_text(text + "\n")
    else:
        sys.stdout.write(text)
