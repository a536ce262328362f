import io
import math
from dataclasses import replace

import mido
import pretty_midi
import pytest

from app.core.document import judge
from app.core.music.note import Control
from app.core.performance import Performance
from app.formats import midi


@pytest.fixture
def file(slices):
    def write(found=slices, tempo=96.0):
        stream = io.BytesIO()
        midi.write(found, stream, tempo=tempo)
        return stream.getvalue()

    return write


def messages(data):
    """Give every message with its second, as mido reads the file."""
    now, found = 0.0, []
    for message in mido.MidiFile(file=io.BytesIO(data)):
        now += message.time
        found.append((now, message))
    return found


def pitches(data):
    """Give onset and sounding frequency of each note that is no drum."""
    bend, found = {}, []
    for now, message in messages(data):
        if message.type == "pitchwheel":
            bend[message.channel] = message.pitch / 8192 * midi.BEND_SEMITONES
        if message.type == "note_on" and message.velocity and message.channel != midi.DRUMS:
            number = message.note + bend.get(message.channel, 0.0)
            found.append((now, 440.0 * 2 ** ((number - 69) / 12)))
    return found


def test_every_pitch_is_bent_to_within_a_fiftieth_of_a_cent(file):
    heard = pitches(file())
    for (_, hz), wanted in zip(heard, (261.6255653, 300.0, 445.7), strict=True):
        assert abs(1200 * math.log2(hz / wanted)) < 0.02


def test_onsets_are_within_a_third_of_a_millisecond_at_any_tempo(file):
    for tempo in (40.0, 96.0, 199.0):
        times = [now for now, _ in pitches(file(tempo=tempo))]
        assert times == pytest.approx([0.1, 0.5, 1.5], abs=0.4e-3)


def test_pretty_midi_reads_the_same_notes(file):
    read = pretty_midi.PrettyMIDI(io.BytesIO(file()))
    starts = sorted(note.start for part in read.instruments for note in part.notes)
    assert starts == pytest.approx([0.1, 0.5, 1.5, 1.75], abs=1e-3)
    assert [part.is_drum for part in read.instruments].count(True) == 1
    assert read.get_tempo_changes()[1][0] == pytest.approx(96.0, rel=1e-5)


def test_a_held_note_lasts_until_it_ends_and_glides_between(file):
    ends = [(now, m) for now, m in messages(file()) if m.type == "note_off"]
    starts = [(now, m) for now, m in messages(file()) if m.type == "note_on"]
    assert len(starts) == len(ends) == 4
    key = next(m.note for now, m in starts if now == pytest.approx(0.5, abs=1e-3))
    over = next(now for now, m in ends if m.note == key)
    assert over == pytest.approx(1.5, abs=1e-3)
    bends = [
        m.pitch
        for now, m in messages(file())
        if m.type == "pitchwheel" and now == pytest.approx(1.25, abs=1e-3)
    ]
    assert len(bends) == 1


def test_a_glide_too_wide_to_bend_is_taken_up_on_a_nearer_key(slices):
    wide = replace(slices[1], controls=(Control(1, 150, 600.0, 0.5, 0.0, 0.5),))
    stream = io.BytesIO()
    midi.write([slices[0], wide], stream, tempo=120.0)
    heard = [hz for now, hz in pitches(stream.getvalue()) if now == pytest.approx(1.25, abs=1e-3)]
    bends = [
        m.pitch
        for now, m in messages(stream.getvalue())
        if m.type == "pitchwheel" and now == pytest.approx(1.25, abs=1e-3)
    ]
    assert len(heard) == 1
    assert abs(bends[0]) <= 4096


def test_a_glide_beyond_the_last_key_stays_on_it(slices):
    wide = replace(slices[1], controls=(Control(1, 150, 19_000.0, 0.5, 0.0, 0.5),))
    stream = io.BytesIO()
    midi.write([slices[0], wide], stream)
    assert max(m.note for _, m in messages(stream.getvalue()) if m.type == "note_on") == 127


def test_more_pitches_than_channels_end_the_oldest(slices):
    first = slices[0].notes[1]
    many = tuple(
        replace(first, id=n, sample=n * 100, hz=100.0 + 7 * n, tick=n // 4, offset=n % 4 / 4)
        for n in range(20)
    )
    stream = io.BytesIO()
    midi.write([replace(slices[0], notes=many, controls=())], stream)
    sounding, most = set(), 0
    for _, message in messages(stream.getvalue()):
        if message.type == "note_on":
            assert message.channel not in sounding
            sounding.add(message.channel)
            most = max(most, len(sounding))
        if message.type == "note_off":
            sounding.discard(message.channel)
    assert most == 15
    assert not sounding


def followed(slices, hz, velocity):
    """Write a note held by a condition that goes to another pitch and loudness after a second."""
    note = replace(slices[0].notes[1], event="while", sample=0, tick=0, offset=0.0, hz=300.0)
    control = Control(note.id, 120, hz, velocity, 0.0, 0.5)
    quiet = replace(slices[1], notes=(), controls=(control,))
    stream = io.BytesIO()
    midi.write([replace(slices[0], notes=(note,)), quiet], stream)
    return messages(stream.getvalue())


def test_a_note_that_follows_its_body_glides_two_octaves_without_a_seam(slices):
    found = followed(slices, 1100.0, 0.5)
    (key,) = [m.note for _, m in found if m.type == "note_on"]
    ((_, last),) = [pair for pair in found if pair[1].type == "pitchwheel" and pair[0] > 0.9]
    heard = 440.0 * 2 ** ((key - 69 + last.pitch / 8192 * midi.GLIDE_SEMITONES) / 12)
    assert abs(1200 * math.log2(heard / 1100.0)) < 0.15
    sent = [(m.control, m.value) for _, m in found if m.type == "control_change"]
    at = sent.index((101, 0))
    assert sent[at : at + 4] == [(101, 0), (100, 0), (6, 24), (38, 0)]


@pytest.mark.parametrize("velocity", [0.1, 0.3, 0.6])
def test_its_loudness_is_followed_by_expression(slices, velocity):
    found = followed(slices, 310.0, velocity)
    struck = next(m.velocity for _, m in found if m.type == "note_on")
    levels = [m.value for _, m in found if m.type == "control_change" and m.control == 11]
    assert struck * levels[0] / 127**2 == pytest.approx(0.5, abs=0.01)
    assert struck * levels[-1] / 127**2 == pytest.approx(velocity, abs=0.01)


def test_pretty_midi_hears_the_expression_and_the_bends(slices):
    stream = io.BytesIO()
    midi.write(slices, stream, meter=(7, 8))
    read = pretty_midi.PrettyMIDI(io.BytesIO(stream.getvalue()))
    assert (
        read.time_signature_changes[0].numerator,
        read.time_signature_changes[0].denominator,
    ) == (7, 8)
    assert sum(len(part.pitch_bends) for part in read.instruments) >= 4
    assert all(
        c.value >= 126 for part in read.instruments for c in part.control_changes if c.number == 11
    )


def test_a_voice_of_the_documents_own_sounds_like_the_one_it_is_made_from(slices):
    mine = replace(slices[0], notes=(replace(slices[0].notes[0], voice="my-drum"),), controls=())
    stream = io.BytesIO()
    midi.write([mine], stream, like={"my-drum": "drum"})
    assert [m.channel for _, m in messages(stream.getvalue()) if m.type == "note_on"] == [
        midi.DRUMS
    ]


def test_beats_of_the_file_are_those_of_the_universe_through_a_ramp_of_tempo():
    data = {
        "rules": {"beat": {"when": {"every": "1/4"}, "note": {"voice": "lead", "pitch": "A4"}}},
        "story": {
            "slow": {"at": "bar 2", "changes": {"music.tempo": 60}, "over": "2 bars"},
            "three": {"at": "bar 4", "changes": {"music.meter": "3/4"}},
        },
    }
    piece = Performance(judge(data)).run(120 * 16)
    stream = io.BytesIO()
    midi.write([piece], stream)
    file = mido.MidiFile(file=io.BytesIO(stream.getvalue()))
    now, onsets = 0, []
    for message in file.tracks[0]:
        now += message.time
        onsets += [now / midi.TICKS_PER_BEAT] if message.type == "note_on" else []
    assert onsets == pytest.approx(range(len(onsets)), abs=2e-3)
    seconds = [when for when, _ in pitches(stream.getvalue())]
    assert seconds == pytest.approx([note.heard_s for note in piece.notes], abs=1e-3)
    told = [m for m in file.tracks[0] if m.type == "time_signature"]
    assert [(m.numerator, m.denominator) for m in told] == [(4, 4), (3, 4)]
