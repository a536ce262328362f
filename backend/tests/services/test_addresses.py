import pytest

from app.errors import ParameterError
from app.services.addresses import LONGEST, canonical_email, folded


@pytest.mark.parametrize(
    ("email", "canonical"),
    [
        ("Ada@Example.ORG", "ada@example.org"),
        ("e\u0301@x", "\u00e9@x"),  # NFD and NFC are one address
        ("\u00e9@x", "\u00e9@x"),
    ],
)
def test_an_address_has_one_canonical_form(email, canonical):
    assert canonical_email(email) == canonical


@pytest.mark.parametrize(
    "email", ["", "@", "a", "a@", "@b", "a b@c", "a\n@b", "a@b\u200b", "a,b@c", "<a@b>", '"a"@b']
)
def test_what_is_no_address_is_refused(email):
    with pytest.raises(ParameterError):
        canonical_email(email)


def test_what_is_compared_is_folded_like_what_is_kept_address_or_not():
    for email in ("Ada@Example.ORG", "E\u0301@x", "\u00e9@x"):
        assert folded(f" {email} ") == canonical_email(email)
    assert folded("No Address") == "no address"
    assert len(folded("x" * 10 * LONGEST)) == LONGEST
