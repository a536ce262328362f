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

from sqlalchemy.orm import Session, sessionmaker

from app.crud import keys, links, sessions
from app.errors import Forbidden, MundiError, Unauthenticated
from app.models.engine import WRITES, open_engine
from app.models.line import Line, OwnLine, OwnLines
from app.models.trouble import again_if_asked, translated
from app.services.tokens import Claims, GuestClaim, KeyClaim
from app.services.tools import Tools
from app.services.views import KeyUsed
from app.utils import clock

Result = TypeVar("Result")
Listener = Callable[[object], None]
USE_NOTED_EVERY = timedelta(minutes=1)  # reading with a key is not to write at each request


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

    def __init__(self, where: Session | OwnLine, tools: Tools, who: Who, address: str) -> None:
        self._own = where if isinstance(where, OwnLine) else None
        self._session = where if isinstance(where, Session) else None
        self.tools = tools
        self.address = address
        self.committed: list[object] = []
        self._news: list[object] = []
        self._who = who

    @property
    def session(self) -> Session:
        """Rows as objects; on a line of one's own made when it is first asked for."""
        if self._session is None:
            assert self._own is not None, "there is one or the other"
            self._session = self._own.session()
        return self._session

    @property
    def line(self) -> Line:
        """The way of prepared statements, in the transaction of the session."""
        return self._own or Line(self.session.connection())

    @property
    def now(self) -> datetime:
        """This moment."""
        return clock.now()

    @property
    def caller(self) -> Caller:
        """Who asks, as the database knows them now."""
        if isinstance(self._who, Caller):
            return self._who
        if isinstance(self._who, Claims):
            self._who = _caller(self.line, self._who, self.now)
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
        """Have another work in the same transaction announce, after its commit, what this one has to."""
        for news in self._news:
            other.announce(news)

    def release(self) -> None:
        """Commit what is done so far, so that slow work ahead holds no lock."""
        if self._own is None:
            self.session.commit()
        else:
            self.settle()
            self._own.commit()
        self.committed += self._news
        self._news.clear()

    def settle(self, *, done: bool = True) -> None:
        """Write what a session on a line of one's own holds back, or forget it."""
        if self._own is not None and self._session is not None:
            session, self._session = self._session, None
            with session:
                if done:
                    session.flush()


class Works:
    """Begins works on one database."""

    def __init__(self, url: str, tools: Tools) -> None:
        self.tools = tools
        self._engine = open_engine(url)
        self._writers = sessionmaker(self._engine, expire_on_commit=False)
        reading = self._engine.execution_options(**{WRITES: False})
        self._readers = sessionmaker(reading, expire_on_commit=False)
        self._lines = OwnLines(self._engine)
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Tell a listener every announcement of works committed by this process."""
        self._listeners.append(listener)

    @contextmanager
    def begin(self, who: Who = None, *, address: str = "", write: bool = True) -> Iterator[Work]:
        """Begin a work; it commits at the end of the block and rolls back on any error."""
        factory = self._writers if write else self._readers
        with translated(), factory() as session:
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

        def once() -> Result:
            with self.begin(who, address=address, write=write) as work:
                return act(work)

        return again_if_asked(once)

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
        with self._lines.lend() as line:
            whole = Work(line, self.tools, None, "")
            for act, who in asked:
                work = Work(line, self.tools, who, "")
                line.mark()
                try:
                    done.append(act(work))
                    work.settle()
                except MundiError as error:
                    done.append(error)
                    work.settle(done=False)
                else:
                    work.hand_over(whole)
                line.unmark(undone=isinstance(done[-1], Exception))
            whole.release()
        self._tell(whole.committed)
        return done

    def _alone(self, act: Callable[[Work], Result], who: Who) -> Result | Exception:
        try:
            return again_if_asked(lambda: self._on_own_line(act, who))
        except Exception as error:  # noqa: BLE001 -- handed to whoever asked, who raises it
            return error

    def _on_own_line(self, act: Callable[[Work], Result], who: Who) -> Result:
        with self._lines.lend() as line:
            work = Work(line, self.tools, who, "")
            try:
                result = act(work)
                work.release()
            finally:
                work.settle(done=False)
                self._tell(work.committed)
        return result

    def _tell(self, committed: list[object]) -> None:
        for news in committed:
            for listener in self._listeners:
                listener(news)

    def close(self) -> None:
        """Give every connection back."""
        self._lines.close()
        self._engine.dispose()


def _caller(line: Line, claims: Claims, now: datetime) -> Caller:
    found = sessions.find_holder(line, claims.session_id, now)
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
