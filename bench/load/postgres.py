"""A Postgres server on loopback that can be killed and comes back; its data folder is its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PLACES = [*map(str, Path("/usr/lib/postgresql").glob("*/bin")), os.environ.get("PATH", "")]


@dataclass(frozen=True)
class Server:
    """A running server and its only database."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://assay@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, recovering from its log where it was killed."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        log = str(self.folder / "log")
        data = str(self.folder / "data")
        _run("pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start")

    def kill(self) -> None:
        """Kill all its processes at once, as a power cut would, and start it again."""
        postmaster = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for process in (postmaster, *map(int, children)):
            os.kill(process, signal.SIGKILL)
        self.start()


@contextmanager
def running_postgres() -> Iterator[Server]:
    """An empty server that ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="assay-postgres-"))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        server = Server(folder, probe.getsockname()[1])
    data = str(folder / "data")
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    _run("initdb", "--auth=trust", "--username=assay", data)
    server.start()
    try:
        yield server
    finally:
        _run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: str) -> None:
    """Postgres refuses to run as root; its own user does it then."""
    found = shutil.which(program, path=os.pathsep.join(_PLACES))
    if found is None:
        raise SystemExit(f"{program} is missing: on Debian, apt-get install postgresql.")
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_user, found, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")
