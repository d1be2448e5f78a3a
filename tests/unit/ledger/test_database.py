"""The database: durable, shared, and clear about what is wrong with it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from assay.errors import InputError, UnavailableError
from assay.ledger import connection as connection_module
from assay.ledger.connection import connect
from assay.ledger.database import open_database, reading
from assay.ledger.errors import (
    DatabaseDamagedError,
    DatabaseNewerError,
    DatabaseUnavailableError,
)
from assay.ledger.migration import known_revisions


def database(folder: Path) -> str:
    return f"sqlite:///{folder / 'home' / 'ledger.db'}"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_database(database(tmp_path))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE purses (owner TEXT PRIMARY KEY, units INTEGER)"))
        connection.execute(text("INSERT INTO purses VALUES ('a', 10)"))
    return engine


def test_it_is_created_with_its_folder_and_opens_again(tmp_path: Path) -> None:
    open_database(database(tmp_path)).dispose()

    engine = open_database(database(tmp_path))

    with reading(engine) as connection:
        [revision] = connection.execute(text("SELECT version_num FROM alembic_version")).scalars()
    assert revision == known_revisions()[-1]


def test_a_commit_is_on_the_disk_and_readers_do_not_wait(engine: Engine) -> None:
    with reading(engine) as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"certainly no database file\n" * 400)

    with pytest.raises(DatabaseDamagedError) as caught:
        open_database(f"sqlite:///{path}")

    assert str(path) in str(caught.value)
    assert "only an index" in caught.value.hint
    assert "move the file away" in caught.value.hint


def test_a_broken_page_is_called_damage_wherever_it_is_met(tmp_path: Path, engine: Engine) -> None:
    with engine.begin() as connection:
        for number in range(2000):
            connection.execute(
                text("INSERT INTO purses VALUES (:owner, 1)"), {"owner": f"owner {number:040}"}
            )
    engine.dispose()
    path = tmp_path / "home" / "ledger.db"
    size = path.stat().st_size
    with path.open("r+b") as file:
        for page in range(size // 4096 // 2, size // 4096):
            file.seek(page * 4096)
            file.write(os.urandom(4096))
    again = connect(database(tmp_path))

    with pytest.raises(DatabaseDamagedError), reading(again) as connection:  # noqa: PT012
        connection.execute(text("SELECT sum(length(owner)) FROM purses NOT INDEXED")).all()
        connection.execute(text("SELECT * FROM purses ORDER BY owner")).all()


def test_a_database_of_a_newer_version_is_refused_untouched(tmp_path: Path) -> None:
    engine = open_database(database(tmp_path))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_future'"))
    engine.dispose()

    with pytest.raises(DatabaseNewerError) as caught:
        open_database(database(tmp_path))

    assert caught.value.found == "9999_future"
    assert caught.value.newest_known == known_revisions()[-1]


@pytest.mark.parametrize("url", ["", "nonsense", "nosuch://host/db", "sqlite:///a.db?timeout=x"])
def test_a_url_that_makes_no_sense_is_the_callers_mistake(url: str) -> None:
    with pytest.raises((InputError, UnavailableError)):
        open_database(url)


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    pytest.importorskip("psycopg")

    with pytest.raises(DatabaseUnavailableError) as caught:
        open_database("postgresql+psycopg://me:hunter2@127.0.0.1:1/assay")

    assert "127.0.0.1" in str(caught.value)
    assert "hunter2" not in str(caught.value) + caught.value.hint


def test_a_missing_driver_is_named() -> None:
    with pytest.raises(DatabaseUnavailableError) as caught:
        open_database("postgresql+pg8000://me:hunter2@127.0.0.1/assay")

    assert "pip install" in caught.value.hint
    assert "hunter2" not in str(caught.value)


def test_a_place_where_no_folder_can_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(DatabaseUnavailableError) as caught:
        open_database(f"sqlite:///{tmp_path}/file/ledger.db")

    assert "ASSAY_HOME" in caught.value.hint


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailableError, match="cannot be opened"):
        open_database(f"sqlite:///{tmp_path}")


def test_a_lock_that_another_program_keeps_is_named(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_module, "BUSY_TIMEOUT_S", 0.05)
    other = sqlite3.connect(tmp_path / "home" / "ledger.db")
    other.execute("BEGIN EXCLUSIVE")
    impatient = connect(database(tmp_path))

    with pytest.raises(DatabaseUnavailableError, match="locked"), impatient.begin():
        pass

    other.rollback()
    other.close()


def test_a_full_disk_is_named_and_nothing_is_half_written(engine: Engine) -> None:
    with reading(engine) as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    with pytest.raises(DatabaseUnavailableError, match="disk is full"), engine.begin() as writer:  # noqa: PT012
        writer.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        for number in range(5000):
            writer.execute(
                text("INSERT INTO purses VALUES (:owner, 1)"), {"owner": f"{number:0100}"}
            )

    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM purses")).scalar_one() == 1
