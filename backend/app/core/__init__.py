"""The engine, pure: the same in, the same out."""

import importlib
import sys


def _without_blas() -> None:
    """Have Numba look for SciPy's BLAS and find none: no kernel may use it, and it loads slowly."""
    if "scipy.linalg" in sys.modules:
        return
    sys.modules["scipy.linalg"] = None  # type: ignore[assignment]  # how Python says: not there
    try:
        importlib.import_module("numba.np.arraymath")
    finally:
        del sys.modules["scipy.linalg"]


_without_blas()
