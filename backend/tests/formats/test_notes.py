import io
import json

from app.formats import events, notes
from app.formats.jsonlist import ListWriter


def read(write, slices):
    stream = io.BytesIO()
    write(slices, stream)
    return json.loads(stream.getvalue())


def test_events_keep_their_exact_times(slices):
    (event,) = read(events.write, slices)["events"]
    assert event["heard_s"] == (12 + 0.25) / 120
    assert event["universe_time"] == 0.204
    assert (event["tick"], event["offset"]) == (12, 0.25)
    assert event["impulse"] == 0.1 + 0.2
    assert (event["bodies"], event["place"]) == (["a", "b"], [1.0, 0.0, -1.0])
    assert "wall" not in event


def test_notes_say_when_what_and_why(slices):
    first = read(notes.write, slices)["notes"][0]
    assert (first["name"], first["hz"], first["velocity"]) == ("C4", 261.6255653, 0.5)
    assert first["sample"] == 4800
    assert first["why"] == [
        {"step": "want", "before": 1.0, "after": 261.6255653, "reason": "the rule says so"}
    ]


def test_a_held_note_is_written_with_the_length_it_had(slices):
    found = {one["id"]: one for one in read(notes.write, slices)["notes"]}
    assert found[1]["duration_s"] == 180 / 120 - found[1]["heard_s"]
    assert (found[1]["hz_low"], found[1]["hz_high"]) == (300.0, 320.0)
    assert found[2]["duration_s"] is None
    assert list(found) == [0, 1, 2, 3]


def test_a_list_without_objects_is_a_list():
    stream = io.BytesIO()
    ListWriter(stream, "notes", {}).close()
    assert json.loads(stream.getvalue()) == {"notes": []}


def test_numbers_json_does_not_have_become_null():
    stream = io.BytesIO()
    writer = ListWriter(stream, "x", {"format": "f"})
    writer.add({"a": float("nan"), "b": [float("inf"), 0.1]})
    writer.close()
    assert json.loads(stream.getvalue()) == {"format": "f", "x": [{"a": None, "b": [None, 0.1]}]}
