"""CARv1: a stream of blocks behind a header with the roots (https://ipld.io/specs/transport/car/).

>>> from assay.core.cid import Cid
>>> block = Block(Cid.raw(b"hello"), b"hello")
>>> archive = b"".join(write_car([block.cid], [block]))
>>> roots, blocks = read_car([archive])
>>> roots == [block.cid], list(blocks) == [block]
(True, True)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError
from assay.store.errors import DamagedBlockError, MalformedBlockError
from assay.store.port import MAX_BLOCK_BYTES, Block
from assay.store.varint import decode_varint, encode_varint

_CID_BYTES = 36
_MAX_ROOTS = 16
_MAX_VARINT_BYTES = 9
# The header is the dag-cbor map {"roots": [CID...], "version": 1}; a CID is tag 42 over 37 bytes.
_MAP_ROOTS = b"\xa2\x65roots"
_TAGGED_CID = b"\xd8\x2a\x58\x25\x00"
_VERSION_1 = b"\x67version\x01"


def write_car(roots: Sequence[Cid], blocks: Iterable[Block]) -> Iterator[bytes]:
    """The archive, piece by piece; at most 16 roots."""
    if len(roots) > _MAX_ROOTS:
        raise InputError(f"An archive has at most {_MAX_ROOTS} roots.")
    cids = b"".join(_TAGGED_CID + root.binary for root in roots)
    header = _MAP_ROOTS + bytes((0x80 | len(roots),)) + cids + _VERSION_1
    yield encode_varint(len(header)) + header
    for block in blocks:
        yield encode_varint(_CID_BYTES + len(block.data)) + block.cid.binary
        yield block.data


def read_car(pieces: Iterable[bytes]) -> tuple[list[Cid], Iterator[Block]]:
    """The roots and the blocks, each checked against its CID as it comes.

    Raises:
        MalformedBlockError: not a CARv1, cut short, or with a block above 2 MiB.
        DamagedBlockError: a block does not hash to its CID.
    """
    reader = _Reader(pieces)
    header = reader.section(len(_MAP_ROOTS) + 1 + _MAX_ROOTS * 41 + len(_VERSION_1))
    if header is None:
        raise MalformedBlockError("the archive is empty")
    return _parse_roots(header), _blocks(reader)


def _blocks(reader: _Reader) -> Iterator[Block]:
    while (section := reader.section(_CID_BYTES + MAX_BLOCK_BYTES)) is not None:
        try:
            cid = Cid.from_bytes(section[:_CID_BYTES])
        except InputError as error:
            raise MalformedBlockError(f"the archive has another kind of CID: {error}") from None
        data = section[_CID_BYTES:]
        if Digest.of(data) != cid.digest:
            raise DamagedBlockError(cid, "the archive")
        yield Block(cid, data)


def _parse_roots(header: bytes) -> list[Cid]:
    count_at = len(_MAP_ROOTS)
    count = header[count_at] & 0x1F if len(header) > count_at else 0
    step = len(_TAGGED_CID) + _CID_BYTES
    starts = range(count_at + 1, count_at + 1 + count * step, step)
    try:
        roots = [Cid.from_bytes(header[s + len(_TAGGED_CID) : s + step]) for s in starts]
    except InputError:
        raise MalformedBlockError("the archive's header is not that of a CARv1") from None
    expected = next(write_car(roots[:_MAX_ROOTS], []))
    if expected != encode_varint(len(header)) + header:
        raise MalformedBlockError("the archive's header is not that of a CARv1")
    return roots


class _Reader:
    """Sections from a stream of pieces, holding at most one section and one piece."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._buffer = bytearray()

    def section(self, limit_bytes: int) -> bytes | None:
        """The next length-prefixed section, or nothing at the end."""
        while not self._has_varint():
            if not self._more():
                if self._buffer:
                    raise MalformedBlockError("the archive is cut short")
                return None
        length, start = decode_varint(bytes(self._buffer[:_MAX_VARINT_BYTES]), 0)
        if length > limit_bytes:
            raise MalformedBlockError(f"a section of {length} bytes, more than {limit_bytes}")
        while len(self._buffer) < start + length:
            if not self._more():
                raise MalformedBlockError("the archive is cut short")
        section = bytes(self._buffer[start : start + length])
        del self._buffer[: start + length]
        return section

    def _has_varint(self) -> bool:
        head = self._buffer[:_MAX_VARINT_BYTES]
        return len(head) == _MAX_VARINT_BYTES or any(byte < 0x80 for byte in head)

    def _more(self) -> bool:
        piece = next(self._pieces, None)
        if piece is None:
            return False
        self._buffer += piece
        return True
