from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest

from app.services import views

KINDS = [kind for kind in vars(views).values() if is_dataclass(kind) and fields(kind)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_view_is_frozen(kind):
    view = object.__new__(kind)

    with pytest.raises(FrozenInstanceError):
        setattr(view, fields(kind)[0].name, 1)


def test_no_view_for_others_tells_an_address_or_a_hash():
    names = {field.name for kind in (views.PersonView, views.BriefView) for field in fields(kind)}

    assert not names & {"email", "email_canonical", "password_hash", "token_version"}


def test_a_document_is_left_out_of_what_is_printed():
    fields_shown = {field.name: field.repr for field in fields(views.RoomState)}

    assert not fields_shown["document"]
    assert not fields_shown["base_document"]
