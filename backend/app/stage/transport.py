"""Which tick is heard when: an anchor on the clock, from which every tick follows."""

from dataclasses import dataclass, replace

from app.core.numbers.grid import TICKS_PER_SECOND, TICKS_PER_SLICE

LEAD_DEFAULT_S = 0.06
LEAD_LOW_S = 0.06
LEAD_HIGH_S = 0.4
LATE_USUAL_S = 0.02  # a slice may leave so late; the default lead has room for it
LATE_S = 0.25  # further behind than this, the stage lets the time go instead of catching up


@dataclass(frozen=True, slots=True)
class Transport:
    """Tick `tick` leaves the stage at `time_s` and is heard `lead_s` later, all else in step.

    Times are seconds of CLOCK_MONOTONIC, which every process of a machine shares.
    `generation` goes up whenever the next tick is not the one that would have followed.
    """

    playing: bool
    generation: int
    tick: int
    time_s: float
    lead_s: float = LEAD_DEFAULT_S

    def leaves_s(self, tick: int) -> float:
        """Tell when a tick has to leave the stage."""
        return self.time_s + (tick - self.tick) / TICKS_PER_SECOND

    def heard_s(self, tick: int) -> float:
        """Tell when a tick is heard by every member."""
        return self.leaves_s(tick) + self.lead_s

    def started(self, tick: int, now_s: float) -> "Transport":
        """Play from `tick`, beginning now."""
        return replace(self, playing=True, generation=self.generation + 1, tick=tick, time_s=now_s)

    def stopped(self, tick: int, now_s: float) -> "Transport":
        """Pause before `tick`."""
        return replace(self, playing=False, generation=self.generation + 1, tick=tick, time_s=now_s)

    def sought(self, tick: int, now_s: float) -> "Transport":
        """Go on, or stay paused, at another tick."""
        return replace(self, generation=self.generation + 1, tick=tick, time_s=now_s)

    def led(self, lead_s: float) -> "Transport":
        """Hear every tick with another lead; when they leave does not change."""
        return replace(self, lead_s=min(max(lead_s, LEAD_LOW_S), LEAD_HIGH_S))

    def caught_up(self, tick: int, now_s: float) -> "Transport":
        """After a stall, let the lost time go rather than play faster than the clock."""
        late_s = now_s - self.leaves_s(tick)
        return self if late_s <= LATE_S else replace(self, tick=tick, time_s=now_s)


def on_the_grid(tick: int) -> int:
    """Move a tick back to the start of its slice; below zero is zero."""
    return max(tick, 0) // TICKS_PER_SLICE * TICKS_PER_SLICE


def lead_for(delays_s: list[float], *, late_s: float = 0.0) -> float:
    """Choose a room's lead: its slowest member's delay, and how late slices leave, on top."""
    over_s = max(0.0, late_s - LATE_USUAL_S)
    wanted = LEAD_DEFAULT_S + max(delays_s, default=0.0) + over_s
    return min(max(round(wanted, 2), LEAD_LOW_S), LEAD_HIGH_S)
