"""The way down: the global model travels as differences, and everybody holds the same bits.

The certified global model is the one after decompression. What a message leaves out of an aggregate
stays in the committee's residual; that is a function of what the committee agreed on, so that a
later verifier comes to it too:

    published = publish_start(initial, encodings.start)
    published = publish(published.parameters, aggregated, published.residual, encodings.down)
    follow(held, published.message, encodings.down).digest == published.parameters.digest
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assay.training.compression.encoding import EXACT, Encoding
from assay.training.compression.errors import MessageMalformed, NotEncodable
from assay.training.compression.feedback import no_residual
from assay.training.compression.wire import decode, encode
from assay.training.parameters import Parameters, Vector


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """A global model on its way to the nodes.

    Attributes:
        message: the compressed difference from the one before.
        parameters: the new global model, as everybody gets it.
        residual: what the aggregate says beyond that, shape (size,), for the next round.
    """

    message: bytes
    parameters: Parameters
    residual: Vector


def publish_start(initial: Parameters, encoding: Encoding) -> Published:
    """Send the initial model to all nodes, as a difference from zeros.

    Raises:
        NotEncodable: a parameter is not finite.
    """
    nothing = initial.from_vector(np.zeros(initial.size))
    return publish(nothing, initial.vector(), no_residual(initial.size), encoding)


def publish(
    current: Parameters, update: Vector, residual: Vector, encoding: Encoding, *, seed: int = 0
) -> Published:
    """Send the next global model: the current one, an aggregated update, and what is left over.

    Args:
        current: the global model that everybody holds.
        update: the aggregated update, shape (size,).
        residual: of the broadcast before.

    Raises:
        NotEncodable: the new model is not finite, or the shapes differ.
    """
    if not update.shape == residual.shape == (current.size,):
        raise NotEncodable(
            f"an update of shape {update.shape} and a residual of shape {residual.shape} do not "
            f"fit {current.size} parameters"
        )
    wanted = current.vector() + (update + residual)
    message = encode(wanted - current.vector(), encoding, seed=seed)
    parameters = follow(current, message, encoding)
    left = wanted - parameters.vector() if encoding.error_feedback else no_residual(current.size)
    return Published(message, parameters, left)


def follow(current: Parameters, message: bytes, encoding: Encoding) -> Parameters:
    """The next global model, out of the current one and a broadcast.

    Raises:
        MessageMalformed, MessageUnexpected: as `decode`, or a parameter would not be finite.
    """
    vector = current.vector() + decode(message, current.size, encoding)
    with np.errstate(over="ignore"):
        parameters = current.from_vector(vector)
    if not all(np.isfinite(array).all() for array in parameters.arrays.values()):
        raise MessageMalformed("it makes a parameter infinite")
    return parameters


def whole_model(current: Parameters) -> bytes:
    """The global model itself, for one who joins late; `joined` reads it to the bit."""
    return encode(current.vector(), EXACT)


def joined(message: bytes, like: Parameters) -> Parameters:
    """The global model out of `whole_model`.

    Args:
        like: parameters of the task's names and shapes.

    Raises:
        MessageMalformed, MessageUnexpected: as `decode`.
    """
    return like.from_vector(decode(message, like.size, EXACT))
