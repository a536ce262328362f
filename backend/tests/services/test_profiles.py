import io

import pytest
from PIL import Image

from app.errors import Conflict, InputError, LimitReached, NotFound
from app.models import Avatar, User
from app.services import profiles


def change(works, who, **changes):
    return works.run(lambda work: profiles.change(work, changes), who)


def picture(colour="#ffd9a0"):
    stream = io.BytesIO()
    Image.new("RGB", (9, 5), colour).save(stream, "PNG")
    return stream.getvalue()


def test_a_change_names_what_changes_and_the_rest_stays(works, caller):
    ada = caller()
    change(works, ada, handle="ada", bio="I tune gases.", preferences={"theme": "dark"})

    found = change(works, ada, colour="#ffd9a0", preferences={"motion": "reduced"})

    assert (found.handle, found.bio, found.colour) == ("ada", "I tune gases.", "#ffd9a0")
    assert (found.preferences.theme, found.preferences.motion) == ("dark", "reduced")
    assert change(works, ada, handle=None).handle is None


@pytest.mark.databases
def test_a_handle_is_one_persons(works, caller):
    ada, eve = caller("ada"), caller("eve")
    change(works, ada, handle="ada")

    with pytest.raises(Conflict) as refused:
        change(works, eve, handle="ada")
    assert refused.value.code == "handle_taken"
    assert change(works, ada, handle="ada").handle == "ada"


def test_what_everybody_may_know_has_no_address_in_it(works, caller):
    change(works, caller(), handle="ada", bio="Hello.")

    found = works.run(lambda work: profiles.person(work, "ada"))

    assert found.bio == "Hello."
    assert "example.org" not in str(found)


def test_who_is_disabled_is_not_to_be_found(works, caller):
    ada = caller()
    change(works, ada, handle="ada")
    with works.begin() as work:
        work.session.get(User, ada.user_id).disabled_at = work.now

    with pytest.raises(NotFound):
        works.run(lambda work: profiles.person(work, "ada"))


@pytest.mark.databases
def test_a_picture_takes_the_place_of_the_one_before_and_goes(works, caller):
    ada = caller()
    first = works.run(lambda work: profiles.show(work, picture()), ada)
    second = works.run(lambda work: profiles.show(work, picture("#000000")), ada)
    served = works.run(lambda work: profiles.picture(work, ada.user_id))

    assert first.picture != second.picture == served.sha256
    assert served.content.startswith(b"RIFF")
    works.run(profiles.hide, ada)
    assert works.run(profiles.me, ada).picture is None
    with works.begin() as work:
        assert work.session.query(Avatar).count() == 0


def test_a_broken_picture_changes_nothing(works, caller):
    ada = caller()
    works.run(lambda work: profiles.show(work, picture()), ada)

    with pytest.raises(InputError) as refused:
        works.run(lambda work: profiles.show(work, picture()[:40]), ada)

    assert refused.value.code == "invalid_picture"
    assert works.run(profiles.me, ada).picture is not None


def test_pictures_are_drawn_so_often_and_no_more(works, caller):
    ada = caller()
    throttle = works.tools.throttle
    for _ in range(30):
        throttle.spend("pictures", str(ada.user_id))

    with pytest.raises(LimitReached):
        works.run(lambda work: profiles.show(work, picture()), ada)
