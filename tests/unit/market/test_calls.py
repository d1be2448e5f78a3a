"""Call records: one form, one digest, one signer."""

from __future__ import annotations

import json

import pytest
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from assay.chain.account import Account
from assay.chain.signing import recover_typed_data, typed_data_digest
from assay.core.address import Address, parse_address
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.market.calls import (
    CallRecord,
    RecordDomain,
    SignedCallRecord,
    check_record,
    record_digest,
    sign_record,
)
from assay.market.errors import RecordForged, RecordMalformed

PROVIDER, STRANGER = Account(b"\x01" * 32), Account(b"\x02" * 32)
DOMAIN = RecordDomain(31337, parse_address("0x" + "aa" * 20))
DIGESTS = st.binary(min_size=32, max_size=32).map(Digest)
ADDRESSES = st.binary(min_size=20, max_size=20).map(lambda raw: parse_address("0x" + raw.hex()))
RECORDS = st.builds(
    CallRecord,
    provider=st.just(PROVIDER.address),
    payer=ADDRESSES,
    service=DIGESTS,
    model=DIGESTS,
    prompt_digest=DIGESTS,
    output_digest=DIGESTS,
    token=ADDRESSES,
    amount=st.integers(0, 2**256 - 1),
    payment_nonce=DIGESTS,
    started_at=st.integers(0, 2**64 - 1),
    finished_at=st.integers(0, 2**64 - 1),
)


def record() -> CallRecord:
    digest = Digest(b"\x07" * 32)
    return CallRecord(
        provider=PROVIDER.address,
        payer=STRANGER.address,
        service=digest,
        model=digest,
        prompt_digest=digest,
        output_digest=digest,
        token=Address(DOMAIN.anchor),
        amount=10_000,
        payment_nonce=digest,
        started_at=1,
        finished_at=2,
    )


@given(RECORDS)
def test_a_signed_record_survives_its_bytes_and_holds(record_: CallRecord) -> None:
    signed = sign_record(record_, DOMAIN, PROVIDER)

    again = SignedCallRecord.decode(signed.encode())

    assert again == signed
    assert again.cid == signed.cid
    check_record(again, DOMAIN, recover_typed_data)


@given(RECORDS, RECORDS)
def test_different_records_have_different_digests(one: CallRecord, other: CallRecord) -> None:
    same = record_digest(one, DOMAIN, typed_data_digest) == record_digest(
        other, DOMAIN, typed_data_digest
    )

    assert same == (one == other)


def test_the_digest_is_that_of_the_published_type() -> None:
    """Worked out by hand after EIP-712: the type string is part of the protocol."""
    given = record()
    domain_type = (
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    )
    record_type = (
        "CallRecord(address provider,address payer,uint256 service,uint256 model,"
        "bytes32 promptDigest,bytes32 outputDigest,address token,uint256 amount,"
        "bytes32 paymentNonce,uint64 startedAt,uint64 finishedAt)"
    )
    words = [
        keccak(text=record_type),
        _address_word(given.provider),
        _address_word(given.payer),
        *[b"\x07" * 32] * 4,
        _address_word(given.token),
        (10_000).to_bytes(32, "big"),
        b"\x07" * 32,
        (1).to_bytes(32, "big"),
        (2).to_bytes(32, "big"),
    ]
    separator = keccak(
        keccak(text=domain_type)
        + keccak(text="Assay CallAnchor")
        + keccak(text="1")
        + (31337).to_bytes(32, "big")
        + _address_word(DOMAIN.anchor)
    )
    expected = keccak(b"\x19\x01" + separator + keccak(b"".join(words)))

    assert record_digest(given, DOMAIN, typed_data_digest) == expected


def _address_word(address: str) -> bytes:
    return bytes.fromhex(address[2:]).rjust(32, b"\x00")


def test_a_signature_of_another_chain_or_anchor_does_not_hold() -> None:
    signed = sign_record(record(), DOMAIN, PROVIDER)

    for domain in (RecordDomain(1, DOMAIN.anchor), RecordDomain(31337, PROVIDER.address)):
        with pytest.raises(RecordForged):
            check_record(signed, domain, recover_typed_data)


@given(st.integers(0, 2000), st.integers(1, 255))
def test_one_changed_byte_is_always_found(position: int, change: int) -> None:
    data = bytearray(sign_record(record(), DOMAIN, PROVIDER).encode())
    data[position % len(data)] ^= change

    with pytest.raises((RecordMalformed, RecordForged)):
        check_record(SignedCallRecord.decode(bytes(data)), DOMAIN, recover_typed_data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b"{}",
        b"[" * 5000,
        b'{"assay":"call/2","record":{},"signature":"0x"}',
        b'{"assay":"call/1","record":null,"signature":"0x' + b"00" * 65 + b'"}',
    ],
)
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(RecordMalformed):
        SignedCallRecord.decode(data)


def test_a_second_spelling_of_a_record_is_refused() -> None:
    value = json.loads(sign_record(record(), DOMAIN, PROVIDER).encode())
    value["record"]["amount"] = "010000"

    with pytest.raises(RecordMalformed, match="canonical"):
        SignedCallRecord.decode(canonical_json(value))
