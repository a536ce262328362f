"""A secret of the server's own, made once and readable by nobody else."""

import os
import secrets
from pathlib import Path

SHORTEST = 32  # bytes: an HMAC key shorter than its hash is weak


def secret_of(path: Path) -> bytes:
    """Return the secret in a file, making both at the first start with mode 0600.

    Raises:
        ValueError: the file holds a secret that is too weak.
    """
    try:
        # Made under a name of its own and linked, so two servers that start together agree.
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(48))
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink(missing_ok=True)
    return judged(path.read_text().strip())


def judged(secret: str) -> bytes:
    """Return a secret as bytes, or say why it is too weak to start with."""
    data = secret.encode()
    if len(data) < SHORTEST or len(set(data)) < 8:
        raise ValueError(
            f"the secret has {len(data)} bytes, {len(set(data))} of them different; "
            f'it needs at least {SHORTEST} random ones: python3 -c "import secrets; '
            'print(secrets.token_urlsafe(48))"'
        )
    return data
