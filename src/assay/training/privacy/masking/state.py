"""What a node keeps of a round of secure aggregation, and what it gives of it to unmask the sum."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assay.core.address import Address, parse_address
from assay.core.canonical import canonical_json
from assay.errors import AssayError
from assay.training.privacy.masking.cohort import Advert, Cohort, Roster
from assay.training.privacy.masking.errors import MaskingMalformed
from assay.training.privacy.masking.shares import HeldShares, NodeSecrets
from assay.training.privacy.masking.streams import KEY_BYTES, public_half


@dataclass(frozen=True)
class MaskingState:
    """What a node keeps; each step adds to it and takes nothing back.

    Attributes:
        boxes: what it dealt.
        held: its shares of others' secrets and its own, by whose they are.
        survivors: for whom it gave shares.
    """

    secrets: NodeSecrets = field(repr=False)
    advert: Advert
    roster: Roster | None = None
    boxes: Mapping[Address, bytes] = field(default_factory=dict)
    held: Mapping[Address, HeldShares] = field(default_factory=dict, repr=False)
    cohort: Cohort | None = None
    survivors: tuple[Address, ...] | None = None

    @classmethod
    def fresh(cls, node: Address, records: int, sign: Callable[[bytes], bytes]) -> MaskingState:
        """New keys; `sign` signs the content of an advert."""
        made = NodeSecrets(*(secrets.token_bytes(KEY_BYTES) for _ in range(3)))
        keys = public_half(made.mask_secret), public_half(made.share_secret)
        unsigned = Advert(node, records, *keys, b"")
        return cls(made, Advert(node, records, *keys, sign(unsigned.content())))

    def to_bytes(self) -> bytes:
        """Canonical JSON, secrets included."""
        made = self.secrets
        return canonical_json(
            {
                "secrets": [one.hex() for one in (made.mask_secret, made.share_secret, made.seed)],
                "advert": self.advert.as_json(),
                "roster": self.roster.as_json() if self.roster else None,
                "boxes": {node: box.hex() for node, box in self.boxes.items()},
                "held": {
                    node: [one.seed.hex(), one.mask_secret.hex()] for node, one in self.held.items()
                },
                "cohort": self.cohort.as_json() if self.cohort else None,
                "survivors": None if self.survivors is None else list(self.survivors),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> MaskingState:
        """Read what `to_bytes` wrote on this node's own disk."""
        value = json.loads(data)
        survivors = value["survivors"]
        return cls(
            NodeSecrets(*map(bytes.fromhex, value["secrets"])),
            Advert.from_json(value["advert"]),
            value["roster"] and Roster.from_json(value["roster"]),
            {parse_address(node): bytes.fromhex(box) for node, box in value["boxes"].items()},
            {
                parse_address(node): HeldShares(*map(bytes.fromhex, shares))
                for node, shares in value["held"].items()
            },
            value["cohort"] and Cohort.from_json(value["cohort"]),
            None if survivors is None else tuple(map(parse_address, survivors)),
        )


@dataclass(frozen=True)
class GivenShares:
    """A node's shares for a round: of survivors' seeds, and of the others' mask secrets."""

    seeds: Mapping[Address, bytes] = field(repr=False)
    mask_secrets: Mapping[Address, bytes] = field(repr=False)

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        return canonical_json(
            {
                "seeds": {node: share.hex() for node, share in self.seeds.items()},
                "mask_secrets": {node: share.hex() for node, share in self.mask_secrets.items()},
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> GivenShares:
        """Read what `to_bytes` wrote, from whomever.

        Raises:
            MaskingMalformed: it is anything else.
        """
        try:
            value = json.loads(data)
            return cls(_shares(value["seeds"]), _shares(value["mask_secrets"]))
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError, AssayError):
            raise MaskingMalformed("shares", "they are not given by node") from None


def _shares(value: Mapping[str, Any]) -> dict[Address, bytes]:
    return {parse_address(node): bytes.fromhex(share) for node, share in value.items()}
