"""The parameters an instrument obeys: each has a value now and one it is moving to."""

from app.core.parameters import PARAMETERS

PATHS = (
    "music.volume",
    "music.resonance",
    "music.damping",
    "music.interference",
    "music.attack",
    "music.decay",
    "music.sustain",
    "music.release",
    "music.filter.cutoff",
    "music.filter.q",
    "music.reverb.mix",
    "music.reverb.decay",
    "music.reverb.pre_delay",
    "music.delay.time",
    "music.delay.feedback",
    "music.delay.mix",
    "music.equalizer.low",
    "music.equalizer.mid",
    "music.equalizer.high",
    "music.compressor.threshold",
    "music.compressor.ratio",
)
(
    VOLUME,
    RESONANCE,
    DAMPING,
    INTERFERENCE,
    ATTACK,
    DECAY,
    SUSTAIN,
    RELEASE,
    CUTOFF,
    CUTOFF_Q,
    REVERB_MIX,
    REVERB_DECAY,
    PRE_DELAY,
    DELAY_TIME,
    DELAY_FEEDBACK,
    DELAY_MIX,
    EQ_LOW,
    EQ_MID,
    EQ_HIGH,
    THRESHOLD,
    COMPRESSION,
    PANIC,
) = range(len(PATHS) + 1)
KNOBS = len(PATHS) + 1
NOW, TO = 0, 1

INDEX = {path: index for index, path in enumerate(PATHS)}


def bounded(path: str, value: object) -> float:
    """Give a knob's value within its range; nan where a voice decides for itself."""
    row = PARAMETERS[path]
    if value is None:
        value = row.default
    if value is None:
        return float("nan")
    low = 0.0 if row.low is None else row.low
    high = float(str(value)) if row.high is None else row.high
    return min(max(float(str(value)), low), high)
