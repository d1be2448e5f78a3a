"""The messages of one round between the server and its nodes.

Of a reply a receipt, an opening or a measurement of fixed size is kept; every other reply is
dropped, and the reason told to the observer. Whoever is late is not waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from flwr.app import Message, MessageType, RecordDict
from flwr.serverapp import Grid

from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.engine.client import REVEAL
from assay.training.engine.errors import MessageMalformed, TooFewNodes
from assay.training.engine.grids import replies_to
from assay.training.engine.records import (
    Measurement,
    pooled,
    read_measured,
    read_opening,
    read_receipt,
    write_order,
    write_place,
)
from assay.training.ports import Measured, RoundObserver
from assay.training.rounds import CertifiedModel, Opening, Order, RoundPlace

Read = TypeVar("Read")
_REVEAL = f"{MessageType.QUERY}.{REVEAL}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long the server waits for nodes, in seconds."""

    nodes_s: float = 60
    train_s: float = 600
    reveal_s: float = 120
    pause_s: float = 0.05


class Unobserved:
    """Nobody watches."""

    def seen(self, place: RoundPlace, step: str, done: int, total: int) -> None:
        """A step went on."""

    def left_out(self, place: RoundPlace, node: str, reason: str) -> None:
        """A reply is not used."""

    def finished(self, place: RoundPlace, model: CertifiedModel, measured: Measured | None) -> None:
        """A round has a result."""


@dataclass
class Exchange:
    """One round's messages; `nodes` are Flower's numbers of those that were there at its start."""

    grid: Grid
    place: RoundPlace
    waiting: Waiting
    observer: RoundObserver
    nodes: list[int]
    _addresses: dict[int, Address] = field(default_factory=dict)

    def messages(self, order: Order, kind: str) -> list[Message]:
        """An order to every node."""
        return self._to(self.nodes, write_order(order), kind, self.waiting.train_s)

    def take_receipts(self, replies: Iterable[Message]) -> None:
        """Note which address each node speaks for."""
        for message in replies:
            node = message.metadata.src_node_id
            receipt = self._read(message, read_receipt)
            if receipt is None:
                continue
            if receipt.place != self.place:
                reason = f"its receipt is for round {receipt.place.round}"
                self.observer.left_out(self.place, str(node), reason)
                continue
            self._addresses[node] = receipt.node
        self.observer.seen(self.place, "train", len(self._addresses), len(self.nodes))

    def openings(self, commitments: Mapping[Address, Digest]) -> list[Opening]:
        """Ask what was committed to: what matches, once for each address, ascending.

        Nodes without a receipt are asked too: theirs may have been late, or lost on its way, and a
        node that committed and does not reveal loses its stake.
        """
        for address in {*self._addresses.values()} - commitments.keys():
            self.observer.left_out(self.place, address, "its commitment is not on the chain")
        asked = [
            node
            for node in self.nodes
            if node not in self._addresses or self._addresses[node] in commitments
        ]
        messages = self._to(asked, write_place(self.place), _REVEAL, self.waiting.reveal_s)
        found: dict[Address, Opening] = {}
        wait, pause = self.waiting.reveal_s, self.waiting.pause_s
        for message in replies_to(self.grid, messages, wait, pause):
            opening = self._read(message, read_opening)
            if opening is None:
                continue
            if opening.place != self.place or opening.commitment != commitments.get(opening.node):
                reason = "its opening does not match its commitment"
                self.observer.left_out(self.place, opening.node, reason)
                continue
            found[opening.node] = opening
            self.observer.seen(self.place, "reveal", len(found), len(commitments))
            if len(found) == len(commitments):
                break
        for address in commitments.keys() - found.keys():
            self.observer.left_out(self.place, address, "it committed and did not reveal")
        return [found[address] for address in sorted(found, key=str.lower)]

    def measured(self, replies: Iterable[Message]) -> Measurement | None:
        """What nodes found of a model, over all their records; None if none told."""
        found = [self._read(reply, read_measured) for reply in replies]
        return pooled([one for one in found if one is not None])

    def _read(self, message: Message, read: Callable[[RecordDict], Read]) -> Read | None:
        node = message.metadata.src_node_id
        name = self._addresses.get(node, str(node))
        if message.has_error():
            reason = (message.error.reason or f"error {message.error.code}")[:400]
            self.observer.left_out(self.place, name, reason)
            return None
        try:
            return read(message.content)
        except MessageMalformed as error:
            self.observer.left_out(self.place, name, error.reason)
            return None

    def _to(
        self, nodes: Iterable[int], content: RecordDict, kind: str, live_s: float
    ) -> list[Message]:
        # Flower throws away replies after the time to live, so that late ones use no memory.
        group = str(self.place.round)
        return [Message(content, node, kind, ttl=live_s + 1, group_id=group) for node in nodes]


def connected_nodes(grid: Grid, least: int, waiting: Waiting) -> list[int]:
    """Flower's numbers of the nodes that are there.

    Raises:
        TooFewNodes: not enough came in time.
    """
    until = time.monotonic() + waiting.nodes_s
    while len(nodes := sorted(grid.get_node_ids())) < least:
        if time.monotonic() >= until:
            raise TooFewNodes(len(nodes), least, waiting.nodes_s)
        time.sleep(waiting.pause_s)
    return nodes
