"""The account's dialog: who one is, what is secret, keys, leaving; walked through as a person does."""

import io
from uuid import uuid4

import pytest
from PIL import Image

PASSWORD, OTHER = "a long and private sentence", "another private sentence"


@pytest.fixture
def ada(visit):
    """Somebody who has just made an account, with their dialog open."""
    page = visit()
    page.click("#account")
    page.click("text=Create an account")
    page.fill("[name=display_name]", "Ada")
    page.fill("[name=email]", f"{uuid4()}@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("#account-dialog .solid")
    page.wait_for_selector("#account.in")
    page.click("#account")
    page.wait_for_selector(".person [role=tab]")
    return page


def leaf(page, name):
    page.click(f"[role=tab]:text-is('{name}')")


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (40, 40), "#c04040").save(stream, "PNG")
    return {"name": "me.png", "mimeType": "image/png", "buffer": stream.getvalue()}


def test_a_profile_is_changed_and_shown_everywhere(ada):
    handle = f"ada-{uuid4().hex[:8]}"
    ada.fill("[name=display_name]", "Countess")
    ada.fill("[name=handle]", handle)
    ada.select_option("[name=motion]", "reduced")
    ada.select_option("[name=theme]", "light")
    ada.click(".leaf .solid")
    ada.wait_for_selector("h2:text-is('Countess')")
    ada.set_input_files("#picture", picture())
    ada.wait_for_selector(".leaf .picture img")

    assert ada.evaluate("document.documentElement.dataset.motion") == "reduced"
    assert ada.evaluate("document.documentElement.dataset.theme") == "light"
    shown = "() => document.querySelector('#account .member img')?.naturalWidth === 256"
    ada.wait_for_function(shown, timeout=10_000)
    ada.reload()
    ada.wait_for_selector("#account.in .member img")
    ada.click("#account")
    assert ada.input_value("[name=handle]") == handle


def test_a_handle_that_cannot_be_is_said_beside_its_field(ada):
    ada.fill("[name=handle]", "No Handle")
    ada.click(".leaf .solid")
    ada.wait_for_selector("#wrong-handle:not(:empty)")

    assert ada.get_attribute("[name=handle]", "aria-invalid") == "true"


def test_a_key_is_shown_once_and_can_be_ended(ada):
    leaf(ada, "Keys")
    ada.fill("[name=name]", "nightly")
    ada.check("[name=exports]")
    ada.click(".leaf .solid")
    secret = ada.inner_text(".secret code")
    assert secret.startswith("mundi_")

    leaf(ada, "You")
    leaf(ada, "Keys")
    ada.wait_for_selector(".rows li")
    assert ada.locator(".secret").count() == 0
    assert "exports" in ada.inner_text(".rows li")
    ada.click(".rows button")
    ada.wait_for_function("() => !document.querySelector('.rows')")


def test_devices_are_seen_and_the_password_changes(ada):
    leaf(ada, "Safety")
    ada.wait_for_selector(".rows li")
    assert "this one" in ada.inner_text(".rows li")
    ada.click("text=Another password")
    ada.fill("[name=current]", PASSWORD)
    ada.fill("[name=new]", OTHER)
    ada.click("details[open] .solid")
    ada.wait_for_selector(".toast:has-text('new password counts')")


def test_everything_can_be_taken_along_and_the_account_deleted(ada):
    leaf(ada, "Your data")
    with ada.expect_download() as fetched:
        ada.click("text=Download everything")
    assert fetched.value.suggested_filename == "mundi-account.zip"
    ada.click("summary:text-is('Delete my account')")
    ada.fill("[name=password]", PASSWORD)
    ada.click("details[open] .solid")
    ada.wait_for_function("() => !document.getElementById('account').classList.contains('in')")


def test_who_goes_with_their_universe_is_shown_another_without_asking_for_it(ada):
    ada.keyboard.press("Escape")
    ada.click("#new")
    ada.click("#beginnings button:has-text('An empty box')")
    ada.wait_for_function("() => window.mundi.role === 'owner' && window.mundi.tick > 12")
    ada.click("#account")
    leaf(ada, "Your data")
    ada.click("summary:text-is('Delete my account')")
    ada.select_option("[name=kind]", "delete")
    ada.fill("[name=password]", PASSWORD)
    ada.click("details[open] .solid")

    ada.wait_for_function("() => window.mundi.role === 'viewer'", timeout=20_000)


def test_who_forgot_the_password_is_told_to_look_into_their_mail(visit):
    page = visit()
    page.click("#account")
    page.click("text=I forgot my password")
    page.fill("[name=email]", f"{uuid4()}@example.org")
    page.click("#account-dialog .solid")

    page.wait_for_selector("h2:text-is('Look into your mail')")


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("reset", "Choose a new password"),
        ("confirm", "Open your account"),
        ("email", "A new address"),
    ],
)
def test_the_link_of_a_letter_opens_its_dialog_and_leaves_the_address_bar(visit, kind, title):
    page = visit()
    page.evaluate(f"location.hash = '#{kind}=abc'")
    page.wait_for_selector(f"h2:text-is('{title}')")
    assert page.locator("#account-dialog [name=password]").is_visible()

    assert "abc" not in page.url
