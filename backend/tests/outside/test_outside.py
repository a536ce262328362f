"""The served API keeps its published contract when a stranger tests it."""

import socket

import pytest
from outside import faults


@pytest.fixture
def port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def forms(proof):
    """Seeds, examples an operation, seconds: of the long form and of the short one."""
    return ([1, 2, 3], 100, 240) if proof else ([1], 4, None)


@pytest.mark.proof
@pytest.mark.timeout(1_800)
def test_a_stranger_finds_no_fault_and_every_operation_succeeds(database, tmp_path, port, proof):
    seeds, examples, seconds = forms(proof)
    for seed in seeds:
        data = tmp_path / f"data{seed}"
        wrong = faults(data, database, port=port, seed=seed, examples=examples, seconds=seconds)
        assert not wrong, wrong[:20_000]
