"""Letting others in, in real browsers: a guest with a link plays along without an account."""

from itertools import count

SILENT = {
    "title": "A silent sky",
    "world": "space",
    "dimensions": 2,
    "boundary": {"box": [20, 20]},
    "bodies": {"a": {"position": [-6, -6, 0], "radius": 0.5}},
}
numbers = count()
MAKE = """async (body) => {
  const renewed = await fetch('/api/v1/auth/refresh', { method: 'POST', headers: { 'X-Mundi-Client': 'studio' } });
  const { access_token: token } = await renewed.json();
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
  const made = await fetch('/api/v1/universes', { method: 'POST', body: JSON.stringify(body), headers });
  return (await made.json()).id;
}"""


def register(page) -> None:
    """Make an account in the dialog."""
    page.click("#account")
    page.click("text=Create an account")
    page.fill("[name=display_name]", "Ada")
    page.fill("[name=email]", f"sharer{next(numbers)}@example.org")
    page.fill("[name=password]", "correct horse battery")
    page.click("#account-dialog .solid")
    page.wait_for_selector("#account.in")


def test_a_guest_comes_in_by_a_link_and_pushes_what_is_there(visit):
    owner = visit()
    register(owner)
    universe = owner.evaluate(MAKE, {"document": SILENT, "visibility": "private"})
    owner.goto(f"{owner.url.split('#')[0]}#{universe}")
    owner.wait_for_function("() => window.mundi.role === 'owner'", timeout=30_000)

    owner.click("#share")
    owner.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    owner.click("#make-link")
    owner.wait_for_selector("#share-dialog .people li")
    # What is told while a dialog is open stands before it.
    box = owner.locator(".toast").bounding_box()
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert owner.evaluate(
        "([x, y]) => document.querySelector('.toast').matches(':popover-open *')", middle
    )
    guest = visit()
    guest.goto(owner.inner_text("#share-dialog .secret code"))
    guest.fill("#guest input", "Kepler")
    guest.click("#guest .solid")
    guest.wait_for_function("() => window.mundi.role === 'performer'", timeout=30_000)

    assert guest.inner_text("h1") == "A silent sky"
    guest.set_viewport_size({"width": 390, "height": 844})
    assert guest.evaluate("document.querySelector('header.top').scrollWidth <= innerWidth")
    guest.set_viewport_size({"width": 900, "height": 640})
    place = guest.evaluate("window.mundi.project([0, 0, 0])")
    guest.mouse.move(*place[:2])
    guest.mouse.down()
    guest.mouse.move(place[0] + 120, place[1], steps=4)
    guest.mouse.up()
    moved = "() => window.mundi.bodies.length === 1"
    guest.wait_for_function(moved)
    assert guest.evaluate("window.mundi.document.bodies") == SILENT["bodies"]
    assert guest.evaluate("document.querySelector('.toast.bad')") is None


def test_a_star_is_counted_where_it_is_seen(visit):
    page = visit("polyrhythm")
    register(page)
    page.wait_for_selector("#star:not([hidden])")
    before = int(page.inner_text("#stars"))

    page.click("#star")

    page.wait_for_function(
        f"() => Number(document.querySelector('#stars').textContent) === {before + 1}"
    )
    assert page.get_attribute("#star", "aria-pressed") == "true"
