"""Nodes that commit to what is no update: the bytes of one are made by hand."""

from __future__ import annotations

import secrets
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import zstandard

from assay.training.compression.feedback import no_residual
from assay.training.engine.client import TrainingNode
from assay.training.parameters import Parameters
from assay.training.payload import Payload
from assay.training.privacy.sealing import Binding, seal
from assay.training.rounds import SALT_BYTES, LocalUpdate, Opening, Order, Receipt, RoundPlace
from assay.training.use_cases.node import NodeRounds
from assay.training.use_cases.ports import KeptUpdate

Craft = Callable[["Hostile", RoundPlace], KeptUpdate]


@dataclass(frozen=True)
class Hostile:
    """The hooks of an honest node, but for what it commits to."""

    hooks: NodeRounds
    craft: Craft

    def receive(self, order: Order) -> Parameters:
        return self.hooks.receive(order)

    def committed(self, place: RoundPlace) -> Receipt | None:
        return self.hooks.committed(place)

    def reveal(self, place: RoundPlace) -> Opening:
        return self.hooks.reveal(place)

    def commit(self, update: LocalUpdate) -> Receipt:
        kept = self.craft(self, update.place)
        residual = no_residual(self.hooks.like.size)
        self.hooks.memory.keep_update(update.place.round, kept, residual)
        receipt = self.hooks.committed(update.place)
        assert receipt is not None
        return receipt


def hostile(node: TrainingNode, craft: Craft) -> TrainingNode:
    """A node turned hostile."""
    return TrainingNode(node.training, Hostile(rounds_of(node), craft))


def rounds_of(node: TrainingNode) -> NodeRounds:
    """What an honest node does around its training, without its patience."""
    hooks = node.hooks.hooks  # type: ignore[attr-defined]
    assert isinstance(hooks, NodeRounds)
    return hooks


def sending(message: bytes) -> Craft:
    """Seals any bytes as the update, properly."""

    def craft(node: Hostile, place: RoundPlace) -> KeptUpdate:
        hooks = node.hooks
        committee = hooks.chain.committee_keys(place.task)
        payload = Payload(hooks.source(), message)
        binding = Binding(place, hooks.node, committee.epoch)
        files = seal(payload.to_bytes(), binding, committee).files()
        return KeptUpdate(files, hooks.folders.digest(files), secrets.token_bytes(SALT_BYTES))

    return craft


def copying(victim: TrainingNode) -> Craft:
    """Commits to the very folder that another node sealed, got out of that node's own disk."""
    memory = rounds_of(victim).memory

    def craft(_node: Hostile, place: RoundPlace) -> KeptUpdate:
        until = time.monotonic() + 30
        while (kept := memory.update(place.round)) is None:
            assert time.monotonic() < until, "the victim did not train"
            time.sleep(0.01)
        return KeptUpdate(kept.files, kept.sealed, secrets.token_bytes(SALT_BYTES))

    return craft


def message_of(numbers: np.ndarray[tuple[int], np.dtype[np.float32]]) -> bytes:
    """Any numbers as an exact message of the wire format, which our own encoder refuses to make."""
    planes = np.ascontiguousarray(numbers.astype("<f4").view(np.uint8).reshape(-1, 4).T)
    frame = zstandard.ZstdCompressor().compress(planes.tobytes())
    size = len(numbers)
    header = struct.pack("<4sBBBBII4I", b"ASYV", 1, 32, 0, 12, size, size, 0, 0, len(frame), 0)
    return header + frame
