"""Whether the energy of a world is to last: only then its error says how well it is followed."""

import numpy as np
from numpy.typing import NDArray

from app.core.physics.engine import layout

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LOSSES = (
    layout.AIR, layout.DISSIPATION, layout.TEMPERATURE, layout.FLUID, layout.VISCOSITY,
)  # fmt: skip


def lasting(body: Floats, tag: Ints, par: Floats, ctl: Ints, scene: Floats) -> bool:
    """Tell whether nothing in a world takes energy or brings it."""
    if np.any(par[list(LOSSES)]) or not _scene_keeps(ctl, scene):
        return False
    if _steered(body, tag, ctl) or _goes_round(par, ctl) or ctl[layout.ABSORB]:
        return False
    if not ctl[layout.TOUCHING]:
        return True
    touching = tag[layout.TOUCH] > 0
    loses = (body[layout.BOUNCE] < 1.0) | (body[layout.RUB] > 0.0)
    return not np.any(touching & loses)


def _scene_keeps(ctl: Ints, scene: Floats) -> bool:
    fields, links = scene[: ctl[layout.FIELDS]], scene[ctl[layout.FIELDS] :]
    swirls = np.any(fields[:, layout.F_KIND] == layout.VORTEX)
    ends = np.any(
        (fields[:, layout.F_KIND] == layout.DIRECTIONAL) & np.isfinite(fields[:, layout.F_RADIUS])
    )
    loses = np.any((links[:, layout.L_DAMP] > 0) | np.isfinite(links[:, layout.L_BREAKS]))
    strings = np.any(links[:, layout.L_KIND] == layout.STRING)
    return not (swirls or ends or loses or strings)


def _steered(body: Floats, tag: Ints, ctl: Ints) -> bool:
    """Tell whether something moves that takes no account of what it does to others."""
    rails = tag[layout.KIND] == layout.RAILS
    pulls = ctl[layout.MUTUAL] and np.any(body[layout.MASS, rails] > 0)
    return bool(pulls or np.any(tag[layout.TOUCH, rails]))


def _goes_round(par: Floats, ctl: Ints) -> bool:
    """Tell whether a body that goes round a periodic world finds itself higher or lower."""
    wraps = par[layout.WRAP_X : layout.WRAP_Z + 1] > 0
    pulled = par[layout.PULL_X : layout.PULL_Z + 1][wraps]
    return bool(np.any(pulled) or (np.any(wraps) and ctl[layout.FIELDS]))
