import pytest


@pytest.fixture
def world(person, client):
    """Somebody with a universe and a render, every operation, and identifiers to try them on."""
    ada = person()
    spec = client.get("/api/v1/openapi.json").json
    universe = ada("POST", "universes", json={"visibility": "public"}).json["id"]
    render = {"universe_id": universe, "seconds": 1}
    job = ada("POST", "audio/renders", json=render).json["id"]
    operations = [
        (method.upper(), path, set(operation["responses"]))
        for path, item in spec["paths"].items()
        for method, operation in item.items()
        if not path.endswith("/logout")
    ]
    return ada, operations, [universe, job, "00000000-0000-7000-8000-000000000000", "x"]
