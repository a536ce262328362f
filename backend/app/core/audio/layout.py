"""The shapes of everything an instrument remembers between two ticks."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.numbers.grid import (
    CONTROL_SAMPLES,
    LOOKAHEAD_SAMPLES,
    SAMPLE_RATE,
    SAMPLES_PER_TICK,
)

Array = NDArray[np.float64]
# A row of a structured array and the array itself: kernels read and write fields by name.
Record = Any
Records = Any

TICK = SAMPLES_PER_TICK
CONTROL = CONTROL_SAMPLES
RATE = float(SAMPLE_RATE)
# Spelled out: the logarithm of another machine might round the last digit otherwise.
LN_2 = 0.6931471805599453
LOG2_E = 1.4426950408889634
LN_1000 = 6.907755278982137

# So many voices sound; the rest of the pool is for those being faded out of their way.
VOICES_MAX = 72
POOL = 112
STEAL_SAMPLES = 240.0
PARTIALS_MAX = 40
STRING_SAMPLES = 2560
NEVER = 1 << 62
SILENCE = 1e-6  # -120 dB: below this a voice has ended

IDLE, WAVE, MODES, STRING = 0, 1, 2, 3

# Columns of a partial's row in the bank.
RE, IM, STEP_RE, STEP_IM, HOP_RE, HOP_IM, TICK_RE, TICK_IM, RATIO, FADE = range(10)
PARTIAL_COLUMNS = 10
# Columns of a string's state: its all-pass, its loss filter, its body.
FIT, FIT_X, FIT_Y, LOSS_X, WARM_Y = range(5)
STRING_COLUMNS = 5

_I = "i8"
_F = "f8"

VOICE = np.dtype(
    [
        ("kind", _I),
        ("note", _I),
        ("held", _I),
        ("seed", _I),
        ("start", _I),  # samples since tick 0, as all times here
        ("off", _I),  # where the release begins
        ("stolen", _I),  # where the 5 ms fade of a stolen voice begins
        ("hz", _F),
        ("hz_to", _F),
        ("gain", _F),
        ("gain_to", _F),
        ("pan", _F),
        ("pan_to", _F),
        ("bright", _F),
        ("bright_to", _F),
        ("level", _F),  # recent peak: the quietest is stolen first
        ("attack", _F),  # samples
        ("decay", _F),  # samples
        ("sustain", _F),
        ("release", _F),  # samples
        ("volume", _F),  # the patch's own level
        ("aside", _F),  # the patch's own pan
        ("brightness", _F),  # the patch's own
        ("struck", _F),  # how bright it was at its onset
        ("lean", _F),  # low-passed, of a struck voice whose brightness has moved since
        ("ring", _F),  # seconds to -60 dB, of modes and strings
        # interference: a twin some hertz higher
        ("twinned", _I),
        ("beat_hz", _F),
        ("beat_turn", _F),
        # waves
        ("wave", _I),
        ("phase_a", _I),
        ("phase_b", _I),
        ("twin_a", _I),
        ("twin_b", _I),
        ("tilt", _F),  # which of the band-limited tables, a fraction between two
        ("open_octaves", _F),  # how far brightness 1 opens the spectrum over brightness 0
        ("cutoff_log2", _F),  # log2 of the cutoff at brightness 0, Hz
        ("sweep_octaves", _F),  # how far the spectrum is open at the onset, beyond where it rests
        ("sweep_samples", _F),
        ("track", _F),  # how far the cutoff follows the pitch, 0..1
        ("dull", _F),  # octaves the damping closes the spectrum by, in a second
        ("width", _F),  # 0: one oscillator; above: two, so far left and right
        ("vibrato", _F),  # depth, as a factor of frequency
        ("vibrato_hz", _F),
        ("vibrato_samples", _F),  # until it is fully there
        ("turn_a", _F),  # where in its turn the vibrato of each oscillator begins
        ("turn_b", _F),
        ("pitch", _F),  # octaves over 1 Hz
        ("bend_a", _F),
        ("bend_b", _F),  # what vibrato made of the frequency at the last control point
        ("filter_hz", _F),  # 0: without a filter of its own
        ("filter_q", _F),
        ("filter", _F, (2, 2)),
        # modes
        ("partials", _I),
        ("drop", _F),  # how much sharper the onset is, as a factor less one
        ("drop_samples", _F),
        ("noise", _F),  # level of the soft click
        # strings
        ("write", _I),
        ("loss", _F),
        ("loop", _F),
        ("warmth", _F),
        ("lengths", _I, (2,)),  # of the string and of its twin
        ("string", _F, (2, STRING_COLUMNS)),
        ("bank", _F, (PARTIALS_MAX, PARTIAL_COLUMNS)),
        ("lines", _F, (2, STRING_SAMPLES)),
    ]
)

PATCH = np.dtype(
    [
        ("kind", _I),
        ("wave", _I),
        ("modes", _I),
        ("level", _F),
        ("pan", _F),
        ("attack", _F),  # seconds
        ("decay", _F),
        ("sustain", _F),
        ("release", _F),
        ("brightness", _F),  # added to each note's
        ("cutoff", _F),
        ("open_octaves", _F),
        ("sweep_octaves", _F),
        ("sweep", _F),  # seconds
        ("track", _F),
        ("width", _F),
        ("vibrato_cents", _F),
        ("vibrato_hz", _F),
        ("vibrato_delay", _F),  # seconds
        ("ring", _F),  # seconds to -60 dB at 440 Hz, of modes and strings
        ("drop", _F),
        ("noise", _F),
        ("filter_hz", _F),
        ("filter_q", _F),
    ]
)

NOTE = np.dtype(
    [
        ("id", _I),
        ("sample", _I),
        ("patch", _I),
        ("hz", _F),
        ("velocity", _F),
        ("duration", _F),  # samples; infinite for a held note
        ("pan", _F),
        ("brightness", _F),
    ]
)

CONTROL_ROW = np.dtype(
    [
        ("note", _I),
        ("tick", _I),
        ("ends", _I),
        ("hz", _F),
        ("velocity", _F),
        ("pan", _F),
        ("brightness", _F),
    ]
)

# Each line longer than a tick, all prime, so that a tick of the reverb is one block.
ECHO_LINES = 8
ECHO_LENGTHS = (1031, 1237, 1471, 1693, 1949, 2251, 2621, 3019)
ECHO_RING = 4096
PRE_RING = 1 << 16
DELAY_RING = 1 << 17
GROUP = 8  # the limiter decides once for so many samples
GROUPS = TICK // GROUP
AHEAD = LOOKAHEAD_SAMPLES // GROUP
SMOOTH = 26  # groups a fall of the limiter's gain is spread over
TAPS = 48
STRINGS = 24

DESK = np.dtype(
    [
        ("clean", _I),  # ticks since anything was heard
        # filter, blocker, equalizer: (left right, state)
        ("filter", _F, (2, 2)),
        ("blocker", _F, (2, 2)),
        ("equalizer", _F, (2, 3, 2)),
        # resonance: pitches, negative where it rings out; poles (re, im, gain, feed), states (re, im)
        ("string_hz", _F, (STRINGS,)),
        ("poles", _F, (STRINGS, 4)),
        ("strings", _F, (STRINGS, 2)),
        # compressor
        ("power", _F),
        ("squeeze", _F),
        # delay
        ("delay_ring", _F, (2, DELAY_RING)),
        ("delay_at", _I),
        ("delay_tone", _F, (2,)),
        ("delay_awake", _I),
        # reverb
        ("pre_ring", _F, (2, PRE_RING)),
        ("pre_at", _I),
        ("lines", _F, (ECHO_LINES, ECHO_RING)),
        ("lines_at", _I),
        ("shelf", _F, (ECHO_LINES, 2)),
        ("shelf_before", _F, (ECHO_LINES, 2)),  # scratch, while the decay moves
        ("coefficients", _F, (ECHO_LINES, 3)),
        ("coefficients_for", _F),
        ("diffuser", _F, (4, 512)),
        ("diffuser_at", _I),
        ("rumble", _F, (2,)),  # what the room does not take
        ("reverb_quiet", _I),
        # limiter
        ("held", _F, (2, TICK + LOOKAHEAD_SAMPLES + TAPS)),  # the newest samples, oldest first
        ("needs", _F, (GROUPS + AHEAD - TAPS // 16,)),  # gain each group needs, oldest first
        ("floors", _F, (GROUPS + SMOOTH - 1,)),  # the least of the needs to come, oldest first
        ("gain", _F),
        ("loudest", _F),  # sample of the last tick
        ("calm", _I),  # ticks since it had anything to do
    ]
)
