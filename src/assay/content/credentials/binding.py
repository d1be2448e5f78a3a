"""The creator's account vouches for the certificate that signs a manifest, by EIP-712.

Anybody can make a certificate in anybody's name. So the account that minted the token signs, once
for each manifest, which certificate speaks for it, of which content, and what it says. A stranger
recovers the account from the signature and compares it with the creator that the chain names: no
authority is needed in between.
"""

from __future__ import annotations

from typing import Any

from assay.content.credentials.errors import BindingInvalid
from assay.content.credentials.model import CreatorKey, CredentialClaim, RecoverTypedData
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError

SCHEME = "eip-712/ContentCredential"
PRIMARY_TYPE = "ContentCredential"
TYPES = {
    PRIMARY_TYPE: [
        {"name": "tokenId", "type": "uint256"},
        {"name": "contentDigest", "type": "bytes32"},
        {"name": "certificate", "type": "bytes32"},
        {"name": "claim", "type": "bytes32"},
        {"name": "signedAt", "type": "uint64"},
    ]
}


def binding_domain(claim: CredentialClaim) -> dict[str, Any]:
    """The EIP-712 domain: this purpose, on the token's chain and contract."""
    return {
        "name": "Assay Content Credentials",
        "version": "1",
        "chainId": claim.chain_id,
        "verifyingContract": claim.contract,
    }


def binding_message(claim: CredentialClaim, certificate: Digest) -> dict[str, Any]:
    """What is signed; `claim` in it is SHA-256 of the assertion's canonical JSON.

    Args:
        certificate: SHA-256 of the DER form of the certificate that signs the manifest.
    """
    return {
        "tokenId": claim.token_id.token_id,
        "contentDigest": claim.content_digest.raw,
        "certificate": certificate.raw,
        "claim": Digest.of(canonical_json(claim.as_assertion())).raw,
        "signedAt": claim.signed_at,
    }


def sign_binding(
    claim: CredentialClaim, certificate: Digest, creator: CreatorKey
) -> dict[str, Any]:
    """The data of the assertion `org.assay.binding`."""
    signature = creator.sign_typed_data(
        binding_domain(claim), TYPES, PRIMARY_TYPE, binding_message(claim, certificate)
    )
    return {
        "scheme": SCHEME,
        "certificate": certificate.hex,
        "signature": "0x" + signature.hex(),
    }


def check_binding(
    assertion: Any,
    claim: CredentialClaim,
    certificate: Digest | None,
    recover: RecoverTypedData | None,
) -> None:
    """Whether the claim's creator vouches for this certificate, this content and this claim.

    Raises:
        BindingInvalid: not so; its `detail` says why, in plain words.
    """
    if assertion is None:
        raise BindingInvalid("no account vouches for the certificate")
    if recover is None:
        raise BindingInvalid("the account's signature was not checked")
    if certificate is None:
        raise BindingInvalid("the certificate in the manifest cannot be read")
    vouched_for, signature = _parsed(assertion)
    if vouched_for != certificate:
        raise BindingInvalid("the account vouched for another certificate than the one that signed")
    message = binding_message(claim, certificate)
    try:
        signer = recover(binding_domain(claim), TYPES, PRIMARY_TYPE, message, signature)
    except (InputError, IntegrityError) as error:
        raise BindingInvalid(f"the account's signature does not hold: {error}") from None
    if signer != claim.creator:
        raise BindingInvalid(f"the key of {signer} signed it, not that of {claim.creator}")


def _parsed(assertion: Any) -> tuple[Digest, bytes]:
    """The certificate that was vouched for, and the signature."""
    try:
        if assertion["scheme"] != SCHEME:
            raise BindingInvalid(f"the scheme {str(assertion['scheme'])[:40]!r} is unknown")
        signature = bytes.fromhex(assertion["signature"].removeprefix("0x"))
        return Digest.parse(assertion["certificate"]), signature
    except (KeyError, TypeError, ValueError, AttributeError, InputError):
        raise BindingInvalid("the account's signature is malformed") from None
