"""What reading makes of good, damaged and forged credentials."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from assay.content.credentials.certificates import CERTIFICATE_LIFE
from assay.content.credentials.containers.formats import locate
from assay.content.credentials.errors import ContentMismatch
from assay.content.credentials.model import CredentialSigner, CredentialState, Origin, TrustAnchors
from assay.content.credentials.reading import read_credentials
from assay.content.credentials.writing import write_credentials
from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest
from tests.unit.content.credentials.conftest import Person, encoded, photograph

TEXT = "灯塔 and lighthouse".encode()
Replace = Callable[[bytes, bytes, bytes], bytes]


@pytest.fixture(params=["PNG", "JPEG", "WEBP", "PDF"])
def content(request: pytest.FixtureRequest) -> bytes:
    return encoded(request.param)


def swapped(data: bytes, old: bytes, new: bytes) -> bytes:
    """`data` with one piece exchanged for another of the same length."""
    assert len(old) == len(new)
    assert old in data
    return data.replace(old, new, 1)


def test_what_is_written_is_read(content: bytes, alice: Person) -> None:
    recipe = Cid.parse("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy")
    claim = alice.claim(content, origin=Origin.COMPOSITE, model=Digest.of(b"m"), recipe=recipe)
    rendition = write_credentials(content, "", claim, alice.signer)

    read = alice.read(rendition.data)

    assert read.claim == claim
    assert (read.state, read.trusted) == (CredentialState.VALID, True)
    assert (read.anchored, read.bound, read.generated) == (True, True, True)
    assert read.signer == f"Assay creator {alice.account.address}"
    assert read.codes == ()


def test_what_a_person_made_is_not_said_to_be_generated(alice: Person, png: bytes) -> None:
    rendition = alice.write(png, origin=Origin.HUMAN)

    assert alice.read(rendition.data).generated is False
    assert b"digitalsourcetype/digitalCreation" in rendition.data


def test_what_a_model_made_says_so_as_the_standard_asks(alice: Person, png: bytes) -> None:
    rendition = alice.write(png)

    assert b"digitalsourcetype/trainedAlgorithmicMedia" in rendition.data
    assert b"c2pa.created" in rendition.data
    assert b"c2pa.thumbnail" not in rendition.data


def test_text_gets_a_sidecar_that_fits_this_text_only(alice: Person) -> None:
    rendition = alice.write(TEXT)

    assert rendition.sidecar
    assert rendition.data == TEXT
    assert alice.read(TEXT, rendition.manifest).trusted
    assert alice.read(TEXT).state is CredentialState.ABSENT
    other = alice.read(TEXT + b".", rendition.manifest)
    assert other.state is CredentialState.INVALID
    assert "edited afterwards" in other.reason


def test_files_without_a_manifest_have_none(content: bytes, alice: Person) -> None:
    read = alice.read(content)

    assert (read.state, read.trusted) == (CredentialState.ABSENT, False)


def test_credentials_are_refused_for_other_content_than_the_claim_names(
    alice: Person, png: bytes, jpeg: bytes
) -> None:
    with pytest.raises(ContentMismatch):
        write_credentials(jpeg, "", alice.claim(png), alice.signer)


def test_edited_pixels_under_an_intact_manifest_are_noticed(alice: Person, png: bytes) -> None:
    data = bytearray(alice.write(png).data)
    data[-40] ^= 1

    read = alice.read(bytes(data))

    assert read.state is CredentialState.INVALID
    assert read.content_matches is False
    assert "edited afterwards" in read.reason


def test_a_manifest_on_another_picture_is_noticed(alice: Person, png: bytes) -> None:
    signed = alice.write(png).data
    ((start, end),) = locate(signed).spans
    other = encoded("PNG", photograph(seed=9))

    read = alice.read(other[:33] + signed[start:end] + other[33:])

    assert read.state is CredentialState.INVALID
    assert read.content_matches is False
    assert "copied from another file" in read.reason
    assert read.claim is not None


def test_an_edited_statement_is_noticed(alice: Person, png: bytes) -> None:
    signed = alice.write(png).data

    read = alice.read(swapped(signed, b"digits 1", b"digits 2"))

    assert read.state is CredentialState.INVALID
    assert read.reason == "A statement in the manifest was changed after it was signed."


def test_a_broken_certificate_is_noticed(alice: Person, png: bytes) -> None:
    signed = alice.write(png).data

    read = alice.read(swapped(signed, b"Assay authority of 0x", b"Assay authority of 1x"))

    assert (read.state, read.trusted) == (CredentialState.INVALID, False)


def test_a_certificate_of_no_known_version_is_noticed(alice: Person, png: bytes) -> None:
    signed = alice.write(png).data

    read = alice.read(
        swapped(signed, b"\xa0\x03\x02\x01\x02\x02\x14", b"\xa0\x03\x02\x01\x42\x02\x14")
    )

    assert (read.state, read.trusted) == (CredentialState.INVALID, False)


def test_two_manifests_in_a_file_are_one_too_many(content: bytes, alice: Person) -> None:
    signed = alice.write(content).data
    spans = locate(signed).spans
    if not spans:
        pytest.skip("nothing is taken out of a PDF")
    ((start, end),) = spans
    doubled = signed[:end] + signed[start:end] + signed[end:]
    if signed[:4] == b"RIFF":
        size = len(doubled) - 8
        doubled = doubled[:4] + size.to_bytes(4, "little") + doubled[8:]

    read = alice.read(doubled)

    assert read.state is CredentialState.INVALID
    assert "2 manifest stores" in read.reason


def test_a_manifest_cut_off_at_any_place_is_invalid_or_absent(alice: Person, png: bytes) -> None:
    signed = alice.write(png).data
    ((start, end),) = locate(signed).spans

    for length in range(0, end - start, 97):
        read = alice.read(signed[: start + length])
        assert read.state is not CredentialState.VALID


def test_without_the_authority_the_account_alone_does_not_make_it_trusted(
    alice: Person, mallory: Person, png: bytes
) -> None:
    read = mallory.read(alice.write(png).data)

    assert (read.state, read.trusted) == (CredentialState.VALID, False)
    assert (read.anchored, read.bound) == (False, True)
    assert "The chain tells" in read.reason


def test_a_forger_who_names_the_creator_has_no_signature_of_the_account(
    alice: Person, mallory: Person, png: bytes
) -> None:
    forged = write_credentials(png, "", alice.claim(png), mallory.signer)

    read = mallory.read(forged.data)

    assert (read.state, read.anchored, read.bound) == (CredentialState.VALID, True, False)
    assert not read.trusted
    assert mallory.account.address in read.reason


@dataclass(frozen=True)
class Replayed:
    """Says that it is somebody, and shows a signature of theirs that it found elsewhere."""

    address: Address
    signature: bytes

    def sign_typed_data(
        self,
        domain: Mapping[str, Any],
        types: Mapping[str, Sequence[Mapping[str, str]]],
        primary_type: str,
        message: Mapping[str, Any],
    ) -> bytes:
        return self.signature


def test_a_signature_of_the_account_for_another_certificate_does_not_help(
    alice: Person, mallory: Person, png: bytes
) -> None:
    genuine = alice.write(png).data
    at = genuine.index(b"signaturex\x84") + len(b"signaturex\x84") + 2
    signature = bytes.fromhex(genuine[at : at + 130].decode())
    signer = replace(mallory.signer, creator=Replayed(alice.account.address, signature))
    forged = write_credentials(png, "", alice.claim(png), signer)

    read = mallory.read(forged.data)

    assert (read.bound, read.trusted) == (False, False)


def test_a_manifest_that_names_no_token_is_trusted_by_its_authority_alone(
    alice: Person, mallory: Person, png: bytes, unrelated: Callable[[Person, bytes], bytes]
) -> None:
    signed = unrelated(alice, png)

    assert alice.read(signed).trusted
    assert not mallory.read(signed).trusted
    assert alice.read(signed).claim is None


def test_without_a_way_to_recover_accounts_nothing_is_bound(alice: Person, png: bytes) -> None:
    read = read_credentials(alice.write(png).data, trust=TrustAnchors(alice.authority))

    assert (read.state, read.bound, read.trusted) == (CredentialState.VALID, False, False)


@pytest.fixture(scope="module")
def expired(png: bytes, unrelated: Callable[[Person, bytes], bytes]) -> dict[str, bytes]:
    """Files signed by one certificate that expires while the tests run."""
    now_s = time.time()
    short = Person.named("alice", now_s=now_s - CERTIFICATE_LIFE.total_seconds() + 3)
    forger = Person.named("mallory")
    wrong = CredentialSigner(
        short.signer.chain, short.signer.key, short.signer.algorithm, forger.account
    )
    claim = short.claim(png, signed_at=int(now_s))
    signed = {
        "bound": write_credentials(png, "", claim, short.signer).data,
        "bound later": short.write(png, signed_at=int(now_s) + 1000).data,
        "not bound": write_credentials(png, "", claim, wrong).data,
        "no time": unrelated(short, png),
    }
    time.sleep(max(0.0, now_s + 4.5 - time.time()))
    return signed


def test_an_expired_certificate_counts_where_the_account_vouches_for_the_time(
    alice: Person, expired: dict[str, bytes]
) -> None:
    read = alice.read(expired["bound"])

    assert (read.state, read.bound, read.expired) == (CredentialState.VALID, True, True)
    assert not read.trusted  # until the chain names the same creator
    assert "has expired" in read.reason


def test_an_expired_certificate_does_not_count_on_the_manifests_own_word_for_the_time(
    alice: Person, expired: dict[str, bytes]
) -> None:
    read = alice.read(expired["not bound"])

    assert read.state is CredentialState.INVALID
    assert "neither a time stamp nor the creator's account confirms that" in read.reason


def test_an_expired_certificate_does_not_count_where_it_was_out_of_time_when_it_signed(
    alice: Person, expired: dict[str, bytes]
) -> None:
    read = alice.read(expired["bound later"])

    assert read.state is CredentialState.INVALID
    assert "the manifest says it was signed on" in read.reason


def test_an_expired_certificate_does_not_count_where_nothing_tells_the_time(
    alice: Person, expired: dict[str, bytes]
) -> None:
    read = alice.read(expired["no time"])

    assert read.state is CredentialState.INVALID
    assert "nothing says when" in read.reason
