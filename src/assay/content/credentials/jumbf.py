"""The boxes of a manifest store (ISO/IEC 19566-5), walked within limits.

    store = parse_store(manifest)
    store.active                 # label of the manifest that speaks for the file: the last
    store.signature              # its COSE signature, as CBOR

Read here as well as by the C2PA library, for two ends: what is grossly malformed never reaches
native code, and the signer's certificate, which the library does not hand out, is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assay.content.credentials.errors import ManifestMalformed

LIMIT_BYTES = 32 * 1024 * 1024
LIMIT_BOXES = 20_000
LIMIT_DEPTH = 16
_SUPERBOX, _DESCRIPTION = b"jumb", b"jumd"
_UUID_BYTES = 16
_HAS_LABEL = 0b10
_SIGNATURE_LABEL = "c2pa.signature"


@dataclass(frozen=True, slots=True)
class _Box:
    """One box: its type, and where its content starts and ends."""

    kind: bytes
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ManifestStore:
    """What of a store matters here.

    Attributes:
        labels: of its manifests, the oldest first.
        signature: the CBOR of the active manifest's signature; None where it has none.
    """

    labels: tuple[str, ...]
    signature: bytes | None

    @property
    def active(self) -> str:
        """Label of the active manifest."""
        return self.labels[-1]


def parse_store(data: bytes) -> ManifestStore:
    """Read a manifest store.

    Raises:
        ManifestMalformed: boxes overlap, end outside, nest deeper than 16, are more than 20 000, or
            no manifest is among them; more than 32 MB.
    """
    if len(data) > LIMIT_BYTES:
        raise ManifestMalformed(f"it has {len(data)} bytes, more than {LIMIT_BYTES}")
    _count_boxes(data)
    root = next(_boxes(data, 0, len(data)), None)
    if root is None or root.kind != _SUPERBOX:
        raise ManifestMalformed("it does not begin with a superbox")
    manifests = [
        (label, box)
        for box in _boxes(data, root.start, root.end)
        if box.kind == _SUPERBOX and (label := _label(data, box)) is not None
    ]
    if not manifests:
        raise ManifestMalformed("it holds no manifest")
    return ManifestStore(tuple(label for label, _ in manifests), _signature(data, manifests[-1][1]))


def _signature(data: bytes, manifest: _Box) -> bytes | None:
    for box in _boxes(data, manifest.start, manifest.end):
        if box.kind == _SUPERBOX and _label(data, box) == _SIGNATURE_LABEL:
            for inner in _boxes(data, box.start, box.end):
                if inner.kind == b"cbor":
                    return data[inner.start : inner.end]
    return None


def _label(data: bytes, superbox: _Box) -> str | None:
    """The label in a superbox's description, which comes first."""
    description = next(_boxes(data, superbox.start, superbox.end), None)
    if description is None or description.kind != _DESCRIPTION:
        return None
    body = data[description.start : description.end]
    if len(body) <= _UUID_BYTES or not body[_UUID_BYTES] & _HAS_LABEL:
        return None
    label, found, _rest = body[_UUID_BYTES + 1 :].partition(b"\0")
    return label.decode("utf-8", "replace") if found else None


def _count_boxes(data: bytes) -> None:
    """Walk all boxes without recursion, so that depth and number stay within the limits."""
    count, waiting = 0, [(0, len(data), 1)]
    while waiting:
        start, end, depth = waiting.pop()
        if depth > LIMIT_DEPTH:
            raise ManifestMalformed(f"its boxes nest deeper than {LIMIT_DEPTH}")
        for box in _boxes(data, start, end):
            count += 1
            if count > LIMIT_BOXES:
                raise ManifestMalformed(f"it has more than {LIMIT_BOXES} boxes")
            if box.kind == _SUPERBOX:
                waiting.append((box.start, box.end, depth + 1))


def _boxes(data: bytes, start: int, end: int) -> Iterator[_Box]:
    """The boxes of one level; a length of 0 means up to the end, of 1 that 8 bytes follow."""
    position = start
    while position < end:
        if position + 8 > end:
            raise ManifestMalformed("a box is cut off")
        length, kind = int.from_bytes(data[position : position + 4], "big"), position + 4
        header = 8
        if length == 1:
            header, length = 16, int.from_bytes(data[position + 8 : position + 16], "big")
        elif length == 0:
            length = end - position
        if length < header or position + length > end:
            raise ManifestMalformed("a box ends outside the one that holds it")
        yield _Box(data[kind : kind + 4], position + header, position + length)
        position += length
