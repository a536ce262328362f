"""What stands beside the picture: story, comments, history, people; walked through as people do."""

import json
from uuid import uuid4

import pytest

OPEN = "() => window.mundi.mode === 'room' && window.mundi.tick > 12"
PIECE = {"title": "A quiet box", "bodies": {"ball": {"position": [0, 1, 0]}}, "world": "space"}


def arrive(page, name):
    """Make an account; gives the handle one took."""
    page.click("#account")
    page.click("text=Create an account")
    page.fill("[name=display_name]", name)
    page.fill("[name=email]", f"{uuid4()}@example.org")
    page.fill("[name=password]", "a long and private sentence")
    page.click("#account-dialog .solid")
    page.wait_for_selector("#account.in")
    page.click("#account")
    page.fill("[name=handle]", handle := f"{name.lower()}-{uuid4().hex[:8]}")
    page.select_option("[name=language]", "de")
    page.click(".leaf .solid")
    page.wait_for_selector(".toast:has-text('Kept')")
    page.keyboard.press("Escape")
    return handle


def leaf(page, name):
    page.click(f"#tune [role=tab]:text-is('{name}')")


def from_file(page, document):
    """Bring a universe in from a file, and wait until it is open."""
    page.click("#new")
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    named = {"name": "piece.json", "mimeType": "application/json", "buffer": content}
    page.set_input_files("#new-file", named)


@pytest.fixture
def ada(visit):
    """Somebody with a universe of their own, brought in from a file, and its panel open."""
    page = visit()
    arrive(page, "Ada")
    from_file(page, PIECE)
    page.wait_for_function("() => window.mundi.role === 'owner'", timeout=30_000)
    page.wait_for_function(OPEN, timeout=30_000)
    page.click("#tune-open")
    return page


def test_a_story_is_written_and_what_was_done_can_be_seen_and_taken_back(ada):
    leaf(ada, "Story")
    ada.click("#point-add")
    ada.click(".points summary")
    ada.fill(".points [name=title]", "It opens")
    ada.fill(".points [name=at]", "half past")
    ada.click(".points .solid")
    ada.wait_for_selector("#wrong-at:not(:empty)")
    ada.fill(".points [name=at]", "bar 9")
    ada.click(".points .solid")
    ada.wait_for_selector(".points .when:text-is('0:16')")  # eight bars of four beats at 120

    leaf(ada, "History")
    ada.wait_for_selector("#past details")
    ada.click("#past li:last-child summary")
    ada.fill("#past li:last-child [name=name]", "As it came")
    ada.click("#past li:last-child .naming .solid")
    ada.wait_for_selector(".named:text-is('As it came')")
    ada.click("#past li:last-child summary")
    ada.click("#past li:last-child [data-act=differs]")
    ada.wait_for_selector(".differences li:has-text('nothing → ')")
    ada.click("#past li:last-child [data-act=restore]")
    ada.wait_for_function("() => !window.mundi.document.story?.['point-1']")
    ada.select_option("#past-kept", "named")
    ada.wait_for_function("() => document.querySelectorAll('#past details').length === 1")
    ada.click("text=Undo mine")
    ada.wait_for_function("() => window.mundi.document.story?.['point-1']?.title === 'It opens'")
    ada.click("text=Redo mine")
    ada.wait_for_function("() => !window.mundi.document.story?.['point-1']")


def test_people_are_asked_in_talk_about_a_moment_and_leave(ada, visit):
    grace = visit("gas", width=390, height=844)
    handle = arrive(grace, "Grace")
    ada.click("#share")
    ada.fill("#invite [name=handle]", handle)
    ada.select_option("#invite select", "editor")
    ada.click("#invite .solid")
    ada.wait_for_selector(".people small:text-is('was asked')")
    ada.keyboard.press("Escape")
    grace.reload()
    grace.click(".toast button:text-is('See')", timeout=30_000)
    grace.click("#share-dialog button:text-is('Come in')")
    grace.wait_for_function("() => window.mundi.role === 'editor'", timeout=30_000)

    leaf(ada, "Comments")
    grace.click("#talk-open")
    grace.click("#say textarea")
    grace.keyboard.type("Here it gets thin.")
    grace.locator("#say select").select_option(index=1)
    grace.click("#say button")
    remark = "#talk > li:has-text('Here it gets thin.')"
    ada.wait_for_selector(f"{remark} .link:has-text('at 0:')")  # it came by itself
    ada.click(f"{remark} >> text=Reply")
    ada.keyboard.type("I hear it too.")
    ada.keyboard.press("Control+Enter")
    grace.wait_for_selector(".replies .text:text-is('I hear it too.')")
    ada.click(".replies >> text=Edit")
    ada.fill(".replies textarea", "I hear it as well.")
    ada.click(".replies form >> text=Keep")
    grace.wait_for_selector(".replies .text:text-is('I hear it as well.')")
    grace.click(f"{remark} >> text=Settle")
    ada.wait_for_selector("#talk :text('Nobody has said anything yet.')")
    ada.select_option("#talk-settled", "yes")
    ada.click(f"{remark} > article >> text=Delete")
    ada.wait_for_selector("#talk :text('This was deleted.')")

    leaf(grace, "Shape")
    grace.click("text=Leave this universe")
    grace.wait_for_selector(".toast:has-text('You have left')")
    assert grace.evaluate("document.documentElement.scrollWidth") == 390


def test_a_universe_is_found_by_its_tag_and_says_where_it_comes_from(ada, visit):
    tag = f"t{uuid4().hex[:8]}"
    ada.fill("#tags", f"{tag}, slow")
    ada.press("#tags", "Tab")
    ada.select_option("#doors", label="Everyone may listen")
    ada.wait_for_timeout(600)
    bob = visit("polyrhythm")
    bob.keyboard.press("f")
    bob.fill("#find-words", f"#{tag} quiet")
    bob.wait_for_function("() => document.querySelectorAll('#found .open').length === 1")
    bob.click("#found .open")
    bob.wait_for_function("() => document.title.startsWith('A quiet box')", timeout=30_000)
    bob.keyboard.press("k")
    bob.wait_for_selector("#leaf-comments :text('Who has an account')")
    bob.click("#tune-close")
    arrive(bob, "Bob")

    bob.click("#save")
    bob.wait_for_function("() => window.mundi.role === 'owner'", timeout=30_000)
    bob.click("#tune-open")
    bob.wait_for_selector("#lineage a:has-text('A quiet box')")


def test_what_is_measured_stands_beside_the_sliders(ada):
    ada.wait_for_function("() => /±/.test(document.getElementById('gauge-energy').textContent)")
    ada.wait_for_selector("#gauge-now:text-is('silent')")
    ada.keyboard.press("]")
    ada.wait_for_function("() => /LUFS/.test(document.getElementById('gauge-now').textContent)")
    # As the person's own language writes numbers.
    assert "," in ada.inner_text("#gauge-now")


def test_a_file_that_is_no_json_is_refused_where_it_was_chosen(visit):
    page = visit()
    arrive(page, "Eve")
    from_file(page, b"{")
    page.wait_for_selector("#new-dialog .wrong:has-text('piece.json is no JSON')")


def test_tabs_are_walked_with_the_arrow_keys(visit):
    page = visit("polyrhythm")
    page.keyboard.press("t")
    page.focus("#tune [role=tab][aria-selected=true]")
    page.keyboard.press("ArrowRight")

    assert page.evaluate("document.activeElement.textContent") == "Story"
    assert page.is_visible("#leaf-story")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.is_visible("#leaf-history")


@pytest.mark.parametrize("name", ["physics-time_scale", "music-tempo", "music-volume"])
def test_every_press_of_an_arrow_key_moves_a_slider(ada, name):
    ada.focus(f"#set-{name}")
    told = []
    for key in ["ArrowRight"] * 4 + ["ArrowLeft"] * 4:
        ada.keyboard.press(key)
        ada.wait_for_timeout(150)  # what was sent comes back and must not push the knob
        told.append(float(ada.inner_text(f"output[for=set-{name}]").split()[0]))

    assert told[:4] == sorted(set(told[:4]))
    assert told[3:] == sorted(set(told[3:]), reverse=True)
