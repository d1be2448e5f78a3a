"""Masked updates, and what takes the masks off their sum and off nothing else.

    message = MaskedUpdate(cohort.digest, commitment_to(seed), masked).to_bytes()
    mean, records = unmasking.mean({node: message, ...}, terms, size)

Of a node whose update is there, the seed of its own mask is made known; of one whose update is
not, the secret of its pair masks. Never both: either kind of mask alone hides an update. All of it
can be held against what the nodes committed to, so it does not matter who brings it.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.training.parameters import Vector
from assay.training.privacy.masking.cohort import Cohort
from assay.training.privacy.masking.errors import MaskingMalformed, NotUnmaskable
from assay.training.privacy.masking.fixed_point import FixedPoint, Masked
from assay.training.privacy.masking.shares import NodeSecrets
from assay.training.privacy.masking.streams import (
    KEY_BYTES,
    own_mask,
    pair_mask,
    public_half,
    summed,
)
from assay.training.privacy.masking.terms import MaskingTerms

HEADER_FILE = "masked.bin"
"""Of a sealed folder: what others have to see of a masked update before they unmask anything."""
HEADER_BYTES = 64


@dataclass(frozen=True, slots=True)
class MaskHeader:
    """What a node says of its masked update.

    Attributes:
        cohort: the digest of those that it masked with.
        seed: SHA-256 of the seed of its own mask.
    """

    cohort: Digest
    seed: Digest

    def to_bytes(self) -> bytes:
        """64 bytes."""
        return self.cohort.raw + self.seed.raw

    @classmethod
    def from_bytes(cls, data: bytes) -> MaskHeader:
        """Read what `to_bytes` wrote.

        Raises:
            MaskingMalformed: it has another length.
        """
        if len(data) != HEADER_BYTES:
            raise MaskingMalformed("header", f"it has {len(data)} bytes, not {HEADER_BYTES}")
        return cls(Digest(data[:KEY_BYTES]), Digest(data[KEY_BYTES:]))


def mask(
    vector: Vector, node: Address, secrets: NodeSecrets, cohort: Cohort, terms: MaskingTerms
) -> tuple[MaskHeader, bytes]:
    """A node's masked update, and its header."""
    scale, size = cohort.scale(terms), len(vector)
    parts = [
        scale.encode(vector, cohort.records[node]),
        own_mask(secrets.seed, cohort.digest, node, scale, size),
        *(
            _pair(secrets.mask_secret, node, other, cohort=cohort, scale=scale, size=size)
            for other in cohort.nodes
            if other != node
        ),
    ]
    header = MaskHeader(cohort.digest, Digest.of(secrets.seed))
    return header, header.to_bytes() + summed(parts, scale, size).tobytes()


@dataclass(frozen=True)
class Unmasking:
    """What is made known of a round's masks; each secret has 32 bytes.

    Attributes:
        seeds: of the survivors' own masks.
        mask_secrets: of the other nodes of the cohort.
    """

    cohort: Cohort
    seeds: Mapping[Address, bytes] = field(repr=False)
    mask_secrets: Mapping[Address, bytes] = field(repr=False)

    @property
    def survivors(self) -> tuple[Address, ...]:
        """Whose updates are in the sum, ascending by address."""
        return tuple(node for node in self.cohort.nodes if node in self.seeds)

    @property
    def records(self) -> int:
        """What the survivors' records count together."""
        return sum(self.cohort.records[node] for node in self.survivors)

    def mean(self, messages: Mapping[Address, bytes], terms: MaskingTerms, size: int) -> Vector:
        """The mean of the survivors' updates, weighted by records; the same to the bit for all.

        Args:
            messages: of every node that revealed, by node.

        Raises:
            NotUnmaskable: they do not fit, or the survivors are too few.
        """
        round_ = self.cohort.roster.place.round
        revealed = tuple(node for node in self.cohort.nodes if node in messages)
        dropped = set(self.cohort.nodes) - set(revealed)
        if revealed != self.survivors or set(self.mask_secrets) != dropped:
            raise NotUnmaskable(round_, "it is for other survivors than the chain holds")
        if len(revealed) < terms.threshold:
            reason = f"{len(revealed)} nodes survived, and {terms.threshold} have to"
            raise NotUnmaskable(round_, reason)
        for node in dropped:
            public = self.cohort.roster.by_node[node].mask_key
            if not hmac.compare_digest(public_half(self.mask_secrets[node]), public):
                raise NotUnmaskable(round_, f"the mask secret of {node} is not its own")
        scale = self.cohort.scale(terms)
        parts: list[Masked] = []
        for node in revealed:
            parts.append(self._numbers(node, messages[node], scale, size))
            parts.extend(self._remedies(node, scale, size))
        return scale.decode(summed(parts, scale, size), self.records)

    def _remedies(self, node: Address, scale: FixedPoint, size: int) -> Iterator[Masked]:
        """What takes a survivor's own mask off, and those that it shares with the dropped."""
        own = own_mask(self.seeds[node], self.cohort.digest, node, scale, size)
        yield np.subtract(0, own, dtype=scale.dtype)
        for other, secret in sorted(self.mask_secrets.items()):
            # What the node added for the other is what that one would have taken off.
            yield _pair(secret, other, node, cohort=self.cohort, scale=scale, size=size)

    def _numbers(self, node: Address, message: bytes, scale: FixedPoint, size: int) -> Masked:
        round_ = self.cohort.roster.place.round
        if len(message) != HEADER_BYTES + size * scale.dtype.itemsize:
            reason = f"the masked update of {node} has another size"
            raise NotUnmaskable(round_, reason, spoiler=node)
        header = MaskHeader.from_bytes(message[:HEADER_BYTES])
        if header.cohort != self.cohort.digest:
            raise NotUnmaskable(round_, f"{node} masked with another cohort", spoiler=node)
        if header.seed != Digest.of(self.seeds[node]):
            reason = f"the seed of {node} is not what it committed to"
            raise NotUnmaskable(round_, reason, spoiler=node)
        return np.frombuffer(message, scale.dtype, offset=HEADER_BYTES)

    def as_json(self) -> dict[str, Any]:
        """For messages and records."""
        return {
            "cohort": self.cohort.as_json(),
            "seeds": {node: seed.hex() for node, seed in sorted(self.seeds.items())},
            "mask_secrets": {node: one.hex() for node, one in sorted(self.mask_secrets.items())},
        }

    @classmethod
    def from_json(cls, value: Any) -> Unmasking:
        """Read what `as_json` wrote, from whomever.

        Raises:
            MaskingMalformed: it is anything else.
        """
        try:
            seeds, secrets = (_secrets(value[name]) for name in ("seeds", "mask_secrets"))
            unmasking = cls(Cohort.from_json(value["cohort"]), seeds, secrets)
            if unmasking.as_json() != value:
                raise ValueError("it has unknown fields")
        except (KeyError, TypeError, ValueError, AttributeError, AssayError) as error:
            raise MaskingMalformed("unmasking", str(error)[:200]) from None
        return unmasking


def _secrets(value: Mapping[str, str]) -> dict[Address, bytes]:
    found = {parse_address(node): bytes.fromhex(secret) for node, secret in value.items()}
    if any(len(secret) != KEY_BYTES for secret in found.values()):
        raise ValueError(f"a secret has another length than {KEY_BYTES}")
    return found


def _pair(
    secret: bytes, node: Address, other: Address, *, cohort: Cohort, scale: FixedPoint, size: int
) -> Masked:
    public = cohort.roster.by_node[other].mask_key
    return pair_mask(secret, node, public, other, cohort=cohort.digest, scale=scale, size=size)
