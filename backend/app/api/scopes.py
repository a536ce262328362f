"""What an API key has to be made for, by room and method."""

ACCOUNT = "account"  # no key has it: accounts and keys are their holder's own affair
EXPORTS = "exports"
READ, WRITE = "universes:read", "universes:write"
NONE = ""
_ROOMS = {
    "auth": ACCOUNT,
    "account": ACCOUNT,
    "keys": ACCOUNT,
    "audio": EXPORTS,
    "visualizations": EXPORTS,
    "reference": NONE,
    "users": NONE,
}


def needed(room: str, method: str) -> str:
    """Return the scope an operation asks of an API key; rooms not named here are of universes."""
    return _ROOMS.get(room, READ if method in ("GET", "HEAD") else WRITE)
