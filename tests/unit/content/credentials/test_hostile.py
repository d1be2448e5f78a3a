"""Manifests made to crash, hang or exhaust whoever reads them."""

from __future__ import annotations

import random
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.content.credentials.containers.formats import locate
from assay.content.credentials.containers.pdf import locate_in_pdf
from assay.content.credentials.cose import certificates_of
from assay.content.credentials.errors import FileTooLarge, ManifestMalformed, NativeWorkFailed
from assay.content.credentials.framing import Message, decode_body, encode_message
from assay.content.credentials.isolation import NativeProcess
from assay.content.credentials.jumbf import LIMIT_BOXES, LIMIT_DEPTH, parse_store
from assay.content.credentials.model import CredentialState
from assay.content.credentials.reading import read_credentials
from assay.content.credentials.writing import FILE_LIMIT_BYTES
from tests.unit.content.credentials.conftest import Person, encoded


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def described(label: str, *content: bytes) -> bytes:
    description = box(b"jumd", bytes(16) + b"\x03" + label.encode() + b"\0")
    return box(b"jumb", description + b"".join(content))


def test_a_store_is_read_down_to_its_signature() -> None:
    store = described(
        "c2pa",
        described("urn:c2pa:first"),
        described("urn:c2pa:second", described("c2pa.signature", box(b"cbor", b"\x01"))),
    )

    parsed = parse_store(store)

    assert parsed.labels == ("urn:c2pa:first", "urn:c2pa:second")
    assert (parsed.active, parsed.signature) == ("urn:c2pa:second", b"\x01")


def nested(depth: int) -> bytes:
    data = described("leaf")
    for _ in range(depth):
        data = described("box", data)
    return data


@pytest.mark.parametrize(
    "store",
    [
        nested(LIMIT_DEPTH),
        described("c2pa", *[box(b"free", b"")] * LIMIT_BOXES),
        described("c2pa"),
        b"",
        b"\0\0\0\0jumb",
        b"\0\0\0\x01jumb" + b"\xff" * 8,
        b"\0\0\0\x04jumb",
        box(b"cbor", b""),
    ],
)
def test_stores_without_sense_or_end_are_refused(store: bytes) -> None:
    with pytest.raises(ManifestMalformed):
        parse_store(store)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_store_or_malformed(data: bytes) -> None:
    for given_data in (data, described("c2pa", described("urn:c2pa:x", data))):
        try:
            parse_store(given_data)
        except ManifestMalformed:
            continue


@given(st.binary(max_size=300))
def test_any_bytes_are_a_signature_or_malformed(data: bytes) -> None:
    for given_data in (data, b"\xd2\x84" + data):
        try:
            certificates_of(given_data)
        except ManifestMalformed:
            continue


@given(st.binary(max_size=100), st.lists(st.binary(max_size=100)))
def test_messages_come_out_as_they_went_in(value: bytes, parts: list[bytes]) -> None:
    message = Message({"value": value.hex()}, parts)

    assert decode_body(encode_message(message)[8:]) == message


def test_ten_thousand_nested_boxes_never_reach_the_library(alice: Person) -> None:
    bomb = nested(10_000)

    read = alice.read(b"a text", bomb)

    assert read.state is CredentialState.INVALID
    assert "nest deeper" in read.reason


def test_a_string_that_says_it_has_gigabytes_costs_a_process_at_most(
    alice: Person, png: bytes
) -> None:
    signed = alice.write(png).data
    at = signed.index(b"certificatexB0x") + len(b"certificate")

    for length in (b"\x7a\x7f\xff\xff\xff", b"\x7b\x7f" + b"\xff" * 7):
        hostile = signed[:at] + length + signed[at + len(length) :]
        start = time.monotonic()
        read = alice.read(hostile)
        assert read.state is CredentialState.INVALID
        assert time.monotonic() - start < 20

    assert alice.read(signed).trusted


def damaged(data: bytes, chance: random.Random) -> bytes:
    """One change of the kinds that break parsers."""
    changed = bytearray(data)
    at = chance.randrange(len(data) - 16)
    match chance.randrange(5):
        case 0:
            changed[at] ^= 1 << chance.randrange(8)
        case 1:
            changed[at : at + 4] = chance.choice([b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff"])
        case 2:
            del changed[at : at + chance.randrange(1, 40)]
        case 3:
            changed[at:at] = data[at : at + chance.randrange(1, 200)]
        case _:
            del changed[at:]
    return bytes(changed)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "PDF", "sidecar"])
def test_damage_is_noticed_or_leaves_what_is_said_as_it_was(kind: str, alice: Person) -> None:
    content = b"some text" if kind == "sidecar" else encoded(kind)
    rendition = alice.write(content)
    file = rendition.manifest if rendition.sidecar else rendition.data
    at = file.index(b"jumb")
    claim = alice.read(rendition.data, rendition.manifest if rendition.sidecar else None).claim
    chance, states = random.Random(4), set()

    for _ in range(150):
        hostile = file[:at] + damaged(file[at : at + 4400], chance) + file[at + 4400 :]
        sidecar = hostile if rendition.sidecar else None
        read = alice.read(content if rendition.sidecar else hostile, sidecar)
        states.add(read.state)
        if read.state is CredentialState.VALID:
            assert read.claim == claim

    assert CredentialState.INVALID in states


@pytest.mark.parametrize(
    ("file", "media_type"),
    [
        (b"%PDF-1.7 and nothing that belongs into one", None),
        (b"GIF89a%PDF-1.7" + bytes(100), None),
        (encoded("PNG") + encoded("PDF"), None),
        (b"", None),
        (b"\xff\xd8\xff", None),
        (b"no video", "video/mp4"),
        (b"text", "no/such"),
        (b"text", "no/such\0"),
    ],
)
def test_a_file_that_cannot_be_looked_through_has_no_credentials(
    file: bytes, media_type: str | None, alice: Person
) -> None:
    read = read_credentials(file, media_type=media_type, trust=alice.trust)

    assert read.state is CredentialState.ABSENT


def test_a_file_beyond_the_limit_is_refused(alice: Person) -> None:
    with pytest.raises(FileTooLarge):
        alice.read(bytes(FILE_LIMIT_BYTES + 1))


def test_many_chunks_and_segments_take_no_long_time() -> None:
    chunk = struct.pack(">I", 0) + b"tEXt" + bytes(4)
    segment = b"\xff\xeb\x00\x02"
    store = b"\0\0\0\x08jumb\0\0\0\x08jumdc2pa\0\x11\0\x10\x80\0\0\xaa\x008\x9bq"
    start = time.monotonic()

    locate(b"\x89PNG\r\n\x1a\n" + chunk * 300_000)
    locate(b"\xff\xd8" + segment * 900_000)
    locate_in_pdf(b"%PDF-" + store * 100_000)

    assert time.monotonic() - start < 10


@pytest.fixture
def process() -> Iterator[NativeProcess]:
    process = NativeProcess("test")
    yield process
    process.close()


def request(file: bytes) -> Message:
    header = {"operation": "read", "media_type": "image/png", "beside": False}
    return Message(header, [file, b""])


def test_a_request_that_takes_too_long_ends_its_process_alone(
    process: NativeProcess, png: bytes
) -> None:
    with pytest.raises(NativeWorkFailed, match="longer than"):
        process.ask(request(png * 50), limit_s=0.0001)

    assert process.ask(request(png), limit_s=30).header["error"] == "_C2paManifestNotFound"


def test_a_request_that_makes_no_sense_ends_its_process_alone(
    process: NativeProcess, png: bytes
) -> None:
    with pytest.raises(NativeWorkFailed, match="died"):
        process.ask(Message({"operation": "read"}, []), limit_s=30)

    assert process.ask(request(png), limit_s=30).header["error"] == "_C2paManifestNotFound"


def test_the_process_sees_no_secrets_of_the_environment(
    process: NativeProcess, png: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSAY_ACCOUNT_PASSWORD", "a password")

    process.ask(request(png), limit_s=30)

    assert process.pid is not None
    variables = Path(f"/proc/{process.pid}/environ").read_bytes()
    assert b"PATH=" in variables
    assert b"ASSAY_ACCOUNT_PASSWORD" not in variables
