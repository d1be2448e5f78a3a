"""The program that owns a local node: starts it, keeps good copies of its state, and ends it when
its last user is gone.

`local_node` runs this file as a process of its own, with one JSON argument. It uses the standard
library alone, so that it starts in a few hundredths of a second.

Users hold a shared lock on a file. The kernel drops the lock of a process that dies, even of one
that is killed; once the keeper can take the lock alone, nobody is left and the node is stopped. A
second lock, inherited by the node, marks the state folder as in use until the node itself has gone.
On Linux the node also gets SIGTERM from the kernel should the keeper be killed.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from typing import Any

_POLL_S = 0.05
_COPY_EVERY_S = 5.0
_START_LIMIT_S = 15.0
_STOP_LIMIT_S = 30.0
_PR_SET_PDEATHSIG = 1


class Keeper:
    """One node, from start to end. `plan` holds paths and the node's command line."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self._plan = plan
        self._state = Path(plan["state"])
        self._copy = Path(plan["copy"])
        self._info = Path(plan["info"])
        self._log = Path(plan["log"])
        self._copied_checksum = 0
        self._next_copy_s = 0.0
        self._asked_to_stop = False

    def run(self) -> int:
        """Start the node and stay until it has ended; its exit status."""
        signal.signal(signal.SIGTERM, self._stop_soon)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the user's business, not ours
        users = os.open(self._plan["users_lock"], os.O_RDWR | os.O_CLOEXEC)
        with self._log.open("ab") as log:
            node = subprocess.Popen(  # noqa: S603 - the program that local_node found
                self._plan["command"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[self._plan["node_lock"]],
                preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509 - this process has one thread
            )
        try:
            if self._answers(node) and self._set_clock():
                self._announce(node)
                while node.poll() is None and not self._asked_to_stop and not _alone(users):
                    self._copy_state()
                    time.sleep(_POLL_S)
        finally:
            self._info.unlink(missing_ok=True)
            status = _end(node)
            self._next_copy_s = 0.0
            self._copy_state()
        self._write_log(f"node {node.pid} ended with status {status}")
        return status

    def _stop_soon(self, _signal: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _answers(self, node: subprocess.Popen[bytes]) -> bool:
        deadline = time.monotonic() + _START_LIMIT_S
        while node.poll() is None and time.monotonic() < deadline and not self._asked_to_stop:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._plan["port"])) == 0:
                    return node.poll() is None
            time.sleep(0.005)
        return False

    def _set_clock(self) -> bool:
        """Let the chain's time be the world's: it would go on from block 0, or the last block."""
        body = {"jsonrpc": "2.0", "id": 1, "method": "anvil_setTime", "params": [int(time.time())]}
        connection = HTTPConnection("127.0.0.1", self._plan["port"], timeout=_START_LIMIT_S)
        try:
            headers = {"content-type": "application/json"}
            connection.request("POST", "/", json.dumps(body), headers)
            return "result" in json.loads(connection.getresponse().read())
        except (OSError, HTTPException, ValueError) as error:
            self._write_log(f"the node's clock could not be set: {error}")
            return False
        finally:
            connection.close()

    def _announce(self, node: subprocess.Popen[bytes]) -> None:
        url = f"http://127.0.0.1:{self._plan['port']}"
        draft = self._info.with_suffix(".new")
        run = f"{node.pid}-{time.time_ns()}"
        info = {"url": url, "pid": node.pid, "keeper": os.getpid(), "run": run}
        draft.write_text(json.dumps(info))
        draft.replace(self._info)
        self._write_log(f"node {node.pid} listens on {url}")

    def _copy_state(self) -> None:
        """Keep the newest whole state: the node overwrites its file in place, and may be killed."""
        began_s = time.monotonic()
        if began_s < self._next_copy_s:
            return
        try:
            data = self._state.read_bytes()
            checksum = zlib.crc32(data)
            if checksum != self._copied_checksum and _is_whole(data):
                draft = self._copy.with_suffix(".new")
                with draft.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                draft.replace(self._copy)
                self._copied_checksum = checksum
        except FileNotFoundError:
            pass  # nothing dumped yet
        except OSError as error:
            self._write_log(f"no copy of the state: {error}")
        now_s = time.monotonic()
        self._next_copy_s = now_s + max(_COPY_EVERY_S, 20 * (now_s - began_s))

    def _write_log(self, line: str) -> None:
        try:
            with self._log.open("a") as log:
                log.write(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {line}\n")
        except OSError:
            pass  # a full disk must not stop the node


def _is_whole(data: bytes) -> bool:
    return data.startswith(b"{") and data.endswith(b"}") and data.count(b"{") == data.count(b"}")


def _alone(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _end(node: subprocess.Popen[bytes]) -> int:
    """Let the node write its state and go; kill it if it will not."""
    if node.poll() is None:
        node.terminate()
    try:
        return node.wait(_STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        node.kill()
        return node.wait()


def _die_with(keeper: int) -> Callable[[], None] | None:
    """What the child does before it becomes the node: ask for SIGTERM when the keeper dies.

    The kernel sends it when the *thread* that forked ends, hence a keeper with one thread.
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl

    def before_exec() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != keeper:
            os._exit(1)

    return before_exec


if __name__ == "__main__":
    sys.exit(Keeper(json.loads(sys.argv[1])).run())
