"""Postgres and Redis servers of the tests' own: on loopback, with a port and a folder each.

    server = PostgresServer(folder)
    server.start()
    server.kill()      # as the kernel would: nothing is written any more
    server.start()     # recovers from its log
    server.stop()

Both run in the foreground as children of the test, so that a signal reaches the server itself.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from pathlib import Path

import psycopg
import redis

START_WITHIN_S = 60.0
_POSTGRES_USER = "postgres"
_POSTGRES_PLACES = [
    *(str(place) for place in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)),
    os.environ.get("PATH", ""),
]


class ServerMissing(Exception):
    """This machine cannot run the server; the text says why."""


class Server(ABC):
    """One server process, its port and its folder; both are kept over a restart."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    @abstractmethod
    def url(self) -> str:
        """What clients connect to."""

    @abstractmethod
    def _launch(self) -> subprocess.Popen[bytes]:
        """Start the process."""

    @abstractmethod
    def _answers(self) -> bool:
        """Whether clients are served."""

    @abstractmethod
    def remove(self) -> None:
        """Delete the folder."""

    def start(self) -> None:
        """Start, and wait until clients are served.

        A Postgres that was killed may find the memory of its old children still in use: it is
        started again then.
        """
        deadline = time.monotonic() + START_WITHIN_S
        self._process = self._launch()
        while not self._answers():
            if self._process.poll() is not None:
                self._process = self._launch()
            assert time.monotonic() < deadline, f"{self.url} does not start"
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a crash would."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """End it, without a wait for its clients."""
        self._signal(signal.SIGINT)

    def _signal(self, number: int) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(START_WITHIN_S)


class PostgresServer(Server):
    """A Postgres from this machine's programs, which refuse to run as root."""

    def __init__(self, *, durable: bool = True) -> None:
        """Make an empty cluster.

        Args:
            durable: False saves the time of writing to the disk; a crash of the machine, not of
                the server, would lose data.

        Raises:
            ServerMissing: no Postgres here, or no user to run it as.
        """
        super().__init__()
        self._user = _postgres_user()
        self._initdb, self._postgres = _postgres_program("initdb"), _postgres_program("postgres")
        self._durable = durable
        self.folder = Path(tempfile.mkdtemp(prefix="assay-postgres-"))
        if self._user:
            shutil.chown(self.folder, self._user)
        arguments = ["--auth=trust", "--username=assay", "--encoding=UTF8", "--locale=C"]
        subprocess.run(
            [self._initdb, *arguments, "--no-sync", str(self.folder / "data")],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            user=self._user,
        )

    @property
    def url(self) -> str:
        """Of the database that always exists."""
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        """Of one of its databases."""
        return f"postgresql+psycopg://assay@127.0.0.1:{self.port}/{database}"

    def _launch(self) -> subprocess.Popen[bytes]:
        durability = "on" if self._durable else "off"
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            "max_connections": "200",
            "fsync": durability,
            "full_page_writes": durability,
        }
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [
                    self._postgres,
                    *("-D", str(self.folder / "data")),
                    *(part for pair in options.items() for part in ("-c", "=".join(pair))),
                ],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                user=self._user,
            )

    def _answers(self) -> bool:
        try:
            with psycopg.connect(
                host="127.0.0.1", port=self.port, user="assay", dbname="postgres", connect_timeout=2
            ):
                return True
        except psycopg.OperationalError:
            return False

    def remove(self) -> None:
        """Delete the cluster."""
        shutil.rmtree(self.folder, ignore_errors=True)


class RedisServer(Server):
    """A Redis that keeps nothing on the disk."""

    def __init__(self) -> None:
        """Choose a port and a folder.

        Raises:
            ServerMissing: no Redis here.
        """
        super().__init__()
        found = shutil.which("redis-server")
        if found is None:
            raise ServerMissing("redis-server is not installed")
        self._program = found
        self.folder = Path(tempfile.mkdtemp(prefix="assay-redis-"))

    @property
    def url(self) -> str:
        """Of its first database."""
        return f"redis://127.0.0.1:{self.port}/0"

    def _launch(self) -> subprocess.Popen[bytes]:
        options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        return subprocess.Popen(
            [self._program, "--port", str(self.port), *options],
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
        )

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def remove(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _postgres_program(name: str) -> str:
    found = shutil.which(name, path=os.pathsep.join(_POSTGRES_PLACES))
    if found is None:
        raise ServerMissing(f"Postgres is not installed ({name} is missing)")
    return found


def _postgres_user() -> str | None:
    """Whom to run as; None is the user that runs the tests."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(_POSTGRES_USER).pw_name
    except KeyError:
        raise ServerMissing(
            "Postgres does not run as root, and there is no user postgres"
        ) from None
