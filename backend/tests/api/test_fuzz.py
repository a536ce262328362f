"""Whatever is sent to whatever operation, it is answered within the contract and never with 5xx."""

import json
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

KNOWN = [
    *("title", "document", "visibility", "link_role", "universe_id", "seconds", "ticks", "start"),
    *("seed", "journal", "email", "password", "display_name", "refresh_token", "width", "bodies"),
    *("handle", "role", "token", "name", "text", "target", "parent", "tags", "licence", "take"),
    *("example", "template", "label", "guests", "expires_in_s", "uses_max", "kind", "tick", "id"),
    *("physics", "gravity", "rules", "music", "clock", "series", "story", "n", "when", "note"),
]
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(["private", "public", "wav", "earth", "1/4 bar", "$.a", "-0.0", "\x00"])
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KNOWN) | st.text(max_size=6), inner, max_size=5)
    ),
    max_leaves=20,
)
bodies = st.dictionaries(st.sampled_from(KNOWN), values, max_size=4) | values
queries = st.dictionaries(
    st.sampled_from(
        [
            "limit",
            "cursor",
            "scope",
            "journal",
            "start",
            "ticks",
            "q",
            "sort",
            "tags",
            "kind",
            "id",
            "resolved",
            "parent",
            "title",
            "x",
        ]
    ),
    st.text(max_size=8)
    | st.integers().map(str)
    | st.sampled_from(["public", "stars", "title", "recent", "true", "body", "pend%"]),
    max_size=3,
)
tags = st.sampled_from(['"1"', '"0"', "*", 'W/"1"', "", '"' + "9" * 30 + '"', "é"])


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_nothing_that_is_sent_makes_an_accident(world, data):
    ada, operations, ids = world
    method, path, documented = data.draw(st.sampled_from(operations))
    where = re.sub(r"{\w+}", lambda _: data.draw(st.sampled_from(ids)), path)
    headers = {"If-Match": data.draw(tags).encode().decode("latin-1"), "Idempotency-Key": "k"}

    reply = ada(
        method,
        where.removeprefix("/api/v1/"),
        data=json.dumps(data.draw(bodies)) if method in ("POST", "PATCH") else None,
        content_type="application/json",
        query_string=data.draw(queries),
        headers=headers,
    )

    assert reply.status_code < 500, reply.text
    assert str(reply.status_code) in documented, (method, path, reply.status_code, reply.text)
    if reply.status_code >= 400:
        assert reply.content_type == "application/problem+json"
