"""Bring a database to the newest schema, in one transaction, however many processes try at once.

A revision is named like its file, and the numbers in front order them, so that the newest known
revision can be told from the folder; Alembic, slow to import, is loaded only when there is work.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from assay.errors import IntegrityError
from assay.ledger.connection import connect, reading
from assay.ledger.errors import DatabaseNewerError
from assay.ledger.faults import url_for_people

FOLDER = Path(__file__).parent / "migrations"
_POSTGRES_LOCK = 0x415353_4159  # "ASSAY": any number will do that nobody else locks


def known_revisions() -> list[str]:
    """The names of all revisions in this installation, oldest first."""
    return sorted(path.stem for path in (FOLDER / "versions").glob("[0-9]*.py"))


def is_current(engine: Engine) -> bool:
    """True if the database has the newest known schema.

    Raises:
        DatabaseNewerError: it has a revision that this installation does not know.
    """
    with reading(engine) as connection:
        return _revision(connection) == known_revisions()[-1]


def upgrade(engine: Engine, target: str | None = None) -> None:
    """Run the missing revisions up to `target`, by default all; idempotent."""
    _migrate(engine, target or known_revisions()[-1], up=True)


def downgrade(engine: Engine, target: str) -> None:
    """Take back the revisions after `target`; `base` takes back all, with their data."""
    _migrate(engine, target, up=False)


def _migrate(engine: Engine, target: str, *, up: bool) -> None:
    in_memory = engine.dialect.name == "sqlite" and engine.url.database in (None, "", ":memory:")
    # Rebuilding a table on SQLite drops it for a moment, which would delete the rows that refer to
    # it: foreign keys are off meanwhile and checked as a whole before the commit.
    worker = engine if in_memory else connect(_plain_url(engine), foreign_keys=False)
    try:
        with worker.begin() as connection:
            _lock_out_others(connection)
            _revision(connection)
            _run_alembic(connection, target, up=up)
            _check_foreign_keys(connection)
    finally:
        if worker is not engine:
            worker.dispose()


def _plain_url(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def _lock_out_others(connection: Connection) -> None:
    """On SQLite BEGIN IMMEDIATE has done it already; the lock ends with the transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))  # another's migration may take long
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRES_LOCK})


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    known = known_revisions()
    if found is not None and found not in known:
        raise DatabaseNewerError(url_for_people(connection.engine.url), str(found), known[-1])
    return found


def _run_alembic(connection: Connection, target: str, *, up: bool) -> None:
    from alembic import command  # noqa: PLC0415 - most opens find nothing to do
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    (command.upgrade if up else command.downgrade)(config, target)


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise IntegrityError(
            f"The migration would leave {len(orphans)} rows in {orphans[0][0]!r} that refer to "
            "nothing; it was taken back.",
            hint="The database is as it was before. Report this with the revision that you had.",
        )
