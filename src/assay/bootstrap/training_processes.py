"""A node, a validator or the server of a task as a process of its own."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import structlog

from assay.bootstrap.leaves import Leaves
from assay.bootstrap.listening import host_and_port
from assay.bootstrap.training_edges import node_or_edge
from assay.bootstrap.training_masking import round_strategy
from assay.bootstrap.training_members import (
    Heard,
    Listening,
    reveal_guard,
    serve_rounds,
    task_authority,
    validator,
)
from assay.bootstrap.workspace import Workspace
from assay.training.committee.running import read_peers
from assay.training.engine.client import client_app
from assay.training.engine.deployment import server_grid
from assay.training.engine.errors import SuperLinkFailed
from assay.training.engine.leaves import leaf_app
from assay.training.engine.superlink import Certificates, superlink_process
from assay.training.engine.supernode import SuperLinkAddress, serve_node
from assay.training.learning.data import LabelledData
from assay.training.learning.files import read_labelled
from assay.training.learning.leaf import PerceptronLeaf
from assay.training.model import Task
from assay.training.ports import RoundObserver
from assay.training.use_cases.own_reveal import guard_reveals
from assay.training.use_cases.patience import Patience

_MOST_STARTS = 5
_log = structlog.get_logger("assay.training")

__all__ = ["SuperLinkAddress", "serve_leaf", "serve_network", "serve_training_node", "validate"]


def serve_network(
    workspace: Workspace,
    number: int,
    name: str,
    superlink: str,
    observer: RoundObserver,
    *,
    certificates: Certificates | None = None,
    peers: Mapping[str, str] | None = None,
) -> Task:
    """Start a SuperLink, and serve a task's rounds over it until it has ended.

    A SuperLink that ends is started again: nodes come back to it, and the round goes on.

    Args:
        peers: where the validators listen, by address; needed where updates are masked.

    Raises:
        ValidatorsUnknown: updates are masked, and `peers` is missing.
        SuperLinkFailed: it does not start, does not answer, or ends again and again.
        TooFewNodes: not enough connected in time.
    """
    host, port = host_and_port(superlink)
    authority = task_authority(workspace, number, name)
    known = read_peers(peers or {})
    round_strategy(authority, number, known, Patience())  # says what is missing before it starts
    folder = workspace.training.home(number) / "superlink"
    for _ in range(_MOST_STARTS):
        with superlink_process(folder, host, port, certificates) as link:
            try:
                with server_grid(link) as grid:
                    return serve_rounds(authority, number, grid, observer, peers=known)
            except httpx.HTTPError as error:
                if link.is_running():
                    raise SuperLinkFailed(link.address.address, str(error)[:400]) from error
        _log.error("the SuperLink ended and is started again", address=superlink)
    raise SuperLinkFailed(superlink, f"it ended {_MOST_STARTS} times")


def serve_training_node(
    workspace: Workspace,
    number: int,
    name: str,
    own: LabelledData | Leaves,
    superlink: SuperLinkAddress,
) -> Task:
    """Answer the server until the task has ended, or SIGTERM or Ctrl-C.

    Raises:
        NotActive, RoleMissing: the account takes no part in the task, or not as a trainer.
        SuperLinkFailed: it refuses the node.
    """
    reader, guard = workspace.training.reader, reveal_guard(workspace, number, name)

    def watch() -> None:
        guard_reveals(number, reader, [guard], stop)
        stop.set()

    with (
        _stopped_by_signals() as stop,
        node_or_edge(workspace, number, name, own, patience=Patience(stop)) as node,
    ):
        threading.Thread(target=watch, name="assay-task", daemon=True).start()
        serve_node(client_app(lambda _context: node), superlink, stop)
    return reader.task(number)


def validate(
    workspace: Workspace,
    number: int,
    name: str,
    held_out: LabelledData,
    *,
    listen: str,
    peers: Mapping[str, str],
    heard: Heard,
) -> Task:
    """Validate until the task has ended, or SIGTERM or Ctrl-C.

    Raises:
        NotAMember, PeersIncomplete, PortTaken: it cannot start.
    """
    host, port = host_and_port(listen)
    listening = Listening(host, port, read_peers(peers))
    duty, seat = validator(workspace, number, name, held_out, listening, heard=heard)
    asyncio.run(duty.serve(seat))
    return workspace.training.reader.task(number)


def serve_leaf(path: Path, superlink: SuperLinkAddress, label: str | None = None) -> None:
    """Train for an edge on the records of a file until SIGTERM or Ctrl-C.

    Raises:
        DataFileUnreadable: it holds none.
        SuperLinkFailed: the edge refuses the leaf.
    """
    leaf = PerceptronLeaf(path, read_labelled(path, label))
    with _stopped_by_signals() as stop:
        serve_node(leaf_app(lambda _context: leaf), superlink, stop)


@contextmanager
def _stopped_by_signals() -> Generator[threading.Event]:
    """An event that SIGTERM and Ctrl-C set, so that what is under way is ended in order."""
    stop = threading.Event()
    numbers: tuple[signal.Signals, ...] = (signal.SIGTERM, signal.SIGINT)
    if threading.current_thread() is not threading.main_thread():
        numbers = ()  # Python gives signals to the main thread alone
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in numbers}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
