"""What was asked, what was reached, and whether that will do: the last line of each measurement."""

import os


def verdict(what: str, *, asked: str, reached: str, good: bool) -> None:
    """Print one line; the load beside it says how busy the machine was."""
    load = os.getloadavg()[0]
    print(
        f"{what}: asked {asked}, reached {reached}: {'good' if good else 'BAD'} (load {load:.1f})"
    )
