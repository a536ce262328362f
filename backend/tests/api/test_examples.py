"""Every operation has an example, and the example works."""

import re

import pytest
from jsonschema import Draft202012Validator
from makers import MAKERS, World, png

WITHOUT_REPLY = ("204",)


def operations(spec):
    return {
        one["operationId"]: (method.upper(), path, one)
        for path, item in spec["paths"].items()
        for method, one in item.items()
    }


def media(content):
    return next((one for kind, one in content.items() if kind == "application/json"), {})


def succeeding(operation):
    code = next(code for code in operation["responses"] if code.startswith("2"))
    return code, operation["responses"][code]


@pytest.fixture
def spec(client):
    return client.get("/api/v1/openapi.json").json


@pytest.fixture
def sent(person, works):
    """A function that sends an operation's example and returns the answer."""

    def send(name, method, path, operation):
        return next(sending(World(person, works), name, method, path, operation))

    return send


def sending(world, name, method, path, operation, **extra):
    """Send an operation's example as often as one asks for its answer."""
    body = media(operation.get("requestBody", {}).get("content", {})).get("example")
    if isinstance(body, dict):
        body = {key: put_in(world, name, key, value) for key, value in body.items()}
    where = re.sub(r"{(\w+)}", lambda found: world.made(name, found[1]), path)
    told = operation.get("parameters", [])
    query = {one["name"]: one["example"] for one in told if "example" in one}
    raw = {"json": body} if body is not None else picture(operation)
    headers = raw.pop("headers", {}) | tagged(world, told, where) | extra
    path = where.removeprefix("/api/v1/")
    while True:
        yield world.ada(method, path, query_string=query, headers=headers, **raw)


def picture(operation):
    """Send a small picture where one is taken."""
    kinds = operation.get("requestBody", {}).get("content", {})
    return {"data": png(), "headers": {"Content-Type": "image/png"}} if "image/png" in kinds else {}


def put_in(world, name, key, value):
    known = {f"{name}.{key}", f"{name.partition('_')[0]}.{key}", key} & MAKERS.keys()
    return world.made(name, key) if known else value


def tagged(world, told, where):
    """Name the newest revision where an operation wants to hear it."""
    if not any(one["name"] == "If-Match" for one in told):
        return {}
    tag = world.ada("GET", where.removeprefix("/api/v1/")).headers.get("ETag")
    universe = where.split("/universes/")[-1].split("/")[0]
    return {"If-Match": tag or world.ada("GET", f"universes/{universe}").headers["ETag"]}


def test_every_operation_has_an_example_of_what_it_takes_and_gives(spec):
    silent = []
    for name, (_, _, operation) in operations(spec).items():
        body = operation.get("requestBody", {"content": {}})["content"]
        silent += [f"{name} body" for kind, one in body.items()
                   if "json" in kind and "example" not in one]  # fmt: skip
        code, reply = succeeding(operation)
        given = reply.get("content", {})
        silent += [f"{name} {code}" for kind, one in given.items()
                   if kind == "application/json" and "example" not in one]  # fmt: skip

    assert not silent


def test_every_example_is_of_the_shape_its_operation_tells(spec):
    wrong = []
    for name, (_, _, operation) in operations(spec).items():
        _, reply = succeeding(operation)
        for side, told in (("body", operation.get("requestBody", {})), ("reply", reply)):
            one = media(told.get("content", {}))
            if "example" in one:
                shape = one["schema"] | {"components": spec["components"]}
                faults = Draft202012Validator(shape).iter_errors(one["example"])
                wrong += [f"{name} {side}: {fault.message[:200]}" for fault in faults]

    assert not wrong, "\n".join(wrong)


def test_every_example_is_sent_and_answered_as_it_says(spec, sent):
    wrong = []
    for name, (method, path, operation) in operations(spec).items():
        code, told = succeeding(operation)
        reply = sent(name, method, path, operation)
        if str(reply.status_code) != code:
            wrong.append(f"{name}: {reply.status_code} {reply.text[:300]}")
            continue
        example = media(told.get("content", {})).get("example")
        if isinstance(example, dict) and missing(example, reply.json):
            wrong.append(f"{name}: {missing(example, reply.json)}")

    assert not wrong, "\n".join(wrong)


def test_every_operation_that_makes_something_takes_a_key_and_answers_again_as_before(
    spec, person, works
):
    keyed = {
        name: one
        for name, one in operations(spec).items()
        if any(told["name"] == "Idempotency-Key" for told in one[2].get("parameters", ()))
    }
    wrong = []
    for name, one in keyed.items():
        asking = sending(World(person, works), name, *one, **{"Idempotency-Key": "k"})
        first, again = next(asking), next(asking)
        marks = [reply.headers.get("Idempotent-Replayed") for reply in (first, again)]
        same = (first.status_code, lasting(first)) == (again.status_code, lasting(again))
        if not same or marks != [None, "true"]:
            wrong.append(f"{name}: {first.status_code} {again.status_code} {marks}")

    making = {name for name, (method, _, one) in operations(spec).items()
              if method == "POST" and "201" in one["responses"]}  # fmt: skip
    assert not wrong, "\n".join(wrong)
    assert making <= keyed.keys()


def lasting(reply):
    """Return what a reply says, but for tokens that open an account: those are made anew."""
    if not isinstance(reply.json, dict) or "access_token" not in reply.json:
        return reply.data
    return reply.json | {"access_token": "", "refresh_token": ""}


def missing(example, reply):
    """Name the members that an example has and the reply has not."""
    return sorted(example.keys() - reply.keys())
