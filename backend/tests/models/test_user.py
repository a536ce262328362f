import pytest
from sqlalchemy import func, select

from app.errors import Conflict
from app.models import RefreshToken, SignIn, User
from app.utils import clock


def somebody(name="ada"):
    return User(email=name, email_canonical=name, display_name=name, token_version=0)


def keep(work, *rows):
    work.session.add_all(rows)
    work.session.flush()


@pytest.mark.databases
def test_a_deleted_person_takes_their_sign_ins_and_tokens_along(works):
    now = clock.now()
    with works.begin() as work:
        user = somebody()
        work.session.add(user)
        work.session.flush()
        sign_in = SignIn(user_id=user.id, client="script", expires_at=now)
        work.session.add(sign_in)
        work.session.flush()
        token = RefreshToken(hash="h", session_id=sign_in.id, created_at=now, expires_at=now)
        work.session.add(token)
        work.release()

        work.session.delete(user)
        work.release()

        for table in (User, SignIn, RefreshToken):
            assert work.session.scalar(select(func.count()).select_from(table)) == 0


def test_an_address_is_unique_in_its_canonical_form(works):
    with pytest.raises(Conflict):
        works.run(lambda work: keep(work, somebody(), somebody()))
