"""What a database driver's failures are called here; translated once, for every statement.

A violated constraint is no such failure: it stays SQLAlchemy's IntegrityError, which areas catch to
find that a row is there already. Neither is a mistake of our own in SQL.
"""

from __future__ import annotations

from sqlalchemy import Engine, ExceptionContext
from sqlalchemy.engine import URL
from sqlalchemy.exc import InterfaceError, OperationalError

from assay.errors import AssayError
from assay.ledger.errors import DatabaseDamagedError, DatabaseUnavailableError

_OPERATIONAL = (OperationalError, InterfaceError)
# SQLite tells its failures apart by words, Postgres by the first characters of SQLSTATE.
_SQLITE_DAMAGE = ("malformed", "not a database")
_SQLITE_REASONS = (
    ("locked", "is locked by another program", "Wait for it, or stop the other program."),
    ("full", "cannot grow: the disk is full", "Free some space and run the command again."),
    ("readonly", "is read-only", "Give yourself the right to write the file and its folder."),
    ("unable to open", "cannot be opened", "Check that its folder exists and may be written."),
)
_POSTGRES_DAMAGE = ("XX001", "XX002")
_POSTGRES_REASONS = (
    ("55P03", "kept a row locked for too long", "Ask again; see what holds it in pg_locks."),
    ("40", "gave up a transaction that stood in another's way", "Ask again."),
    ("53100", "cannot grow: the disk is full", "Free some space on the server."),
    ("53", "is out of connections or memory", "Ask again, or raise max_connections."),
    ("57014", "took too long and was told to stop", "Ask again, or raise statement_timeout."),
    ("25006", "is read-only", "Connect to the primary server, or end its read-only mode."),
    ("42501", "does not allow this user to do that", "Grant the user of the URL its rights."),
)


def url_for_people(url: URL) -> str:
    """The path of a SQLite file; any other URL without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "in memory"
    return url.render_as_string(hide_password=True)


def translate(context: ExceptionContext) -> None:
    """Raise our error for what the database, its disk or its server did; leave the rest alone.

    Raises:
        DatabaseDamagedError: pages that contradict each other.
        DatabaseUnavailableError: everything that may be better next time.
    """
    original = context.original_exception
    if isinstance(original, AssayError):
        return
    database = url_for_people(context.engine.url) if context.engine else "in use"
    kind = context.sqlalchemy_exception
    away = context.connection is None or context.is_disconnect
    _explain(database, original, operational=isinstance(kind, _OPERATIONAL), away=away)


def translate_driver(engine: Engine, error: Exception) -> None:
    """As `translate`, for a statement that was given to the driver itself."""
    driver = engine.dialect.loaded_dbapi
    kinds = (driver.OperationalError, driver.InterfaceError)
    away = engine.dialect.is_disconnect(error, None, None)  # type: ignore[arg-type]
    database = url_for_people(engine.url)
    _explain(database, error, operational=isinstance(error, kinds), away=away)


def _explain(database: str, original: BaseException, *, operational: bool, away: bool) -> None:
    state = str(getattr(original, "sqlstate", None) or "")
    text = str(original)
    if state.startswith(_POSTGRES_DAMAGE) or any(word in text for word in _SQLITE_DAMAGE):
        raise DatabaseDamagedError(database, text) from None
    for prefix, reason, hint in _POSTGRES_REASONS:
        if state.startswith(prefix):
            raise DatabaseUnavailableError(database, reason, hint=hint) from None
    if not operational:
        return
    if not state:
        for word, reason, hint in _SQLITE_REASONS:
            if word in text:
                raise DatabaseUnavailableError(database, reason, hint=hint) from None
    if away or state.startswith(("08", "57P")):
        raise DatabaseUnavailableError(
            database,
            f"does not answer ({_first_line(text)})",
            hint="Start the database server, or correct ASSAY_DATABASE_URL.",
        ) from None


def _first_line(text: str) -> str:
    return next(iter(text.strip().splitlines()), "no reason given")
