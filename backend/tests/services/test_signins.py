import pytest

from app.errors import NotFound, Unauthenticated
from app.models import SignIn
from app.services import accounts, signins
from app.services.signins import Device
from app.services.views import SessionsEnded

ADA = {"email": "Ada@Example.org", "password": "correct horse battery", "display_name": None}


def register(works, *, client="script", label="", **more):
    device = Device(client, label)
    return works.run(lambda work: accounts.register(work, **ADA | more, device=device))


def claims(works, view):
    return works.tools.tokens.read(view.access_token)


def test_reuse_ends_the_family_and_says_so_to_those_who_hold_sockets(works):
    heard = []
    works.listen(heard.append)
    first = register(works)
    works.run(lambda work: signins.refresh(work, first.refresh_token))

    with pytest.raises(Unauthenticated, match="used before"):
        works.run(lambda work: signins.refresh(work, first.refresh_token))

    ended = [news for news in heard if isinstance(news, SessionsEnded)]
    assert len(ended) == 1
    assert ended[0].user_id == first.user.id


def test_an_older_generation_is_no_grace_even_for_a_browser(works):
    first = register(works, client="studio")
    second = works.run(lambda work: signins.refresh(work, first.refresh_token))
    works.run(lambda work: signins.refresh(work, second.refresh_token))

    with pytest.raises(Unauthenticated, match="used before"):
        works.run(lambda work: signins.refresh(work, first.refresh_token))


def test_sign_ins_are_listed_with_this_one_marked_and_the_latest_used_first(works):
    first = register(works, label="Firefox on Linux")
    again = works.run(
        lambda work: accounts.login(
            work, email=ADA["email"], password=ADA["password"], device=Device("script", "curl")
        )
    )
    works.run(lambda work: signins.refresh(work, first.refresh_token))

    found = works.run(signins.listing, claims(works, again))

    assert [(one.label, one.current) for one in found] == [
        ("Firefox on Linux", False),
        ("curl", True),
    ]


def test_beyond_the_most_there_may_be_the_one_longest_unused_ends(works):
    most = works.tools.limits.sign_ins_per_user
    view = register(works)
    with works.begin() as work:
        for _ in range(most - 1):
            work.session.add(
                SignIn(
                    user_id=view.user.id, client="script", expires_at=work.now.replace(year=2200)
                )
            )
    works.run(lambda work: signins.refresh(work, view.refresh_token))

    works.run(
        lambda work: accounts.login(
            work, email=ADA["email"], password=ADA["password"], device=Device()
        )
    )

    found = works.run(signins.listing, claims(works, view))
    assert len(found) == most
    assert any(one.current for one in found)


def test_nobody_ends_a_sign_in_of_somebody_else(works):
    ada, eve = register(works), register(works, email="eve@example.org")
    mine = works.run(signins.listing, claims(works, ada))[0]

    with pytest.raises(NotFound):
        works.run(lambda work: signins.end(work, mine.id), claims(works, eve))

    assert works.run(signins.listing, claims(works, ada))
