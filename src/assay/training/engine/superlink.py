"""Flower's SuperLink as a process of its own, between the server of a task and its nodes.

    with superlink_process(folder, port=9092) as link:
        ...   # link.address is what nodes connect to, link.secret what the server needs

It keeps messages in memory and hands them on; it neither trains nor aggregates. It ends with the
process that started it, also where that is killed, so that its port is free for the next one.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assay.training.engine import bound_process
from assay.training.engine.errors import SuperLinkFailed
from assay.training.engine.supernode import SuperLinkAddress

_START_S = 60
_STOP_S = 10
_TAIL_BYTES = 2000


@dataclass(frozen=True, slots=True)
class Certificates:
    """The server's TLS files, in PEM: the authority's certificate, its own, and its key."""

    authority: Path
    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class SuperLink:
    """A SuperLink that runs.

    Attributes:
        secret: with which the server of a task, and nobody else, takes up a run.
        process: its number on this machine.
        is_running: False once it has ended.
    """

    address: SuperLinkAddress
    secret: bytes
    process: int
    is_running: Callable[[], bool]

    def __repr__(self) -> str:
        return f"SuperLink({self.address.address})"


@contextmanager
def superlink_process(
    folder: Path, host: str = "127.0.0.1", port: int = 0, certificates: Certificates | None = None
) -> Generator[SuperLink]:
    """Start a SuperLink, and stop it in the end.

    Args:
        folder: for its secret and its log, `superlink.log`.
        port: 0 for any that is free.
        certificates: needed unless the host is loopback.

    Raises:
        PlainConnection: nodes of other machines could come, and there are no certificates.
        SuperLinkFailed: it does not start.
    """
    port = _free_port(host, port)
    authority = None if certificates is None else certificates.authority
    address = SuperLinkAddress(f"{host}:{port}", authority)
    folder.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_bytes(32)
    secret_file = folder / "superlink.secret"
    secret_file.unlink(missing_ok=True)
    secret_file.touch(mode=0o600)
    secret_file.write_bytes(secret)
    log = folder / "superlink.log"
    command = [
        *(sys.executable, "-I", "-S", bound_process.__file__, str(os.getpid())),
        *(_program("flower-superlink"), "--host", host, "--port", str(port)),
        *("--isolation", "process", "--superexec-auth-secret-file", str(secret_file)),
        *("--disable-runtime-dependency-installation",),
        *_tls(certificates),
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own program, arguments of our own
            command, stdout=output, stderr=output
        )
    try:
        _wait_until_it_answers(process, host, port, log)
        yield SuperLink(address, secret, process.pid, lambda: process.poll() is None)
    finally:
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        secret_file.unlink(missing_ok=True)


def _wait_until_it_answers(
    process: subprocess.Popen[bytes], host: str, port: int, log: Path
) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        if process.poll() is not None:
            tail = log.read_bytes()[-_TAIL_BYTES:].decode(errors="replace")
            raise SuperLinkFailed(f"{host}:{port}", f"it ended at once: {tail}")
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.1)
    raise SuperLinkFailed(f"{host}:{port}", f"it does not answer after {_START_S} s")


def _tls(certificates: Certificates | None) -> list[str]:
    if certificates is None:
        return ["--insecure"]
    return [
        *("--ssl-ca-certfile", str(certificates.authority)),
        *("--ssl-certfile", str(certificates.certificate)),
        *("--ssl-keyfile", str(certificates.key)),
    ]


def _program(name: str) -> str:
    # Beside the interpreter that runs now, whatever the search path says.
    return str(Path(sys.executable).parent / name)


def _free_port(host: str, port: int) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SuperLinkFailed(f"{host}:{port}", "the port is taken") from error
        free: int = probe.getsockname()[1]
        return free
