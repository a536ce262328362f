"""The served API keeps its published contract when a stranger tests it."""

import socket

import pytest
from outside import faults


@pytest.fixture
def port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def pytest_generate_tests(metafunc):
    metafunc.parametrize("seed", [1, 2, 3] if metafunc.config.getoption("--proof") else [1])


@pytest.mark.proof
@pytest.mark.timeout(900)
def test_a_stranger_finds_no_fault_and_every_operation_succeeds(
    database, tmp_path, port, proof, seed
):
    examples, seconds = (100, 240) if proof else (4, None)
    wrong = faults(
        tmp_path / "data", database, port=port, seed=seed, examples=examples, seconds=seconds
    )
    assert not wrong, wrong[:20_000]
