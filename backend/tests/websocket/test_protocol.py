import json
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.schemas.live import Edit, Join, Ping
from app.websocket import protocol
from app.websocket.protocol import Conversation, Goodbye, Refusal

JOIN = json.dumps({"type": "join", "universe": str(uuid4())})


def joined() -> Conversation:
    talk = Conversation(0.0)
    assert isinstance(talk.hear(JOIN, 0.0), Join)
    return talk


def edit(**over: object) -> str:
    return json.dumps({"type": "edit", "op_id": str(uuid4()), "patch": {}} | over)


def test_join_comes_first_and_once():
    talk = Conversation(0.0)

    assert talk.hear(edit(), 0.0).code == "out_of_turn"
    assert isinstance(talk.hear(JOIN, 0.0), Join)
    assert talk.hear(JOIN, 0.0).code == "out_of_turn"
    assert isinstance(talk.hear(edit(), 0.0), Edit)


def test_a_connection_that_never_joins_is_ended():
    talk = Conversation(100.0)

    assert talk.overdue(109.9) is None
    assert talk.overdue(110.0) == Goodbye(4408, "no join within 10 s")
    assert joined().overdue(1e9) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", "7", '"join"', "NaN", '{"type":"edit"}', '{"type":"nothing"}',
        '{"type":"seek","tick":-1}', '{"type":"seek","tick":1.5}', '{"type":"seek","tick":1e999}',
        '{"type":"play","type":"pause"}', '{"type":"play","more":1}', "[" * 5000, "\0",
        '{"type":"ping","sent":NaN}', '{"type":"edit","op_id":"x","patch":{}}',
        '{"type":"edit","op_id":"00000000-0000-0000-0000-000000000000","patch":[]}',
        json.dumps({"type": "token", "token": "x" * 5000}),
        json.dumps({"type": "play", "deep": "x" * 70_000}),
    ],
)  # fmt: skip
def test_what_is_malformed_is_answered_in_band(text):
    refusal = joined().hear(text, 0.0)

    assert isinstance(refusal, Refusal)
    assert refusal.message
    assert refusal.message_out()["type"] == "error"


def test_a_refused_edit_names_its_operation_and_the_path_of_its_fault():
    op_id = str(uuid4())

    refusal = joined().hear(json.dumps({"type": "edit", "op_id": op_id, "patch": 5}), 0.0)

    assert refusal.op_id == op_id
    assert refusal.problems[0]["path"].endswith(".patch")


def test_binary_messages_are_refused():
    assert joined().hear(None, 0.0).code == "malformed"


def test_three_faults_are_forgiven_and_a_fourth_within_ten_seconds_is_not():
    talk = joined()

    told = [talk.hear("{", second) for second in (0.0, 1.0, 2.0)]
    last = talk.hear("{", 9.0)

    assert all(isinstance(one, Refusal) for one in told)
    assert last == Goodbye(4400, "too many malformed messages")


def test_faults_far_apart_are_always_forgiven():
    talk = joined()

    assert all(isinstance(talk.hear("{", 4.0 * n), Refusal) for n in range(20))


def test_a_burst_of_a_hundred_is_taken_and_fifty_a_second_after_that():
    talk = Conversation(0.0)
    talk.hear(JOIN, 0.0)

    burst = [talk.hear(edit(), 0.0) for _ in range(150)]
    second = [talk.hear(edit(), 1.0) for _ in range(150)]

    assert sum(isinstance(one, Edit) for one in burst) == 99
    assert sum(isinstance(one, Edit) for one in second) == 50
    assert sum(isinstance(one, Refusal) for one in burst) == 2  # not one answer to each


def test_ten_times_the_rate_for_seconds_ends_the_connection():
    talk = joined()

    outcomes = [talk.hear(edit(), n / 500) for n in range(2500)]

    assert outcomes[-1] == Goodbye(4429, "far over the rate for seconds")


def test_the_rate_as_allowed_is_never_refused():
    talk = joined()

    assert all(isinstance(talk.hear(edit(), n / 50), Edit) for n in range(5000))


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
WORDS = st.sampled_from(["join", "edit", "play", "pause", "seek", "ping", "token", "sound", "x"])
MESSAGES = st.fixed_dictionaries(
    {"type": WORDS},
    optional=dict.fromkeys(
        ("op_id", "patch", "tick", "sent", "token", "codec", "universe", "mode"), VALUES
    ),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(MESSAGES.map(json.dumps) | st.text(max_size=60), max_size=12))
def test_nothing_anybody_says_breaks_the_rules(texts):
    talk = Conversation(0.0)

    for second, text in enumerate(texts):
        outcome = talk.hear(text, float(second))
        assert isinstance(outcome, Refusal | Goodbye | Join) or hasattr(outcome, "type")


def test_a_ping_keeps_its_stamp():
    assert isinstance(said := joined().hear('{"type":"ping","sent":12.5}', 0.0), Ping)
    assert said.sent == 12.5


def test_the_close_codes_are_those_of_the_contract():
    codes = (protocol.RESTART, protocol.OVERLOADED, protocol.MALFORMED, protocol.UNAUTHENTICATED,
             protocol.REMOVED, protocol.GONE, protocol.NOT_JOINED, protocol.FULL, protocol.ABUSE)  # fmt: skip

    assert codes == (1012, 1013, 4400, 4401, 4403, 4404, 4408, 4409, 4429)
