"""The score for Csound: text in, a file of floats out."""

from pathlib import Path

from score import BELL, SECONDS, Stroke

_INSTRUMENTS = {"bell": 1, "pad": 2, "pluck": 3}
_HEAD = """<CsoundSynthesizer>
<CsOptions>
-d -m0 --format=float -o {out}
</CsOptions>
<CsInstruments>
sr = 48000
ksmps = 80
nchnls = 2
0dbfs = 1
ga1 init 0
ga2 init 0
giSine ftgen 0, 0, 8192, 10, 1
"""
_TAIL = """
instr 2
kenv linsegr 0, 0.35, 1, p3, 1, 0.1, 0
a1 vco2 0.05 * p5, p4 * 1.002
a2 vco2 0.05 * p5, p4 * 0.998
kcut linseg 600, 1.2, 2400, p3, 2400
as clfilt a1 + a2, kcut, 0, 2
as = as * kenv
a3, a4 pan2 as, p6
ga1 = ga1 + a3
ga2 = ga2 + a4
endin
instr 3
kenv linsegr 1, p3, 1, 0.1, 0
as pluck 0.2 * p5, p4, p4, 0, 1
as = as * kenv
a3, a4 pan2 as, p6
ga1 = ga1 + a3
ga2 = ga2 + a4
endin
instr 99
a1, a2 reverbsc ga1, ga2, 0.85, 8000
a1 = ga1 * 0.9 + a1 * 0.4
a2 = ga2 * 0.9 + a2 * 0.4
outs limit(a1, -0.8, 0.8), limit(a2, -0.8, 0.8)
ga1 = 0
ga2 = 0
endin
</CsInstruments>
<CsScore>
"""


def _bell() -> str:
    lines = ["instr 1", "kenv linsegr 1, p3, 1, 0.1, 0", "as = 0"]
    for n, ratio in enumerate(BELL):
        lines.append(f"ke{n} expon {0.2 / (n + 1):.4f} * p5, 3 / {1 + 0.6 * n:.2f}, 0.0001")
        lines.append(f"as = as + poscil(ke{n}, p4 * {ratio}, giSine)")
    lines += ["as = as * kenv", "a3, a4 pan2 as, p6", "ga1 = ga1 + a3", "ga2 = ga2 + a4", "endin"]
    return "\n".join(lines)


def write(strokes: list[Stroke], folder: Path) -> list[str]:
    """Write the piece and give the command that renders it to `folder`/csound.wav."""
    notes = [
        f"i {_INSTRUMENTS[one.voice]} {one.at_s:.6f} {one.duration_s:.6f} {one.hz:.6f} "
        f"{one.velocity:.4f} {(one.pan + 1) / 2:.4f}"
        for one in strokes
    ]
    path = folder / "piece.csd"
    path.write_text(
        "\n".join(
            (
                _HEAD.format(out=folder / "csound.wav"), _bell(), _TAIL, *notes,
                f"i 99 0 {SECONDS}", "e", "</CsScore>", "</CsoundSynthesizer>",
            )
        )
    )  # fmt: skip
    return ["csound", str(path)]
