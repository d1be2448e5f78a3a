"""Error feedback: what a message leaves out is not lost, but added to the sender's next vector.

>>> sent = send(np.array([7.0, 0.1]), no_residual(2), Encoding(kept_basis_points=5000))
>>> sent.decoded.tolist(), sent.residual.tolist()
([7.0, 0.0], [0.0, 0.1])

Source: Stich, Cordonnier and Jaggi 2018, "Sparsified SGD with memory"; Karimireddy et al. 2019,
"Error feedback fixes SignSGD and other gradient compression schemes". The residual is the sender's
own and is to be kept, durably, before the message leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assay.core.address import ZERO_ADDRESS, Address
from assay.core.digest import Digest
from assay.training.compression.encoding import Encoding
from assay.training.compression.errors import NotEncodable, ResidualDamaged
from assay.training.compression.wire import decode, encode
from assay.training.parameters import Vector
from assay.training.rounds import RoundPlace


@dataclass(frozen=True, slots=True, eq=False)
class Sent:
    """A vector on its way.

    Attributes:
        message: what goes over the wire.
        decoded: what whoever reads it gets.
        residual: what the sender still owes; zeros without error feedback.
    """

    message: bytes
    decoded: Vector
    residual: Vector


def no_residual(size: int) -> Vector:
    """What a sender owes before its first message."""
    return np.zeros(size)


def residual_to_bytes(residual: Vector) -> bytes:
    """A residual as it is kept, by a node or in a round's record: little-endian float64."""
    return residual.astype("<f8").tobytes()


def residual_from_bytes(data: bytes, size: int) -> Vector:
    """A residual as it was kept, to the bit, shape (size,).

    Raises:
        ResidualDamaged: it is of another model, or a number in it is not finite.
    """
    if len(data) != 8 * size:
        raise ResidualDamaged(f"it has {len(data)} bytes, not 8 for each of {size} parameters")
    residual = np.frombuffer(data, "<f8").astype(np.float64)
    if not np.isfinite(residual).all():
        raise ResidualDamaged("a number is not finite")
    return residual


def rounding_seed(place: RoundPlace, sender: Address = ZERO_ADDRESS) -> int:
    """The seed of stochastic rounding that a sender uses in a round; the committee's has no sender.

    Anybody can compute it, so that a broadcast can be repeated to the bit.
    """
    text = f"assay/rounding-1 {place.task} {place.round} {sender.lower()}"
    return int.from_bytes(Digest.of(text.encode()).raw[:8], "big")


def send(update: Vector, residual: Vector, encoding: Encoding, *, seed: int = 0) -> Sent:
    """Encode an update and what earlier ones left over.

    Args:
        seed: of stochastic rounding; `rounding_seed` gives one for each round and sender.

    Raises:
        NotEncodable: the update is not finite, or does not fit the residual.
    """
    if update.shape != residual.shape:
        raise NotEncodable(f"its shape is {update.shape}, and its residual's {residual.shape}")
    owed = update + residual
    message = encode(owed, encoding, seed=seed)
    decoded = decode(message, len(owed), encoding)
    left = owed - decoded if encoding.error_feedback else no_residual(len(owed))
    return Sent(message, decoded, left)
