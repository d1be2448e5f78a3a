"""Verify some bytes: identical to a token's, an altered copy of one, or unknown."""

from __future__ import annotations

from collections.abc import Sequence

from assay.content.limits import check_size
from assay.content.model import Authentication, Token, Verdict
from assay.content.ports import ContentContract, ContentIndex
from assay.content.records import confirm
from assay.content.use_cases.matching import Matcher, matcher_for
from assay.content.use_cases.show import find_token
from assay.core.digest import Digest


def verify_content(
    data: bytes, *, contract: ContentContract, index: ContentIndex, matchers: Sequence[Matcher]
) -> Authentication:
    """Compare with every minted content; the chain confirms what the index proposes.

    Raises:
        ContentTooLarge: more than 50 MB.
    """
    check_size(data)
    content_id = Digest.of(data)
    token = find_token(content_id, contract=contract, index=index)
    if token is not None:
        same = f"SHA-256 {content_id} is the id of a token"
        evidence: tuple[str, ...] = (same, _confirmation(token))
        return Authentication(Verdict.IDENTICAL, 1.0, 1.0, token, (), evidence)
    evidence = (f"SHA-256 {content_id} is no token of {contract.address}",)
    if missing := len(index.without_fingerprint()):
        evidence += (f"{missing} contents could not be compared: their metadata is not here",)
    return _judge(data, evidence, matcher_for(data, matchers), contract)


def _judge(
    data: bytes, evidence: tuple[str, ...], matcher: Matcher, contract: ContentContract
) -> Authentication:
    """The nearest copy that the chain, and the stored content where it is here, bear out."""
    findings = matcher.find(data)
    evidence += findings.notes
    copies = [match for match in findings.matches if match.is_copy]
    others = [match for match in findings.matches if not match.is_copy]
    tokens = confirm([match.minting for match in copies], contract)
    for match, token in zip(copies, tokens, strict=True):
        if token is None:
            continue
        checked = matcher.recheck(data, match)
        if not checked.is_copy:
            others.append(checked)
            continue
        evidence += (*checked.evidence, _confirmation(token))
        return Authentication(
            Verdict.ALTERED,
            checked.similarity,
            checked.confidence,
            token,
            checked.transforms,
            evidence,
            checked.overlay() if checked.overlay else None,
        )
    if not others:
        return Authentication(Verdict.UNKNOWN, 0.0, 0.0, None, (), evidence)
    nearest = max(others, key=lambda match: match.similarity)
    evidence += nearest.evidence
    return Authentication(Verdict.UNKNOWN, nearest.similarity, 0.0, None, (), evidence)


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
