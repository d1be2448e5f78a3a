"""Merkle trees whose proofs OpenZeppelin's `MerkleProof` verifies.

A leaf is hashed twice, keccak256(keccak256(data)), so that no inner node can pass for a leaf; a
pair is sorted before it is hashed, so that a proof needs no directions. An odd node moves up as it
is.

>>> tree = MerkleTree([b"a" * 32, b"b" * 32, b"c" * 32])
>>> verify_proof(tree.root, b"b" * 32, tree.proof(1))
True
>>> verify_proof(tree.root, b"x" * 32, tree.proof(1))
False
"""

from __future__ import annotations

from collections.abc import Sequence

from eth_utils.crypto import keccak

from assay.errors import InputError


def leaf_hash(data: bytes) -> bytes:
    """keccak256(keccak256(data)), 32 bytes."""
    return keccak(keccak(data))


def node_hash(left: bytes, right: bytes) -> bytes:
    """keccak256 of the two 32-byte nodes in ascending order."""
    return keccak(left + right if left < right else right + left)


class MerkleTree:
    """The tree over a list of 32-byte values, in the order given."""

    def __init__(self, values: Sequence[bytes]) -> None:
        """Build all levels; O(n) hashes.

        Raises:
            InputError: no values.
        """
        if not values:
            raise InputError("A Merkle tree needs at least one leaf.")
        level = [leaf_hash(value) for value in values]
        self._levels = [level]
        while len(level) > 1:
            paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
            level = paired + level[len(paired) * 2 :]
            self._levels.append(level)

    @property
    def root(self) -> bytes:
        """32 bytes."""
        return self._levels[-1][0]

    def proof(self, index: int) -> list[bytes]:
        """The sibling hashes from leaf `index` up to the root; at most ceil(log2 n) of 32 bytes.

        Raises:
            InputError: no such leaf.
        """
        if not 0 <= index < len(self._levels[0]):
            raise InputError(f"The tree has {len(self._levels[0])} leaves, none at {index}.")
        siblings = []
        for level in self._levels[:-1]:
            sibling = index ^ 1
            if sibling < len(level):
                siblings.append(level[sibling])
            index //= 2
        return siblings


def proof_root(value: bytes, proof: Sequence[bytes]) -> bytes:
    """The 32-byte root that `proof` leads to from `value`."""
    node = leaf_hash(value)
    for sibling in proof:
        node = node_hash(node, sibling)
    return node


def verify_proof(root: bytes, value: bytes, proof: Sequence[bytes]) -> bool:
    """True if `proof` leads from the 32-byte `value` to `root`."""
    return proof_root(value, proof) == root
