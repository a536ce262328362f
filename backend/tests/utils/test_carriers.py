import socket
import threading
from email import message_from_bytes
from email.message import EmailMessage

import pytest

from app.utils.carriers import Console, Folder, Relay, carrier_of


@pytest.fixture
def letter():
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "mundi@x", "ada@example.org", "Grüße"
    made.set_content("Follow https://x/#confirm=abc\n")
    return made


@pytest.mark.parametrize(
    ("address", "carrier"),
    [
        ("console:", Console()),
        ("file:letters", Folder(path=__import__("pathlib").Path("letters"))),
        ("file:///var/letters", Folder(path=__import__("pathlib").Path("/var/letters"))),
        ("smtp://ada:p%40ss@mail.x", Relay("mail.x", 587, "ada", "p@ss", "starttls")),
        ("smtps://mail.x", Relay("mail.x", 465, security="tls")),
        ("smtp+plain://[::1]:2525", Relay("::1", 2525, security="none")),
    ],
)
def test_an_address_names_a_carrier(address, carrier):
    found = carrier_of(address)

    assert type(found) is type(carrier)
    assert found == carrier or isinstance(carrier, Console)


@pytest.mark.parametrize("address", ["", "file:", "smtp://", "smtp://x:port", "http://x", "x"])
def test_what_names_no_carrier_is_told_what_would_do(address):
    with pytest.raises(ValueError, match="smtp://USER:PASSWORD@HOST"):
        carrier_of(address)


def test_a_folder_keeps_a_letter_whole_and_to_itself(tmp_path, letter):
    Folder(tmp_path / "letters").carry(letter)

    (path,) = (tmp_path / "letters").iterdir()
    assert path.suffix == ".eml"
    assert path.stat().st_mode & 0o777 == 0o600
    assert message_from_bytes(path.read_bytes())["To"] == "ada@example.org"


def test_the_console_prints_what_a_person_has_to_read(capsys, letter):
    Console().carry(letter)

    said = capsys.readouterr().out
    assert "ada@example.org" in said
    assert "https://x/#confirm=abc" in said


class Server:
    """A mail server of the plainest kind: it takes one letter and offers no TLS."""

    def __init__(self):
        self.line = socket.create_server(("127.0.0.1", 0))
        self.port = self.line.getsockname()[1]
        self.heard, self.inside = [], False
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self):
        peer, _ = self.line.accept()
        with self.line, peer, peer.makefile("rwb", buffering=0) as file:
            file.write(b"220 here\r\n")
            for line in file:
                self.heard.append(line)
                file.write(self.answer(line.strip().lower()))

    def answer(self, line):
        """Answer as RFC 5321 has it: nothing within a letter, which ends with a dot."""
        begins, ends, self.inside = line == b"data", line == b".", line != b"." and self.inside
        if self.inside:
            return b""
        self.inside = begins
        code = b"354" if begins else b"221" if line == b"quit" else b"250"
        return code + b" taken\r\n" if ends else code + b" fine\r\n"


def test_a_relay_hands_a_letter_to_a_mail_server(letter):
    server = Server()

    Relay("127.0.0.1", server.port, security="none").carry(letter)
    server.thread.join(10)

    said = b"".join(server.heard)
    assert b"rcpt to:<ada@example.org>" in said.lower()
    assert b"confirm=3Dabc" in said or b"confirm=abc" in said


def test_a_password_is_never_sent_to_a_server_without_tls(letter):
    server = Server()

    with pytest.raises(OSError):  # noqa: PT011 -- every fault of smtplib is one
        Relay("127.0.0.1", server.port, "ada", "secret").carry(letter)
    server.thread.join(10)

    assert b"AUTH" not in b"".join(server.heard).upper()
