"""What C2PA's status codes mean, in words for people who never heard of them.

The codes are those of the C2PA specification 2.2, section 15.2.
"""

from __future__ import annotations

from collections.abc import Iterable

UNTRUSTED = "signingCredential.untrusted"
EXPIRED = "signingCredential.expired"
TRUSTED = "signingCredential.trusted"
OTHER_BYTES = (
    "the file is not the one that the manifest was signed for: it was edited afterwards, or the "
    "manifest was copied from another file"
)
OTHER_BYTES_CODES = {
    "assertion.dataHash.mismatch",
    "assertion.boxesHash.mismatch",
    "assertion.bmffHash.mismatch",
}
_EDITED = "a statement in the manifest was changed after it was signed"
_REASONS = {
    **dict.fromkeys(OTHER_BYTES_CODES, OTHER_BYTES),
    "assertion.dataHash.malformed": "the manifest's hash of the file is malformed",
    "assertion.hashedURI.mismatch": _EDITED,
    "assertion.missing": "a statement was taken out of the manifest after it was signed",
    "assertion.undeclared": "a statement was put into the manifest after it was signed",
    "assertion.multipleHardBindings": "the manifest names two hashes of the file",
    "claim.hardBindings.missing": "the manifest is not tied to any file",
    "claim.missing": "the manifest has no signed claim",
    "claim.multiple": "the manifest has two claims",
    "claimSignature.missing": "the manifest is not signed",
    "claimSignature.mismatch": (
        "the signature does not fit the manifest: manifest or certificate was changed after signing"
    ),
    "claimSignature.outsideValidity": "it was signed outside the certificate's time",
    "signingCredential.invalid": "the certificate is not one that may sign content credentials",
    "signingCredential.revoked": "the certificate was revoked by its authority",
    EXPIRED: "the certificate is not in force any more, or not yet",
    "ingredient.hashedURI.mismatch": "the manifest of an earlier file in it was changed",
    "algorithm.unsupported": "it is signed by an algorithm that is not allowed",
}
_ERRORS = {
    "_C2paManifest": "it holds several manifest stores, or one that cannot be taken apart",
    "CertificateUnusable": "the signer's certificate is damaged",
    "MemoryError": "reading it needs more memory than is allowed",
}


def explain(codes: Iterable[str]) -> str:
    """One clause a code, joined; the code itself where no words are kept for it."""
    return "; ".join(dict.fromkeys(_REASONS.get(code, f"C2PA says {code}") for code in codes))


def explain_error(kind: str, detail: str) -> str:
    """Why a manifest could not be read at all."""
    return _ERRORS.get(kind) or f"it is damaged ({detail[:200]})"
