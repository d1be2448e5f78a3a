"""A node of Flower's network as one process that stays ready.

    serve_node(client_app(node_of), SuperLinkAddress("127.0.0.1:9092"), stop)

Flower's own SuperNode asks for work every 3 s and starts a Python process for each message, which
loads the app that the server sent. This one speaks the same protocol to the same SuperLink, asks
twice a second or more often, and answers with the app that it was started with: nothing is loaded
twice, and no code of the server's is run at a node.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from logging import getLogger
from pathlib import Path

from flwr.app import Context, Message, RecordDict, UserConfigValue
from flwr.clientapp import ClientApp
from flwr.proto.message_pb2 import ObjectTree
from flwr.supercore.inflatable.inflatable_object import (
    get_all_nested_objects,
    get_object_tree,
    iterate_object_tree,
    no_object_id_recompute,
)
from flwr.supercore.inflatable.inflatable_utils import (
    inflate_object_from_contents,
    pull_objects,
    push_objects,
)
from flwr.supercore.run import RunNotRunningException

from assay.training.engine.errors import PlainConnection, SuperLinkFailed
from assay.training.engine.fleet import FleetConnection, Key
from assay.training.engine.grids import answer

_log = getLogger(__name__)
_PAUSE_GROWTH = 1.3
FIRST_PAUSE_S = 0.05
"""Until work is asked for again, and until a part of a message that is announced and not there."""


@dataclass(frozen=True, slots=True)
class SuperLinkAddress:
    """Where the SuperLink is.

    Attributes:
        address: host and port.
        root_certificate: of who signed the server's certificate, as a PEM file; None for plain
            HTTP, on this machine only.

    Raises:
        PlainConnection: another machine without a certificate.
    """

    address: str
    root_certificate: Path | None = None

    def __post_init__(self) -> None:
        if self.root_certificate is None and not _is_loopback(self.address):
            raise PlainConnection(self.address)

    @property
    def plain(self) -> bool:
        """Whether it is asked over plain HTTP."""
        return self.root_certificate is None

    @property
    def trusted(self) -> str | None:
        """The certificate's path as Flower wants it."""
        return None if self.root_certificate is None else str(self.root_certificate)


def serve_node(
    app: ClientApp,
    superlink: SuperLinkAddress,
    stop: threading.Event,
    *,
    config: Mapping[str, UserConfigValue] | None = None,
    key: Key | None = None,
    longest_pause_s: float = 0.5,
) -> None:
    """Answer messages until told to stop; a lost connection is taken up again.

    Args:
        config: Flower's node configuration, in `context.node_config`.
        key: of the node, where the SuperLink admits known nodes only; needs a certificate.
        longest_pause_s: between two questions for work; shorter for a while after a message.

    Raises:
        SuperLinkFailed: it refuses the node.
    """
    while not stop.is_set():
        if not _answers(superlink.address):
            stop.wait(1)
            continue
        try:
            with FleetConnection(
                superlink.address, plain=superlink.plain, trusted=superlink.trusted, key=key
            ) as fleet:
                _Session(app, fleet, config or {}).serve(stop, longest_pause_s)
        except SuperLinkFailed:
            raise
        except Exception as error:  # noqa: BLE001 - whatever comes over the network, a node goes on
            reason = f"{type(error).__name__}: {error}"
            _log.warning("the connection to %s was lost (%s)", superlink.address, reason[:200])
            stop.wait(1)


class _Session:
    """One connection's life: the node has one number, and a context for the newest run."""

    def __init__(
        self,
        app: ClientApp,
        fleet: FleetConnection,
        config: Mapping[str, UserConfigValue],
    ) -> None:
        self._app = app
        self._config = dict(config)
        self._fleet = fleet
        self._context: Context | None = None

    def serve(self, stop: threading.Event, longest_pause_s: float) -> None:
        pause_s = FIRST_PAUSE_S
        while not stop.is_set():
            if (received := self._fleet.receive()) is None:
                stop.wait(pause_s)
                pause_s = min(longest_pause_s, pause_s * _PAUSE_GROWTH)
                continue
            pause_s = FIRST_PAUSE_S
            header, tree = received
            try:
                self._answer(header.metadata.run_id, tree)
            except RunNotRunningException:
                _log.warning("run %d has ended; its message is dropped", header.metadata.run_id)

    def _answer(self, run: int, tree: ObjectTree) -> None:
        names = [one.object_id for one in iterate_object_tree(tree)]
        contents = pull_objects(
            names, lambda name: self._fleet.pull(run, name), initial_backoff=FIRST_PAUSE_S
        )
        message = inflate_object_from_contents(tree.object_id, contents)
        assert isinstance(message, Message)
        message.metadata.__dict__["_message_id"] = tree.object_id
        self._fleet.confirm(run, tree.object_id)
        began = time.monotonic()
        reply = answer(self._app, message, self._context_of(run))
        reply.metadata.__dict__["_message_id"] = reply.object_id
        with no_object_id_recompute():
            wanted, session = self._fleet.send(
                reply, get_object_tree(reply), time.monotonic() - began
            )
            push_objects(
                get_all_nested_objects(reply),
                lambda name, content: self._fleet.push(run, session, name, content),
                object_ids_to_push=wanted,
            )

    def _context_of(self, run: int) -> Context:
        if self._context is None or self._context.run_id != run:
            self._context = Context(
                run_id=run,
                node_id=self._fleet.node.node_id,
                node_config=self._config,
                state=RecordDict(),
                run_config={},
            )
        return self._context


def _answers(address: str) -> bool:
    host, port = address.rsplit(":", 1)
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=5).close()
    except OSError:
        return False
    return True


def _is_loopback(address: str) -> bool:
    host = address.rsplit(":", 1)[0].strip("[]")
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
