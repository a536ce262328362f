"""What the API says of itself holds: OpenAPI, headers, hosts, origins, errors."""

import re
from dataclasses import replace

import pytest

from app import factory

OPEN = {
    ("get", "/api/v1/universes"),
    ("get", "/api/v1/universes/{universe_id}"),
    ("get", "/api/v1/universes/{universe_id}/events"),
    ("get", "/api/v1/universes/{universe_id}/take"),
    ("get", "/api/v1/universes/{universe_id}/performance"),
    ("get", "/api/v1/universes/{universe_id}/lineage"),
    ("get", "/api/v1/universes/{universe_id}/comments"),
    ("get", "/api/v1/universes/{universe_id}/comments/{comment_id}"),
    ("post", "/api/v1/links/look"),
    ("post", "/api/v1/links/enter"),
    ("get", "/api/v1/licences"),
    ("get", "/api/v1/parameters"),
    *(
        ("get", f"/api/v1/universes/{{universe_id}}/{part}")
        for part in (
            "physics",
            "music",
            "visual",
            "mappings",
            "bodies",
            "bodies/{body_id}",
            "parameters",
            "story",
            "story/{point_id}",
            "history",
            "history/compare",
            "history/{rev}",
        )
    ),
    ("get", "/api/v1/schema"),
    ("get", "/api/v1/limits"),
    ("get", "/api/v1/users/{handle}"),
    ("get", "/api/v1/users/{user_id}/avatar"),
    ("post", "/api/v1/auth/register"),
    ("post", "/api/v1/auth/confirm"),
    ("post", "/api/v1/auth/password/forgotten"),
    ("post", "/api/v1/auth/password/reset"),
    ("post", "/api/v1/auth/email/confirm"),
    ("post", "/api/v1/auth/login"),
    ("post", "/api/v1/auth/refresh"),
    ("post", "/api/v1/auth/logout"),
}


@pytest.fixture
def spec(client):
    return client.get("/api/v1/openapi.json").json


def operations(spec):
    return [
        (method, path, operation)
        for path, item in spec["paths"].items()
        for method, operation in item.items()
    ]


def test_every_route_is_in_the_specification_and_the_reverse(app, spec):
    served = set()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        if not path.startswith(("/api/v1/docs", "/api/v1/openapi.json")):
            served |= {(m.lower(), path) for m in rule.methods - {"HEAD", "OPTIONS"}}

    assert spec["openapi"] == "3.1.0"
    assert served == {(method, path) for method, path, _ in operations(spec)}


def test_every_operation_is_told_and_every_error_is_a_problem(spec):
    for method, path, operation in operations(spec):
        assert operation["summary"].endswith("."), path
        assert any(code.startswith("2") for code in operation["responses"]), path
        for code, reply in operation["responses"].items():
            if code.startswith(("4", "5")):
                assert list(reply["content"]) == ["application/problem+json"], (method, path, code)


def test_every_reference_leads_somewhere(spec):
    found = set(re.findall(r"'#/components/schemas/(\w+)'", str(spec)))

    assert found <= set(spec["components"]["schemas"])
    assert not re.search(r"'\$ref': '#/\$defs", str(spec))


def test_what_comes_in_is_closed_and_bounded(spec):
    for name, schema in spec["components"]["schemas"].items():
        if name.endswith(("In", "Patch")):
            assert schema["additionalProperties"] is False, name


def test_who_is_nobody_gets_no_further_than_the_open_routes(client, spec):
    for method, path, operation in operations(spec):
        opened = {} in operation["security"]
        assert opened == ((method, path) in OPEN), (method, path)
        if not opened:
            where = path.replace("{rev}", "1")
            where = re.sub(r"{\w+}", "00000000-0000-7000-8000-000000000000", where)
            reply = client.open(where, method=method.upper())
            assert (reply.status_code, reply.json["code"]) == (401, "unauthenticated"), path


def test_the_documentation_needs_nobody_elses_server(client):
    page = client.get("/api/v1/docs/swagger").text
    script = client.get("/api/v1/docs/swagger/js/swagger-ui-bundle.js", buffered=True)

    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert script.status_code == 200
    assert "url=swagger" in client.get("/api/v1/docs", follow_redirects=True).text
    assert client.get("/api/v1/docs/openapi.json").json == client.get("/api/v1/openapi.json").json


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("GET", "/", 404, "not_found"),
        ("GET", "/console", 404, "not_found"),
        ("GET", "/api/v1/universes/", 404, "not_found"),
        ("GET", "/api/v1//universes", 404, "not_found"),
        ("GET", "/api/v1/universes/12", 404, "not_found"),
        ("GET", "/api/v1/universes/%2e%2e/limits", 404, "not_found"),
        ("PUT", "/api/v1/universes", 405, "method_not_allowed"),
        ("TRACE", "/api/v1/universes", 405, "method_not_allowed"),
    ],
)
def test_what_is_not_there_is_a_problem_too(client, method, path, status, code):
    reply = client.open(path, method=method)

    assert (reply.status_code, reply.json["code"]) == (status, code)
    assert reply.content_type == "application/problem+json"
    assert ("Allow" in reply.headers) == (status == 405)


def test_a_method_may_not_be_smuggled_in_a_header(person):
    ada = person()
    made = ada("POST", "universes", json={}).json

    ada("GET", f"universes/{made['id']}", headers={"X-HTTP-Method-Override": "DELETE"})

    assert ada("GET", f"universes/{made['id']}").status_code == 200


def test_an_accident_tells_nothing(capsys, client, monkeypatch):
    from app.services import limits

    def accident(_work):
        raise RuntimeError("SELECT secret FROM users")

    monkeypatch.setattr(limits, "every", accident)

    reply = client.get("/api/v1/limits", headers={"X-Request-ID": "find-me-1234"})

    assert (reply.status_code, reply.json["code"]) == (500, "internal")
    assert "secret" not in reply.text
    assert "find-me-1234" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["/api/v1/limits", "/api/v1/nothing", "/api/v1/auth/me"])
def test_every_answer_carries_the_headers_that_protect(client, path):
    headers = client.get(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["Cache-Control"] in ("private, no-cache", "no-store")
    assert len(headers["X-Request-ID"]) == 36
    assert "Werkzeug" not in headers.get("Server", "")


@pytest.mark.parametrize("given", ["x", "a" * 65, "a b c d e f g", "<script>alert</script>"])
def test_a_request_id_is_taken_only_if_it_is_harmless(client, given):
    reply = client.get("/api/v1/limits", headers={"X-Request-ID": given})

    assert reply.headers["X-Request-ID"] != given


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.2", "x" * 300])
def test_only_known_hosts_are_answered(client, host):
    reply = client.get("/api/v1/limits", headers={"Host": host})

    assert (reply.status_code, reply.json["code"]) == (422, "unknown_host")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machine_is_answered_by_every_name_of_its(client, host):
    assert client.get("/api/v1/limits", headers={"Host": host}).status_code == 200


@pytest.fixture
def shared(settings):
    """A server that pages of one other origin may call."""
    services = factory.make_services(
        settings.model_copy(update={"origins": ["https://app.example"], "secure_cookies": True})
    )
    yield factory.make_api(services).test_client()
    services.works.close()


def test_an_origin_on_the_list_may_call_with_cookies(shared):
    asked = {"Origin": "https://app.example", "Access-Control-Request-Method": "PATCH"}

    reply = shared.options("/api/v1/universes", headers=asked)

    assert reply.headers["Access-Control-Allow-Origin"] == "https://app.example"
    assert reply.headers["Access-Control-Allow-Credentials"] == "true"
    assert {"Origin", "Authorization"} <= set(reply.vary)


@pytest.mark.parametrize(
    "origin",
    ["null", "http://app.example", "https://app.example.evil", "https://xapp.example",
     "https://app.example:8443"],
)  # fmt: skip
def test_an_origin_that_only_looks_like_it_may_not(shared, origin):
    reply = shared.get("/api/v1/limits", headers={"Origin": origin})
    write = shared.post("/api/v1/auth/login", json={}, headers={"Origin": origin})

    assert "Access-Control-Allow-Origin" not in reply.headers
    assert (write.status_code, write.json["code"]) == (403, "wrong_origin")


def test_over_tls_cookies_stay_there_and_so_do_browsers(shared):
    body = {"email": "ada@example.org", "password": "correct horse battery"}

    reply = shared.post("/api/v1/auth/register", json=body, headers={"X-Mundi-Client": "studio"})

    assert "Secure" in reply.headers["Set-Cookie"]
    assert reply.headers["Strict-Transport-Security"].startswith("max-age=")


def test_one_address_may_ask_so_often(settings):
    services = factory.make_services(settings.model_copy(update={"requests_per_minute": 3}))
    client = factory.make_api(services).test_client()

    there = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.9"}}
    spoofed = {"headers": {"X-Forwarded-For": "198.51.100.7"}} | there
    found = [client.get("/api/v1/limits", **there).status_code for _ in range(4)]
    refused = client.get("/api/v1/limits", **spoofed)
    here = client.get("/api/v1/limits")
    services.works.close()

    assert (found, here.status_code) == ([200, 200, 200, 429], 200)
    assert (refused.status_code, refused.json["code"]) == (429, "rate_limited")
    assert int(refused.headers["Retry-After"]) > 0


def test_parameters_limits_and_schema_are_told(client):
    parameters = client.get("/api/v1/parameters").json["items"]
    tempo = next(one for one in parameters if one["path"] == "music.tempo")

    assert {"unit", "low", "high", "default", "meaning"} <= set(tempo)
    assert client.get("/api/v1/limits").json["limits"]["body_bytes_max"] == 1_048_576
    assert client.get("/api/v1/schema").json["$schema"].endswith("2020-12/schema")


def test_a_proxy_nobody_told_us_of_is_told_of_once(client, monkeypatch):
    from app.api import guards

    said = []
    monkeypatch.setattr(guards.log, "warning", said.append, raising=False)
    guards._tell_of_proxy.cache_clear()
    for _ in range(3):
        client.get("/api/v1/limits", headers={"X-Forwarded-For": "203.0.113.7"})

    assert len(said) == 1
    assert "MUNDI_PROXIES=1" in said[0]


def test_as_many_as_there_may_be_is_a_conflict_that_says_what_would_do(person, works):
    limits = replace(works.tools.limits, universes_per_user=1)
    works.tools = replace(works.tools, limits=limits)
    ada = person()
    first = ada("POST", "universes", json={})

    refused = ada("POST", "universes", json={})
    tag = {"If-Match": first.headers["ETag"]}
    ada("DELETE", f"universes/{first.json['id']}", headers=tag)

    # RFC 9110 15.5.10: a conflict with what there is, which whoever asks can resolve. 429 would
    # ask them to wait (RFC 6585 4), which changes nothing.
    assert (refused.status_code, refused.json["code"]) == (409, "quota")
    assert "delete one" in refused.json["detail"]
    assert ada("POST", "universes", json={}).status_code == 201
