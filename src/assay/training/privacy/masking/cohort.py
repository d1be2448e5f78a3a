"""Who is masked with whom in a round: signed keys make a roster, and who dealt shares a cohort.

    advert   a node's two public keys of the round and its count of records, signed by its account
    roster   the adverts of the nodes that came
    cohort   a roster, and those of it whose shares reached the others: they mask with each other

Each has one spelling in canonical JSON. The digest of the cohort goes into every masked update, so
that all can see that all masked with the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from assay.core.address import Address, parse_address
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.training.privacy.masking.errors import MaskingMalformed
from assay.training.privacy.masking.fixed_point import FixedPoint
from assay.training.privacy.masking.streams import KEY_BYTES
from assay.training.privacy.masking.terms import MaskingTerms
from assay.training.rounds import RoundPlace

_MOST_RECORDS = 2**40
_CUT_ABOVE = 2
_SIGNATURE_BYTES = 65


@dataclass(frozen=True, slots=True)
class Advert:
    """What a node makes known before a round.

    Attributes:
        records: that it trains on.
        mask_key: X25519, for the masks that it shares with others; of this round alone, like
        share_key: X25519, for the shares that others deal to it.
        signature: of the node's account under the digest of `content`.
    """

    node: Address
    records: int
    mask_key: bytes
    share_key: bytes
    signature: bytes = field(repr=False)

    def content(self) -> bytes:
        """What is signed, as canonical JSON."""
        return canonical_json(self._signed())

    def as_json(self) -> dict[str, Any]:
        """For rosters."""
        return {**self._signed(), "signature": self.signature.hex()}

    @classmethod
    def from_json(cls, value: Any) -> Advert:
        """Read what `as_json` wrote, from whomever.

        Raises:
            MaskingMalformed: it is anything else.
        """
        try:
            node, records = parse_address(value["node"]), value["records"]
            mask_key, share_key, signature = (
                bytes.fromhex(value[name]) for name in ("mask_key", "share_key", "signature")
            )
            advert = cls(node, records, mask_key, share_key, signature)
            lengths = tuple(map(len, (mask_key, share_key, signature)))
            if lengths != (KEY_BYTES, KEY_BYTES, _SIGNATURE_BYTES) or advert.as_json() != value:
                raise ValueError("a field has another form")
            if type(records) is not int or not 1 <= records <= _MOST_RECORDS:
                raise ValueError(f"{records!r:.40} records can't be")
        except (KeyError, TypeError, ValueError, AttributeError, AssayError) as error:
            raise MaskingMalformed("advert", str(error)[:200]) from None
        return advert

    def _signed(self) -> dict[str, Any]:
        return {
            "node": self.node,
            "records": self.records,
            "mask_key": self.mask_key.hex(),
            "share_key": self.share_key.hex(),
        }


@dataclass(frozen=True)
class Roster:
    """The nodes that came to a round, ascending by address."""

    place: RoundPlace
    adverts: tuple[Advert, ...]

    def __post_init__(self) -> None:
        names = [advert.node.lower() for advert in self.adverts]
        if any(first >= second for first, second in pairwise(names)):
            raise MaskingMalformed("roster", "its nodes are not ascending, each once")

    @cached_property
    def nodes(self) -> tuple[Address, ...]:
        """Whose adverts these are."""
        return tuple(advert.node for advert in self.adverts)

    @cached_property
    def by_node(self) -> Mapping[Address, Advert]:
        """Each node's advert."""
        return {advert.node: advert for advert in self.adverts}

    @cached_property
    def digest(self) -> Digest:
        """SHA-256 of its one spelling."""
        return Digest.of(canonical_json(self.as_json()))

    def as_json(self) -> dict[str, Any]:
        """For messages and records."""
        return {
            "task": self.place.task,
            "round": self.place.round,
            "adverts": [advert.as_json() for advert in self.adverts],
        }

    @classmethod
    def from_json(cls, value: Any) -> Roster:
        """Read what `as_json` wrote, from whomever.

        Raises:
            MaskingMalformed: it is anything else.
        """
        try:
            place = RoundPlace(value["task"], value["round"])
            roster = cls(place, tuple(map(Advert.from_json, value["adverts"])))
            if roster.as_json() != value:
                raise ValueError("it has unknown fields")
        except (KeyError, TypeError, ValueError) as error:
            raise MaskingMalformed("roster", str(error)[:200]) from None
        return roster


@dataclass(frozen=True)
class Cohort:
    """The nodes that mask with each other in a round, ascending by address: some of a roster."""

    roster: Roster
    nodes: tuple[Address, ...]

    def __post_init__(self) -> None:
        known = [node for node in self.roster.nodes if node in set(self.nodes)]
        if list(self.nodes) != known:
            raise MaskingMalformed("cohort", "its nodes are not ascending ones of its roster")

    @cached_property
    def digest(self) -> Digest:
        """SHA-256 of its one spelling."""
        return Digest.of(canonical_json(self.as_json()))

    @cached_property
    def records(self) -> Mapping[Address, int]:
        """What each node's records count: twice the lower median at most, since nobody can check
        what a node claims.
        """
        claimed = {node: self.roster.by_node[node].records for node in self.nodes}
        ordered = sorted(claimed.values())
        most = _CUT_ABOVE * ordered[(len(ordered) - 1) // 2]
        return {node: min(count, most) for node, count in claimed.items()}

    def scale(self, terms: MaskingTerms) -> FixedPoint:
        """How the cohort's updates become whole numbers."""
        most = max(self.records.values())
        return FixedPoint(terms.bits, terms.clip, len(self.nodes), most)

    def as_json(self) -> dict[str, Any]:
        """For messages and records."""
        return {"roster": self.roster.as_json(), "nodes": list(self.nodes)}

    @classmethod
    def from_json(cls, value: Any) -> Cohort:
        """Read what `as_json` wrote, from whomever.

        Raises:
            MaskingMalformed: it is anything else.
        """
        try:
            nodes = tuple(parse_address(node) for node in value["nodes"])
            cohort = cls(Roster.from_json(value["roster"]), nodes)
            if not nodes or cohort.as_json() != value:
                raise ValueError("it is empty, or has unknown fields")
        except (KeyError, TypeError, ValueError, AttributeError, AssayError) as error:
            raise MaskingMalformed("cohort", str(error)[:200]) from None
        return cohort


def read_json(data: bytes, what: str) -> Any:
    """The JSON of a message from whomever.

    Raises:
        MaskingMalformed: it is none.
    """
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise MaskingMalformed(what, "it is no JSON") from None
