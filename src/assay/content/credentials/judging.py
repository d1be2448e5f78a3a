"""From what the C2PA library found to one state and its reason.

C2PA decides whether the manifest is intact and fits the file. What it does not know is added here:
whether the content is the one that the manifest names, and whether the creator's account vouches
for the certificate. That account's signature also says when the manifest was signed, which C2PA
believes only a time stamping authority: a certificate may expire, the account's word does not.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from assay.content.credentials.binding import check_binding
from assay.content.credentials.errors import BindingInvalid, ClaimMalformed
from assay.content.credentials.manifest import binding_in, claim_in, says_generated
from assay.content.credentials.model import (
    Certificate,
    CredentialClaim,
    Credentials,
    CredentialState,
    RecoverTypedData,
)
from assay.content.credentials.reasons import EXPIRED, OTHER_BYTES, TRUSTED, UNTRUSTED, explain
from assay.core.digest import Digest

_INTACT = {"Valid", "Trusted"}


def judge(
    answer: dict[str, Any], content: Digest | None, recover: RecoverTypedData | None
) -> Credentials:
    """The verdict on one manifest.

    Args:
        answer: the library's `report`, and the `certificate` that signed where it can be read.
        content: of the file without its manifest; None where that cannot be told.
        recover: who signed typed data.
    """
    report = answer["report"]
    results = report.get("validation_results", {}).get("activeManifest", {})
    failed = tuple(dict.fromkeys(str(one["code"]) for one in results.get("failure", [])))
    assertions = report["manifests"][report["active_manifest"]].get("assertions", [])
    certificate = _certificate(answer.get("certificate"))
    facts: dict[str, Any] = {
        "certificate": certificate,
        "anchored": TRUSTED in {one["code"] for one in results.get("success", [])}
        and UNTRUSTED not in failed,
        "generated": says_generated(assertions),
        "codes": failed,
    }
    try:
        claim = claim_in(assertions)
    except ClaimMalformed as error:
        return invalid(str(error), **facts)
    fault = _binding_fault(assertions, claim, certificate, recover)
    facts |= {
        "claim": claim,
        "bound": claim is not None and fault is None,
        "content_matches": content == claim.content_digest if claim and content else None,
    }
    if problem := _problem(failed, facts["content_matches"], report.get("validation_state")):
        return invalid(problem, **facts)
    if EXPIRED in failed and (problem := _expiry(claim, certificate, facts["bound"])):
        return invalid(problem, **facts)
    trusted = facts["anchored"] and (claim is None or facts["bound"])
    reason = _reason(facts["anchored"], facts["bound"], fault, EXPIRED in failed)
    return Credentials(CredentialState.VALID, trusted, reason, **facts)


def invalid(reason: str, **facts: Any) -> Credentials:
    """Credentials that do not hold."""
    return Credentials(CredentialState.INVALID, False, reason, **facts)


def _binding_fault(
    assertions: list[dict[str, Any]],
    claim: CredentialClaim | None,
    certificate: Certificate | None,
    recover: RecoverTypedData | None,
) -> str | None:
    """Why the creator's account does not vouch for the manifest; None where it does."""
    if claim is None:
        return None
    known = certificate.fingerprint if certificate else None
    try:
        check_binding(binding_in(assertions), claim, known, recover)
    except BindingInvalid as error:
        return error.detail
    return None


def _problem(
    failed: tuple[str, ...], content_matches: bool | None, state: str | None
) -> str | None:
    """What is wrong with the manifest, apart from its certificate's time."""
    serious = [code for code in failed if code not in {UNTRUSTED, EXPIRED}]
    if serious:
        return _sentence(explain(serious))
    if state not in _INTACT and EXPIRED not in failed:
        return "The manifest of an earlier file in it, or a part that has no code, does not hold."
    return _sentence(OTHER_BYTES) if content_matches is False else None


def _expiry(
    claim: CredentialClaim | None, certificate: Certificate | None, bound: bool
) -> str | None:
    """Why an expired certificate does not do; None where the account's word helps."""
    if certificate is None:
        return _sentence(explain([EXPIRED]))
    span = (
        f"The certificate is in force from {_date(certificate.not_before)} to "
        f"{_date(certificate.not_after)} only"
    )
    if claim is None:
        return f"{span}, and nothing says when the manifest was signed."
    if not certificate.not_before <= claim.signed_at <= certificate.not_after:
        return f"{span}, and the manifest says it was signed on {_date(claim.signed_at)}."
    if not bound:
        return (
            f"{span}; the manifest says it was signed then, on {_date(claim.signed_at)}, but "
            "neither a time stamp nor the creator's account confirms that."
        )
    return None


def _reason(anchored: bool, bound: bool, fault: str | None, expired: bool) -> str:
    """Why valid credentials are trusted, or are not."""
    if expired:
        return (
            "The manifest is intact. Its certificate has expired, but was in force when the "
            "creator's account signed for it; the chain tells whether that is the token's creator."
        )
    if fault is not None:
        return f"The manifest is intact, but {fault}."
    if bound and anchored:
        return (
            "The manifest is intact, its certificate leads to a known authority, and the "
            "creator's account vouches for it."
        )
    if bound:
        return (
            "The manifest is intact and the account that it names as creator vouches for it; no "
            "known authority does. The chain tells whether that is the token's creator."
        )
    if anchored:
        return "The manifest is intact and its certificate leads to a known authority."
    return "The manifest is intact, but nobody who is known here vouches for its certificate."


def _certificate(value: Any) -> Certificate | None:
    if value is None:
        return None
    return Certificate(**{**value, "fingerprint": Digest.parse(value["fingerprint"])})


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _date(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, tz=UTC):%Y-%m-%d}"
