"""The plan of a task: everything that nodes and validators must agree on beforehand.

>>> plan = Plan(widths=(64, 32, 10))
>>> Plan.decode(plan.encode()) == plan
True

The sponsor writes it once; the chain holds its SHA-256, which as the CID of a raw block is where it
is found. It carries no floats, so that it has one spelling.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assay.core.canonical import canonical_json
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import AssayError, InputError
from assay.training.compression.encoding import Encodings
from assay.training.privacy.masking.terms import MaskingTerms
from assay.training.privacy.terms import PrivacyTerms
from assay.training.record_errors import PlanMalformed

SCHEMA = "training-plan/1"
PLAN_LIMIT_BYTES = 64 * 1024
MICRO = 1_000_000
"""Fractions are whole numbers of millionths."""
MOST_LEAVES = 1000


@dataclass(frozen=True, slots=True)
class LocalSchedule:
    """How a node trains in a round; the rates are in millionths.

    Attributes:
        proximal_micro: mu of FedProx; 0 for plain FedAvg.
    """

    epochs: int = 1
    batch: int = 32
    rate_micro: int = 50_000
    momentum_micro: int = 900_000
    proximal_micro: int = 0

    def as_json(self) -> dict[str, int]:
        """The fields by name."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True)
class Plan:
    """What a task trains, and how.

    Attributes:
        widths: of the perceptron's layers, from features to classes.
        rule: name of the aggregation rule (`assay.training.aggregation.rules`).
        encodings: how vectors travel.
        leaves: how many may train behind one member at most (`edges`); 0 for none.
        data: what the nodes' records have to be, in words.
        privacy: the differential privacy that the task promises; None for none.
        masking: secure aggregation, which shows nobody a single update; None for none.

    Raises:
        MaskingExcludes: the rest of the plan needs single updates.
        InputError: `leaves` is no count that can be, or stands beside a promise of privacy.
    """

    widths: tuple[int, ...]
    rule: str = "adaptive"
    schedule: LocalSchedule = field(default_factory=LocalSchedule)
    encodings: Encodings = field(default_factory=Encodings)
    leaves: int = 0
    data: str = ""
    privacy: PrivacyTerms | None = None
    masking: MaskingTerms | None = None

    def __post_init__(self) -> None:
        if self.masking is not None:
            self.masking.check(self.rule, self.encodings.up, self.leaves)
        if type(self.leaves) is not int or not 0 <= self.leaves <= MOST_LEAVES:
            raise InputError(
                f"A member of a task can't have {self.leaves!r:.80} leaves behind it.",
                hint=f"Give a whole number from 0 to {MOST_LEAVES}.",
            )
        if self.leaves and self.privacy is not None:
            raise InputError(
                "A task can't both admit leaves behind its members and promise privacy.",
                hint="A member can't know what its leaves have spent: let them join by themselves.",
            )

    def encode(self) -> bytes:
        """Canonical JSON."""
        return canonical_json(self.as_json())

    @property
    def cid(self) -> Cid:
        """Where it is found."""
        return Cid.raw(self.encode())

    @property
    def digest(self) -> Digest:
        """What the chain holds of it."""
        return self.cid.digest

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "assay": SCHEMA,
            "model": {"kind": "perceptron", "widths": list(self.widths)},
            "rule": self.rule,
            "schedule": self.schedule.as_json(),
            "encodings": self.encodings.terms(),
            "leaves": self.leaves,
            "data": self.data,
            "privacy": self.privacy.as_json() if self.privacy else None,
            "secure_aggregation": self.masking.as_json() if self.masking else None,
        }

    @classmethod
    def decode(cls, data: bytes) -> Plan:
        """Read what `encode` wrote.

        Raises:
            PlanMalformed: it is anything else.
        """
        try:
            value = json.loads(data)
            plan = cls._from_json(value)
        except (ValueError, KeyError, TypeError, RecursionError, AssayError) as error:
            raise PlanMalformed(f"{type(error).__name__}: {error}"[:200]) from None
        if plan.encode() != data:
            raise PlanMalformed("it is not spelt as canonical JSON, or has unknown fields")
        return plan

    @classmethod
    def _from_json(cls, value: Mapping[str, Any]) -> Plan:
        if value["assay"] != SCHEMA or value["model"]["kind"] != "perceptron":
            raise ValueError("its schema or kind of model is unknown")
        schedule = value["schedule"]
        if any(type(number) is not int or number < 0 for number in schedule.values()):
            raise ValueError("the schedule has something else than whole numbers")
        privacy = value["privacy"]
        if privacy and any(type(privacy[name]) is not int for name in {*privacy} - {"level"}):
            raise ValueError("the privacy has something else than whole numbers")
        return cls(
            tuple(int(width) for width in value["model"]["widths"]),
            str(value["rule"]),
            LocalSchedule(**schedule),
            Encodings.from_terms(value["encodings"]),
            value["leaves"],
            str(value["data"]),
            None if privacy is None else PrivacyTerms(**privacy),
            MaskingTerms.from_json(value["secure_aggregation"]),
        )
