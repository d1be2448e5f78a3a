"""What passes between a node and the server in one round: order, receipt, opening.

A node first binds itself to its sealed update by a commitment, and only when no more commitments
are taken gives away what it is. So nobody can copy another's update: to commit to it one has to
know it.

>>> place = RoundPlace(task=1, round=2)
>>> opening = Opening(place, "0x" + "11" * 20, Digest.of(b"sealed"), b"s" * 32, size_bytes=6)
>>> opening.commitment == commitment(place, opening.node, Digest.of(b"sealed"), b"s" * 32)
True
>>> opening.commitment == commitment(place, "0x" + "22" * 20, Digest.of(b"sealed"), b"s" * 32)
False
"""

from __future__ import annotations

from dataclasses import dataclass

from assay.core.address import Address
from assay.core.digest import Digest
from assay.core.keccak import keccak
from assay.errors import InputError
from assay.training.model import RoundResult
from assay.training.parameters import Parameters, Vector

SALT_BYTES = 32


@dataclass(frozen=True, slots=True, order=True)
class RoundPlace:
    """A round of a task, both counted from 1."""

    task: int
    round: int


@dataclass(frozen=True, slots=True)
class Order:
    """What the server asks of a node.

    Attributes:
        model: digest of the global parameters that the node has to end up with and start from.
        broadcast: those parameters as the task sends them; may be a compressed difference.
    """

    place: RoundPlace
    model: Digest
    broadcast: bytes


@dataclass(frozen=True, eq=False, slots=True)
class LocalUpdate:
    """What a node learnt in a round.

    Attributes:
        vector: trained minus global parameters, shape (size,).
        samples: how many records it was learnt from.
    """

    place: RoundPlace
    vector: Vector
    samples: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A node's word that it has committed; nothing of the update is in it.

    Attributes:
        commitment: what the node sent to the chain.
    """

    place: RoundPlace
    node: Address
    commitment: Digest


@dataclass(frozen=True, slots=True)
class Opening:
    """What a commitment stood for; the sealed update itself is then in the store.

    Attributes:
        sealed: SHA-256 of the root block of the sealed update's folder.
        salt: 32 bytes.
        size_bytes: of the sealed update, as it was uploaded.

    Raises:
        InputError: the salt has another length, or the size is below 0.
    """

    place: RoundPlace
    node: Address
    sealed: Digest
    salt: bytes
    size_bytes: int

    def __post_init__(self) -> None:
        if len(self.salt) != SALT_BYTES:
            raise InputError(f"A salt has {SALT_BYTES} bytes, this one has {len(self.salt)}.")
        if self.size_bytes < 0:
            raise InputError(f"A sealed update can't have {self.size_bytes} bytes.")

    @property
    def commitment(self) -> Digest:
        """What the node must have committed to."""
        return commitment(self.place, self.node, self.sealed, self.salt)


@dataclass(frozen=True, eq=False, slots=True)
class CertifiedModel:
    """What a round ended with.

    Attributes:
        parameters: the new global ones, whose digest is `result.aggregate`.
        accepted: whose updates were aggregated.
        rejected: why each other node's update was left out.
    """

    parameters: Parameters
    result: RoundResult
    accepted: tuple[Address, ...]
    rejected: dict[Address, str]


def commitment(place: RoundPlace, node: Address, sealed: Digest, salt: bytes) -> Digest:
    """keccak256(abi.encode(task, round, node, sealed, salt)), as `TrainingTasks` computes it."""
    words = (place.task, place.round, int(node, 16), sealed.token_id)
    return Digest(keccak(b"".join(word.to_bytes(32, "big") for word in words) + salt))
