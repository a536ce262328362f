"""Memory in little room: of a mostly silent state only the pages that are not zero are kept."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_PAGE = 4096


def packed(state: NDArray[np.void]) -> dict[str, Any]:
    """Give an array's bytes as a length, the numbers of its pages that are not zero, and those."""
    raw = np.frombuffer(state.tobytes(), dtype=np.uint8)
    pages = np.zeros((-(-len(raw) // _PAGE), _PAGE), dtype=np.uint8)
    pages.reshape(-1)[: len(raw)] = raw
    numbers = np.flatnonzero(pages.any(axis=1))
    return {"bytes": len(raw), "numbers": numbers, "pages": pages[numbers]}


def unpacked(state: dict[str, Any], dtype: np.dtype[np.void]) -> NDArray[np.void]:
    """Give back an array from what `packed` gave, exactly."""
    size = int(state["bytes"])
    pages = np.zeros((-(-size // _PAGE), _PAGE), dtype=np.uint8)
    pages[np.asarray(state["numbers"])] = state["pages"]
    return pages.reshape(-1)[:size].copy().view(dtype)
