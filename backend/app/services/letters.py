"""Letters, put together: what one says, to whom, from whom, and where its link leads."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTPUTF8

from app.services.wordings import DEFAULT, LETTERS, language_of
from app.utils.carriers import Carrier, Console


@dataclass(frozen=True, slots=True)
class Post:
    """How letters leave this server."""

    carrier: Carrier
    sender: str = "Mundi <mundi@localhost>"
    address: str = "http://localhost:8000"  # ours, as links name it: never what a request says
    confirms: bool = False  # whether addresses are confirmed: there is a mail server


def write(
    post: Post, kind: str, recipient: str, token: str | None, language: str = DEFAULT
) -> EmailMessage:
    """Write a letter in the language somebody wants (BCP 47), or in English.

    A token stands behind the # of its link: browsers keep that to themselves, so it is in no log.
    """
    written_in = language_of(language)
    subject, text = LETTERS[written_in][kind]
    link = f"{post.address}/" + (f"#{kind}={token}" if token else "")
    letter = EmailMessage(policy=SMTPUTF8)
    letter["Subject"], letter["From"], letter["To"] = subject, post.sender, recipient
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text.format(link=link))
    letter["Content-Language"] = written_in
    return letter


CONSOLE = Post(Console())
