"""Parameters of a model: named float32 arrays, in one order and one spelling in bytes.

>>> import numpy as np
>>> parameters = Parameters({"w": np.ones((2, 1), np.float32), "b": np.zeros(2, np.float32)})
>>> list(parameters.arrays), parameters.size
(['b', 'w'], 4)
>>> parameters.vector().tolist()
[0.0, 0.0, 1.0, 1.0]
>>> parameters.from_vector(parameters.vector()).digest == parameters.digest
True

Whoever has equal parameters has equal bytes, and so an equal digest, on every machine: arrays go by
name, in little-endian float32, and safetensors is written without metadata.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from assay.core.digest import Digest
from assay.training.errors import ParametersUnreadable, ShapesDiffer

Vector = NDArray[np.float64]
"""All parameters one after the other, shape (size,), in float64 for the arithmetic."""


@dataclass(frozen=True, eq=False)
class Parameters:
    """Named float32 arrays, sorted by name.

    Raises:
        ParametersUnreadable: an array is not of float32.
    """

    arrays: Mapping[str, NDArray[np.float32]]

    def __post_init__(self) -> None:
        ordered = {}
        for name in sorted(self.arrays):
            array = self.arrays[name]
            if array.dtype != np.float32:
                raise ParametersUnreadable(f"{name} is of {array.dtype}")
            ordered[name] = np.ascontiguousarray(array)
        object.__setattr__(self, "arrays", ordered)

    @classmethod
    def from_bytes(cls, data: bytes) -> Parameters:
        """Read safetensors.

        Raises:
            ParametersUnreadable: the bytes are anything else, or not of float32.
        """
        try:
            return cls(load(data))
        except (SafetensorError, ValueError, KeyError, TypeError) as error:
            raise ParametersUnreadable(str(error)) from None

    def to_bytes(self) -> bytes:
        """As safetensors."""
        return save(dict(self.arrays))

    @cached_property
    def digest(self) -> Digest:
        """SHA-256 of `to_bytes`."""
        return Digest.of(self.to_bytes())

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each array, by name."""
        return {name: array.shape for name, array in self.arrays.items()}

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return sum(array.size for array in self.arrays.values())

    def vector(self) -> Vector:
        """All numbers, by name and then in C order, in float64."""
        if not self.arrays:
            return np.zeros(0)
        return np.concatenate([array.ravel() for array in self.arrays.values()]).astype(np.float64)

    def from_vector(self, vector: Vector) -> Parameters:
        """Parameters of the same names and shapes, each number rounded to float32.

        Raises:
            ShapesDiffer: the vector has another length.
        """
        if vector.shape != (self.size,):
            raise ShapesDiffer("the vector", (self.size,), vector.shape)
        arrays, at = {}, 0
        for name, array in self.arrays.items():
            part = vector[at : at + array.size]
            arrays[name] = part.astype(np.float32).reshape(array.shape)
            at += array.size
        return Parameters(arrays)

    def check_same_shapes(self, other: Parameters) -> None:
        """Hold another model's arrays against these.

        Raises:
            ShapesDiffer: a name or a shape is different.
        """
        expected, found = self.shapes, other.shapes
        for name in sorted({*expected, *found}):
            if expected.get(name) != found.get(name):
                raise ShapesDiffer(name, expected.get(name), found.get(name, "no such array"))
