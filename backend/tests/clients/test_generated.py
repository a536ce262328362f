"""The typed client is what the API's own description makes of it: `make client` renews it."""

import importlib.util
from pathlib import Path

import pytest

PYTHON = Path(__file__).resolve().parents[3] / "clients" / "python"
_SPEC = importlib.util.spec_from_file_location("generate", PYTHON / "generate.py")
generate = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(generate)


@pytest.fixture(scope="module")
def written():
    return generate.written()


@pytest.mark.parametrize("name", ["models.py", "operations.py"])
def test_the_client_is_not_behind_its_api(written, name):
    assert (PYTHON / "mundi_client" / name).read_text() == written[name]


def test_every_operation_is_a_method_that_says_its_types():
    from mundi_client.operations import Operations

    spec = generate.specification()
    names = {one["operationId"] for item in spec["paths"].values() for one in item.values()}
    for name in names:
        assert getattr(Operations, name).__annotations__["return"] is not ..., name
