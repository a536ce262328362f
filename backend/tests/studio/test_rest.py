"""What the studio's HTTP side keeps in a real browser's cache, and what it never shares."""

import pytest

# Registers, makes a public universe, and gives what each asker in turn was told of it, and how many
# bytes of each answer came over the line.
ASK = """async (turns) => {
  const { Rest } = await import('/rest.js');
  const owner = new Rest();
  const person = { email: `cache${Math.random()}@example.org`, password: 'correct horse battery' };
  await owner.register(person);
  const bodies = Object.fromEntries([...Array(40).keys()].map((n) => [`b-${n}`, { position: [n, 1, 0] }]));
  const made = await owner.post('/universes', { visibility: 'public', document: { title: 'Mine', bodies } });
  const path = `/universes/${made.id}`;
  const askers = { owner, guest: new Rest() };
  const told = [];
  for (const turn of turns) {
    if (turn === 'change') {
      const latest = await owner.get(path);
      const patch = { document: { title: 'Changed' } };
      await owner.ask('PATCH', path, patch, { 'If-Match': latest.etag });
      continue;
    }
    performance.clearResourceTimings();
    const seen = await askers[turn].get(path);
    const entries = performance.getEntriesByType('resource').filter((one) => one.name.endsWith(path));
    const { transferSize, decodedBodySize } = entries.at(-1);
    told.push({ role: seen.role, title: seen.document.title, etag: seen.etag,
                saved: transferSize < decodedBodySize / 2 });
  }
  return told;
}"""


@pytest.fixture
def told(browser, server):
    """A function that asks by turns and returns what was told."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server}/icon.svg")
    yield lambda *turns: page.evaluate(ASK, list(turns))
    context.close()


def test_what_has_not_changed_is_asked_about_and_not_sent_again(told):
    first, again, changed, still = told("owner", "owner", "change", "owner", "owner")

    assert not first["saved"]
    assert again == first | {"saved": True}
    assert (changed["title"], still["title"]) == ("Changed", "Changed")
    assert changed["etag"] != first["etag"]
    assert still["saved"]


def test_a_guest_and_the_owner_never_share_an_answer(told):
    answers = told("owner", "guest", "owner", "guest", "guest", "owner")

    roles = [one["role"] for one in answers]
    assert roles == ["owner", "viewer", "owner", "viewer", "viewer", "owner"]
    tags = {one["role"]: one["etag"] for one in answers}
    assert tags["owner"] != tags["viewer"]
    assert all(one["etag"] == tags[one["role"]] for one in answers)
