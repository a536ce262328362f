"""The parameters of the music."""

from app.core.parameters.parameter import form, number, word

KEYS = (
    "C",
    "C#",
    "Db",
    "D",
    "D#",
    "Eb",
    "E",
    "F",
    "F#",
    "Gb",
    "G",
    "G#",
    "Ab",
    "A",
    "A#",
    "Bb",
    "B",
)
VOICES = (
    "bell", "pluck", "pad", "bass", "drum", "piano", "strings", "organ", "lead", "sine",
)  # fmt: skip
SCALES = (
    "major", "minor", "harmonic minor", "melodic minor", "dorian", "phrygian", "lydian",
    "mixolydian", "locrian", "major pentatonic", "minor pentatonic", "blues", "whole tone",
    "chromatic", "free",
)  # fmt: skip
QUANTIZE = (
    "off", "1/1", "1/2", "1/4", "1/8", "1/16", "1/32", "1/1t", "1/2t", "1/4t", "1/8t", "1/16t", "1/32t",
)  # fmt: skip

ROWS = (
    number("music.tempo", "BPM", 40, 200, 120.0, "Quarter notes a minute; they are the beats."),
    form("music.meter", "4/4", "How many beats make a bar: 3/4, 4/4, 7/8."),
    number("music.swing", "", 0, 1, 0.0, "How far every second eighth comes late; 1 is a triplet."),
    number("music.base_frequency", "Hz", 20, 2000, 440.0, "The pitch of A4."),
    word("music.key", KEYS, "C", "The note the scale starts on."),
    word("music.scale", SCALES, "major", "The notes in use; free leaves every pitch as it is."),
    form("music.tuning", "12 equal",
         "Where the notes lie: 12 equal, just, {divisions, interval}, a Scala file, from the orbits."),
    form("music.chords", None, "A progression that goes round: {each: \"2 bars\", list: [\"i\", \"VII\"]}."),
    form("music.phrase", None, "Breath: {bars, rest}, so many bars of notes, then so many without."),
    number("music.harmony", "", 0, 1, 0.5, "How strongly chord tones attract a wanted pitch."),
    number("music.dissonance", "", 0, 1, 0.0, "How readily a pitch leaves the scale; at 0 never."),
    number("music.harmony_complexity", "", 0, 1, 0.5,
           "Size of the chord: root and fifth, triad, seventh, ninth."),
    number("music.melody_complexity", "", 0, 1, 0.5,
           "Leaps over 7 + 29x semitones move by octaves toward the last note."),
    number("music.melody_range", "", 0, 1, 0.25, "Span of a voice's register: 1 + 4x octaves."),
    number("music.rhythm_complexity", "", 0, 1, 0.5,
           "Coarsest grid in use: 0 is beats, 1 the quantize value; nothing where that is off."),
    word("music.quantize", QUANTIZE, "off", "The grid onsets move to; t is a triplet."),
    number("music.note_density", "notes/s", 1, 200, 10.0, "At most so many notes, loudest first; a chord of six comes whole."),
    number("music.volume", "", 0, 1, 0.7, "Loudness of everything."),
    number("music.resonance", "", 0, 1, 0.0, "How much rings on in strings tuned to the chord."),
    number("music.damping", "", 0, 1, 0.0, "How much faster high partials die away."),
    number("music.interference", "", 0, 1, 0.0, "Level of a detuned copy that beats with the note."),
    number("music.attack", "s", 0.001, 2, None, "Rise of every note; without one, its voice's own."),
    number("music.decay", "s", 0.01, 2, None, "Fall to the sustain; without one, its voice's own."),
    number("music.sustain", "", 0, 1, None, "Level held; without one, its voice's own."),
    number("music.release", "s", 0.01, 4, None, "Fall after the end; without one, its voice's own."),
    number("music.filter.cutoff", "Hz", 20, 20_000, 8000.0, "Where the low-pass filter begins."),
    number("music.filter.q", "", 0.1, 10, 0.7, "How sharply the filter rings at its cutoff."),
    number("music.reverb.mix", "", 0, 1, 0.3, "How much of the room is heard."),
    number("music.reverb.decay", "s", 0.1, 10, 2.0, "How long the room rings."),
    number("music.reverb.pre_delay", "s", 0, 1, 0.01, "How long until the room answers."),
    number("music.delay.time", "s", 0, 2, 0.25, "Time from a note to its echo."),
    number("music.delay.feedback", "", 0, 0.9, 0.3, "How much of an echo echoes again."),
    number("music.delay.mix", "", 0, 1, 0.0, "How much of the echo is heard."),
    number("music.equalizer.low", "dB", -12, 12, 0.0, "Lift or cut of the low end."),
    number("music.equalizer.mid", "dB", -12, 12, 0.0, "Lift or cut of the middle."),
    number("music.equalizer.high", "dB", -12, 12, 0.0, "Lift or cut of the high end."),
    number("music.compressor.threshold", "dB", -60, 0, -24.0, "Above this level loudness is reined in."),
    number("music.compressor.ratio", "", 1, 20, 1.0, "How firmly; 1 leaves it alone."),
)  # fmt: skip
