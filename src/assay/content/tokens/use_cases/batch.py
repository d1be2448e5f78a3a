"""Mint many contents with one commitment for each hundred.

It can be stopped anywhere and started again: what is minted is passed over, and a batch that was
committed to and not revealed is revealed, because the same files make the same batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assay.content.errors import AlreadyMinted
from assay.content.model import Token
from assay.content.ports import Blobs, ContentContract
from assay.content.shares import LineageOf
from assay.content.tokens.model import Statement
from assay.content.tokens.ports import Folders, TokenContract
from assay.content.use_cases.matching import Matcher
from assay.content.use_cases.mint import NewContent, Prepared, prepare_content
from assay.core.digest import Digest
from assay.errors import InputError, RefusedError

BATCH_SIZE = 100
Progress = Callable[[int], None]
"""Called with the number of contents done since the last call."""


@dataclass(frozen=True, slots=True)
class Named:
    """New content and what it is called in messages, such as its path."""

    name: str
    content: NewContent


@dataclass(frozen=True, slots=True)
class Passed:
    """Content that was not minted, and why; `done` if the account has it already."""

    name: str
    content_id: Digest
    reason: str
    done: bool = False

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {"name": self.name, "content_id": self.content_id.hex, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class MintedMany:
    """New tokens by the names of their contents, and what was passed over."""

    minted: tuple[tuple[str, Token], ...]
    passed: tuple[Passed, ...]

    def as_json(self) -> dict[str, Any]:
        """What `assay content batch --json` prints."""
        return {
            "minted": [{"name": name, **token.as_json()} for name, token in self.minted],
            "passed": [one.as_json() for one in self.passed],
        }


@dataclass(frozen=True)
class Preparing:
    """What it takes to prepare contents for minting."""

    blobs: Blobs
    contract: ContentContract
    matchers: Sequence[Matcher]
    lineage: LineageOf

    def prepare(self, content: NewContent) -> Prepared:
        """See `prepare_content`."""
        return prepare_content(
            content,
            blobs=self.blobs,
            contract=self.contract,
            matchers=self.matchers,
            lineage=self.lineage,
        )

    def prepare_all(
        self, contents: Sequence[Named], passed: list[Passed]
    ) -> Iterator[tuple[str, Prepared]]:
        """Each content that can be minted, once; the others are put on `passed`."""
        seen: dict[Digest, str] = {}
        for one in contents:
            content_id = Digest.of(one.content.data)
            if content_id in seen:
                passed.append(Passed(one.name, content_id, f"the same as {seen[content_id]}"))
                continue
            seen[content_id] = one.name
            try:
                yield one.name, self.prepare(one.content)
            except AlreadyMinted as error:
                done = error.owner == self.contract.account
                passed.append(Passed(one.name, content_id, str(error), done))
            except (InputError, RefusedError) as error:
                passed.append(Passed(one.name, content_id, str(error)))


def mint_many(
    contents: Sequence[Named],
    *,
    preparing: Preparing,
    tokens: TokenContract,
    folders: Folders,
    progress: Progress = lambda _count: None,
    batch_size: int = BATCH_SIZE,
) -> MintedMany:
    """Mint what can be minted; content that cannot be does not stop the rest.

    Raises:
        UnavailableError: chain or store fail; what was minted until then is minted.
    """
    passed: list[Passed] = []
    minted: list[tuple[str, Token]] = []
    waiting: list[tuple[str, Prepared]] = []
    for name, prepared in preparing.prepare_all(contents, passed):
        waiting.append((name, prepared))
        if len(waiting) == batch_size:
            minted += _mint(waiting, preparing.contract, tokens, folders)
            progress(len(waiting))
            waiting = []
    if waiting:
        minted += _mint(waiting, preparing.contract, tokens, folders)
        progress(len(waiting))
    progress(len(passed))
    return MintedMany(tuple(minted), tuple(passed))


def statement_of(prepared: Prepared) -> Statement:
    """What the contract is told of prepared content."""
    return Statement(prepared.content_id, prepared.provenance, prepared.royalty_bps)


def _mint(
    batch: Sequence[tuple[str, Prepared]],
    contract: ContentContract,
    tokens: TokenContract,
    folders: Folders,
) -> list[tuple[str, Token]]:
    statements = [statement_of(prepared) for _name, prepared in batch]
    files = {one.content_id: one.provenance.metadata for one in statements}
    for one in statements:
        folders.add_provenance(one.provenance)
    transaction = tokens.mint_batch(statements, folders.add_batch(files))
    states = contract.states([(one.content_id, one.provenance) for one in statements])
    found = []
    for (name, prepared), state in zip(batch, states, strict=True):
        assert state is not None, "a mined token can be read"
        token = Token(
            prepared.content_id,
            state,
            prepared.provenance,
            transaction,
            contract.address,
            contract.chain_id,
        )
        found.append((name, token))
    return found
