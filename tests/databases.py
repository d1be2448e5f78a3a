"""Fixtures for tests of what is stored: the same test on SQLite and on Postgres, and on Redis.

    def test_a_call_is_kept(database_url: str) -> None:
        engine = open_database(database_url)

`database_url` names a database of the test's own, with all tables and no rows; `empty_database_url`
one without tables. The servers are those of ASSAY_TEST_POSTGRES_URL and ASSAY_TEST_REDIS_URL, or
are started from this machine's programs, once a session; where there is neither, the tests are
skipped with the reason, or fail if ASSAY_TEST_REQUIRE_SERVERS is 1.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
from psycopg import sql
from sqlalchemy.engine import make_url

from assay.ledger.database import open_database
from tests.database_servers import PostgresServer, RedisServer, Server, ServerMissing

KINDS = ("sqlite", "postgres")
_REDIS_DATABASES = 16
_numbers = count()


class PostgresDatabases:
    """Makes and drops databases on one server; a template has the tables already."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._template: str | None = None

    @contextmanager
    def database(self, *, migrated: bool) -> Iterator[str]:
        """The URL of a new database that ends with the block."""
        if migrated and self._template is None:
            self._template = self._create("template0")
            open_database(self._url_of(self._template)).dispose()
        name = self._create(self._template if migrated and self._template else "template0")
        try:
            yield self._url_of(name)
        finally:
            self._drop(name)

    def close(self) -> None:
        """Drop the template."""
        if self._template is not None:
            self._drop(self._template)

    def _create(self, template: str) -> str:
        name = f"assay_test_{os.getpid()}_{next(_numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def _drop(self, name: str) -> None:
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        plain = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _url_of(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[PostgresDatabases]:
    """Databases on the session's Postgres."""
    with _server("ASSAY_TEST_POSTGRES_URL", lambda: PostgresServer(durable=False)) as url:
        databases = PostgresDatabases(url)
        yield databases
        databases.close()


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    open_database(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with all tables and no rows, on either kind."""
    if request.param == "sqlite":
        path = tmp_path / "ledger.db"
        shutil.copy(request.getfixturevalue("_sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    with request.getfixturevalue("postgres_databases").database(migrated=True) as url:
        yield url


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, on either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.db'}"
        return
    with request.getfixturevalue("postgres_databases").database(migrated=False) as url:
        yield url


@pytest.fixture
def postgres_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """A database with all tables and no rows, on Postgres."""
    with postgres_databases.database(migrated=True) as url:
        yield url


@pytest.fixture(scope="session")
def _redis_server() -> Iterator[str]:
    with _server("ASSAY_TEST_REDIS_URL", RedisServer) as url:
        yield url


@pytest.fixture
def redis_url(_redis_server: str) -> str:
    """An empty database on the session's Redis, one for each worker of the tests."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    url = urlsplit(_redis_server)._replace(path=f"/{worker % _REDIS_DATABASES}").geturl()
    with redis.Redis.from_url(url) as client:
        client.flushdb()
    return url


@contextmanager
def _server(variable: str, make: Callable[[], Server]) -> Iterator[str]:
    if given := os.environ.get(variable):
        yield given
        return
    try:
        server = make()
    except ServerMissing as missing:
        unavailable(f"{missing}; name a server with {variable}")
    try:
        server.start()
        yield server.url
    finally:
        server.stop()
        server.remove()


def unavailable(reason: str) -> NoReturn:
    """Skip the test, or fail it where servers are required."""
    if os.environ.get("ASSAY_TEST_REQUIRE_SERVERS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
