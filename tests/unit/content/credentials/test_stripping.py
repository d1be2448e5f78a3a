"""Taking a manifest out gives the very bytes that it was written into."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageCms

from assay.content.credentials.containers.formats import locate, strip_credentials
from tests.unit.content.credentials.conftest import Person, encoded, photograph

UUID = b"c2pa" + bytes.fromhex("00110010800000aa00389b71")
STORE_HEADER = b"jumb" + struct.pack(">I", 30) + b"jumd" + UUID + b"\x03c2pa\0"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def riff(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)


def exif_of() -> object:
    exif = photograph().getexif()
    exif[0x010E] = "a description"
    exif[0x0112] = 6
    return exif


def colour_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


PNG, JPEG, WEBP = encoded("PNG"), encoded("JPEG"), encoded("WEBP")
FOREIGN_APP11 = segment(0xEB, b"HDR_RI ver=11")
PICTURES = {
    "png": PNG,
    "png with exif and a colour profile": encoded(
        "PNG", exif=exif_of(), icc_profile=colour_profile()
    ),
    "png with bytes after its end": PNG + b"and more" * 100,
    "png of one pixel": encoded("PNG", photograph(1, 1)),
    "png of 16 shades": encoded("PNG", photograph().convert("P", colors=16)),
    "jpeg": JPEG,
    "jpeg with exif": encoded("JPEG", exif=exif_of()),
    "jpeg with a colour profile": encoded("JPEG", icc_profile=colour_profile()),
    "progressive jpeg": encoded("JPEG", progressive=True, exif=exif_of()),
    "jpeg with restart markers": encoded("JPEG", restart_marker_blocks=2),
    "gray jpeg": encoded("JPEG", photograph().convert("L")),
    "cmyk jpeg": encoded("JPEG", photograph().convert("CMYK")),
    "jpeg with bytes after its end": JPEG + b"and more" * 100,
    "two jpegs in a row": JPEG + encoded("JPEG", photograph(seed=2)),
    "jpeg without an end": JPEG[:-2],
    "jpeg that is cut off": JPEG[: len(JPEG) // 2],
    "jpeg with another's app11": JPEG[:2] + FOREIGN_APP11 + JPEG[2:],
    "jpeg with a comment first": JPEG[:2] + segment(0xFE, b"comment") + JPEG[2:],
    "webp": WEBP,
    "lossless webp": encoded("WEBP", lossless=True),
    "webp with exif": encoded("WEBP", exif=exif_of()),
    "webp with a colour profile": encoded("WEBP", icc_profile=colour_profile()),
}
ODD = {
    "png without an end": PNG[:-12],
    "jpeg with filling bytes": JPEG[:2] + b"\xff\xff\xff" + JPEG[2:],
    "jpeg with a jumbf box of its own": JPEG[:2]
    + segment(0xEB, b"JP\0\x01\0\0\0\x01\0\0\0\x0exxxx" + b"box of")
    + JPEG[2:],
    "webp with bytes after its end": WEBP + b"and more",
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_the_same_after_writing_and_taking_out(name: str, alice: Person) -> None:
    picture = PICTURES[name]

    rendition = alice.write(picture)

    assert not rendition.sidecar
    assert rendition.restorable
    assert rendition.data != picture
    assert strip_credentials(rendition.data) == picture
    assert alice.read(rendition.data).trusted


@pytest.mark.parametrize("name", ODD)
def test_a_picture_that_could_not_be_restored_gets_a_sidecar(name: str, alice: Person) -> None:
    picture = ODD[name]

    rendition = alice.write(picture)

    assert rendition.sidecar
    assert rendition.data == picture
    assert alice.read(picture, rendition.manifest).trusted


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_without_a_manifest_is_left_alone(name: str) -> None:
    assert strip_credentials(PICTURES[name]) == PICTURES[name]


names = st.binary(min_size=4, max_size=4).filter(lambda kind: kind not in {b"caBX", b"IEND"})
chunks = st.lists(st.tuples(names, st.binary(max_size=60)), max_size=6)


@given(before=chunks, after=chunks, manifest=st.binary(max_size=300), tail=st.binary(max_size=40))
def test_a_png_loses_its_manifest_and_nothing_else(
    before: list[tuple[bytes, bytes]],
    after: list[tuple[bytes, bytes]],
    manifest: bytes,
    tail: bytes,
) -> None:
    head = b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in before)
    rest = b"".join(chunk(*one) for one in after) + chunk(b"IEND", b"") + tail

    located = locate(head + chunk(b"caBX", manifest) + rest)

    assert located.manifests == (manifest,)
    assert strip_credentials(head + chunk(b"caBX", manifest) + rest) == head + rest


markers = st.sampled_from([0xE0, 0xE1, 0xE2, 0xEB, 0xEC, 0xFE, 0xDB, 0xC4])
parts = st.binary(max_size=60).filter(lambda part: part[:2] != b"JP")
segments = st.lists(st.tuples(markers, parts), max_size=6)


@given(before=segments, after=segments, body=st.binary(max_size=400), tail=st.binary(max_size=60))
def test_a_jpeg_loses_its_manifest_and_nothing_else(
    before: list[tuple[int, bytes]], after: list[tuple[int, bytes]], body: bytes, tail: bytes
) -> None:
    box = struct.pack(">I", len(STORE_HEADER) + 4 + len(body)) + STORE_HEADER + body
    header, rest_of_box = box[:8], box[8:]
    pieces = [rest_of_box[start : start + 90] for start in range(0, len(rest_of_box), 90)]
    manifest = b"".join(
        segment(0xEB, b"JP\0\x07" + struct.pack(">I", number + 1) + header + piece)
        for number, piece in enumerate(pieces)
    )
    head = b"\xff\xd8" + segment(0xE0, b"JFIF") + b"".join(segment(*one) for one in before)
    rest = b"".join(segment(*one) for one in after) + segment(0xDA, b"scan") + tail

    located = locate(head + manifest + rest)

    assert located.manifests == (box,)
    assert strip_credentials(head + manifest + rest) == head + rest


@given(before=chunks, after=chunks, manifest=st.binary(max_size=300), tail=st.binary(max_size=40))
def test_a_webp_loses_its_manifest_and_nothing_else(
    before: list[tuple[bytes, bytes]],
    after: list[tuple[bytes, bytes]],
    manifest: bytes,
    tail: bytes,
) -> None:
    def file(*bodies: bytes) -> bytes:
        body = b"WEBP" + b"".join(bodies)
        return b"RIFF" + struct.pack("<I", len(body)) + body + tail

    head = b"".join(riff(*one) for one in before if one[0] != b"C2PA")
    rest = b"".join(riff(*one) for one in after if one[0] != b"C2PA")

    located = locate(file(head, riff(b"C2PA", manifest), rest))

    assert located.manifests == (manifest,)
    assert strip_credentials(file(head, riff(b"C2PA", manifest), rest)) == file(head, rest)


@settings(max_examples=300)
@given(
    start=st.sampled_from(
        [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\x20\0\0\0WEBP", b"%PDF-"]
    ),
    data=st.binary(max_size=200),
)
def test_no_bytes_are_too_odd_to_be_looked_through(start: bytes, data: bytes) -> None:
    stripped = strip_credentials(start + data)

    assert len(stripped) <= len(start + data)
    assert strip_credentials(stripped) == stripped or locate(start + data).spans


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_manifest_that_content_comes_with_is_kept_as_that_of_its_parent(
    kind: str, alice: Person, mallory: Person
) -> None:
    picture = encoded(kind)
    brought = mallory.write(picture).data

    rendition = alice.write(brought, content=picture)

    assert strip_credentials(rendition.data) == picture
    assert mallory.account.address.encode() in rendition.data
    read = alice.read(rendition.data)
    assert read.trusted
    assert read.claim is not None
    assert read.claim.creator == alice.account.address
