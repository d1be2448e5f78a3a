"""Search: the minted contents that come nearest to some bytes, copies or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assay.content.limits import check_size
from assay.content.model import Token
from assay.content.ports import ContentContract, ContentIndex
from assay.content.records import confirm
from assay.content.use_cases.matching import Match, Matcher, matcher_for
from assay.content.use_cases.show import find_token
from assay.core.digest import Digest


@dataclass(frozen=True, slots=True)
class Found:
    """A minted content that is near.

    Attributes:
        distance: from 0, the same, to 1, unlike.
        confidence: that the bytes are a copy of it, in 0..1.
        is_copy: `verify` would call it an altered copy.
        transforms: what was recognised of a copy, such as "crop", "excerpt" or "paraphrase".
    """

    token: Token
    distance: float
    confidence: float
    is_copy: bool
    transforms: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """A line of `assay content search --json`."""
        provenance = self.token.provenance
        return {
            "content_id": self.token.content_id.hex,
            "distance": round(self.distance, 4),
            "confidence": round(self.confidence, 4),
            "is_copy": self.is_copy,
            "transform": ", ".join(self.transforms) or None,
            "creator": provenance.creator if provenance else None,
            "owner": self.token.state.owner,
        }


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search brought; `notes` say what could not be compared, and why."""

    found: tuple[Found, ...]
    notes: tuple[str, ...]


def _found(token: Token, match: Match) -> Found:
    transforms = match.transforms if match.is_copy else ()
    return Found(token, 1 - match.similarity, match.confidence, match.is_copy, transforms)


def search_content(
    data: bytes,
    limit: int,
    *,
    contract: ContentContract,
    index: ContentIndex,
    matchers: Sequence[Matcher],
) -> SearchResult:
    """The nearest minted contents that the chain confirms, the nearest first.

    Raises:
        ContentTooLarge: more than 50 MB.
    """
    check_size(data)
    token = find_token(Digest.of(data), contract=contract, index=index)
    same = [Found(token, 0.0, 1.0, is_copy=True)] if token else []
    findings = matcher_for(data, matchers).find(data)
    tokens = confirm([match.minting for match in findings.matches], contract)
    near = [
        _found(token, match)
        for match, token in zip(findings.matches, tokens, strict=True)
        if token is not None and not (same and token.content_id == same[0].token.content_id)
    ]
    return SearchResult(tuple([*same, *near][:limit]), findings.notes)
