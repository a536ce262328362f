import io
import json

import pytest
import soundfile

from app.core.audio.meters import loudness
from app.core.document import judge
from app.core.performance import Entry, play
from app.errors import InputError
from app.formats import wav
from app.worker.render import render, told

UNIVERSE = {
    "physics": {"elasticity": 1, "floor": 0},
    "bodies": {"a": {"bounce": "1/4 bar"}},
    "rules": {"hits": {"when": {"event": "collision"}, "note": {"voice": "pluck", "pitch": "C4"}}},
}
ENTRY = {"tick": 30, "rev": 2, "patch": {"physics": {"gravity": [0, -4, 0]}}}
TAKE = {"take": 1, "universe": UNIVERSE, "seed": 5, "journal": [ENTRY], "start": 12, "ticks": 120}


def rendered(kind, **options):
    stream = io.BytesIO()
    render(kind, json.dumps(TAKE | {"options": options}), stream, lambda _share: None)
    return stream.getvalue()


def test_a_render_is_the_take_played_into_a_file():
    stream = io.BytesIO()
    slices = play(judge(UNIVERSE), seed=5, journal=[Entry(**ENTRY)], start=12, ticks=120)
    wav.write(slices, stream)

    assert rendered("wav", encoding="pcm16") == stream.getvalue()
    assert len(stream.getvalue()) == 44 + 120 * 400 * 4


def test_floats_are_twice_as_long():
    assert len(rendered("wav", encoding="float32")) > 120 * 400 * 8


def test_a_render_at_a_loudness_says_what_it_reached():
    stream = io.BytesIO()
    take = json.dumps(TAKE | {"options": {"encoding": "float32", "loudness": -23}})
    sound = render("wav", take, stream, lambda _share: None)["sound"]
    samples, _ = soundfile.read(io.BytesIO(stream.getvalue()))

    assert sound["loudness"] == pytest.approx(loudness(samples), abs=0.05)
    assert set(sound) == {"loudness", "true_peak_db", "gain_db", "limited"}
    assert render("wav", json.dumps(TAKE), io.BytesIO(), lambda _share: None) == {}


def test_a_still_is_a_png_of_the_size_asked_for():
    picture = rendered("png", width=64, height=48)

    assert picture.startswith(b"\x89PNG\r\n")
    assert picture[16:24] == (64).to_bytes(4, "big") + (48).to_bytes(4, "big")


def test_progress_rises_to_one():
    shares = []
    slices = play(judge(UNIVERSE), ticks=60, step=20)

    assert sum(one.ticks for one in told(slices, 60, shares.append)) == 60
    assert shares == pytest.approx([1 / 3, 2 / 3, 1])


def test_an_unknown_kind_is_refused():
    with pytest.raises(InputError, match="no export of the kind ogg"):
        rendered("ogg")
