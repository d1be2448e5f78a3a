"""A chain in memory, a real store in a folder, and two people."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assay.content.credentials.model import TrustAnchors
from assay.content.model import Authentication
from assay.content.tokens.stored import TokenFolders
from assay.content.use_cases.indexing import index_content
from assay.content.use_cases.matching import Matcher
from assay.content.use_cases.mint import Minted, NewContent, mint_content
from assay.content.use_cases.show import ShownContent, show_content
from assay.content.use_cases.text_matching import TextMatcher
from assay.content.use_cases.verify import verify_content
from assay.core.address import Address, parse_address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.store.disk import DiskStore
from tests.fakes.content import NO_REVIEWS, FakeContentContract, FakeContentIndex

ALICE = parse_address("0x" + "a1" * 20)
BOB = parse_address("0x" + "b0" * 20)
MODEL = Digest.of(b"model")
PROMPT = Digest.of(b"prompt")


@dataclass
class World:
    """The use cases as one person calls them."""

    blobs: DiskStore
    contract: FakeContentContract
    index: FakeContentIndex

    @property
    def folders(self) -> TokenFolders:
        return TokenFolders(self.blobs)

    @property
    def matchers(self) -> tuple[Matcher, ...]:
        return (TextMatcher(self.index, self.blobs),)

    def seen_by(self, account: Address) -> World:
        return World(self.blobs, self.contract.seen_by(account), self.index)

    def mint(self, text: str | bytes, **fields: object) -> Minted:
        data = text.encode() if isinstance(text, str) else text
        new = NewContent(data, **{"prompt_digest": PROMPT, "model": MODEL, **fields})  # type: ignore[arg-type]
        minted = mint_content(
            new,
            blobs=self.blobs,
            contract=self.contract,
            folders=self.folders,
            matchers=self.matchers,
        )
        index_content(index=self.index, blobs=self.blobs, matchers=self.matchers)
        return minted

    def lose_metadata(self, minted: Minted) -> None:
        provenance = minted.token.provenance
        assert provenance is not None
        for cid in (self.folders.add_provenance(provenance), provenance.metadata):
            self.blobs.unpin(cid)
        self.blobs.gc()

    def verify(self, text: str | bytes) -> Authentication:
        data = text.encode() if isinstance(text, str) else text
        return verify_content(
            data,
            contract=self.contract,
            index=self.index,
            matchers=self.matchers,
            reviews=NO_REVIEWS,
            trust=TrustAnchors(),
        )

    def show(self, content_id: Digest) -> ShownContent:
        return show_content(content_id, blobs=self.blobs, contract=self.contract, index=self.index)

    def record_call(self, text: str, prompt: Digest = PROMPT, model: Digest | None = MODEL) -> Cid:
        record = {
            "promptDigest": prompt.hex,
            "outputDigest": Digest.of(text.encode()).hex,
            "model": model.hex if model else "0x" + "00" * 32,
        }
        body = {"assay": "call/1", "record": record, "signature": "0x" + "00" * 65}
        return self.blobs.add_bytes(json.dumps(body).encode())


@pytest.fixture
def world(tmp_path: Path) -> World:
    contract = FakeContentContract(ALICE)
    return World(DiskStore(tmp_path / "store"), contract, FakeContentIndex(contract))


@pytest.fixture
def flip(tmp_path: Path) -> Callable[[Cid], None]:
    """Flips one byte of the stored block of a short artefact."""

    def flip_byte(cid: Cid) -> None:
        needle = DiskStore(tmp_path / "store").block(cid)
        for path in (tmp_path / "store").rglob("*"):
            data = path.read_bytes() if path.is_file() else b""
            position = data.find(needle)
            if position >= 0:
                damaged = bytearray(data)
                damaged[position + len(needle) // 2] ^= 1
                path.chmod(0o644)
                path.write_bytes(bytes(damaged))
                return
        raise AssertionError("the block is in no file")

    return flip_byte
