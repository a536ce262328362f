"""What to call the device somebody signs in from, so that they know it again in a list."""

import re

LONGEST = 80
# The first that is found counts: each of these also pretends to be those below it.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_PROGRAM = re.compile(r"[A-Za-z0-9 ._+-]{1,40}")


def device(user_agent: str) -> str:
    """Name a device from what its browser says of itself: "Firefox on Linux", "curl"."""
    told = user_agent[:512]
    browser = next((name for mark, name in _BROWSERS if mark in told), "")
    system = next((name for mark, name in _SYSTEMS if mark in told), "")
    if browser and system:
        return f"{browser} on {system}"
    program = _PROGRAM.match(told.partition("/")[0])
    return (browser or system or (program[0].strip() if program else ""))[:LONGEST] or "a script"
