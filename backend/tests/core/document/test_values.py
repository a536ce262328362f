import math

from app.core.document.spans import Span
from app.core.document.values import Constant, Mapped, channels_of, value_of


def test_a_constant_is_itself():
    assert value_of(3) == Constant(3.0)
    assert value_of("C4") == Constant("C4")


def test_a_mapped_value_keeps_what_was_said_and_leaves_the_rest_to_its_channel():
    assert value_of({"from": "body.x"}) == Mapped("body.x")
    value = value_of(
        {
            "from": "body.period",
            "scale": "ratio",
            "body": "h",
            "is": "C3",
            "invert": True,
            "smooth": "1 bar",
        }
    )

    assert (value.scale, value.body, value.anchor, value.invert) == ("ratio", "h", "C3", True)
    assert value.smooth == Span(1.0, "bar")


def test_angles_are_degrees_in_a_document_and_radians_in_the_engine():
    value = value_of({"from": "body.angle", "domain": [-180, 90], "range": [-180, 90]})

    assert value.domain == (-math.pi, math.pi / 2)
    assert value.range == (-180, 90)


def test_percentiles_and_pitches_stay_words():
    value = value_of({"from": "body.speed", "domain": ["5%", "95%"], "range": ["C2", "C5"]})

    assert (value.domain, value.range) == (("5%", "95%"), ("C2", "C5"))


def test_channels_come_in_order_of_name():
    assert list(channels_of({"velocity": 1, "degree": 2})) == ["degree", "velocity"]
