import dataclasses
import math

import pytest

from app.core.document import parse
from app.core.document.music import music
from app.core.mapping.pitch import hertz
from app.core.mapping.want import Want
from app.core.music.chain import Chain
from app.core.music.waiting import Due
from app.core.story import Clock
from app.utils import strict_json

WANT = Want(0, 0.0, 0.0, "r", "collision", ("a",), (0.0, 0.0, 0.0), "bell", hz=hertz("C6"))


def chain_of(voices=None, **said):
    document = parse(strict_json.canonical({"music": said, "voices": voices or {}}))
    spec = music(document)
    return Chain(spec, dict(spec.values)), Clock.of(document)


def heard(chain, clock, **changed):
    return chain.heard(Due(dataclasses.replace(WANT, **changed), 0, 0.0), clock, crowd=1)


def test_the_steps_come_in_the_order_of_the_grammar():
    chain, clock = chain_of(key="C", melody_complexity=0, melody_range=0.25)
    heard(chain, clock, hz=hertz("C5"))
    note = chain.heard(
        Due(dataclasses.replace(WANT, hz=hertz("D8"), merged=2), 9, 0.0), clock, crowd=3
    )
    order = ["merge", "want", "grid", "chord", "scale", "register", "leap", "density", "dynamics"]
    places = [order.index(step.name) for step in note.why]
    assert places == sorted(places)
    assert {"merge", "want", "register", "density", "dynamics"} <= {step.name for step in note.why}


def test_each_pitch_step_begins_where_the_one_before_ended():
    chain, clock = chain_of(key="C", harmony=0)
    note = heard(chain, clock, hz=hertz("C#8"))
    moves = [step for step in note.why if step.name in ("chord", "scale", "register", "leap")]
    assert len(moves) == 2
    assert moves[0].after == moves[1].before
    assert moves[-1].after == note.hz


def test_a_bend_comes_after_everything_else():
    chain, clock = chain_of(key="C")
    assert heard(chain, clock, bend=50.0).hz == pytest.approx(hertz("C6") * 2 ** (50 / 1200))


def test_melody_range_widens_a_register():
    chain, _ = chain_of(melody_range=0)
    low, high = chain.range("bass")
    assert math.log2(high / low) == pytest.approx(1.0)


def test_no_rule_sings_higher_than_its_voice_by_scale_alone():
    chain, clock = chain_of(key="B", scale="major")
    for degree in range(40):
        assert heard(chain, clock, hz=math.nan, degree=float(degree)).hz <= 2100.0 * 1.0001


def test_a_chord_without_case_of_its_own_is_that_of_the_scale():
    minor, clock = chain_of(key="A", scale="minor", harmony=1, harmony_complexity=0.25)
    assert minor.harmony.chord_at(clock.instant(0).beat) == "i"
    major, _ = chain_of(key="A", scale="lydian")
    assert major.harmony.chord_at(0.0) == "I"
