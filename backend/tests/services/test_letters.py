import pytest

from app.services import letters
from app.services.letters import Post
from app.services.wordings import ENGLISH, LETTERS
from app.utils.carriers import Console

POST = Post(Console(), "Mundi <m@x.example>", "https://mundi.example", True)


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.parametrize("kind", ENGLISH)
def test_a_letter_says_from_whom_to_whom_and_where(kind, language):
    letter = letters.write(POST, kind, "ada@example.org", "t0ken", language)

    assert letter["From"] == "Mundi <m@x.example>"
    assert letter["To"] == "ada@example.org"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == language
    assert letter["Subject"] == LETTERS[language][kind][0]
    # Behind the #, which no browser sends and no log keeps.
    assert f"https://mundi.example/#{kind}=t0ken" in letter.get_content()


def test_a_letter_without_a_token_leads_home():
    assert "https://mundi.example/\n" in letters.write(POST, "known", "a@b", None).get_content()


def test_an_address_cannot_add_a_header():
    with pytest.raises(ValueError, match="carriage return"):
        letters.write(POST, "reset", "a@b\nBcc: everybody@x", "t")


def test_an_address_in_any_script_can_be_written_to():
    letter = letters.write(POST, "reset", "jörg@münchen.example", "t")

    assert "jörg@münchen.example" in bytes(letter).decode()
