"""The record of a round: what a committee agreed on, and all that it takes to agree again.

A record is a folder: `round.json`, the new global model as `model.safetensors`, the message by
which nodes get it, `broadcast.asyv`, and what that left over for the next, `residual.f64`. The
sealed updates stay where their nodes put them; `round.json` gives the content key of each, so that
anybody can open them, aggregate once more and compare.

>>> record = RoundRecord(
...     task=1, round=1, plan=Digest(bytes(32)), base=Digest(bytes(32)), previous=None,
...     updates=(), reports=(), reputation={}, earnings=(), base_loss_micro=0, base_accuracy_ppm=0,
...     bytes_up=0, bytes_down=0,
... )
>>> RoundRecord.decode(record.encode(), round_number=1) == record
True
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assay.core.address import Address, parse_address
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.training.record_errors import RecordMalformed

SCHEMA = "training-round/1"
ROUND_FILE, MODEL_FILE, BROADCAST_FILE = "round.json", "model.safetensors", "broadcast.asyv"
RESIDUAL_FILE = "residual.f64"
RECORD_LIMIT_BYTES = 16 * 1024 * 1024
PPB = 1_000_000_000
"""Contributions are in billionths of the round's."""


@dataclass(frozen=True, slots=True)
class RecordedUpdate:
    """What became of a node's update.

    Attributes:
        sealed: SHA-256 of the root block of its sealed folder.
        content_key: that opens it, 32 bytes in hex; empty where no validator could open it.
        bytes: of the encrypted update.
        facts: what the node says of its data and training (`Payload.facts`); empty where it could
            not be opened.
        refused: why it was not aggregated; empty if it was.
    """

    node: Address
    sealed: Digest
    content_key: str
    bytes: int
    facts: Mapping[str, Any]
    refused: str = ""

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "node": self.node,
            "sealed": self.sealed.hex,
            "content_key": self.content_key,
            "bytes": self.bytes,
            "facts": dict(self.facts),
            "refused": self.refused,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> RecordedUpdate:
        """Read what `as_json` wrote."""
        return cls(
            parse_address(value["node"]),
            Digest.parse(value["sealed"]),
            str(value["content_key"]),
            int(value["bytes"]),
            dict(value["facts"]),
            str(value["refused"]),
        )


@dataclass(frozen=True, slots=True)
class Earning:
    """What a node has of a round.

    Attributes:
        contribution_ppb: its Shapley value, in billionths of accuracy; may be below zero.
        units: of the reward's token, for this round.
        cumulative: from the first round on: the leaf of the tree of contributions.
    """

    node: Address
    contribution_ppb: int
    units: int
    cumulative: int

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "node": self.node,
            "contribution_ppb": self.contribution_ppb,
            "units": str(self.units),
            "cumulative": str(self.cumulative),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Earning:
        """Read what `as_json` wrote."""
        return cls(
            parse_address(value["node"]),
            int(value["contribution_ppb"]),
            int(value["units"]),
            int(value["cumulative"]),
        )


@dataclass(frozen=True)
class RoundRecord:
    """One round, as its committee certified it.

    Attributes:
        plan: digest of the task's plan.
        base: digest of the global parameters that the round began with.
        previous: the record of the last round with a result; None for the first.
        updates: of every node that revealed, ascending by address.
        reports: the signed score reports that decided which updates count, as they were sent.
        reputation: of every node ever judged, in millionths, ascending by address.
        earnings: of every node that has ever earned, ascending by address.
        base_loss_micro: of the model that the round began with, on the validators' records, the
            median of theirs, in millionths.
        base_accuracy_ppm: the same of accuracy.
        bytes_up: of all sealed updates.
        bytes_down: of the broadcast, once for each node.
        unmasking: what took the masks off the sum (`privacy.masking.unmasking`); None where updates
            are not masked.
    """

    task: int
    round: int
    plan: Digest
    base: Digest
    previous: Digest | None
    updates: tuple[RecordedUpdate, ...]
    reports: tuple[Mapping[str, Any], ...]
    reputation: Mapping[Address, int]
    earnings: tuple[Earning, ...]
    base_loss_micro: int
    base_accuracy_ppm: int
    bytes_up: int
    bytes_down: int
    unmasking: Mapping[str, Any] | None = None

    @property
    def accepted(self) -> tuple[Address, ...]:
        """Whose updates were aggregated."""
        return tuple(update.node for update in self.updates if not update.refused)

    @property
    def epsilon_micro(self) -> dict[Address, int]:
        """The privacy that each node says it has spent by then; empty without a promise of it."""
        spent = {update.node: update.facts.get("epsilon_micro") for update in self.updates}
        return {node: micro for node, micro in spent.items() if micro is not None}

    def encode(self) -> bytes:
        """Canonical JSON."""
        return canonical_json(self.as_json())

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "assay": SCHEMA,
            "task": self.task,
            "round": self.round,
            "plan": self.plan.hex,
            "base": self.base.hex,
            "previous": self.previous.hex if self.previous else None,
            "updates": [update.as_json() for update in self.updates],
            "reports": [dict(report) for report in self.reports],
            "reputation": dict(self.reputation),
            "earnings": [earning.as_json() for earning in self.earnings],
            "base_loss_micro": self.base_loss_micro,
            "base_accuracy_ppm": self.base_accuracy_ppm,
            "bytes_up": self.bytes_up,
            "bytes_down": self.bytes_down,
            "unmasking": self.unmasking,
        }

    @classmethod
    def decode(cls, data: bytes, round_number: int) -> RoundRecord:
        """Read what `encode` wrote.

        Raises:
            RecordMalformed: it is anything else.
        """
        try:
            value = json.loads(data)
            if value["assay"] != SCHEMA:
                raise ValueError(f"schema {value['assay']!r} is unknown")
            record = cls._from_json(value)
        except (ValueError, KeyError, TypeError, RecursionError, AssayError) as error:
            raise RecordMalformed(round_number, f"{type(error).__name__}: {error}"[:200]) from None
        if record.encode() != data:
            raise RecordMalformed(round_number, "it is not spelt as canonical JSON")
        return record

    @classmethod
    def _from_json(cls, value: Mapping[str, Any]) -> RoundRecord:
        previous = value["previous"]
        return cls(
            task=int(value["task"]),
            round=int(value["round"]),
            plan=Digest.parse(value["plan"]),
            base=Digest.parse(value["base"]),
            previous=None if previous is None else Digest.parse(previous),
            updates=tuple(RecordedUpdate.from_json(one) for one in value["updates"]),
            reports=tuple(dict(one) for one in value["reports"]),
            reputation={parse_address(node): int(one) for node, one in value["reputation"].items()},
            earnings=tuple(Earning.from_json(one) for one in value["earnings"]),
            base_loss_micro=int(value["base_loss_micro"]),
            base_accuracy_ppm=int(value["base_accuracy_ppm"]),
            bytes_up=int(value["bytes_up"]),
            bytes_down=int(value["bytes_down"]),
            unmasking=value["unmasking"],
        )
