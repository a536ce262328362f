import pytest

from app.models import User
from app.services import universes
from app.services.work import SYSTEM, Caller


@pytest.fixture
def caller(works):
    """A function that makes an account, without a password, and returns who it is."""

    def made(name="ada"):
        def keep(work):
            email = f"{name}@example.org"
            user = User(email=email, email_canonical=email, display_name=name, token_version=0)
            work.session.add(user)
            work.session.flush()
            return Caller("user", user.id, None, name)

        return works.run(keep, SYSTEM)

    return made


@pytest.fixture
def universe(works):
    """A function that makes a universe for somebody."""

    def made(owner, **facts):
        return works.run(lambda work: universes.create(work, **facts), owner)

    return made


@pytest.fixture
def do(works):
    """A function that does an act of a service as somebody."""

    def done(act, who, *args, **more):
        return works.run(lambda work: act(work, *args, **more), who)

    return done


@pytest.fixture
def known(caller, works):
    """A function that makes an account with a handle of that name."""

    def made(name):
        who = caller(name)
        works.run(lambda work: setattr(work.session.get(User, who.user_id), "handle", name))
        return who

    return made
