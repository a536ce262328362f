"""Which voices sound: starting them, stealing them, and moving the held ones."""

import numpy as np

from app.core.audio.bank import bank_start
from app.core.audio.knobs import ATTACK, DAMPING, DECAY, NOW, RELEASE, SUSTAIN
from app.core.audio.layout import (
    IDLE,
    LN_2,
    LOG2_E,
    MODES,
    NEVER,
    POOL,
    RATE,
    STRING,
    VOICES_MAX,
    WAVE,
    Array,
    Record,
    Records,
)
from app.core.audio.pluck import string_start
from app.core.audio.wave import wave_start
from app.core.numbers.kernel import inner, kernel
from app.core.numbers.noise import uniform
from app.core.numbers.powers import exp, log

_DULLER = 3.0  # octaves a second at most
_CENT = LN_2 / 1200.0
_FASTEST = 5e-3 * RATE  # a sustained sound rises and falls no faster than can be heard as a click


@kernel
def strength(velocity: float) -> float:
    """Give the amplitude of a velocity 0..1: 30 dB for a decade of it."""
    x = min(max(velocity, 0.0), 1.0)
    return x * np.sqrt(x)


@inner
def sane(hz: float, velocity: float, pan: float, brightness: float) -> bool:
    """Refuse what is not a number: it would sound in the room for ever."""
    return bool(np.isfinite(hz + velocity + pan + brightness))


@inner
def audible(hz: float) -> float:
    """Keep a pitch within 8 Hz to 20 kHz."""
    return min(max(hz, 8.0), 20_000.0)


@inner
def _either(knob: float, own: float) -> float:
    """Take the knob where it is set, else the patch's own value."""
    return own if np.isnan(knob) else knob


@inner
def _steal(voices: Records, sample: int) -> None:
    """Let the quietest voice go where the pool is full; the oldest of equals."""
    sounding = 0
    quietest = -1
    for i in range(POOL):
        v = voices[i]
        if v.kind == IDLE or v.stolen != NEVER:
            continue
        sounding += 1
        if (
            quietest < 0
            or v.level < voices[quietest].level
            or (v.level == voices[quietest].level and v.note < voices[quietest].note)
        ):
            quietest = i
    if sounding >= VOICES_MAX:
        voices[quietest].stolen = sample


@inner
def _free(voices: Records) -> int:
    for i in range(POOL):
        if voices[i].kind == IDLE:
            return i
    return -1


@inner
def _envelope(v: Record, patch: Record, knobs: Array) -> None:
    """Take attack, decay, sustain and release from the knobs or the patch, in samples."""
    v.attack = _either(knobs[ATTACK, NOW], patch.attack) * RATE
    v.decay = max(_either(knobs[DECAY, NOW], patch.decay) * RATE, 1.0)
    v.sustain = _either(knobs[SUSTAIN, NOW], patch.sustain)
    v.release = max(_either(knobs[RELEASE, NOW], patch.release) * RATE, _FASTEST)
    if patch.kind == WAVE:
        v.attack = max(v.attack, _FASTEST)
    v.attack = max(v.attack, 1.0)


@inner
def _colour(v: Record, patch: Record, knobs: Array) -> None:
    """Copy a patch's spectrum and motion to a new voice."""
    v.wave = patch.wave
    v.cutoff_log2 = log(patch.cutoff) * LOG2_E
    v.open_octaves = patch.open_octaves
    v.sweep_octaves = patch.sweep_octaves
    v.sweep_samples = max(patch.sweep * RATE, 1.0)
    v.track = patch.track
    v.dull = _DULLER * knobs[DAMPING, NOW]
    v.width = patch.width
    v.vibrato = exp(patch.vibrato_cents * _CENT) - 1.0
    v.vibrato_hz = patch.vibrato_hz
    v.vibrato_samples = max(patch.vibrato_delay * RATE, 1.0)
    v.turn_a = uniform(v.seed, 1, 0)
    v.turn_b = uniform(v.seed, 1, 1)
    v.bend_a = 1.0
    v.bend_b = 1.0
    v.drop = patch.drop
    v.drop_samples = 0.05 * RATE
    v.noise = patch.noise
    v.filter_hz = patch.filter_hz
    v.filter_q = patch.filter_q
    v.filter[:, :] = 0.0
    v.warmth = 0.35 + 0.6 * min(max(v.bright, 0.0), 1.0)


@inner
def _identity(v: Record, note: Record, patch: Record, now: int) -> None:
    """Give a voice its note's number, times, pitch, level and place."""
    v.kind = patch.kind
    v.note = note.id
    v.seed = note.id
    v.start = max(note.sample, now)
    v.held = 1 if np.isinf(note.duration) else 0
    v.off = NEVER if v.held == 1 else v.start + int(note.duration)
    v.stolen = NEVER
    v.twinned = 0
    v.hz = audible(note.hz)
    v.hz_to = v.hz
    v.volume = patch.level
    v.aside = patch.pan
    v.gain = strength(note.velocity) * patch.level
    v.gain_to = v.gain
    v.level = v.gain
    v.pan = min(max(note.pan + patch.pan, -1.0), 1.0)
    v.pan_to = v.pan
    v.bright = tone(note.brightness, note.velocity, patch.brightness)
    v.bright_to = v.bright
    v.struck = v.bright
    v.lean = 0.0
    v.brightness = patch.brightness


@kernel
def tone(brightness: float, velocity: float, own: float) -> float:
    """Give how bright a note sounds: as asked, brighter when played hard."""
    return min(max(brightness + 0.4 * (velocity - 0.6) + own, 0.0), 1.2)


@inner
def start(
    note: Record,
    patches: Records,
    voices: Records,
    modes: Array,
    knobs: Array,
    now: int,
    work: Array,
) -> None:
    """Begin one note in a free voice; where there is none at all, it is not heard."""
    if not sane(note.hz, note.velocity, note.pan, note.brightness):
        return
    _steal(voices, max(note.sample, now))
    slot = _free(voices)
    if slot < 0:
        return
    patch = patches[note.patch]
    v = voices[slot]
    _identity(v, note, patch, now)
    _envelope(v, patch, knobs)
    _colour(v, patch, knobs)
    # Low notes ring longer, as on any instrument.
    v.ring = patch.ring * exp(-0.55 * (log(v.hz / 440.0)))
    if v.kind == WAVE:
        wave_start(v)
    elif v.kind == MODES:
        bank_start(v, v.bank, modes[patch.modes], v.ring, knobs[DAMPING, NOW])
    elif v.kind == STRING:
        string_start(v, v.ring, knobs[DAMPING, NOW], work)


@inner
def follow(control: Record, voices: Records, now: int) -> None:
    """Let a held note move to its new values over this tick, or begin its release."""
    for i in range(POOL):
        v = voices[i]
        if v.kind == IDLE or v.held == 0 or v.note != control.note:
            continue
        if control.ends == 1:
            v.off = max(min(v.off, now), v.start)
            v.held = 0
            continue
        if not sane(control.hz, control.velocity, control.pan, control.brightness):
            continue
        v.hz_to = audible(control.hz)
        v.gain_to = strength(control.velocity) * v.volume
        v.pan_to = min(max(control.pan + v.aside, -1.0), 1.0)
        v.bright_to = tone(control.brightness, control.velocity, v.brightness)


@inner
def settle(v: Record) -> None:
    """Take a tick's end values as the next one's beginning."""
    v.hz = v.hz_to
    v.gain = v.gain_to
    v.pan = v.pan_to
    v.bright = v.bright_to
