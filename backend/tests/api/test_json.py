import json

import pytest
from werkzeug.test import create_environ, run_wsgi_app

HOSTILE = {
    "not a number": '{"document": {"seed": NaN}}',
    "infinity": '{"document": {"seed": Infinity}}',
    "a number beyond float64": '{"document": {"physics": {"gravity": [0, 1e999, 0]}}}',
    "two thousand levels": '{"document": ' + '{"a":' * 2000 + "1" + "}" * 2001,
    "a hundred thousand levels": "[" * 100_000,
    "the same key twice": '{"title": "a", "title": "b"}',
    "NUL in a string": '{"title": "a\\u0000b"}',
    "half a surrogate pair": '{"title": "\\ud800"}',
    "a byte order mark": "\ufeff{}",
    "two documents": "{} {}",
    "trailing garbage": "{}x",
    "nothing": "",
    "five thousand digits": '{"document": {"seed": ' + "9" * 5000 + "}}",
    "an integer that loses digits": '{"document": {"seed": 9007199254740993}}',
    "broken": '{"title": ',
    "not an object": "[]",
    "a string": '"hello"',
    "null": "null",
    "an unknown field": '{"owner_id": "x"}',
    "a read-only field": '{"rev": 7}',
    "a wrong type": '{"title": 7}',
    "a wrong word": '{"visibility": "everybody"}',
    "true for a number": '{"document": {"seed": true}}',
    "an unknown parameter": '{"document": {"physics": {"gravitas": 1}}}',
    "a value out of range": '{"document": {"music": {"tempo": 1e9}}}',
    "a prototype": '{"document": {"__proto__": {"a": 1}}}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_json_is_refused_clearly_and_changes_nothing(person, name):
    ada = person()

    reply = ada("POST", "universes", data=HOSTILE[name].encode(), content_type="application/json")

    assert reply.status_code in (400, 422), reply.text
    assert reply.content_type == "application/problem+json"
    assert {"type", "title", "status", "code", "detail", "request_id"} <= set(reply.json)
    json.loads(reply.text, parse_constant=pytest.fail)
    assert ada("GET", "universes").json["items"] == []


def test_bytes_that_are_not_utf8_are_malformed(person):
    reply = person()(
        "POST", "universes", data=b'{"title": "\xff"}', content_type="application/json"
    )

    assert (reply.status_code, reply.json["code"]) == (400, "malformed")


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_a_body_must_say_it_is_json(person, kind):
    reply = person()("POST", "universes", data=b"{}", content_type=kind)

    assert (reply.status_code, reply.json["code"]) == (415, "unsupported_media_type")


def test_a_compressed_body_is_not_unpacked(person):
    reply = person()(
        "POST", "universes", data=b"x", content_type="application/json",
        headers={"Content-Encoding": "gzip"},
    )  # fmt: skip

    assert reply.status_code == 415


def sent(app, stream, **environ):
    """Send a body that is read from a stream of the test's own."""
    made = create_environ("/api/v1/auth/login", method="POST", content_type="application/json")
    body, status, headers = run_wsgi_app(app, made | environ | {"wsgi.input": stream})
    return int(status[:3]), json.loads(b"".join(body)), headers


class Body:
    """A body of spaces that knows how much of it was read."""

    def __init__(self):
        self.given = 0

    def read(self, size=-1):
        size = 65_536 if size < 0 else min(size, 65_536)
        self.given += size
        assert self.given < 3 * 1024 * 1024, "it went on reading"
        return b" " * size


def test_a_body_of_100_mb_is_refused_before_it_is_read(app):
    body = Body()

    status, problem, _ = sent(app, body, CONTENT_LENGTH=str(100 * 1024 * 1024))

    assert (status, problem["code"], body.given) == (413, "too_large", 0)


def test_a_chunked_body_ends_at_the_limit(app):
    chunked = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}

    status, problem, _ = sent(app, Body(), **chunked, CONTENT_LENGTH="")

    assert (status, problem["code"]) == (413, "too_large")


def test_a_document_of_more_than_256_kib_is_too_large(person):
    body = {"document": {"about": "x" * 300_000}}

    reply = person()("POST", "universes", json=body)

    assert reply.status_code in (413, 422), reply.text


def test_a_fault_in_a_document_is_told_by_its_path(person):
    reply = person()("POST", "universes", json={"document": {"music": {"tempo": "fast"}}})

    assert (reply.status_code, reply.json["code"]) == (422, "invalid_document")
    assert [fault["path"] for fault in reply.json["problems"]] == ["$.music.tempo"]


def test_a_fault_in_a_request_is_told_by_its_path_and_never_quoted(person):
    reply = person()("POST", "universes", json={"visibility": "s3cret"})

    assert [fault["path"] for fault in reply.json["problems"]] == ["$.visibility"]
    assert "s3cret" not in reply.text
