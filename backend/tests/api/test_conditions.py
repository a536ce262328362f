"""`If-Match` and `If-None-Match` over HTTP, as RFC 9110 says (8.8.3, 13.1.1, 13.1.2)."""

import pytest

STORY = {"story": {"end": {"at": 5, "title": "End"}}}


@pytest.fixture
def made(person):
    """Somebody's universe at revision 2, with its path and its tag."""
    ada = person()
    view = ada("POST", "universes", json={"document": {"seed": 1} | STORY})
    path = f"universes/{view.json['id']}"
    moved = ada("PATCH", path, json={"title": "B"}, headers={"If-Match": view.headers["ETag"]})
    return ada, path, moved.headers["ETag"]


def changed(ada, path, match, **more):
    return ada("PATCH", f"{path}/music", json={"tempo": 80}, headers={"If-Match": match} | more)


@pytest.mark.databases
def test_a_star_changes_whatever_is_there_and_nothing_that_is_not(made):
    ada, path, _ = made

    anyway = [changed(ada, path, "*").status_code for _ in range(2)]
    missing = ada("PUT", f"{path}/story/new", json={"at": 6}, headers={"If-Match": "*"})
    gone = ada("DELETE", path, headers={"If-Match": "*"})

    assert anyway == [200, 200]
    assert (missing.status_code, missing.json["rev"]) == (412, 4)
    assert "there is nothing yet" in missing.json["detail"]
    assert gone.status_code == 204
    assert changed(ada, path, "*").status_code == 404


@pytest.mark.parametrize(
    ("match", "status"),
    [
        ("{tag}", 200),
        ('"1", {tag}', 200),
        ('"a,b" ,,\t{tag},', 200),  # commas may stand inside, and elements may be empty
        ('W/"1", {tag}', 200),
        ('"1", "3"', 412),
        ("W/{tag}", 412),  # strong comparison: a weak tag is never a match
        ('"é"', 412),
        ("", 412),
        ("{bare}", 400),
        ('{tag} "1"', 400),
        ('*, "1"', 400),
        ('w/"2"', 400),
        ("{open}", 400),
    ],
)
def test_tags_and_lists_of_them_are_read_as_the_standard_writes_them(made, match, status):
    ada, path, tag = made
    said = match.format(tag=tag, bare=tag.strip('"'), open=tag[:-1])

    reply = changed(ada, path, said.encode().decode("latin-1"))

    assert reply.status_code == status, reply.text
    assert status != 412 or reply.json["rev"] == 2


@pytest.mark.databases
def test_what_is_put_only_where_nothing_is_replaces_nothing(made):
    ada, path, _ = made
    fresh = {"If-None-Match": "*"}

    first, again = (ada("PUT", f"{path}/story/new", json={"at": n}, headers=fresh) for n in (6, 7))
    both = ada("PUT", f"{path}/story/end", json={"at": 8}, headers={"If-Match": "*"} | fresh)
    patch = ada("PATCH", f"{path}/music", json={"tempo": 80}, headers=fresh)

    assert (first.status_code, first.json["at"]) == (200, 6)
    assert [one.status_code for one in (again, both, patch)] == [412, 412, 428]
    assert ada("GET", f"{path}/story/new").json["at"] == 6


@pytest.mark.parametrize(
    ("none_match", "status"),
    [("{tag}", 412), ("W/{tag}", 412), ('"1", {tag}', 412), ("*", 412), ('"1", W/"3"', 200)],
)
def test_a_change_may_name_what_it_must_not_find(made, none_match, status):
    ada, path, tag = made

    reply = changed(ada, path, tag, **{"If-None-Match": none_match.format(tag=tag)})

    assert reply.status_code == status


@pytest.mark.parametrize("none_match", ["*", "{tag}", "W/{tag}", '"1", {tag}', '"1" ,, {tag}'])
def test_a_reader_who_has_it_under_any_name_is_told_so(made, none_match):
    ada, path, _ = made
    for where in (path, f"{path}/music"):
        tag = ada("GET", where).headers["ETag"]
        said = {"If-None-Match": none_match.format(tag=tag)}

        assert ada("GET", where, headers=said).status_code == 304
        assert ada("GET", where, headers={"If-None-Match": '"1", W/"1"'}).status_code == 200
