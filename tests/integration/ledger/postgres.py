"""A Postgres server of the tests' own, where the machine has Postgres."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PLACES = [*map(str, Path("/usr/lib/postgresql").glob("*/bin")), os.environ.get("PATH", "")]


def server_program(name: str) -> str | None:
    return shutil.which(name, path=os.pathsep.join(_PLACES))


@contextmanager
def running_server() -> Iterator[str]:
    """The URL of an empty database on a server that ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="assay-postgres-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    data = str(folder / "data")
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    _run("initdb", "--auth=trust", "--username=assay", "--no-sync", data)
    _run("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql+psycopg://assay@127.0.0.1:{port}/postgres"
    finally:
        _run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: str) -> None:
    """Postgres refuses to run as root; its own user does it then."""
    found = server_program(program)
    assert found is not None
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_user, found, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")
