"""The index of fingerprints in SQL: finds copies among many, rebuilds, forgets nothing."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, insert, update

from assay.content.model import NO_DIGEST, Minting, Provenance
from assay.content.stored import StoredContentIndex, fingerprints
from assay.content.texts.fingerprint import fingerprint_text
from assay.core.address import parse_address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.ledger.arguments import encode_arguments
from assay.ledger.database import open_database
from assay.ledger.stored import blocks, events
from tests.unit.content.texts.test_fingerprint import CHINESE, OTHER_CHINESE, PARAGRAPH

CREATOR = parse_address("0x" + "a1" * 20)
MANY = 3_000


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


def minting(number: int, model: Digest | None = None) -> Minting:
    content_id = Digest.of(f"content {number}".encode())
    metadata = Cid.raw(f"metadata {number}".encode())
    provenance = Provenance(Digest.of(b"prompt"), model, CREATOR, metadata)
    return Minting(content_id, provenance, f"0x{number:064x}")


def record_events(engine: Engine, mintings: list[Minting]) -> None:
    """What the indexer writes for the events of these mints, all in one block."""
    block = {"number": 1, "hash": "0x01", "parent_hash": "0x00", "timestamp": 0}
    rows = [
        {
            "block_number": 1,
            "log_index": index,
            "address": CREATOR,
            "contract": "ContentToken",
            "name": "ContentMinted",
            "subject": one.content_id.hex,
            "transaction_hash": one.transaction,
            "arguments": encode_arguments(
                {
                    "tokenId": one.content_id.token_id,
                    "creator": one.provenance.creator,
                    "model": one.provenance.model.token_id if one.provenance.model else 0,
                    "promptDigest": one.provenance.prompt_digest.raw,
                    "metadataDigest": one.provenance.metadata.digest.raw,
                    "sharesDigest": (one.provenance.shares_digest or NO_DIGEST).raw,
                }
            ),
        }
        for index, one in enumerate(mintings)
    ]
    with engine.begin() as connection:
        connection.execute(insert(blocks), block)
        for start in range(0, len(rows), 10_000):
            connection.execute(insert(events), rows[start : start + 10_000])


def test_mints_come_back_from_their_events(engine: Engine) -> None:
    known = [minting(1), minting(2, model=Digest.of(b"model"))]
    record_events(engine, known)

    index = StoredContentIndex(engine)

    assert list(index.without_fingerprint()) == known
    assert index.mintings([one.content_id for one in known]) == {
        one.content_id: one for one in known
    }
    assert index.mintings([Digest.of(b"nothing")]) == {}


def test_a_copy_is_found_by_nearness_and_by_reading(engine: Engine) -> None:
    texts = [PARAGRAPH, CHINESE, OTHER_CHINESE]
    known = [minting(number) for number in range(len(texts))]
    record_events(engine, known)
    index = StoredContentIndex(engine)

    index.add_fingerprints(
        [(one, fingerprint_text(text)) for one, text in zip(known, texts, strict=True)]
    )
    near = index.candidates(fingerprint_text(CHINESE.replace("问题", "谜语")), 5)
    same = index.same_reading(fingerprint_text(PARAGRAPH.upper()))

    assert near[0] == (known[1], fingerprint_text(CHINESE))
    assert same == [known[0]]
    assert index.without_fingerprint() == []


def test_adding_twice_keeps_the_first(engine: Engine) -> None:
    record_events(engine, [minting(1)])
    index = StoredContentIndex(engine)

    index.add_fingerprints([(minting(1), fingerprint_text(PARAGRAPH))])
    index.add_fingerprints([(minting(1), fingerprint_text(CHINESE))])

    assert index.same_reading(fingerprint_text(CHINESE)) == []
    assert index.same_reading(fingerprint_text(PARAGRAPH)) == [minting(1)]


def test_a_fingerprint_whose_mint_was_rolled_back_is_not_proposed(engine: Engine) -> None:
    index = StoredContentIndex(engine)

    index.add_fingerprints([(minting(1), fingerprint_text(PARAGRAPH))])

    assert index.candidates(fingerprint_text(PARAGRAPH), 5) == []
    assert index.same_reading(fingerprint_text(PARAGRAPH)) == []


@pytest.mark.parametrize("damage", [{"sketch": b"\1\2\3"}, {"normalised": "0xno digest"}])
def test_a_damaged_fingerprint_is_forgotten_and_indexed_again(
    engine: Engine, damage: dict[str, Any]
) -> None:
    record_events(engine, [minting(1), minting(2)])
    index = StoredContentIndex(engine)
    own = fingerprint_text(PARAGRAPH)
    index.add_fingerprints([(minting(1), own), (minting(2), own)])
    content_id = minting(1).content_id.hex
    with engine.begin() as connection:
        connection.execute(
            update(fingerprints).where(fingerprints.c.content_id == content_id).values(damage)
        )

    meanwhile = index.candidates(own, 5)
    missing = index.without_fingerprint()
    index.add_fingerprints([(minting(1), own)])

    assert meanwhile == [(minting(2), own)]
    assert missing == [minting(1)]
    assert {one for one, _ in index.candidates(own, 5)} == {minting(1), minting(2)}


def test_a_short_text_is_found_by_its_reading_only(engine: Engine) -> None:
    record_events(engine, [minting(1)])
    index = StoredContentIndex(engine)
    short = fingerprint_text("The sky is blue.")

    index.add_fingerprints([(minting(1), short)])

    assert index.same_reading(fingerprint_text("the sky is blue")) == [minting(1)]
    assert index.candidates(short, 5) == []


def test_a_copy_is_found_among_thousands_that_share_common_shingles(engine: Engine) -> None:
    random = Random(1)
    vocabulary = [f"word{number}" for number in range(300)]
    fillers = [" ".join(random.choices(vocabulary, k=40)) for _ in range(MANY)]
    known = [minting(number) for number in range(MANY + 1)]
    record_events(engine, known)
    index = StoredContentIndex(engine)
    texts = [*fillers, " ".join(vocabulary[:60])]
    index.add_fingerprints(
        [(one, fingerprint_text(text)) for one, text in zip(known, texts, strict=True)]
    )

    near = index.candidates(fingerprint_text(texts[-1].replace("word30", "altered")), 20)

    assert near[0] == (known[-1], fingerprint_text(texts[-1]))
    assert len(near) == 20
