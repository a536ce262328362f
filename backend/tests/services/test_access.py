from uuid import uuid4

import pytest

from app.errors import Forbidden, NotFound, Unauthenticated
from app.models import Universe
from app.services import access
from app.services.work import GUEST, SYSTEM, Caller

OWNER, STRANGER = Caller("user", uuid4()), Caller("user", uuid4())
TABLE = [
    # visibility, link_role, owner, stranger, guest
    ("private", "viewer", "owner", None, None),
    ("private", "editor", "owner", None, None),
    ("unlisted", "viewer", "owner", "viewer", "viewer"),
    ("unlisted", "editor", "owner", "editor", "viewer"),
    ("public", "viewer", "owner", "viewer", "viewer"),
    ("public", "editor", "owner", "editor", "viewer"),
]


def universe(visibility, link_role="viewer", **facts):
    return Universe(visibility=visibility, link_role=link_role, owner_id=OWNER.user_id, **facts)


@pytest.mark.parametrize(("visibility", "link_role", "owner", "stranger", "guest"), TABLE)
def test_everybody_has_the_role_of_the_table(visibility, link_role, owner, stranger, guest):
    made = universe(visibility, link_role)

    assert [access.role(made, who) for who in (OWNER, STRANGER, GUEST)] == [owner, stranger, guest]


@pytest.mark.parametrize(("visibility", "link_role", "owner", "stranger", "guest"), TABLE)
@pytest.mark.parametrize("who", ["stranger", "guest"])
def test_invisible_is_absent_and_visible_but_not_allowed_is_said(
    visibility, link_role, owner, stranger, guest, who
):
    made = universe(visibility, link_role)
    caller, found = {"stranger": (STRANGER, stranger), "guest": (GUEST, guest)}[who]

    def refusal(require):
        try:
            require(made, caller)
        except (NotFound, Forbidden, Unauthenticated) as fault:
            return type(fault)
        return None

    unseen = NotFound if found is None else None
    no = Unauthenticated if caller is GUEST else Forbidden
    assert refusal(access.require_viewer) is unseen
    assert refusal(access.require_editor) is (unseen or (None if found == "editor" else no))
    assert refusal(access.require_owner) is (unseen or no)


def test_an_example_is_changed_by_nobody_but_the_system():
    example = Universe(visibility="public", link_role="editor", owner_id=None, example="gas")

    assert access.role(example, STRANGER) == "viewer"
    with pytest.raises(Forbidden, match="make a copy"):
        access.require_editor(example, STRANGER)
    assert access.require_editor(example, SYSTEM) is example


def test_what_is_absent_is_absent():
    with pytest.raises(NotFound):
        access.require_viewer(None, OWNER)


def test_a_universe_without_an_owner_does_not_belong_to_guests():
    nobodys = Universe(visibility="private", link_role="viewer", owner_id=None)

    assert access.role(nobodys, GUEST) is None
