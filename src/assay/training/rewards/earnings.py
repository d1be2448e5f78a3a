"""What nodes have earned in all rounds so far, and the proofs by which they claim it.

The tree's leaves are abi.encode(address node, uint256 cumulativeUnits), by ascending address, and
hashed twice (`core.merkle`), as OpenZeppelin's `MerkleProof` checks them. Sums are cumulative: a
node may claim after any round, and the newest root is enough.

>>> alice, bob = Address("0x" + "11" * 20), Address("0x" + "22" * 20)
>>> earned = Earnings.none().plus({alice: 70, bob: 30}).plus({alice: 5})
>>> earned.units(alice), earned.total
(75, 105)
>>> verify_claim(earned.root, alice, 75, earned.proof(alice))
True
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.core.merkle import MerkleTree, verify_proof
from assay.errors import InputError, IntegrityError

_WORD_BYTES = 32
_LIMIT = 2**256
NOTHING_EARNED = Digest(bytes(32))
"""The root while nobody has earned: no proof leads to it."""


class EarningsShrank(IntegrityError):
    """A round would take from a node what it had earned before."""

    def __init__(self, node: str, before: int, after: int) -> None:
        super().__init__(f"{node} had earned {before} units, and would now have {after}.")
        self.node = node
        self.before = before
        self.after = after


@dataclass(frozen=True, slots=True)
class Earnings:
    """Cumulative units of each node that has earned, ascending by address.

    Raises:
        InputError: an amount that is not above 0, or too large for the contract.
    """

    of: tuple[tuple[Address, int], ...]

    def __post_init__(self) -> None:
        for node, units in self.of:
            if not 0 < units < _LIMIT:
                raise InputError(f"{node} can't have earned {units} units.")
        keys = [node.lower() for node, _ in self.of]
        if any(a >= b for a, b in pairwise(keys)):
            raise InputError("Earnings are ascending by address, each node once.")

    @classmethod
    def none(cls) -> Earnings:
        """Before the first round."""
        return cls(())

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> Earnings:
        """From a round's record: units as decimal text by address.

        Raises:
            InputError: it is anything else.
        """
        found = {}
        for name, text in fields.items():
            if not (isinstance(text, str) and text.isascii() and text.isdecimal()):
                raise InputError(f"{name[:80]!r} has earned {text!r:.80}, which is no amount.")
            found[parse_address(name)] = int(text)
        return cls(tuple(sorted(found.items(), key=_by_address)))

    def written(self) -> dict[str, str]:
        """For a round's record; JSON numbers would lose digits."""
        return {str(node): str(units) for node, units in self.of}

    def plus(self, payouts: Mapping[Address, int]) -> Earnings:
        """After another round; nodes that got nothing are not listed.

        Raises:
            InputError: a payout below 0.
        """
        sums = dict(self.of)
        for node, units in payouts.items():
            if units < 0:
                raise InputError(f"A payout of {units} units to {node} can't be.")
            if units:
                sums[node] = sums.get(node, 0) + units
        return Earnings(tuple(sorted(sums.items(), key=_by_address)))

    def check_follows(self, before: Earnings) -> None:
        """Hold these against the round before.

        Raises:
            EarningsShrank: a node has less than it had.
        """
        for node, units in before.of:
            if self.units(node) < units:
                raise EarningsShrank(node, units, self.units(node))

    def units(self, node: Address) -> int:
        """What a node has earned, 0 if nothing."""
        return dict(self.of).get(node, 0)

    @property
    def total(self) -> int:
        """What all have earned."""
        return sum(units for _, units in self.of)

    @property
    def root(self) -> Digest:
        """The contribution root that a certificate names."""
        return Digest(self._tree().root) if self.of else NOTHING_EARNED

    def proof(self, node: Address) -> list[bytes]:
        """With which the node claims, 32 bytes each.

        Raises:
            InputError: the node has earned nothing.
        """
        for place, (one, _) in enumerate(self.of):
            if one == node:
                return self._tree().proof(place)
        raise InputError(
            f"{node} has earned nothing yet.", hint="A node earns by updates that are accepted."
        )

    def _tree(self) -> MerkleTree:
        return MerkleTree([claim_leaf(node, units) for node, units in self.of])


def claim_leaf(node: Address, units: int) -> bytes:
    """abi.encode(node, units), 64 bytes."""
    return int(node, 16).to_bytes(_WORD_BYTES, "big") + units.to_bytes(_WORD_BYTES, "big")


def verify_claim(root: Digest, node: Address, units: int, proof: Sequence[bytes]) -> bool:
    """Whether the contract would pay by this proof."""
    return verify_proof(root.raw, claim_leaf(node, units), proof)


def _by_address(entry: tuple[Address, int]) -> str:
    return entry[0].lower()
