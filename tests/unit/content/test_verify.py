"""Verifying: identical, altered or unknown, with the evidence, confirmed by the chain."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assay.content.errors import ContentTooLarge, UnknownContent
from assay.content.limits import CONTENT_LIMIT_BYTES
from assay.content.model import Provenance, Verdict
from assay.content.texts.fingerprint import fingerprint_text
from assay.content.use_cases.indexing import index_content
from assay.core.cid import Cid
from assay.core.digest import Digest
from tests.fakes.content import FakeContentIndex
from tests.unit.content.conftest import ALICE, BOB, World
from tests.unit.content.texts.test_fingerprint import CHINESE, OTHER_CHINESE, PARAGRAPH

TWO_WORDS_CHANGED = [
    (PARAGRAPH, PARAGRAPH.replace("question", "riddle").replace("licence", "contract")),
    (CHINESE, CHINESE.replace("问题", "谜语").replace("许可", "合同")),
]


@pytest.mark.parametrize("text", [PARAGRAPH, CHINESE])
def test_the_same_bytes_are_identical(world: World, text: str) -> None:
    minted = world.mint(text)

    found = world.verify(text)

    assert found.verdict == Verdict.IDENTICAL
    assert found.similarity == 1.0
    assert found.token is not None
    assert found.token.as_json() == minted.token.as_json()


@pytest.mark.parametrize(("text", "altered"), TWO_WORDS_CHANGED)
def test_two_changed_words_are_an_altered_copy(world: World, text: str, altered: str) -> None:
    world.mint(text)

    found = world.verify(altered)

    assert found.verdict == Verdict.ALTERED
    assert 0.7 < found.similarity < 1.0
    assert found.token is not None
    assert found.token.content_id == Digest.of(text.encode())
    assert any("stored content" in line and "0.25" in line for line in found.evidence)


@pytest.mark.parametrize("altered", [PARAGRAPH + "\n", PARAGRAPH.upper(), "\ufeff" + PARAGRAPH])
def test_another_spelling_is_altered_with_similarity_one(world: World, altered: str) -> None:
    world.mint(PARAGRAPH)

    found = world.verify(altered)

    assert found.verdict == Verdict.ALTERED
    assert found.similarity == 1.0


def test_another_text_is_unknown(world: World) -> None:
    world.mint(CHINESE)

    found = world.verify(OTHER_CHINESE)

    assert found.as_json()["verdict"] == "unknown"
    assert found.as_json()["token"] is None
    assert found.similarity < 0.25
    assert found.evidence


def test_the_nearest_of_several_copies_is_named(world: World) -> None:
    nearer = PARAGRAPH.replace("question", "riddle")
    world.mint(PARAGRAPH.replace("Assay", "Nobody").replace("rewrite", "change"))
    world.mint(nearer)

    found = world.verify(nearer.replace("licence", "contract"))

    assert found.token is not None
    assert found.token.content_id == Digest.of(nearer.encode())


def test_who_claims_the_fingerprint_of_an_earlier_token_is_not_named(
    world: World, flip: Callable[[Cid], None]
) -> None:
    first = world.mint(PARAGRAPH)
    thief = world.seen_by(BOB).mint(CHINESE)
    for minted in (first, thief):
        flip(minted.metadata.content)  # nobody has the contents: only what the minters claim
    own = world.index.fingerprints.pop(first.token.content_id)
    world.index.fingerprints[thief.token.content_id] = own
    world.index.fingerprints[first.token.content_id] = own

    found = world.verify(PARAGRAPH.upper())

    assert found.token is not None
    assert found.token.content_id == first.token.content_id


def test_content_that_is_here_goes_before_a_claim_that_nobody_can_check(
    world: World, flip: Callable[[Cid], None]
) -> None:
    claimed = world.mint(CHINESE)
    flip(claimed.metadata.content)
    altered = PARAGRAPH.replace("question", "riddle")
    world.index.fingerprints[claimed.token.content_id] = fingerprint_text(altered)
    minted = world.mint(PARAGRAPH)

    found = world.verify(altered)

    assert found.token is not None
    assert found.token.content_id == minted.token.content_id
    assert any(f"{claimed.token.content_id} too, minted earlier" in one for one in found.evidence)


def test_an_excerpt_is_an_altered_copy(world: World) -> None:
    world.mint(PARAGRAPH)

    found = world.verify("one two three four five " * 60 + PARAGRAPH)

    assert found.verdict == Verdict.ALTERED


def test_a_short_text_says_that_it_is_too_short(world: World) -> None:
    world.mint("The sky is blue.")

    near, same = world.verify("The sky is grey."), world.verify("the sky is blue")

    assert near.verdict == Verdict.UNKNOWN
    assert any("too short" in line for line in near.evidence)
    assert same.verdict == Verdict.ALTERED


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"  "])
def test_bytes_that_are_no_text_are_unknown(world: World, data: bytes) -> None:
    assert world.verify(data).verdict == Verdict.UNKNOWN


def test_an_oversize_text_is_refused(world: World) -> None:
    with pytest.raises(ContentTooLarge):
        world.verify(b"a" * (CONTENT_LIMIT_BYTES + 1))


def test_a_mint_that_only_the_index_knows_convinces_nobody(world: World) -> None:
    minted = world.mint(PARAGRAPH)
    token = world.contract.tokens[minted.token.content_id]
    chain = world.contract.seen_by(ALICE)
    chain.tokens = {}

    forged = World(world.blobs, chain, world.index)

    assert token is not None
    assert forged.verify(PARAGRAPH).verdict == Verdict.UNKNOWN
    assert forged.verify(PARAGRAPH + "!").verdict == Verdict.UNKNOWN


def test_an_index_with_another_provenance_than_the_chain_convinces_nobody(world: World) -> None:
    minted = world.mint(PARAGRAPH)
    chain = world.contract.seen_by(ALICE)
    real = world.contract.tokens[minted.token.content_id]
    other = replace(real.provenance, prompt_digest=Digest.of(b"other"))
    chain.tokens = {minted.token.content_id: replace(real, provenance=other)}

    found = World(world.blobs, chain, world.index).verify(PARAGRAPH)

    assert found.verdict == Verdict.IDENTICAL
    assert found.token is not None
    assert found.token.provenance is None


def test_a_claimed_fingerprint_gives_way_to_the_stored_content(world: World) -> None:
    minted = world.mint(CHINESE)
    world.index.fingerprints[minted.token.content_id] = fingerprint_text(PARAGRAPH)

    found = world.verify(PARAGRAPH)

    assert found.verdict == Verdict.UNKNOWN


def test_the_index_is_rebuilt_from_chain_and_store(world: World) -> None:
    world.mint(PARAGRAPH)
    fresh = World(world.blobs, world.contract, FakeContentIndex(world.contract))

    indexed = index_content(index=fresh.index, blobs=fresh.blobs, matchers=fresh.matchers)

    assert (indexed.added, indexed.missing) == (1, 0)
    assert fresh.verify(PARAGRAPH + "!").verdict == Verdict.ALTERED


def test_missing_metadata_is_counted_and_tried_again(world: World) -> None:
    minted = world.mint(PARAGRAPH)
    fresh = World(world.blobs, world.contract, FakeContentIndex(world.contract))
    metadata = world.contract.tokens[minted.token.content_id].provenance.metadata
    data = world.blobs.read_bytes(metadata)
    world.blobs.unpin(minted.metadata.content)
    world.lose_metadata(minted)

    missing = index_content(index=fresh.index, blobs=fresh.blobs, matchers=fresh.matchers)
    world.blobs.add_bytes(data)
    found = index_content(index=fresh.index, blobs=fresh.blobs, matchers=fresh.matchers)

    assert (missing.added, missing.missing) == (0, 1)
    assert (found.added, found.missing) == (1, 0)


def test_the_content_alone_is_enough_to_index_it(world: World) -> None:
    minted = world.mint(PARAGRAPH)
    fresh = World(world.blobs, world.contract, FakeContentIndex(world.contract))
    world.lose_metadata(minted)

    indexed = index_content(index=fresh.index, blobs=fresh.blobs, matchers=fresh.matchers)

    assert (indexed.added, indexed.missing) == (1, 0)
    assert fresh.verify(PARAGRAPH + "!").verdict == Verdict.ALTERED


def test_metadata_without_sense_is_read_once_and_matches_nothing(world: World) -> None:
    data = b"no metadata"
    provenance = Provenance(Digest.of(b"p"), None, ALICE, world.blobs.add_bytes(data))
    world.contract.mint(Digest.of(b"content elsewhere"), provenance, 0)

    first = index_content(index=world.index, blobs=world.blobs, matchers=world.matchers)
    second = index_content(index=world.index, blobs=world.blobs, matchers=world.matchers)

    assert (first.added, second.added, second.missing) == (1, 0, 0)
    assert world.verify(PARAGRAPH).verdict == Verdict.UNKNOWN


def test_show_gives_token_and_metadata(world: World) -> None:
    minted = world.mint(PARAGRAPH, royalty_bps=500)

    shown = world.show(minted.token.content_id).as_json()

    assert shown["royalty_bps"] == 500
    assert shown["creator"] == ALICE
    assert shown["metadata"] == minted.metadata.as_json()
    assert shown["metadata_fault"] is None


def test_show_refuses_an_unknown_content(world: World) -> None:
    with pytest.raises(UnknownContent):
        world.show(Digest.of(b"nothing"))
