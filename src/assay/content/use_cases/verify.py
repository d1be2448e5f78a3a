"""Verify some bytes: identical to a token's, an altered copy of one, or unknown.

Three things are asked and held against each other: the bytes, with and without a manifest; the
fingerprints of what is minted; and the file's content credentials. The chain has the last word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.content.credentials.containers.formats import strip_credentials
from assay.content.credentials.model import TrustAnchors
from assay.content.credentials.weighing import Weighed
from assay.content.limits import check_size
from assay.content.model import Authentication, Token, Verdict
from assay.content.ports import ContentContract, ContentIndex, ReviewRecords
from assay.content.records import confirm
from assay.content.use_cases.credentials import read_file_credentials
from assay.content.use_cases.matching import Match, Matcher, matcher_for
from assay.content.use_cases.show import find_token
from assay.core.digest import Digest

_EARLIER_SHOWN = 3


def verify_content(
    data: bytes,
    *,
    contract: ContentContract,
    index: ContentIndex,
    matchers: Sequence[Matcher],
    reviews: ReviewRecords,
    trust: TrustAnchors,
    sidecar: bytes | None = None,
) -> Authentication:
    """Compare with every minted content; the chain confirms what the index proposes.

    Args:
        trust: whose credentials are believed without asking the chain.
        sidecar: credentials that lie beside the file, as those of texts do.

    Raises:
        ContentTooLarge: more than 50 MB.
    """
    check_size(data)
    seen = _exact(data, contract, index) or _compared(data, contract, index, matchers)
    weighed = read_file_credentials(
        data,
        sidecar=sidecar,
        trust=trust,
        contract=contract,
        index=index,
        recognised=seen.token.content_id if seen.token else None,
    )
    seen = replace(seen, credentials=weighed)
    if seen.token is None:
        seen = _vouched_for(seen, weighed, contract, index)
    if seen.token is None:
        return seen
    return replace(seen, reviews=reviews.outcomes(seen.token.content_id))


def _exact(data: bytes, contract: ContentContract, index: ContentIndex) -> Authentication | None:
    """The token with these very bytes, with or without the manifest in them."""
    for bytes_, what in ((data, "SHA-256"), (strip_credentials(data), "without its manifest")):
        content_id = Digest.of(bytes_)
        token = find_token(content_id, contract=contract, index=index)
        if token is not None:
            same = f"{what} {content_id} is the id of a token"
            evidence = (same, confirmation(token))
            return Authentication(Verdict.IDENTICAL, 1.0, 1.0, token, (), evidence)
    return None


def _compared(
    data: bytes, contract: ContentContract, index: ContentIndex, matchers: Sequence[Matcher]
) -> Authentication:
    """The nearest copy that the chain, and the stored content where it is here, bear out."""
    evidence: tuple[str, ...] = (f"SHA-256 {Digest.of(data)} is no token of {contract.address}",)
    if missing := len(index.without_fingerprint()):
        evidence += (f"{missing} contents could not be compared: their metadata is not here",)
    matcher = matcher_for(data, matchers)
    findings = matcher.find(data)
    evidence += findings.notes
    copies = [match for match in findings.matches if match.is_copy]
    others = [match for match in findings.matches if not match.is_copy]
    tokens = confirm([match.minting for match in copies], contract)
    confirmed = [(one, token) for one, token in zip(copies, tokens, strict=True) if token]
    chosen, refuted = _choose(data, matcher, confirmed)
    if chosen is not None:
        match, token = chosen
        return Authentication(
            Verdict.ALTERED,
            match.similarity,
            match.confidence,
            token,
            match.transforms,
            (*evidence, *match.evidence, confirmation(token), *_earlier(token, confirmed, refuted)),
            match.overlay() if match.overlay else None,
        )
    others += refuted
    if not others:
        return Authentication(Verdict.UNKNOWN, 0.0, 0.0, None, (), evidence)
    nearest = max(others, key=lambda match: match.similarity)
    evidence += nearest.evidence
    return Authentication(Verdict.UNKNOWN, nearest.similarity, 0.0, None, (), evidence)


def _choose(
    data: bytes, matcher: Matcher, copies: Sequence[tuple[Match, Token]]
) -> tuple[tuple[Match, Token] | None, list[Match]]:
    """The copy to be named, and those that their own content refutes.

    The nearest is named, of equally near ones the earliest; but a minter can claim any fingerprint,
    so one that is borne out by content that is here goes before all that are not.
    """
    claimed: tuple[Match, Token] | None = None
    refuted: list[Match] = []
    for match, token in sorted(copies, key=_precedence):
        checked = matcher.recheck(data, match)
        if checked is None:
            claimed = claimed or (match, token)
        elif checked.is_copy:
            return (checked, token), refuted
        else:
            refuted.append(checked)
    return claimed, refuted


def _precedence(copy: tuple[Match, Token]) -> tuple[bool, float, float, int]:
    match, token = copy
    return (
        not match.same,
        -round(match.similarity, 2),
        -round(match.confidence, 2),
        token.state.minted_at,
    )


def _earlier(
    named: Token, copies: Sequence[tuple[Match, Token]], refuted: Sequence[Match]
) -> list[str]:
    """The first tokens that are older than the named one, and that it is like as well."""
    out = {match.minting.content_id for match in refuted}
    earlier = [
        (token.state.minted_at, token.content_id.hex)
        for _, token in copies
        if token.state.minted_at < named.state.minted_at and token.content_id not in out
    ]
    return [
        f"by its indexed fingerprint it is a copy of {content_id} too, minted earlier, at {time_s}"
        for time_s, content_id in sorted(earlier)[:_EARLIER_SHOWN]
    ]


def _vouched_for(
    seen: Authentication, weighed: Weighed, contract: ContentContract, index: ContentIndex
) -> Authentication:
    """What neither bytes nor fingerprint know, its creator may vouch for: a PDF, for example."""
    claim = weighed.credentials.claim
    if not weighed.credentials.trusted or claim is None:
        return seen
    token = find_token(claim.token_id, contract=contract, index=index)
    if token is None:
        return seen
    vouched = "its content credentials, signed by the token's creator, say that it is a rendition"
    evidence = (*seen.evidence, vouched, confirmation(token))
    return replace(
        seen,
        verdict=Verdict.ALTERED,
        confidence=1.0,
        token=token,
        transforms=("rendition",),
        evidence=evidence,
    )


def confirmation(token: Token) -> str:
    """What the chain says of a token, as evidence."""
    opened = (
        f"its provenance opens with creator {token.provenance.creator}"
        if token.provenance
        else "its mint is not indexed, so its creator is not shown"
    )
    owner = "burnt" if token.state.burnt else f"owner {token.state.owner}"
    revoked = token.state.revocation
    return (
        f"contract {token.contract} on chain {token.chain_id} confirms it: {owner}, minted at "
        f"{token.state.minted_at}; {opened}"
        + (f"; its creator has revoked it: {revoked.reason}" if revoked else "")
    )
