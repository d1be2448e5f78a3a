"""Manifests in JPEG: boxes cut into APP11 segments (C2PA specification, A.3.1; ISO/IEC 19566-5).

A segment is `FF EB`, its length, `JP`, the box's instance number (2 bytes), the segment's number
in the box (4), the box's length and type (8, repeated in every segment), and a part of the box.
Other APP11 segments, such as those of JPEG XT and HDR pictures, are left where they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.content.credentials.containers.located import Located

MEDIA_TYPE = "image/jpeg"
SIGNATURE = b"\xff\xd8\xff"
_APP11 = 0xEB
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
_BOX_HEADER = 8
_PART_AT = 4 + 2 + 2 + 4  # marker and length, JP, instance number, number in the box
_LABEL_OF_STORE = bytes.fromhex("6332706100110010800000aa00389b71")  # the UUID of C2PA's boxes


def locate_in_jpeg(data: bytes) -> Located:
    """The manifest segments before the first scan."""
    spans: list[tuple[int, int]] = []
    boxes: list[bytearray] = []
    open_instance: bytes | None = None
    for start, end in _application_segments(data):
        if data[start + 4 : start + 6] != b"JP" or end - start < _PART_AT + _BOX_HEADER:
            continue
        instance, part = data[start + 6 : start + 8], data[start + _PART_AT : end]
        if _begins_store(part):
            open_instance = instance
            boxes.append(bytearray(part))
        elif instance == open_instance and part[4:8] == b"jumb":
            boxes[-1] += part[_BOX_HEADER:]
        else:
            continue
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return Located(MEDIA_TYPE, tuple(spans), tuple(bytes(box) for box in boxes))


def _begins_store(part: bytes) -> bool:
    """Whether a box begins here that C2PA calls its own: a superbox with its description first."""
    return part[4:8] == b"jumb" and part[12:16] == b"jumd" and part[16:32] == _LABEL_OF_STORE


def _application_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Start and end of each APP11 segment; ends at the first scan or where segments make no sense.

    Bytes FF may fill the space before a marker; they belong to no segment.
    """
    position = 2
    while position + 4 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker in {_START_OF_SCAN, _END_OF_IMAGE, 0x00}:
            return
        if marker in _WITHOUT_LENGTH:
            position += 2
            continue
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        if end > len(data) or end < position + 4:
            return
        if marker == _APP11:
            yield position, end
        position = end
