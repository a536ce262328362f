"""Determinism is a promise: the same bits for any cut, in any process, on any processor."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
_spec = importlib.util.spec_from_file_location("determinism", HERE / "determinism.py")
determinism = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(determinism)
GOLDEN = json.loads(determinism.GOLDEN.read_text())
pytestmark = pytest.mark.proof


def test_every_example_has_its_hashes():
    assert set(GOLDEN) == {*determinism.names(), "polyrhythm with a ball"}


@pytest.mark.parametrize(
    ("name", "step"), [(n, s) for n in determinism.names() for s in (1, 60)] + [("polyrhythm", 2)]
)
def test_an_example_is_what_it_always_was_however_it_is_cut(name, step):
    assert determinism.hashes(name, step=step) == GOLDEN[name]


@pytest.mark.parametrize("step", [1, 60])
def test_a_take_with_a_ball_thrown_in_is_what_it_always_was(step):
    found = determinism.hashes("polyrhythm", step=step, thrown=True)
    assert found == GOLDEN["polyrhythm with a ball"]


@pytest.mark.timeout(900)
def test_other_processes_for_other_processors_give_the_same_bits():
    # Kernels of each target are compiled once and kept beside the others.
    running = {
        target: subprocess.Popen(
            [sys.executable, str(HERE / "determinism.py")],
            env={**os.environ, "NUMBA_CPU_NAME": target, "NUMBA_CPU_FEATURES": ""},
            cwd=HERE.parent, stdout=subprocess.PIPE, text=True,
        )
        for target in ("generic", "haswell")
    }  # fmt: skip
    for target, process in running.items():
        said, _ = process.communicate()
        assert process.returncode == 0, target
        assert json.loads(said) == GOLDEN, target
