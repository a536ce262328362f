"""The grid of heard time: a tick is the unit of everything (DESIGN §1)."""

TICKS_PER_SECOND = 120
SAMPLE_RATE = 48_000
SAMPLES_PER_TICK = SAMPLE_RATE // TICKS_PER_SECOND
TICKS_PER_FRAME = 2
TICKS_PER_SLICE = 6
SAMPLES_PER_SLICE = TICKS_PER_SLICE * SAMPLES_PER_TICK
CONTROL_SAMPLES = 80
# The limiter looks this far ahead, so every reader hears a note this much after its onset.
LOOKAHEAD_SAMPLES = 240
