"""The one way from canonical samples to 16 bits."""

import numpy as np
from numpy.typing import NDArray


def pcm16(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Round samples in -1..1 to 16 bits, halves to even, without dither; louder ones are clipped."""
    scaled = np.clip(samples.astype(np.float64), -1.0, 1.0) * 32767.0
    return np.rint(scaled).astype(np.int16)
