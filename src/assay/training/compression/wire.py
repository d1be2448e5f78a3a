"""The wire format: a vector in as few bytes as its encoding allows, and safely back.

>>> vector = np.zeros(5000)
>>> vector[[7, 4900]] = 0.25, -1.0
>>> message = encode(vector, Encoding())
>>> len(message), decode(message, 5000, Encoding()).nonzero()[0].tolist()
(77, [7, 4900])

Version 1, numbers little-endian:

    header   32 bytes: "ASYV", version 1, bits 1, sparse 1, log2 of the block 1, size 4, count 4,
             bytes of the gaps 4, and as compressed the bytes of gaps, numbers and scales 4 each
    gaps     where the numbers stand (`sparsification`); absent if all are sent
    numbers  levels (`quantisation`), or the four byte planes of float32, highest byte last
    scales   float32, one a block; absent in 32 bits

Each of the three is a zstd frame of its own, or nothing if it is empty. The reader knows the size
of the model and the task's encoding, and so what each may inflate to, before anything is inflated.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray

from assay.training.compression.encoding import BITS, LARGEST_BLOCK, SMALLEST_BLOCK, Encoding
from assay.training.compression.errors import MessageMalformed, MessageUnexpected, NotEncodable
from assay.training.compression.quantisation import pack, packed_bytes, quantise, scales_of, unpack
from assay.training.compression.sparsification import (
    Positions,
    gaps_from_bytes,
    gaps_to_bytes,
    largest,
    largest_gap_bytes,
)
from assay.training.parameters import Vector

MAGIC, VERSION = b"ASYV", 1
_HEADER = struct.Struct("<4sBBBBII4I")
_LARGEST_SIZE = 2**32 - 1
_LARGEST_NUMBER = float(np.finfo(np.float32).max)
_FLOAT32 = np.dtype("<f4")


@dataclass(frozen=True, slots=True)
class Header:
    """The first 32 bytes of a message.

    Attributes:
        size: how many numbers the vector has.
        count: how many of them are sent.
    """

    bits: int
    is_sparse: bool
    block: int
    size: int
    count: int
    gap_bytes: int
    frames_bytes: tuple[int, int, int]

    @property
    def blocks(self) -> int:
        """How many scales there are."""
        return 0 if self.bits == 32 else -(-self.size // self.block)


def encode(vector: Vector, encoding: Encoding, *, seed: int = 0) -> bytes:
    """A message that carries the vector, or as much of it as the encoding keeps.

    Args:
        seed: of stochastic rounding.

    Raises:
        NotEncodable: a number is not finite or beyond float32, or there are too many.
    """
    if vector.ndim != 1 or len(vector) > _LARGEST_SIZE:
        raise NotEncodable(f"its shape is {vector.shape}")
    if not (np.abs(vector) <= _LARGEST_NUMBER).all():
        raise NotEncodable("a number is not finite, or beyond what float32 holds")
    positions = largest(vector, encoding.kept(len(vector)))
    values = vector[positions]
    scales = np.zeros(0, np.float32)
    if encoding.bits == 32:
        sent = _sent(values, encoding)
        numbers = _planes(values[sent].astype(_FLOAT32))
    else:
        block = encoding.block
        blocks = -(-len(vector) // block)
        scales = scales_of(values, positions, block=block, blocks=blocks, bits=encoding.bits)
        chance = seed if encoding.stochastic else None
        levels = quantise(values, scales[positions // block], bits=encoding.bits, seed=chance)
        sent = _sent(levels, encoding)
        numbers = pack(levels[sent], encoding.bits)
    positions = positions[sent]
    gaps = gaps_to_bytes(positions) if encoding.is_sparse else b""
    deflate = zstandard.ZstdCompressor(level=encoding.zstd_level).compress
    streams = (gaps, numbers, scales.astype(_FLOAT32).tobytes())
    frames = [deflate(stream) if stream else b"" for stream in streams]
    header = _HEADER.pack(
        *(MAGIC, VERSION, encoding.bits, encoding.is_sparse, encoding.block.bit_length() - 1),
        *(len(vector), len(positions), len(gaps)),
        *map(len, frames),
    )
    return header + b"".join(frames)


def largest_message_bytes(size: int, encoding: Encoding) -> int:
    """The most that a message for a model of `size` numbers may have, whatever is in it.

    More need not be fetched. A frame of zstd that compresses nothing is 1/256 and 64 bytes longer.
    """
    count = encoding.kept(size)
    parts = (
        largest_gap_bytes(count, size) if encoding.is_sparse else 0,
        packed_bytes(count, encoding.bits),
        0 if encoding.bits == 32 else 4 * -(-size // encoding.block),
    )
    return _HEADER.size + sum(part + part // 256 + 64 for part in parts)


def read_header(message: bytes) -> Header:
    """What a message says of itself.

    Raises:
        MessageMalformed: it is cut, of another version, or its lengths do not fit each other.
    """
    if len(message) < _HEADER.size:
        raise MessageMalformed(f"it ends after {len(message)} bytes")
    magic, version, bits, sparse, log2, size, count, gap_bytes, *frames = _HEADER.unpack_from(
        message
    )
    if magic != MAGIC or version != VERSION:
        raise MessageMalformed(f"it does not start like one of version {VERSION}")
    block = 1 << min(log2, 63)
    if bits not in BITS or sparse > 1 or not SMALLEST_BLOCK <= block <= LARGEST_BLOCK:
        raise MessageMalformed("its header names an unknown way to encode")
    if count > size or (not sparse and (count != size or gap_bytes)):
        raise MessageMalformed(f"it sends {count} of {size} numbers")
    if not count <= gap_bytes <= largest_gap_bytes(count, size) and sparse:
        raise MessageMalformed(f"{gap_bytes} bytes cannot hold {count} positions of {size}")
    if _HEADER.size + sum(frames) != len(message):
        raise MessageMalformed(
            f"it should have {_HEADER.size + sum(frames)} bytes, but has {len(message)}"
        )
    return Header(bits, bool(sparse), block, size, count, gap_bytes, tuple(frames))


def decode(message: bytes, size: int, encoding: Encoding) -> Vector:
    """The vector of a message, shape (size,), zero where nothing was sent.

    Takes no more memory than a vector of this size and its parts do, whatever the message says.

    Raises:
        MessageUnexpected: it is for another model, or encoded otherwise than the task says.
        MessageMalformed: anything else is wrong with it.
    """
    header = read_header(message)
    for name, expected, found in (
        ("the number of parameters", size, header.size),
        ("bits", encoding.bits, header.bits),
        ("block", encoding.block, header.block),
        ("whether it is sparse", encoding.is_sparse, header.is_sparse),
    ):
        if expected != found:
            raise MessageUnexpected(name, expected, found)
    if len(message) > largest_message_bytes(size, encoding):
        raise MessageMalformed(f"it has {len(message)} bytes, more than any such message needs")
    if header.count > encoding.kept(size):
        raise MessageUnexpected("the most numbers sent", encoding.kept(size), header.count)
    raw_bytes = (header.gap_bytes, packed_bytes(header.count, header.bits), header.blocks * 4)
    streams, at = [], _HEADER.size
    for frame_bytes, expected_bytes in zip(header.frames_bytes, raw_bytes, strict=True):
        streams.append(_inflate(message[at : at + frame_bytes], expected_bytes))
        at += frame_bytes
    gaps, numbers, scales = streams
    positions = gaps_from_bytes(gaps, size) if header.is_sparse else np.arange(size)
    if len(positions) != header.count:
        raise MessageMalformed(f"it has {len(positions)} positions for {header.count} numbers")
    vector = np.zeros(size)
    vector[positions] = _values(header, positions, numbers, scales)
    return vector


def _values(header: Header, positions: Positions, numbers: bytes, scales: bytes) -> Vector:
    if header.bits == 32:
        values = _from_planes(numbers)
        if not np.isfinite(values).all():
            raise MessageMalformed("a number is not finite")
        return values.astype(np.float64)
    by_block = np.frombuffer(scales, _FLOAT32)
    if not (np.isfinite(by_block) & (by_block >= 0)).all():
        raise MessageMalformed("a scale is not a finite number from 0")
    levels = unpack(numbers, header.count, header.bits).astype(np.float64)
    return levels * by_block[positions // header.block].astype(np.float64)


def _sent(numbers: NDArray[Any], encoding: Encoding) -> NDArray[np.bool_]:
    """Which of the kept numbers go into the message: a zero need not be said."""
    return numbers != 0 if encoding.is_sparse else np.ones(len(numbers), np.bool_)


def _planes(values: NDArray[np.float32]) -> bytes:
    return np.ascontiguousarray(values.view(np.uint8).reshape(-1, 4).T).tobytes()


def _from_planes(data: bytes) -> NDArray[np.float32]:
    planes = np.frombuffer(data, np.uint8).reshape(4, -1)
    return np.ascontiguousarray(planes.T).view(_FLOAT32).ravel()


def _inflate(frame: bytes, expected_bytes: int) -> bytes:
    if not expected_bytes:
        if frame:
            raise MessageMalformed("a part that should be empty is not")
        return b""
    try:
        if zstandard.frame_content_size(frame) != expected_bytes:
            raise MessageMalformed(f"a part does not inflate to {expected_bytes} bytes")
        data = zstandard.ZstdDecompressor().decompress(
            frame, max_output_size=expected_bytes, allow_extra_data=False
        )
    except zstandard.ZstdError:
        raise MessageMalformed("a part is no zstd frame") from None
    if len(data) != expected_bytes:
        raise MessageMalformed(f"a part does not inflate to {expected_bytes} bytes")
    return data
