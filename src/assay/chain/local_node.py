"""The local chain: Anvil as a child process, its state kept in a folder.

    with LocalNode.start(Path(".assay/chain")) as local:
        node = Node(local.url, expected_chain_id=31337)

All processes that name the same folder share one node: the first starts it, later ones attach, and
it ends, after writing its state, with the last of them, however that one ends (see `node_keeper`).

Blocks, transactions, receipts and logs survive a restart. What does not: state of older blocks
(`eth_call` at a block before the restart fails), filters, and waiting transactions. A node that is
killed loses up to a second of blocks; `recovery` sends the lost transactions again.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import platform
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from assay.chain import node_keeper
from assay.chain.errors import (
    ChainStateDamaged,
    ChainUnreachable,
    NodeFailed,
    NodeProgramMissing,
    RpcFault,
)
from assay.chain.files import open_lock, try_lock, write_durably
from assay.chain.node import Node

_log = logging.getLogger(__name__)

_NPM_PACKAGES = Path(__file__).parents[3] / "contracts" / "node_modules" / "@foundry-rs"
_INFO = {"url", "pid", "keeper", "run"}
_POLL_S = 0.01
_STOP_LIMIT_S = 35.0
_GENESIS_SPREAD_S = 100 * 24 * 3600
_PROBE_LIMIT_S = 2.0


def find_anvil(program: Path | None = None) -> Path:
    """The Anvil to run: the one given, ASSAY_ANVIL, the one `npm install` put into contracts/,
    or the first on PATH.

    Raises:
        NodeProgramMissing: there is none.
    """
    named = program or os.environ.get("ASSAY_ANVIL")
    if named:
        candidates = [Path(named)]
    else:
        machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine().lower())
        system = platform.system().lower()
        package = f"anvil-{system}-{machine or platform.machine().lower()}"
        candidates = [_NPM_PACKAGES / package / "bin" / "anvil"]
        if on_path := shutil.which("anvil"):
            candidates.append(Path(on_path))
    for candidate in candidates:
        if candidate.is_file() and os.access(candidate, os.X_OK):
            return candidate.resolve()
    raise NodeProgramMissing([str(candidate) for candidate in candidates] + ["PATH"])


class LocalNode:
    """A use of the local node of one folder; the node runs while any use lasts.

    Attributes:
        url: where it answers. It stays the same over restarts while the port is free.
        run: names this run of the node: another after every start, whoever started it.
        notice: what the user should know about this start; empty when all is well.
    """

    def __init__(self, folder: Path, users_lock: int, options: Sequence[str]) -> None:
        """Internal: call `start`."""
        self.folder = folder
        self.log = folder / "anvil.log"
        self.state = folder / "state.json"
        self.url = ""
        self.pid = 0
        self.run = ""
        self.notice = ""
        self._copy = folder / "state.previous.json"
        self._info = folder / "node.json"
        self._users_lock: int | None = users_lock
        self._options = options
        self._keeper: subprocess.Popen[bytes] | None = None

    @classmethod
    def start(
        cls,
        folder: Path,
        *,
        program: Path | None = None,
        options: Sequence[str] = (),
        timeout_s: float = 20.0,
    ) -> LocalNode:
        """Attach to the folder's node, starting it if none runs.

        Args:
            folder: holds state, log, locks; made if missing.
            program: the Anvil to run (see `find_anvil`).
            options: further command line options, for a node that this call starts.
            timeout_s: how long it may take until the node answers.

        Raises:
            NodeProgramMissing: Anvil is not installed.
            NodeFailed: it does not start, or another process keeps a broken one.
            ChainStateDamaged: the state file is unreadable and has no good copy.
            FileNotWritten: the folder is not writable.
        """
        folder = folder.resolve()
        deadline = time.monotonic() + timeout_s
        users_lock = open_lock(folder / "users.lock")
        local = cls(folder, users_lock, options)
        try:
            while not try_lock(users_lock, fcntl.LOCK_SH):  # a node is just being stopped
                local._check(deadline, "the previous node does not stop")
            while not local._attach():
                if not local._start_if_free(program):
                    local._check(deadline, "it does not answer")
        except BaseException:
            os.close(users_lock)
            raise
        return local

    def healthy(self) -> bool:
        """True if the node answers now."""
        return bool(self.url) and _answers(self.url)

    def unbroken(self) -> bool:
        """True if the node answers, and is in the same run as when this use last looked."""
        return self.healthy() and self._read_info().get("run") == self.run

    def revive(self) -> bool:
        """Start the node again if it has died, on the same port where that is still free.

        Returns:
            True if it is in another run than before, started here or by another process: what the
            last one had not written is missing, see `recovery`.

        Raises:
            NodeProgramMissing, NodeFailed, ChainStateDamaged, FileNotWritten: as `start`.
        """
        if self.unbroken():
            return False
        again = LocalNode.start(self.folder, options=self._options)
        self.stop()
        before = self.run
        self.url, self.pid, self.run = again.url, again.pid, again.run
        self.notice = again.notice
        self._users_lock, self._keeper = again._users_lock, again._keeper
        return self.run != before

    def stop(self) -> None:
        """End this use. The last one stops the node and waits until its state is on the disk."""
        if self._users_lock is None:
            return
        users_lock, self._users_lock = self._users_lock, None
        try:
            if try_lock(users_lock, fcntl.LOCK_EX):
                self._stop_node()
        finally:
            os.close(users_lock)
        if self._keeper is not None and self._keeper.poll() is None:
            self._keeper.returncode = 0  # others use the node on; the keeper is theirs now

    def _stop_node(self) -> None:
        node_lock = open_lock(self.folder / "node.lock")
        try:
            deadline = time.monotonic() + _STOP_LIMIT_S
            asked = False
            while not try_lock(node_lock, fcntl.LOCK_EX):
                if not asked and (keeper := self._read_info().get("keeper")):
                    os.kill(keeper, signal.SIGTERM)
                    asked = True
                self._check(deadline, "it does not stop")
        finally:
            os.close(node_lock)
        if self._keeper is not None:
            self._keeper.wait(_STOP_LIMIT_S)

    def _attach(self) -> bool:
        info = self._read_info()
        if not info or not _answers(info["url"]):
            return False
        self.url, self.pid, self.run = info["url"], info["pid"], info["run"]
        return True

    def _read_info(self) -> dict[str, Any]:
        try:
            info = json.loads(self._info.read_bytes())
        except (OSError, ValueError):
            return {}
        return info if isinstance(info, dict) and set(info) >= _INFO else {}

    def _start_if_free(self, program: Path | None) -> bool:
        """Start a node unless one holds the folder; False if one does."""
        node_lock = open_lock(self.folder / "node.lock")
        try:
            if not try_lock(node_lock, fcntl.LOCK_EX):
                return False
            self._info.unlink(missing_ok=True)  # of a node that was killed
            anvil = find_anvil(program)
            log_bytes = self.log.stat().st_size if self.log.exists() else 0
            if not self._launch(anvil, node_lock, _choose_port(self.folder / "port")):
                reason = self._last_words(log_bytes)
                if "in use" in reason:
                    (self.folder / "port").unlink(missing_ok=True)
                elif "--state" in reason:
                    self._restore_state(reason)
                else:
                    raise NodeFailed(self.log, reason)
        finally:
            os.close(node_lock)
        return True

    def _launch(self, anvil: Path, node_lock: int, port: int) -> bool:
        """Run a keeper and its node; False if the node ends at once."""
        command = [str(anvil), "--quiet", "--no-cors", "--host", "127.0.0.1", "--port", str(port)]
        command += ["--state", str(self.state), "--state-interval", "1", "--prune-history", "64"]
        command += ["--timestamp", _genesis_time(self.folder / "genesis")]
        plan = {
            "command": [*command, *self._options],
            "port": port,
            "state": str(self.state),
            "copy": str(self._copy),
            "info": str(self._info),
            "log": str(self.log),
            "users_lock": str(self.folder / "users.lock"),
            "node_lock": node_lock,
        }
        with self.log.open("ab") as log:
            self._keeper = subprocess.Popen(  # noqa: S603 - our own file, no shell
                [sys.executable, "-I", "-S", node_keeper.__file__, json.dumps(plan)],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                pass_fds=[node_lock],
                start_new_session=True,
            )
        while self._keeper.poll() is None:
            if self._info.exists():
                (self.folder / "port").write_text(str(port))
                return True
            time.sleep(_POLL_S)
        return False

    def _restore_state(self, reason: str) -> None:
        reason = reason.rpartition('": ')[2]  # what follows the path
        if not self._copy.exists():
            raise ChainStateDamaged(self.state, reason)
        kept = self.state.with_name(f"state.damaged-{time.time_ns()}.json")
        self.state.replace(kept)
        self._copy.replace(self.state)  # moved, so that a bad copy is not tried for ever
        self.notice = (
            f"The chain's state was damaged ({reason}); the last good copy is in use. "
            f"The damaged file is kept as {kept}."
        )
        _log.warning("%s", self.notice)

    def _last_words(self, log_bytes: int) -> str:
        text = self.log.read_bytes()[log_bytes:].decode(errors="replace")
        lines = [line for line in text.splitlines() if line.strip() and " ended with " not in line]
        return lines[0].removeprefix("error: ")[:500] if lines else "it ended without a word"

    def _check(self, deadline: float, reason: str) -> None:
        if time.monotonic() > deadline:
            raise NodeFailed(self.log, reason)
        time.sleep(_POLL_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"LocalNode({self.url!r}, pid={self.pid})"


def _answers(url: str) -> bool:
    try:
        with Node(url, timeout_s=_PROBE_LIMIT_S) as node:
            return node.chain_id > 0
    except (ChainUnreachable, RpcFault):
        return False


def _genesis_time(path: Path) -> str:
    """The time of block 0, in seconds since 1970: chosen once for each folder.

    Anvil makes a block 0 at every start, and keeps the old ones beside it; with the same time they
    are the same block. The days before now are drawn at random, so that two chains differ.
    """
    try:
        return str(int(path.read_text()))
    except FileNotFoundError:
        chosen = int(time.time()) - secrets.randbelow(_GENESIS_SPREAD_S)
        write_durably(path, str(chosen).encode())
        return str(chosen)
    except ValueError:
        raise ChainStateDamaged(path, "it is not a time") from None


def _choose_port(remembered: Path) -> int:
    """The port of the last start if it is free, else any free one."""
    try:
        preferred = int(remembered.read_text())
    except (OSError, ValueError):
        preferred = 0
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError):
                continue
            return int(probe.getsockname()[1])
    raise AssertionError("the system has no free port")
