"""A straight line to the database, for the few statements that are run all the time.

Such a statement is compiled once for each database and then handed to the driver as text: what a
session or a connection of SQLAlchemy does around it costs several times what the statement does.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Dialect, Engine, Executable, Uuid
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

from app.errors import MundiError
from app.models.base import Moment
from app.models.engine import begin_writing, keep_for_writing
from app.models.trouble import Again, translated

Values = Mapping[str, Any]
Change = Callable[[Any], Any]


class Prepared:
    """A statement with named parameters, written out once for each database it is run on."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._written: dict[str, _Written] = {}

    def on(self, dialect: Dialect) -> "_Written":
        """Give the statement as one database takes it."""
        found = self._written.get(dialect.name)
        if found is None:
            found = self._written[dialect.name] = _Written(self._statement, dialect)
        return found


class _Written:
    """The text of a statement, and how its values go there and come back."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        compiled: SQLCompiler = statement.compile(dialect=dialect)
        left = [*compiled.insert_prefetch, *compiled.update_prefetch]
        assert not left, "a prepared statement is given every value"
        self.text = compiled.string
        self.names = tuple(compiled.positiontup) if compiled.positiontup is not None else None
        binds = compiled.binds
        self._fixed = {name: one.value for name, one in binds.items() if not one.required}
        self._there = _changes({n: one.type for n, one in binds.items()}, dialect, to=True)
        columns = dict(enumerate(getattr(statement, "selected_columns", ())))
        types = {place: column.type for place, column in columns.items()}
        self._back = _changes(types, dialect, to=False)

    def given(self, values: Values) -> Any:
        """Give the parameters as the driver takes them, in its order or by name."""
        said = {**self._fixed, **values} if self._fixed else dict(values)
        for name, change in self._there:
            said[name] = change(said[name])
        return said if self.names is None else [said[name] for name in self.names]

    def taken(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """Give a row as we know its values."""
        found = list(row)
        for place, change in self._back:
            found[place] = change(found[place])
        return tuple(found)


def _hex(value: UUID | None) -> str | None:
    return None if value is None else f"{value.int:032x}"


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat(" ", "microseconds")[:26]


# What SQLite keeps of these, as the library writes it too, in several calls.
_BRIEFLY: dict[type, Change] = {Uuid: _hex, Moment: _moment}


def _changes(types: Mapping[Any, Any], dialect: Dialect, *, to: bool) -> list[tuple[Any, Change]]:
    """Find which values a database knows in another form than we do."""
    found = []
    for name, kind in types.items():
        known = kind.dialect_impl(dialect)
        change = known.bind_processor(dialect) if to else known.result_processor(dialect, None)
        if to and dialect.name == "sqlite":
            change = _BRIEFLY.get(type(kind), change)
        if change is not None:
            found.append((name, change))
    return found


class Line:
    """Runs prepared statements on a connection, in the transaction that goes on there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect
        self._driver: Any = connection.connection.driver_connection

    def one(self, statement: Prepared, values: Values) -> tuple[Any, ...] | None:
        """Return the only row, None for none."""
        written = statement.on(self._dialect)
        row = self._run(written.text, written.given(values)).fetchone()
        return None if row is None else written.taken(row)

    def do(self, statement: Prepared, values: Values) -> None:
        """Run a statement that gives nothing back."""
        written = statement.on(self._dialect)
        self._run(written.text, written.given(values))

    def _run(self, text: str, given: Any = ()) -> Any:
        try:
            return self._driver.execute(text, given)
        except self._dialect.loaded_dbapi.Error as fault:
            raise _told(fault, text, self._dialect, self._driver) from fault


class OwnLine(Line):
    """A connection for writing, kept from one transaction to the next by one thread at a time.

    A transaction begins with the first statement. One that failed is best ended with `close`.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine.connect())
        keep_for_writing(self._connection)
        self._begun = False

    def session(self) -> Session:
        """Make a session in the transaction that goes on; closing it leaves that as it is."""
        self._begin()
        if not self._connection.in_transaction():
            self._connection.begin()
        joined: Any = "rollback_only"
        return Session(self._connection, expire_on_commit=False, join_transaction_mode=joined)

    def mark(self) -> None:
        """Begin what can be undone by itself."""
        self._run("SAVEPOINT own")

    def unmark(self, *, undone: bool) -> None:
        """Keep what was done since the mark, or undo it."""
        if undone:
            self._run("ROLLBACK TO SAVEPOINT own")
        self._run("RELEASE SAVEPOINT own")

    def commit(self) -> None:
        """Make what was done last."""
        self._end(self._driver.commit)

    def rollback(self) -> None:
        """Undo what was done."""
        self._end(self._driver.rollback)

    def close(self) -> None:
        """Let the connection go, and with it whatever was not committed."""
        self._connection.invalidate()
        self._connection.close()

    def _run(self, text: str, given: Any = ()) -> Any:
        self._begin()
        return super()._run(text, given)

    def _begin(self) -> None:
        if not self._begun:
            begin_writing(self._connection, self._driver)
            self._begun = True

    def _end(self, how: Callable[[], None]) -> None:
        self._begun = False
        try:
            how()
        except self._dialect.loaded_dbapi.Error as fault:
            # Whether it was done nobody knows now, so it is not said to be lost and tried again.
            raise _told(fault, "", self._dialect, None) from fault
        # A session was made: the connection believes that its transaction goes on.
        if (known := self._connection.get_transaction()) is not None:
            known.close()


class OwnLines:
    """The lines of a process: as many as threads write at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: deque[OwnLine] = deque()

    def lend(self) -> "Lent":
        """Lend a line; one on which the database failed is not kept. Raises as `translated` does."""
        return Lent(self)

    def take(self) -> OwnLine:
        """Give a line to whoever gives it back."""
        if self._idle:
            return self._idle.pop()
        with translated():
            return OwnLine(self._engine)

    def give_back(self, line: OwnLine) -> None:
        """Take a line back on which no transaction goes on."""
        self._idle.append(line)

    def close(self) -> None:
        """Let every line go that is not lent."""
        while self._idle:
            self._idle.pop().close()


class Lent:
    """A line for as long as a block lasts. A generator would do; each edit would pay for it."""

    def __init__(self, lines: OwnLines) -> None:
        self._lines = lines

    def __enter__(self) -> OwnLine:
        self._line = self._lines.take()
        return self._line

    def __exit__(self, kind: object, fault: BaseException | None, _: object) -> None:
        if fault is None:
            self._lines.give_back(self._line)
            return
        with translated():
            self._end(fault)

    def _end(self, fault: BaseException) -> None:
        if isinstance(fault, MundiError):
            self._line.rollback()
            self._lines.give_back(self._line)
            return
        self._line.close()
        if isinstance(fault, DBAPIError) and fault.connection_invalidated:
            # It was lost while it lay idle, or half-way: nothing has happened.
            raise Again("the database is busy or away", retry_after_s=1) from fault
        raise fault


def _told(fault: Exception, text: str, dialect: Dialect, driver: Any) -> Exception:
    """Give a driver's fault as SQLAlchemy tells it."""
    lost = dialect.is_disconnect(fault, driver, None)  # type: ignore[arg-type]  # of the driver
    return DBAPIError.instance(
        text, None, fault, dialect.loaded_dbapi.Error, connection_invalidated=lost, dialect=dialect
    )
