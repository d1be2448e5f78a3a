"""The revisions build the declared tables, keep what is in them, and run once however many try."""

from __future__ import annotations

import importlib
import random
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, Table, inspect, text
from sqlalchemy.types import Integer, LargeBinary

import assay
from assay.errors import IntegrityError
from assay.ledger import migration
from assay.ledger.connection import connect
from assay.ledger.database import metadata, open_database, reading
from assay.ledger.indexer import Indexer
from assay.ledger.migration import downgrade, is_current, known_revisions, upgrade
from tests.integration.ledger import migrating_process
from tests.integration.ledger.conftest import AnchoringChain, indexed

HOUSE = Path(assay.__file__).parent
STORED = sorted([*HOUSE.glob("**/stored.py"), *HOUSE.glob("**/tables.py")])


def a_row(table: Table) -> dict[str, Any]:
    """The same value in every column of a type, so that references find each other."""

    def value(kind: Any) -> Any:
        if isinstance(kind, Integer):
            return 1
        return b"x" if isinstance(kind, LargeBinary) else "x"

    return {column.name: value(column.type) for column in table.columns}


def fill(connection: Connection) -> list[Table]:
    """Put one row into each empty table."""
    found = MetaData()
    found.reflect(connection)
    tables = [table for table in found.sorted_tables if table.name != "alembic_version"]
    for table in tables:
        if connection.execute(table.select()).first() is None:
            connection.execute(table.insert().values(a_row(table)))
    return tables


def contents(engine: Engine, tables: list[Table]) -> dict[str, list[Any]]:
    with reading(engine) as connection:
        return {table.name: list(connection.execute(table.select())) for table in tables}


def values(engine: Engine) -> set[tuple[str, str, Any]]:
    """Table, column and value of everything that is stored."""
    found = MetaData()
    with reading(engine) as connection:
        found.reflect(connection)
        return {
            (table.name, column, value)
            for table in found.sorted_tables
            if table.name != "alembic_version"
            for row in connection.execute(table.select()).mappings()
            for column, value in row.items()
        }


def test_revisions_are_named_like_their_files_in_one_line() -> None:
    modules = [
        importlib.import_module(f"assay.ledger.migrations.versions.{name}")
        for name in known_revisions()
    ]

    assert [module.revision for module in modules] == known_revisions()
    assert modules[0].down_revision is None
    for before, after in pairwise(modules):
        assert after.down_revision == before.revision
    assert all(len(name) <= 32 for name in known_revisions())


def test_the_revisions_build_the_declared_tables(empty_database_url: str) -> None:
    for path in STORED:
        module = path.relative_to(HOUSE.parent).with_suffix("")
        importlib.import_module(".".join(module.parts))
    engine = open_database(empty_database_url)

    with reading(engine) as connection:
        options = {"compare_type": True, "compare_server_default": True}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        tables = set(inspect(connection).get_table_names())

    assert found == []
    assert tables == {*metadata.tables, "alembic_version"}
    engine.dispose()


def test_data_survives_every_way_up_and_down(empty_database_url: str) -> None:
    engine = connect(empty_database_url)
    tables_at: dict[str, list[str]] = {}
    for revision in known_revisions():
        upgrade(engine, revision)
        with engine.begin() as connection:
            tables = fill(connection)
        tables_at[revision] = [table.name for table in tables]
        before = contents(engine, tables)

        upgrade(engine)
        assert is_current(engine)
        assert contents(engine, tables) == before
        downgrade(engine, revision)
        assert contents(engine, tables) == before

    # Every table has a row now: a step down takes its own tables and columns, and no others'.
    upgrade(engine)
    for revision in reversed(known_revisions()[:-1]):
        before_step = values(engine)
        downgrade(engine, revision)
        assert values(engine) <= before_step
        assert {name for name, _, _ in values(engine)} == set(tables_at[revision])
    downgrade(engine, "base")
    upgrade(engine)
    assert is_current(engine)
    engine.dispose()


def test_a_migration_that_fails_is_taken_back_whole(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = connect(empty_database_url)
    upgrade(engine, known_revisions()[0])

    def fail(connection: Connection) -> None:
        raise IntegrityError("rows that refer to nothing")

    monkeypatch.setattr(migration, "_check_foreign_keys", fail)
    with pytest.raises(IntegrityError):
        upgrade(engine)
    monkeypatch.undo()

    with reading(engine) as connection:
        assert set(inspect(connection).get_table_names()) == {
            "alembic_version",
            "blocks",
            "checkpoint",
            "events",
        }
    upgrade(engine)
    assert is_current(engine)
    engine.dispose()


def test_a_migration_killed_at_any_moment_is_taken_back_whole_and_runs_again(
    empty_database_url: str,
) -> None:
    dice = random.Random(11)
    oldest, newest = known_revisions()[0], known_revisions()[-1]
    engine = connect(empty_database_url)
    upgrade(engine, oldest)
    with engine.begin() as connection:
        tables = fill(connection)
    kept = contents(engine, tables)
    found = []

    for _ in range(12):
        command = [sys.executable, str(migrating_process.__file__), empty_database_url, oldest]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(dice.uniform(0.0, 0.5))
        process.kill()
        process.communicate()
        with reading(engine) as connection:
            found.append(connection.scalar(text("SELECT version_num FROM alembic_version")))
            names = set(inspect(connection).get_table_names())
        assert ("payments" in names) == (found[-1] == newest)
        assert contents(engine, tables) == kept

    assert set(found) <= {oldest, newest}
    engine.dispose()
    reopened = open_database(empty_database_url)
    assert is_current(reopened)
    assert contents(reopened, tables) == kept
    reopened.dispose()


def test_rows_that_would_refer_to_nothing_stop_a_migration(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    engine = connect(url, foreign_keys=False)
    upgrade(engine, known_revisions()[0])
    with engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection)
        connection.execute(tables.tables["events"].insert().values(a_row(tables.tables["events"])))
    engine.dispose()

    with pytest.raises(IntegrityError, match="'events'"):
        open_database(url)


def test_many_processes_may_open_a_new_database_at_once(empty_database_url: str) -> None:
    program = (
        "import sys; from assay.ledger.database import open_database, reading\n"
        "with reading(open_database(sys.argv[1])) as c:\n"
        "    print(c.exec_driver_sql('SELECT count(*) FROM events').scalar_one())"
    )

    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, empty_database_url],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]

    for process in processes:
        output, errors = process.communicate(timeout=120)
        assert (process.returncode, output) == (0, "0\n"), errors


def test_a_chain_is_indexed_in_either_database(
    chain: AnchoringChain, empty_database_url: str
) -> None:
    engine = open_database(empty_database_url)
    indexer = Indexer(engine, chain.node, chain.deployment.contracts)
    for root in range(1, 5):
        chain.anchor(root=root)
    indexer.sync()
    chain.node.request("anvil_reorg", [2, []])
    chain.anchor(root=9)

    indexer.sync()

    assert indexed(engine) == chain.batches()
    engine.dispose()
