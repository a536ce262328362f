"""What a voice may contain: the frequencies it declares, and nothing else may be heard."""

from app.core.audio.layout import MODES, RATE, WAVE
from app.core.audio.modes import banks
from app.core.audio.patches import WAVES, Patch
from app.core.audio.tables import TOP_HZ

HIGHEST_HZ = 20_000.0


def partials(patch: Patch, hz: float) -> tuple[float, ...]:
    """Give the partials of one of the built-in voices at a pitch, Hz, ascending.

    Waves have those harmonics that are in their table, strings all of them, modal voices the modes
    of what is struck. The onset of what is struck, and vibrato around each, come on top.
    """
    if patch.kind == MODES:
        ratios = [float(ratio) for ratio, level, _ in banks()[patch.modes] if level > 0.0]
        return tuple(sorted(ratio * hz for ratio in ratios if ratio * hz < HIGHEST_HZ))
    if patch.kind == WAVE:
        amplitudes = list(WAVES.values())[patch.wave]
        return tuple(
            k * hz for k, level in enumerate(amplitudes, 1) if level != 0.0 and k * hz < TOP_HZ
        )
    return tuple(k * hz for k in range(1, int(RATE / 2 / hz) + 1))
