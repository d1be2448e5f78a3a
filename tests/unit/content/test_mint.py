"""Minting: once, for the first, and only what is a text."""

import json

import pytest

from assay.content.errors import (
    AlreadyMinted,
    CallMismatch,
    ContentTooLarge,
    CopyRefused,
    MetadataMalformed,
    TextEmpty,
    TextNotUtf8,
)
from assay.content.images.errors import NotAPicture
from assay.content.limits import CONTENT_LIMIT_BYTES
from assay.content.model import NO_DIGEST, ContentMetadata
from assay.content.texts.fingerprint import fingerprint_text
from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError, RefusedError
from tests.fakes.content import FIRST_MINT_S
from tests.unit.content.conftest import ALICE, BOB, MODEL, PROMPT, World
from tests.unit.content.texts.test_fingerprint import CHINESE, PARAGRAPH


def test_a_minted_text_is_a_token_that_names_prompt_model_creator_and_time(world: World) -> None:
    minted = world.mint(PARAGRAPH)

    assert minted.token.as_json() == {
        "content_id": Digest.of(PARAGRAPH.encode()).hex,
        "owner": ALICE,
        "creator": ALICE,
        "minted_at": FIRST_MINT_S,
        "burnt": False,
        "revoked": None,
        "transaction": f"0x{1:064x}",
        "model": MODEL.hex,
        "contract": world.contract.address,
        "chain_id": 31337,
    }
    assert minted.like == ()


def test_metadata_with_half_a_character_is_malformed(world: World) -> None:
    written = json.loads(world.mint(CHINESE).metadata.encode())

    for title in ("\ud800", "a\udfffb"):
        with pytest.raises(MetadataMalformed):
            ContentMetadata.decode(json.dumps({**written, "title": title}).encode())


def test_bytes_and_metadata_are_in_the_store_and_pinned(world: World) -> None:
    minted = world.mint(CHINESE)

    metadata_cid = world.contract.tokens[minted.token.content_id].provenance.metadata
    assert world.blobs.read_bytes(minted.metadata.content) == CHINESE.encode()
    assert ContentMetadata.decode(world.blobs.read_bytes(metadata_cid)) == minted.metadata
    assert {minted.metadata.content, metadata_cid} <= set(world.blobs.pins())


def test_what_a_wallet_reads_is_pinned_before_the_mint(world: World) -> None:
    pinned = []
    world.contract.before_mint = lambda: pinned.extend(world.blobs.pins())

    minted = world.mint(PARAGRAPH)

    assert minted.token.provenance is not None
    assert world.folders.add_provenance(minted.token.provenance) in pinned


@pytest.mark.parametrize("account", [ALICE, BOB])
def test_a_second_mint_by_anyone_is_refused_with_token_owner_and_time(
    world: World, account: str
) -> None:
    world.mint(PARAGRAPH)

    with pytest.raises(AlreadyMinted, match=f"owned by {ALICE} since 2023-11-14") as refusal:
        world.seen_by(account).mint(PARAGRAPH)

    assert isinstance(refusal.value, RefusedError)
    assert refusal.value.content_id == Digest.of(PARAGRAPH.encode())
    assert refusal.value.minted_at == FIRST_MINT_S


def test_losing_the_race_after_all_checks_is_refused_too(world: World) -> None:
    bob = world.seen_by(BOB)
    bob.contract.before_mint = lambda: world.mint(PARAGRAPH)

    with pytest.raises(AlreadyMinted) as refusal:
        bob.mint(PARAGRAPH)

    assert refusal.value.owner == ALICE


def test_a_text_that_reads_like_anothers_is_refused_unless_allowed(world: World) -> None:
    world.mint(PARAGRAPH)
    disguised = PARAGRAPH.upper().replace(" ", "  ")

    with pytest.raises(CopyRefused) as refusal:
        world.seen_by(BOB).mint(disguised)
    allowed = world.seen_by(BOB).mint(disguised, allow_copy=True)

    assert refusal.value.creator == ALICE
    assert [(one.token.content_id, one.similarity) for one in allowed.like] == [
        (refusal.value.content_id, 1.0)
    ]


def test_a_false_fingerprint_keeps_nobody_from_minting(world: World) -> None:
    claimed = world.mint(CHINESE)
    world.index.fingerprints[claimed.token.content_id] = fingerprint_text(PARAGRAPH)

    minted = world.seen_by(BOB).mint(PARAGRAPH)

    assert minted.like == ()


def test_an_own_text_may_be_minted_again_in_another_spelling(world: World) -> None:
    world.mint(PARAGRAPH)

    assert world.mint(PARAGRAPH.upper()).like[0].similarity == 1.0


def test_a_near_copy_of_anothers_text_is_minted_and_reported(world: World) -> None:
    original = world.mint(PARAGRAPH)

    minted = world.seen_by(BOB).mint(PARAGRAPH.replace("question", "riddle"))

    assert [one.token.content_id for one in minted.like] == [original.token.content_id]
    assert 0.8 < minted.like[0].similarity < 1


def test_a_call_gives_prompt_and_model(world: World) -> None:
    call = world.record_call(PARAGRAPH)

    minted = world.mint(PARAGRAPH, call=call, prompt_digest=None, model=None)

    assert minted.metadata.prompt_digest == PROMPT
    assert minted.metadata.model == MODEL
    assert minted.metadata.call == call


def test_a_call_of_an_unregistered_model_gives_none(world: World) -> None:
    call = world.record_call(PARAGRAPH, model=None)

    minted = world.mint(PARAGRAPH, call=call, prompt_digest=None, model=None)

    assert minted.metadata.model is None


@pytest.mark.parametrize(
    ("fields", "word"),
    [({"prompt_digest": Digest.of(b"other")}, "prompt"), ({"model": Digest.of(b"other")}, "model")],
)
def test_a_call_that_contradicts_what_is_said_is_refused(
    world: World, fields: dict[str, Digest], word: str
) -> None:
    call = world.record_call(PARAGRAPH)

    with pytest.raises(CallMismatch, match=f"the call's {word}"):
        world.mint(PARAGRAPH, call=call, **fields)


def test_a_call_that_returned_another_text_is_refused(world: World) -> None:
    call = world.record_call(CHINESE)

    with pytest.raises(CallMismatch, match="the call's output"):
        world.mint(PARAGRAPH, call=call)


def test_an_artefact_that_is_no_call_is_refused(world: World) -> None:
    other = world.blobs.add_bytes(b'{"assay":"asset/1"}')

    with pytest.raises(IntegrityError, match="no call record"):
        world.mint(PARAGRAPH, call=other)


def test_without_prompt_and_model_none_is_on_chain(world: World) -> None:
    minted = world.mint(PARAGRAPH, prompt_digest=None, model=None)

    assert minted.metadata.prompt_digest == NO_DIGEST
    assert minted.token.as_json()["model"] is None


@pytest.mark.parametrize("data", [b" \n", "\u200b".encode(), b"..."])
def test_nothing_readable_is_refused(world: World, data: bytes) -> None:
    with pytest.raises(TextEmpty):
        world.mint(data)

    assert world.blobs.pins() == []


def test_invalid_utf8_is_refused_with_its_place(world: World) -> None:
    with pytest.raises(TextNotUtf8) as refusal:
        world.mint(b"abc\xff")

    assert refusal.value.position == 3
    assert world.blobs.pins() == []


@pytest.mark.parametrize(
    ("data", "seen"),
    [(b"", "an empty file"), (b"%PDF-1.7 \xe2", "a PDF"), (b"\0\0\0\x18ftypheic\xff", "a HEIF")],
)
def test_what_is_neither_text_nor_picture_is_called_by_its_name(
    world: World, data: bytes, seen: str
) -> None:
    with pytest.raises(NotAPicture, match=f"This is {seen}"):
        world.mint(data)


def test_more_than_fifty_megabytes_are_refused(world: World) -> None:
    with pytest.raises(ContentTooLarge):
        world.mint(b"a" * (CONTENT_LIMIT_BYTES + 1))


@pytest.mark.parametrize("royalty_bps", [-1, 10_001])
def test_a_royalty_outside_its_range_is_refused(world: World, royalty_bps: int) -> None:
    with pytest.raises(InputError, match="royalty"):
        world.mint(PARAGRAPH, royalty_bps=royalty_bps)
