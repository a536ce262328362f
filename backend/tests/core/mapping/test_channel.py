import math

import pytest

from app.core.document import parse
from app.core.document.bodies import roster
from app.core.document.values import value_of
from app.core.mapping.channel import MEMORY, Channel, Memory
from app.core.mapping.measures import Measures, Subject

DOCUMENT = parse('{"bodies": {"a": {}, "b": {}, "c": {}}}')


def evaluate(said, sky, *, name="velocity", subject=None, memory=None, base_hz=440.0):
    measures = Measures(DOCUMENT, roster(DOCUMENT))
    measures.look(sky)
    channel = Channel("rule." + name, name, value_of(said), measures)
    found, _ = channel.of(
        subject or Subject(("a", "b")), sky, memory or Memory(), tick=0, base_hz=base_hz
    )
    return found


def test_a_constant_is_itself_and_a_name_is_a_pitch(sky):
    assert evaluate(0.25, sky) == 0.25
    assert evaluate("A3", sky, name="pitch") == 220.0
    assert evaluate("A3", sky, name="pitch", base_hz=432.0) == 216.0
    assert evaluate("until-next", sky, name="duration") == "until-next"


def test_a_domain_goes_to_a_range_and_may_be_inverted(sky):
    sky.worth["body.speed", "a"] = 2.5
    said = {"from": "body.speed", "domain": [0, 10], "range": [0.2, 0.6]}
    assert evaluate(said, sky) == pytest.approx(0.3)
    assert evaluate({**said, "invert": True}, sky) == pytest.approx(0.5)


def test_a_ratio_is_an_exact_interval(sky):
    sky.worth.update({("body.period", "a"): 1.5108739, ("body.period", "b"): 18.76626})
    said = {"from": "body.period", "scale": "ratio", "body": "b", "is": "C3", "invert": True}
    hz = evaluate(said, sky, name="pitch")
    assert 69 + 12 * math.log2(hz / 440) == pytest.approx(91.6162, abs=5e-5)
    assert evaluate(said, sky, name="pitch", subject=Subject(("b",))) == pytest.approx(
        130.8128, abs=1e-4
    )


def test_a_list_goes_round_and_takes_names(sky):
    said = {"from": "body.index", "scale": "list", "list": ["A2", "A3"]}
    found = [evaluate(said, sky, name="pitch", subject=Subject((body,))) for body in "abc"]
    assert found == [110.0, 220.0, 110.0]
    voices = {"from": "body.index", "scale": "list", "list": ["bass", "bell"]}
    assert evaluate(voices, sky, name="voice", subject=Subject(("b",))) == "bell"


def test_a_fold_brings_a_pitch_into_its_octave(sky):
    sky.worth["body.period", "a"] = 9.0
    said = {"from": "body.period", "scale": "ratio", "value": 1, "is": 100, "fold": [200, 400]}
    assert evaluate(said, sky, name="pitch") == 225.0


def test_without_a_domain_a_measure_has_its_natural_one(sky):
    sky.worth["body.angle", "a"] = math.pi / 2
    assert evaluate({"from": "body.angle"}, sky, name="pan") == pytest.approx(0.5)
    # The scene reaches from -2 to 2.
    sky.worth["body.x", "a"] = 1.0
    assert evaluate({"from": "body.x"}, sky, name="pan") == pytest.approx(0.5)


def test_a_measure_without_bounds_learns_them(sky):
    memory = Memory()
    found = []
    for speed in (2.0, 4.0, 3.0, 2.0, 10.0):
        sky.worth["body.speed", "a"] = speed
        found.append(evaluate({"from": "body.speed", "range": [0, 1]}, sky, memory=memory))
    assert found == pytest.approx([0.5, 1.0, 0.5, 0.0, 1.0])
    assert len(memory.learn("x", 1.0)) == 1


def test_what_hardly_varies_is_not_blown_up(sky):
    memory = Memory()
    found = []
    for speed in (2.0, 2.001, 1.999, 2.002):
        sky.worth["body.speed", "a"] = speed
        found.append(evaluate({"from": "body.speed", "range": [0, 1]}, sky, memory=memory))
    assert found == pytest.approx([0.5] * 4, abs=0.01)


def test_percentiles_are_of_the_last_values_seen(sky):
    memory = Memory()
    said = {"from": "body.speed", "domain": ["25%", "75%"], "range": [0, 1]}
    for number in range(2 * MEMORY):
        sky.worth["body.speed", "a"] = float(number % 101)
        evaluate(said, sky, memory=memory)
    assert len(memory.seen["rule.velocity"]) == MEMORY
    sky.worth["body.speed", "a"] = 50.0
    assert evaluate(said, sky, memory=memory) == pytest.approx(0.5, abs=0.05)


def test_channels_keep_within_what_they_mean(sky):
    sky.worth["body.speed", "a"] = 99.0
    said = {"from": "body.speed", "domain": [0, 1], "range": [0, 1], "clamp": False}
    assert evaluate(said, sky) == 1.0
    assert evaluate({**said, "range": [-1, 1]}, sky, name="pan") == 1.0


def test_degrees_and_quantized_values_pass_as_they_are(sky):
    assert evaluate({"from": "body.index"}, sky, name="degree", subject=Subject(("c",))) == 2.0
    sky.worth["body.speed", "a"] = 0.37
    assert evaluate({"from": "body.speed", "scale": "quantize", "step": 0.25}, sky) == 0.25
