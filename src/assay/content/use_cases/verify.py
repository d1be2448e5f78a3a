"""Verify some bytes: identical to a token's, an altered copy of one, or unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assay.content.errors import TextEmpty, TextNotUtf8, TextTooLong
from assay.content.fingerprint import (
    COPY_SIMILARITY,
    EXCERPT_CONTAINMENT,
    EXCERPT_SHINGLES,
    MINIMUM_SHINGLES,
    Comparison,
    TextFingerprint,
    compare,
    fingerprint_text,
)
from assay.content.model import (
    TEXT_LIMIT_BYTES,
    Authentication,
    Minting,
    Token,
    Verdict,
)
from assay.content.ports import Blobs, ContentContract, ContentIndex
from assay.content.records import confirm
from assay.content.text import decode_text
from assay.content.use_cases.indexing import recomputed
from assay.content.use_cases.show import find_token
from assay.core.digest import Digest

_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class _Match:
    """A minted text held against the one in question; `source` says whose fingerprint it was."""

    minting: Minting
    comparison: Comparison
    source: str

    @property
    def rank(self) -> tuple[bool, float, float]:
        return (self.comparison.is_copy, self.comparison.similarity, self.comparison.containment)


def verify_content(
    data: bytes, *, blobs: Blobs, contract: ContentContract, index: ContentIndex
) -> Authentication:
    """Compare with every minted content; the chain confirms what the index proposes.

    Raises:
        TextTooLong: more than 50 MB.
    """
    if len(data) > TEXT_LIMIT_BYTES:
        raise TextTooLong(len(data), TEXT_LIMIT_BYTES)
    content_id = Digest.of(data)
    token = find_token(content_id, contract=contract, index=index)
    if token is not None:
        same = f"SHA-256 {content_id} is the id of a token"
        return Authentication(Verdict.IDENTICAL, 1.0, token, (same, _confirmation(token)))
    evidence: tuple[str, ...] = (f"SHA-256 {content_id} is no token of {contract.address}",)
    try:
        fingerprint = fingerprint_text(decode_text(data))
    except (TextEmpty, TextNotUtf8) as error:
        return Authentication(Verdict.UNKNOWN, 0.0, None, (*evidence, str(error)))
    if fingerprint.too_short:
        evidence += (_short(fingerprint),)
    return _nearest(_matches(fingerprint, blobs, index), evidence, contract)


def _matches(fingerprint: TextFingerprint, blobs: Blobs, index: ContentIndex) -> list[_Match]:
    """Copies by the token's own content where the store has it, and the single nearest other."""
    proposed = dict.fromkeys(index.same_reading(fingerprint)[:_CANDIDATES], fingerprint)
    for minting, other in index.candidates(fingerprint, _CANDIDATES):
        proposed.setdefault(minting, other)
    matches = []
    for minting, claimed in proposed.items():
        match = _Match(minting, compare(fingerprint, claimed), "the minted metadata")
        own = recomputed(minting, blobs) if match.comparison.is_copy else None
        if own is not None:
            match = _Match(minting, compare(fingerprint, own), "the stored content")
        matches.append(match)
    return sorted(matches, key=lambda match: match.rank, reverse=True)


def _nearest(
    matches: Sequence[_Match], evidence: tuple[str, ...], contract: ContentContract
) -> Authentication:
    copies = [match for match in matches if match.comparison.is_copy]
    tokens = confirm([match.minting for match in copies], contract)
    for match, token in zip(copies, tokens, strict=True):
        if token is not None:
            evidence += (*_comparison(match), _confirmation(token))
            return Authentication(Verdict.ALTERED, match.comparison.similarity, token, evidence)
    others = [match for match in matches if not match.comparison.is_copy]
    if not others:
        return Authentication(
            Verdict.UNKNOWN, 0.0, None, (*evidence, "no minted text shares a word pair with it")
        )
    nearest = others[0]
    return Authentication(
        Verdict.UNKNOWN, nearest.comparison.similarity, None, (*evidence, *_comparison(nearest))
    )


def _comparison(match: _Match) -> tuple[str, ...]:
    comparison, subject = match.comparison, f"{match.source} of {match.minting.content_id}"
    if comparison.same_reading:
        same = (
            f"after normalisation the text is the same as {subject}: only capitals, punctuation, "
            "white space, accents or look-alike letters differ"
        )
        return (same,)
    similarity = (
        f"similarity to {subject} is {comparison.similarity:.3f}; a copy from {COPY_SIMILARITY} on"
    )
    containment = (
        f"{comparison.containment:.3f} of the shorter text's word pairs are in the other, "
        f"{comparison.shared_shingles} of those sampled; an excerpt from {EXCERPT_CONTAINMENT} and "
        f"{EXCERPT_SHINGLES} on"
    )
    return (similarity, containment)


def _confirmation(token: Token) -> str:
    opened = (
        f"its provenance opens with creator {token.provenance.creator}"
        if token.provenance
        else "its mint is not indexed, so its creator is not shown"
    )
    return (
        f"contract {token.contract} on chain {token.chain_id} confirms it: owner "
        f"{token.state.owner}, minted at {token.state.minted_at}; {opened}"
    )


def _short(fingerprint: TextFingerprint) -> str:
    return (
        f"the text has {len(fingerprint.sketch.hashes)} word pairs, fewer than {MINIMUM_SHINGLES}: "
        "too short for more than a comparison of the normalised text"
    )
