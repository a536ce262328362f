"""Ways a letter leaves: printed for whoever runs the server, into a folder, or by SMTP."""

import os
import smtplib
import ssl
import sys
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from uuid import uuid4

TIMEOUT_S = 15.0


class Carrier(Protocol):
    """What carries letters; it raises OSError when a letter could not be handed on."""

    def carry(self, letter: EmailMessage) -> None:
        """Hand a letter on."""


class Console:
    """Prints letters: for trying things out, and for servers that a few people share."""

    def carry(self, letter: EmailMessage) -> None:
        """Print a letter."""
        rule = "-" * 72
        text = f"{rule}\nTo: {letter['To']}\nSubject: {letter['Subject']}\n\n{letter.get_content()}"
        sys.stdout.write(f"{text}{rule}\n")
        sys.stdout.flush()


@dataclass(frozen=True, slots=True)
class Folder:
    """Leaves each letter as a file that mail programs read, whole or not at all."""

    path: Path

    def carry(self, letter: EmailMessage) -> None:
        """Write a letter into the folder; others on this machine may not read it."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = self.path / f".{uuid4()}.part"
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(bytes(letter))
                stream.flush()
                os.fsync(stream.fileno())
            part.rename(self.path / f"{uuid4()}.eml")
        finally:
            part.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Relay:
    """Hands letters to a mail server; without TLS only where that was asked for by name."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    security: str = "starttls"  # starttls | tls | none

    def carry(self, letter: EmailMessage) -> None:
        """Send a letter. Raises OSError, which every fault of smtplib is too."""
        with self._line() as line:
            if self.security == "starttls":
                line.starttls(context=ssl.create_default_context())
            if self.user:
                line.login(self.user, self.password)
            line.send_message(letter)

    def _line(self) -> smtplib.SMTP:
        if self.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_S, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_S)


_RELAYS = {"smtp": ("starttls", 587), "smtps": ("tls", 465), "smtp+plain": ("none", 25)}


def carrier_of(address: str) -> Carrier:
    """Return the carrier an address names.

    Raises:
        ValueError: it names none of ours.
    """
    scheme, _, rest = address.partition(":")
    if scheme == "console":
        return Console()
    if scheme == "file" and rest:
        return Folder(Path(rest.removeprefix("//")))
    if scheme in _RELAYS:
        found = _relay(address)
        if found is not None:
            return found
    raise ValueError(
        "write console:, file:FOLDER, smtp://USER:PASSWORD@HOST:587 (STARTTLS), "
        "smtps://USER:PASSWORD@HOST (TLS) or smtp+plain://HOST (neither)"
    )


def _relay(address: str) -> Relay | None:
    told = urlsplit(address)
    security, port = _RELAYS[told.scheme]
    with suppress(ValueError):  # a port that is no number
        if told.hostname:
            user, password = unquote(told.username or ""), unquote(told.password or "")
            return Relay(told.hostname, told.port or port, user, password, security)
    return None
