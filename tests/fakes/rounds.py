"""A task's chain, store and committee as a folder, which several processes can share.

It keeps the rules that the engine relies on: no commitment after closing, no opening before, one
commitment for a member and a round. Sealing is left out: bytes stay as they are.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.errors import RefusedError
from assay.training.errors import NothingCommitted, RoundWithoutResult
from assay.training.model import RoundResult
from assay.training.parameters import Parameters
from assay.training.rounds import (
    CertifiedModel,
    LocalUpdate,
    Opening,
    Order,
    Receipt,
    RoundPlace,
)


def address_of(number: int) -> Address:
    return parse_address("0x" + f"{number + 1:040x}")


@dataclass
class FolderHooks:
    """A node's part; what it keeps between steps is on the disk."""

    folder: Path
    node: Address

    def receive(self, order: Order) -> Parameters:
        return Parameters.from_bytes(order.broadcast)

    def committed(self, place: RoundPlace) -> Receipt | None:
        kept = self._kept(place)
        if not kept.exists():
            return None
        return Receipt(place, self.node, self._opening(place).commitment)

    def commit(self, update: LocalUpdate) -> Receipt:
        place = update.place
        sealed = update.samples.to_bytes(8, "big") + update.vector.tobytes()
        round_folder = self.folder / str(place.round)
        if (round_folder / "closed").exists():
            raise RefusedError(f"Commitments of round {place.round} are closed.")
        kept = self._kept(place)
        round_folder.mkdir(parents=True, exist_ok=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.with_suffix(".sealed").write_bytes(sealed)
        # Others look whether it is there: it appears whole, and with all that it needs around it.
        written = kept.with_suffix(".part")
        written.write_text(json.dumps({"salt": os.urandom(32).hex()}))
        written.replace(kept)
        receipt = Receipt(place, self.node, self._opening(place).commitment)
        (round_folder / f"{self.node}.commitment").write_bytes(receipt.commitment.raw)
        return receipt

    def reveal(self, place: RoundPlace) -> Opening:
        if not self._kept(place).exists():
            raise NothingCommitted(place.task, place.round)
        if not (self.folder / str(place.round) / "closed").exists():
            raise RefusedError("Commitments are still open.")
        sealed = self._kept(place).with_suffix(".sealed").read_bytes()
        (self.folder / str(place.round) / f"{Digest.of(sealed).hex}.sealed").write_bytes(sealed)
        return self._opening(place)

    def _kept(self, place: RoundPlace) -> Path:
        return self.folder / "nodes" / self.node / f"{place.round}.json"

    def _opening(self, place: RoundPlace) -> Opening:
        sealed = self._kept(place).with_suffix(".sealed").read_bytes()
        salt = bytes.fromhex(json.loads(self._kept(place).read_text())["salt"])
        return Opening(place, self.node, Digest.of(sealed), salt, len(sealed))


@dataclass
class FolderAuthority:
    """The server's view: it closes commitments, and averages what was revealed (FedAvg)."""

    folder: Path
    members: Sequence[Address]
    quorum: int = 1
    orders: list[Order] = field(default_factory=list)
    wrong_aggregate: bool = False

    def __post_init__(self) -> None:
        self._current: Parameters | None = None

    def order(self, place: RoundPlace, parameters: Parameters) -> Order:
        self._current = parameters
        order = Order(place, parameters.digest, parameters.to_bytes())
        self.orders.append(order)
        return order

    def commitments(self, place: RoundPlace) -> Mapping[Address, Digest]:
        folder = self.folder / str(place.round)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "closed").touch()
        files = {node: folder / f"{node}.commitment" for node in self.members}
        return {node: Digest(file.read_bytes()) for node, file in files.items() if file.exists()}

    def certify(self, place: RoundPlace, openings: Sequence[Opening]) -> CertifiedModel:
        if len(openings) < self.quorum:
            raise RoundWithoutResult(place.round, f"{len(openings)} updates were revealed")
        assert self._current is not None
        total, samples = np.zeros(self._current.size), 0
        for opening in openings:
            file = self.folder / str(place.round) / f"{opening.sealed.hex}.sealed"
            sealed = file.read_bytes()
            assert Digest.of(sealed) == opening.sealed
            count = int.from_bytes(sealed[:8], "big")
            total += count * np.frombuffer(sealed[8:], np.float64)
            samples += count
        parameters = self._current.from_vector(self._current.vector() + total / samples)
        aggregate = Digest.of(b"else") if self.wrong_aggregate else parameters.digest
        zero = Digest(bytes(32))
        result = RoundResult(place.task, place.round, aggregate, zero, zero)
        return CertifiedModel(parameters, result, tuple(one.node for one in openings), {})


@dataclass
class Watch:
    """An observer that remembers."""

    steps: list[tuple[int, str, int, int]] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    accuracies: list[float | None] = field(default_factory=list)

    def seen(self, place: RoundPlace, step: str, done: int, total: int) -> None:
        self.steps.append((place.round, step, done, total))

    def left_out(self, place: RoundPlace, node: str, reason: str) -> None:
        self.reasons[node] = "; ".join(filter(None, [self.reasons.get(node), reason]))

    def finished(self, place: RoundPlace, model: CertifiedModel, measured: object) -> None:
        self.accuracies.append(getattr(measured, "accuracy", None))
