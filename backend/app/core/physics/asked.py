"""What the world is asked: measures by name, as rows of the numbers its kernel reads."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from app.core.physics.engine import measure, reading
from app.errors import ParameterError

# A measure, of a body, with another, about a third; "" where there is none.
Ask = tuple[str, str, str, str]
ENERGIES = np.array(
    [(reading.OF_ALL + code, -1, -1, -1) for code in (reading.U_KINETIC, reading.U_POTENTIAL)]
)


def rows(asked: Iterable[Ask], places: Mapping[str, int]) -> NDArray[np.int64]:
    """Give (n, 4) code, body, other, about; raises ParameterError for a name that is no measure.

    Args:
        asked: n of them.
        places: where each body is in the tables, by id.
    """
    found = [
        (_code(name), *(places[one] if one else -1 for one in bodies)) for name, *bodies in asked
    ]
    return np.array(found, np.int64).reshape(-1, 4)


def _code(name: str) -> int:
    short = name.removeprefix("universe.")
    if name == short:
        if name not in measure.CODES:
            raise ParameterError(f"{name!r} is no measure; {', '.join(measure.CODES)} are")
        return measure.CODES[name]
    if short not in reading.UNIVERSE:
        raise ParameterError(f"universe has no {short!r}; it has {', '.join(reading.UNIVERSE)}")
    return reading.OF_ALL + reading.UNIVERSE.index(short)
