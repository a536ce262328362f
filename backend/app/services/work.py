"""The unit of work: one transaction, who asked for it, and what is told after its commit.

    with works.begin(claims) as work:            # or works.run(act, who=claims)
        event = universes.edit(work, universe_id, patch, op_id=op_id)

`who` is a `Caller`, what a token claims (of a session, an API key, a guest's seat), or nothing for
somebody who came with nothing. Claims are looked up in the database on first use of `work.caller`,
in the same transaction as the act. What a service announces reaches `works.listen`ers after the commit, in the thread that committed, and only then.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker

from app.crud import keys, links, sessions
from app.errors import Conflict, Forbidden, MundiError, Unauthenticated, Unavailable
from app.models.engine import WRITES, open_engine
from app.services.tokens import Claims, GuestClaim, KeyClaim
from app.services.tools import Tools
from app.services.views import KeyUsed
from app.utils import clock

Result = TypeVar("Result")
Listener = Callable[[object], None]
ATTEMPTS = 5
USE_NOTED_EVERY = timedelta(minutes=1)  # reading with a key is not to write at each request
# Postgres: could not serialize, deadlock. The act has not happened and may be tried again.
_AGAIN = {"40001", "40P01"}


@dataclass(frozen=True, slots=True)
class Seat:
    """What a share link gives to somebody without an account."""

    guest_id: UUID
    universe_id: UUID
    role: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks."""

    kind: str = "guest"  # user guest key system
    user_id: UUID | None = None
    session_id: UUID | None = None
    display_name: str | None = None
    seat: Seat | None = None  # of a guest who came with a share link
    scopes: frozenset[str] | None = None  # of an API key; None is everything

    @property
    def actor_id(self) -> UUID | None:
        """Who did it, as the log names them."""
        return self.seat.guest_id if self.seat else self.user_id

    def has_scope(self, scope: str) -> bool:
        """Tell whether whoever asks may do this at all: people may, keys what they are made for."""
        return self.scopes is None or scope in self.scopes

    def require_scope(self, scope: str) -> None:
        """Refuse an API key that was not made for this."""
        if not self.has_scope(scope):
            raise Forbidden(
                f"this API key may not do that: it lacks the scope {scope}", code="scope_missing"
            )

    @property
    def required_id(self) -> UUID:
        """The user's identifier; who comes without an account is asked for one."""
        if self.seat is not None:
            raise Forbidden(
                "a guest's seat does not reach this: sign in or register", code="account_needed"
            )
        if self.user_id is None:
            raise Unauthenticated("this needs an account: sign in or register")
        return self.user_id


GUEST = Caller()
SYSTEM = Caller(kind="system")
Who = Caller | Claims | KeyClaim | GuestClaim | None


class Work:
    """One act: its session, its caller, its clock, and what it will announce."""

    def __init__(self, session: Session, tools: Tools, who: Who, address: str) -> None:
        self.session = session
        self.tools = tools
        self.address = address
        self.committed: list[object] = []
        self._news: list[object] = []
        self._who = who

    @property
    def now(self) -> datetime:
        """This moment."""
        return clock.now()

    @property
    def caller(self) -> Caller:
        """Who asks, as the database knows them now."""
        if isinstance(self._who, Claims):
            self._who = _caller(self.session, self._who, self.now)
        elif isinstance(self._who, GuestClaim):
            self._who = _guest(self.session, self._who, self.now)
        elif isinstance(self._who, KeyClaim):
            self._who = self._key_holder(self._who)
        return self._who or GUEST

    def _key_holder(self, claim: KeyClaim) -> Caller:
        key = keys.find_live(self.session, claim.hash, self.now)
        if key is None:
            raise Unauthenticated("this API key is unknown, revoked or expired", code="invalid_key")
        if key.last_used_at is None or self.now - key.last_used_at > USE_NOTED_EVERY:
            self.announce(KeyUsed(key.id, self.now))
        return Caller(
            kind="key",
            user_id=key.user_id,
            display_name=key.user.display_name,
            scopes=frozenset(key.scopes.split()),
        )

    def announce(self, news: object) -> None:
        """Have something told once this work is committed."""
        self._news.append(news)

    def hand_over(self, other: "Work") -> None:
        """Have another work in the same session announce, after its commit, what this one has to."""
        for news in self._news:
            other.announce(news)

    def release(self) -> None:
        """Commit what is done so far, so that slow work ahead holds no lock."""
        self.session.commit()
        self.committed += self._news
        self._news.clear()


class Works:
    """Begins works on one database."""

    def __init__(self, url: str, tools: Tools) -> None:
        self.tools = tools
        self._engine = open_engine(url)
        self._writers = sessionmaker(self._engine, expire_on_commit=False)
        reading = self._engine.execution_options(**{WRITES: False})
        self._readers = sessionmaker(reading, expire_on_commit=False)
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Tell a listener every announcement of works committed by this process."""
        self._listeners.append(listener)

    @contextmanager
    def begin(self, who: Who = None, *, address: str = "", write: bool = True) -> Iterator[Work]:
        """Begin a work; it commits at the end of the block and rolls back on any error."""
        factory = self._writers if write else self._readers
        with _translated(), factory() as session:
            work = Work(session, self.tools, who, address)
            try:
                yield work
                work.release()
            finally:
                self._tell(work.committed)

    def run(
        self,
        act: Callable[[Work], Result],
        who: Who = None,
        *,
        address: str = "",
        write: bool = True,
    ) -> Result:
        """Do an act in a work of its own, again if the database asks for that."""
        for _ in range(ATTEMPTS - 1):
            try:
                with self.begin(who, address=address, write=write) as work:
                    return act(work)
            except (_Again, _Collision):
                continue
        with self.begin(who, address=address, write=write) as work:
            return act(work)

    def together(
        self, asked: Sequence[tuple[Callable[[Work], Result], Who]]
    ) -> list[Result | Exception]:
        """Do acts of several people in one commit; give what each returned, or why it was refused.

        An act that is refused leaves nothing behind and the others as they are. Where the database
        refuses them as a whole, each is done by itself.
        """
        if len(asked) > 1:
            try:
                return self._in_one(asked)
            except Exception:  # noqa: BLE001 -- each is told its own trouble, below
                return [self._alone(act, who) for act, who in asked]
        return [self._alone(act, who) for act, who in asked]

    def _in_one(
        self, asked: Sequence[tuple[Callable[[Work], Result], Who]]
    ) -> list[Result | Exception]:
        done: list[Result | Exception] = []
        with self.begin() as whole:
            for act, who in asked:
                work = Work(whole.session, self.tools, who, "")
                try:
                    with whole.session.begin_nested():
                        done.append(act(work))
                except MundiError as error:
                    done.append(error)
                else:
                    work.hand_over(whole)
        return done

    def _alone(self, act: Callable[[Work], Result], who: Who) -> Result | Exception:
        try:
            return self.run(act, who)
        except Exception as error:  # noqa: BLE001 -- handed to whoever asked, who raises it
            return error

    def _tell(self, committed: list[object]) -> None:
        for news in committed:
            for listener in self._listeners:
                listener(news)

    def close(self) -> None:
        """Give every connection back."""
        self._engine.dispose()


class _Again(Unavailable):
    """The database undid the act because of another one at the same time."""

    code = "busy"


class _Collision(Conflict):
    """Another act made the same thing first; done again, this one will see it."""


def _caller(session: Session, claims: Claims, now: datetime) -> Caller:
    found = sessions.find_holder(session, claims.session_id, now)
    if found is None or (found.user_id, found.token_version) != (claims.user_id, claims.version):
        raise Unauthenticated("this sign-in has ended; sign in again", code="session_ended")
    return Caller(
        kind="user",
        user_id=claims.user_id,
        session_id=claims.session_id,
        display_name=found.display_name,
    )


def _guest(session: Session, claims: GuestClaim, now: datetime) -> Caller:
    guest = links.find_guest(session, claims.hash, now)
    if guest is None:
        raise Unauthenticated("this share link has ended; ask for another", code="link_ended")
    link = guest.link
    seat = Seat(guest.id, link.universe_id, link.role, link.expires_at)
    return Caller(kind="guest", display_name=guest.name, seat=seat)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except IntegrityError as fault:
        raise _Collision("another act came first; look again and repeat") from fault
    except PoolTimeout as fault:
        raise Unavailable("the database has no connection free", retry_after_s=1) from fault
    except DBAPIError as fault:
        raise _translation(fault) from fault


def _translation(fault: DBAPIError) -> Exception:
    if getattr(fault.orig, "sqlstate", None) in _AGAIN:
        return _Again("others were changing the same thing; try again", retry_after_s=1)
    if not isinstance(fault, OperationalError):
        return fault
    text = str(fault.orig).lower()
    if "disk is full" in text or "no space" in text:
        return Unavailable("the storage is full", code="storage_full", retry_after_s=5)
    if "i/o error" in text:
        return Unavailable("the storage failed", code="storage_error", retry_after_s=5)
    return Unavailable("the database is busy or away", code="busy", retry_after_s=1)
