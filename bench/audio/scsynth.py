"""The score for scsynth without a sound card: synth definitions and OSC in its own binary forms.

Source: SuperCollider help, "Synth Definition File Format" and "Server Command Reference".
"""

import struct
from pathlib import Path

from score import BELL, SECONDS, Stroke

KR, AR = 1, 2
Input = float | tuple[int, int]


class Definition:
    """A synth definition being written: unit generators in order, each an index others read."""

    def __init__(self, name: str, controls: dict[str, float]) -> None:
        self.name = name
        self._controls = controls
        self._constants: list[float] = []
        self._units: list[bytes] = []
        if controls:
            self.unit("Control", KR, [], outputs=len(controls))

    def control(self, name: str) -> Input:
        """Give the input that reads a control."""
        return (0, list(self._controls).index(name))

    def unit(
        self, kind: str, rate: int, inputs: list[Input], *, outputs: int = 1, special: int = 0
    ) -> Input:
        """Add a unit generator and give its first output."""
        body = _name(kind) + struct.pack(">biih", rate, len(inputs), outputs, special)
        for one in inputs:
            body += struct.pack(
                ">ii", *(one if isinstance(one, tuple) else (-1, self._constant(one)))
            )
        self._units.append(body + bytes([rate]) * outputs)
        return (len(self._units) - 1, 0)

    def times(self, a: Input, b: Input, rate: int = AR) -> Input:
        """Multiply two signals."""
        return self.unit("BinaryOpUGen", rate, [a, b], special=2)

    def plus(self, a: Input, b: Input, rate: int = AR) -> Input:
        """Add two signals."""
        return self.unit("BinaryOpUGen", rate, [a, b], special=0)

    def envelope(self, attack: float) -> Input:
        """Rise, hold while the gate is open, fall within 0.1 s and free the synth."""
        shape = [0.0, 2.0, 1.0, -99.0, 1.0, attack, 1.0, 0.0, 0.0, 0.1, 1.0, 0.0]
        return self.unit("EnvGen", KR, [self.control("gate"), 1.0, 0.0, 1.0, 2.0, *shape])

    def _constant(self, value: float) -> int:
        if value not in self._constants:
            self._constants.append(value)
        return self._constants.index(value)

    def written(self) -> bytes:
        """Give the file, version 2."""
        values, names = list(self._controls.values()), list(self._controls)
        body = _name(self.name) + struct.pack(
            f">i{len(self._constants)}f", len(self._constants), *self._constants
        )
        body += struct.pack(f">i{len(values)}f", len(values), *values) + struct.pack(
            ">i", len(names)
        )
        body += b"".join(_name(name) + struct.pack(">i", i) for i, name in enumerate(names))
        body += struct.pack(">i", len(self._units)) + b"".join(self._units) + struct.pack(">h", 0)
        return b"SCgf" + struct.pack(">ih", 2, 1) + body


def _name(text: str) -> bytes:
    return bytes([len(text)]) + text.encode()


def _voice(name: str) -> Definition:
    return Definition(name, {"hz": 440.0, "amp": 0.2, "pan": 0.0, "gate": 1.0})


def _place(one: Definition, sound: Input, envelope: Input) -> bytes:
    sound = one.times(one.times(sound, envelope), one.control("amp"))
    left = one.unit("Pan2", AR, [sound, one.control("pan"), 1.0], outputs=2)
    one.unit("Out", AR, [16.0, left, (left[0], 1)], outputs=0)  # type: ignore[index]
    return one.written()


def bell() -> bytes:
    """Ten decaying sines."""
    one, total = _voice("bell"), None
    for n, ratio in enumerate(BELL):
        hz = one.times(one.control("hz"), ratio, KR)
        fall = one.unit("XLine", KR, [1.0 / (n + 1), 0.0001, 3 / (1 + 0.6 * n), 0.0])
        tone = one.times(one.unit("SinOsc", AR, [hz, 0.0]), fall)
        total = tone if total is None else one.plus(total, tone)
    assert total is not None
    return _place(one, total, one.envelope(0.002))


def pad() -> bytes:
    """Two band-limited saws through a swept low-pass."""
    one = _voice("pad")
    saws = [one.unit("Saw", AR, [one.times(one.control("hz"), by, KR)]) for by in (1.002, 0.998)]
    cutoff = one.unit("Line", KR, [600.0, 2400.0, 1.2, 0.0])
    sound = one.unit("RLPF", AR, [one.plus(saws[0], saws[1]), cutoff, 1.0])
    return _place(one, sound, one.envelope(0.35))


def pluck() -> bytes:
    """A plucked string."""
    one = _voice("pluck")
    period = one.unit("UnaryOpUGen", KR, [one.control("hz")], special=16)
    noise = one.unit("WhiteNoise", AR, [])
    trigger = one.unit("Impulse", AR, [0.0, 0.0])
    sound = one.unit("Pluck", AR, [noise, trigger, 0.05, period, 3.0, 0.4])
    return _place(one, sound, one.envelope(0.002))


def master() -> bytes:
    """A room and a limiter."""
    one = Definition("master", {})
    left = one.unit("In", AR, [16.0], outputs=2)
    room = one.unit("FreeVerb2", AR, [left, (left[0], 1), 0.3, 0.8, 0.5], outputs=2)  # type: ignore[index]
    sides = [one.unit("Limiter", AR, [(room[0], side), 0.8, 0.005]) for side in (0, 1)]  # type: ignore[index]
    one.unit("Out", AR, [0.0, *sides], outputs=0)
    return one.written()


def _osc(address: str, *arguments: str | int | float | bytes) -> bytes:
    tags, data = ",", b""
    for one in arguments:
        if isinstance(one, bytes):
            tags, data = (
                tags + "b",
                data + struct.pack(">i", len(one)) + one + b"\0" * (-len(one) % 4),
            )
        elif isinstance(one, str):
            tags, data = tags + "s", data + _text(one)
        elif isinstance(one, int):
            tags, data = tags + "i", data + struct.pack(">i", one)
        else:
            tags, data = tags + "f", data + struct.pack(">f", one)
    return _text(address) + _text(tags) + data


def _text(value: str) -> bytes:
    raw = value.encode() + b"\0"
    return raw + b"\0" * (-len(raw) % 4)


def _at(seconds: float, *messages: bytes) -> bytes:
    whole = int(seconds)
    bundle = b"#bundle\0" + struct.pack(">II", whole, int((seconds - whole) * 2**32))
    bundle += b"".join(struct.pack(">i", len(one)) + one for one in messages)
    return struct.pack(">i", len(bundle)) + bundle


def write(strokes: list[Stroke], folder: Path) -> list[str]:
    """Write the score and give the command that renders it to `folder`/scsynth.wav."""
    definitions = [_osc("/d_recv", one) for one in (bell(), pad(), pluck(), master())]
    moves = [(0.0, _at(0.0, *definitions, _osc("/s_new", "master", 1, 1, 0)))]
    for number, one in enumerate(strokes, 1000):
        values = ("hz", one.hz, "amp", 0.2 * one.velocity, "pan", one.pan)
        moves.append((one.at_s, _at(one.at_s, _osc("/s_new", one.voice, number, 0, 0, *values))))
        end = one.at_s + one.duration_s
        moves.append((end, _at(end, _osc("/n_set", number, "gate", 0.0))))
    moves.append((SECONDS, _at(SECONDS, _osc("/c_set", 0, 0.0))))
    path = folder / "score.osc"
    path.write_bytes(b"".join(move for _, move in sorted(moves, key=lambda move: move[0])))
    return [
        "scsynth", "-N", str(path), "_", str(folder / "scsynth.wav"), "48000", "WAV", "float",
        "-o", "2", "-m", "65536", "-n", "4096",
    ]  # fmt: skip
