"""Verify some bytes: identical to a token's, an altered copy of one, or unknown."""

from __future__ import annotations

from dataclasses import dataclass

from assay.content.errors import TextEmpty, TextNotUtf8, TextTooLong
from assay.content.model import (
    Authentication,
    Minting,
    Token,
    Verdict,
)
from assay.content.ports import Blobs, ContentContract, ContentIndex
from assay.content.records import confirm
from assay.content.texts.fingerprint import (
    COPY_SIMILARITY,
    EXCERPT_CONTAINMENT,
    EXCERPT_SHINGLES,
    MINIMUM_SHINGLES,
    Comparison,
    TextFingerprint,
    compare,
    fingerprint_text,
)
from assay.content.texts.reading import TEXT_LIMIT_BYTES, decode_text
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
    if missing := len(index.without_fingerprint()):
        evidence += (f"{missing} minted texts could not be compared: their metadata is not here",)
    return _judge(fingerprint, evidence, blobs, contract, index)


def _judge(
    fingerprint: TextFingerprint,
    evidence: tuple[str, ...],
    blobs: Blobs,
    contract: ContentContract,
    index: ContentIndex,
) -> Authentication:
    """The nearest copy that the chain, and the stored content where it is here, bear out."""
    matches = _matches(fingerprint, index)
    copies = [match for match in matches if match.comparison.is_copy]
    others = [match for match in matches if not match.comparison.is_copy]
    tokens = confirm([match.minting for match in copies], contract)
    for match, token in zip(copies, tokens, strict=True):
        if token is None:
            continue
        checked = _recheck(match, fingerprint, blobs)
        if not checked.comparison.is_copy:
            others.append(checked)
            continue
        evidence += (*_comparison(checked), _confirmation(token))
        return Authentication(Verdict.ALTERED, checked.comparison.similarity, token, evidence)
    if not others:
        nothing = "no minted text shares a word pair with it"
        return Authentication(Verdict.UNKNOWN, 0.0, None, (*evidence, nothing))
    nearest = max(others, key=_rank)
    return Authentication(
        Verdict.UNKNOWN, nearest.comparison.similarity, None, (*evidence, *_comparison(nearest))
    )


def _matches(fingerprint: TextFingerprint, index: ContentIndex) -> list[_Match]:
    """What the index proposes, by the indexed fingerprints, the nearest first."""
    proposed = dict.fromkeys(index.same_reading(fingerprint)[:_CANDIDATES], fingerprint)
    for minting, other in index.candidates(fingerprint, _CANDIDATES):
        proposed.setdefault(minting, other)
    matches = [
        _Match(minting, compare(fingerprint, other), "the indexed fingerprint")
        for minting, other in proposed.items()
    ]
    return sorted(matches, key=_rank, reverse=True)


def _recheck(match: _Match, fingerprint: TextFingerprint, blobs: Blobs) -> _Match:
    """By the token's own content, if it is here: a minter can claim any fingerprint."""
    own = recomputed(match.minting, blobs)
    if own is None:
        return match
    return _Match(match.minting, compare(fingerprint, own), "the stored content")


def _rank(match: _Match) -> tuple[bool, float, float]:
    comparison = match.comparison
    return (comparison.is_copy, comparison.similarity, comparison.containment)


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
