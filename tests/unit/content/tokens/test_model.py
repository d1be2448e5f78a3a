"""Catalogues and vouchers as files: read as written, and nothing else is read."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.content.model import NOBODY, Provenance
from assay.content.tokens.errors import CatalogueMalformed, NotListed, VoucherMalformed
from assay.content.tokens.model import Catalogue, Entry, Statement, Terms, Voucher
from assay.core.address import parse_address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.core.merkle import verify_proof

CREATOR, CONTRACT, TOKEN = (parse_address("0x" + letter * 40) for letter in "abc")
numbers = st.integers(0, 2**39)


def entry(number: int) -> Entry:
    provenance = Provenance(
        prompt_digest=Digest.of(f"prompt {number}".encode()),
        model=Digest.of(b"model") if number % 2 else None,
        creator=CREATOR,
        metadata=Cid.raw(f"metadata {number}".encode()),
        shares_digest=Digest.of(b"shares") if number % 3 else None,
    )
    statement = Statement(Digest.of(f"content {number}".encode()), provenance, number % 10_001)
    return Entry(statement, Terms(NOBODY if number % 5 else TOKEN, number, number + 1))


def catalogue(count: int) -> Catalogue:
    return Catalogue(CREATOR, CONTRACT, 31337, tuple(entry(number) for number in range(count)))


@given(st.lists(numbers, min_size=1, max_size=8, unique=True))
def test_a_catalogue_reads_back_and_proves_each_of_its_contents(chosen: list[int]) -> None:
    written = Catalogue(CREATOR, CONTRACT, 31337, tuple(entry(number) for number in chosen))

    read = Catalogue.decode(written.encode())

    assert read == written
    assert read.root == written.root
    for one in read.entries:
        found, proof = read.find(one.statement.content_id)
        assert verify_proof(read.root.raw, found.leaf(), proof)


@given(numbers, numbers, st.binary(max_size=70))
def test_a_voucher_reads_back(number: int, nonce: int, signature: bytes) -> None:
    voucher = Voucher(entry(number), CREATOR, nonce, CONTRACT, 1, signature)

    assert Voucher.decode(json.dumps(voucher.as_json()).encode()) == voucher


def test_every_term_changes_the_leaf() -> None:
    one = entry(7)
    another = replace(one.statement.provenance, creator=CONTRACT)
    by_another = replace(one.statement, provenance=another)
    others = [
        replace(one, terms=replace(one.terms, price=8)),
        replace(one, terms=replace(one.terms, valid_until=9)),
        replace(one, terms=replace(one.terms, currency=TOKEN)),
        replace(one, statement=by_another),
        replace(one, statement=replace(one.statement, royalty_bps=8)),
        replace(one, statement=replace(one.statement, content_id=Digest.of(b"other"))),
    ]

    leaves = {other.leaf() for other in (one, *others)}

    assert len(leaves) == 7
    assert {len(leaf) for leaf in leaves} == {320}


def test_what_is_not_listed_is_not_found() -> None:
    with pytest.raises(NotListed) as refusal:
        catalogue(3).find(Digest.of(b"content 3"))

    assert refusal.value.what.endswith(Digest.of(b"content 3").hex)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"assay": "catalogue/2"}',
        b"\xff",
        b"[" * 100_000,
        catalogue(1).encode().replace(b'"price":"0"', b'"price":"many"'),
        catalogue(1).encode().replace(b'"metadata":"bafkrei', b'"metadata":"bafybei'),
        catalogue(1).encode().replace(b'"content_id":"0x', b'"content_id":"0y'),
        catalogue(1).encode().replace(b'"price":"0"', b'"price":"-1"'),
        catalogue(1).encode().replace(b'"price":"0"', b'"price":"%d"' % 2**96),
        catalogue(1).encode().replace(b'"royalty_bps":0', b'"royalty_bps":65536'),
    ],
)
def test_what_is_no_catalogue_is_refused(data: bytes) -> None:
    with pytest.raises(CatalogueMalformed):
        Catalogue.decode(data)


@pytest.mark.parametrize("field", ["assay", "creator", "content", "terms", "buyer", "signature"])
def test_a_voucher_without_a_field_is_refused(field: str) -> None:
    value = Voucher(entry(1), CREATOR, 0, CONTRACT, 1).as_json()
    del value[field]

    with pytest.raises(VoucherMalformed, match=field):
        Voucher.decode(json.dumps(value).encode())
