"""What the letters say. Each is a few plain sentences; a link is in it where one is needed."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTPUTF8

from app.utils.carriers import Carrier, Console


@dataclass(frozen=True, slots=True)
class Post:
    """How letters leave this server."""

    carrier: Carrier
    sender: str = "Mundi <mundi@localhost>"
    address: str = "http://localhost:8000"  # ours, as links name it: never what a request says
    confirms: bool = False  # whether addresses are confirmed: there is a mail server


# kind: subject, text. {link} is put in where the text has it.
LETTERS = {
    "confirm": (
        "Confirm your account",
        "Welcome to Mundi. Follow this link within a day to open your account:\n\n{link}\n\n"
        "If you did not ask for an account, leave this letter be: none will be made.\n",
    ),
    "known": (
        "You have an account already",
        "Somebody, perhaps you, gave this address to Mundi for an account. There is one already: "
        "sign in at\n\n{link}\n\nor ask there for a new password. "
        "If it was not you, nothing has changed.\n",
    ),
    "reset": (
        "Choose a new password",
        "Follow this link within ten minutes to choose a new password:\n\n{link}\n\n"
        "If you did not ask for this, leave this letter be: your password stays as it is.\n",
    ),
    "email": (
        "Confirm your new address",
        "Follow this link within an hour to make this the address of your account:\n\n{link}\n\n"
        "If you did not ask for this, leave this letter be.\n",
    ),
    "moved": (
        "Your account has another address now",
        "The e-mail address of your Mundi account was changed, and this one counts no more. "
        "If it was not you, write to whoever runs\n\n{link}\n",
    ),
    "password": (
        "Your password was changed",
        "The password of your Mundi account was changed, and every other device was signed out. "
        "If it was not you, ask for a new password at\n\n{link}\n",
    ),
    "gone": (
        "Your account is deleted",
        "Your Mundi account was deleted, as you asked at\n\n{link}\n\nFarewell.\n",
    ),
}


def write(post: Post, kind: str, recipient: str, token: str | None) -> EmailMessage:
    """Write a letter.

    A token stands behind the # of its link: browsers keep that to themselves, so it is in no log.
    """
    subject, text = LETTERS[kind]
    link = f"{post.address}/" + (f"#{kind}={token}" if token else "")
    letter = EmailMessage(policy=SMTPUTF8)
    letter["Subject"], letter["From"], letter["To"] = subject, post.sender, recipient
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text.format(link=link))
    return letter


CONSOLE = Post(Console())
