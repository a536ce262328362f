import io
from dataclasses import replace

from app.core.audio.ear import Heard
from app.core.document import parse
from app.core.performance.slice import Meters
from app.formats import words

DOCUMENT = parse(
    '{"title": "Two balls", "about": "They fall.", "music": {"key": "D", "scale": "dorian", "tempo": 90}}'
)


def told(slices, document=DOCUMENT):
    stream = io.BytesIO()
    words.write(slices, stream, document)
    return stream.getvalue().decode().splitlines()


def test_a_performance_is_told_in_sentences(slices):
    assert told(slices) == [
        "Two balls.",
        "They fall.",
        "90 beats a minute, 4/4; D dorian, tuned to 12 equal.",
        "4 notes in 2 seconds, 2.0 a second; the first after 0.1 s; the busiest second, at 0:00, has 2. "
        "Loudness runs from 0.50 to 0.50.",
        "bell: 2 notes from C4 to D4+37, 0.2 octaves.",
        "pluck: 1 note from A4+22 to A4+22.",
        "drum: 1 note from Eb2+49 to Eb2+49.",
        "Rule hits sings of 4 collisions.",
    ]


def test_loudness_and_place_of_the_sound_are_measured(slices):
    heard = Heard(-18.25, -16.5, 700.0, (-60.0,) * 4 + (-9.0,) + (-60.0,) * 5)
    measured = [replace(one, meters=Meters(0.5, 0.2, 0.0, heard)) for one in slices]

    wanted = "It measures -16.5 LUFS with peaks of -6.0 dB; most of its sound lies in the octave round 500 Hz."
    assert wanted in told(measured)


def test_a_long_wait_is_named(slices):
    late = [replace(slices[0], ticks=600), replace(slices[1], tick=600, notes=())]
    assert told(late)[-1] == "The longest wait for a note is 5.5 s, from 0:00 on."


def test_silence_is_told_as_such(slices):
    quiet = [replace(one, notes=()) for one in slices]
    assert told(quiet)[-1] == "In 2 seconds nothing is heard."
    assert told([], parse("{}"))[0] == "A universe without a title."


def test_a_tuning_is_told_by_what_it_is(slices):
    said = {
        "19 equal steps of an octave": {"divisions": 19},
        "13 equal steps of 3": {"divisions": 13, "interval": 3},
        "2 notes of a Scala file: Two": {"scala": "Two\n2\n3/2\n2/1\n"},
    }
    for words_, tuning in said.items():
        line = told(slices, DOCUMENT.patched({"music": {"tuning": tuning}}))[2]
        assert line.endswith(f"D dorian, tuned to {words_}.")
