"""Compile a function once, keep it on disk, and never take a stale one back."""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import llvmlite.binding
import numba

from app.core.numbers.part import Part

Function = TypeVar("Function", bound=Callable[..., Any])

CORE = Path(__file__).resolve().parent.parent
FOLDER = Path(sys.prefix) / "kernels"
_compiled: list[Any] = []


def kernel(function: Function) -> Function:
    """Compile a function strictly, free of the GIL, cached under the hash of its sources.

    Strict means float64 without fastmath: the bits do not depend on the processor.
    A kernel may call kernels of its own folder and of `numbers`, no others.
    """
    return _compile(function)


def inner(function: Function) -> Function:
    """Compile a function that only kernels call, and that makes no arrays.

    Without a door from Python, without counting references and without machine code of its own
    it compiles in a third of the time; on disk it is part of the kernels that call it.
    """
    return _compile(
        function,
        cache=False,
        no_cpython_wrapper=True,
        no_cfunc_wrapper=True,
        _nrt=False,
        pipeline_class=Part,
    )


def inlined(function: Function) -> Function:
    """Have a function that one kernel calls at one place compiled as part of that kernel.

    LLVM goes through all that a function calls each time one more function calls it: a chain of
    five that only pass things on takes five times as long.
    """
    return _compile(function, inline="always")


def _compile(function: Function, cache: bool = True, **options: Any) -> Function:
    # Numba reads the folder when it decorates, and misses changes in callees: hence the hash.
    numba.config.CACHE_DIR = str(FOLDER / _fingerprint(function.__module__))
    options |= {"cache": cache, "nogil": True, "error_model": "numpy"}
    dispatcher: Any = numba.njit(**options)(function)
    _compiled.append(dispatcher)
    return dispatcher


def compilations() -> int:
    """Count the kernels this process had to compile because no cached one was there."""
    return sum(sum(one.stats.cache_misses.values()) for one in _compiled)


_fingerprints: dict[str, str] = {}


def _fingerprint(module: str) -> str:
    core = module.removeprefix("app.core.")
    package = core.rpartition(".")[0] if core != module else module
    if package not in _fingerprints:
        digest = hashlib.sha256()
        for name in sorted({"numbers", package.replace(".", "/")}):
            for source in sorted((CORE / name).rglob("*.py")):
                digest.update(source.read_bytes())
        target = numba.config.CPU_NAME or llvmlite.binding.get_host_cpu_name()
        digest.update(f"{numba.__version__} {llvmlite.__version__} {target}".encode())
        _fingerprints[package] = f"{package}-{digest.hexdigest()[:16]}"
    return _fingerprints[package]
