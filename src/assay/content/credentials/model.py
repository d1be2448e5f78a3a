"""Content credentials as values: what a manifest says of a token, and what became of reading it.

A file with credentials is a *rendition* of content: without its manifest it is the content again,
whose SHA-256 is the token's id.

    claim = CredentialClaim(chain_id=1, contract=..., token_id=content_id, ...)
    CredentialClaim.from_assertion(claim.as_assertion()) == claim
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from assay.content.credentials.errors import ClaimMalformed
from assay.core.address import Address, parse_address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError

SCHEMA = "credential/1"
TOKEN_LABEL = "org.assay.token"  # noqa: S105 - the label of an assertion, no secret
BINDING_LABEL = "org.assay.binding"
GENERATOR_LIMIT = 200
_LAST_SECOND = 253_402_300_799  # 9999-12-31T23:59:59Z, the last that dates are written for


class Origin(StrEnum):
    """How content came to be, as its creator says; the ends of IPTC's digital source types."""

    GENERATED = "generated"
    COMPOSITE = "composite"
    HUMAN = "human"


@dataclass(frozen=True, slots=True)
class CredentialClaim:
    """What the manifest says of the token; the data of the assertion `org.assay.token`.

    Attributes:
        token_id: the token's id; equal to `content_digest` for tokens of one content each.
        content_digest: SHA-256 of the file without its manifest.
        creator: the account that minted the token and signed the binding.
        generator: name of the model or program that made the content; the `softwareAgent`.
        model: id of the model's asset, where registered.
        recipe: CID of the recipe that makes the same bytes again, where there is one.
        signed_at: seconds since 1970, by the creator's own clock.
    """

    chain_id: int
    contract: Address
    token_id: Digest
    content_digest: Digest
    creator: Address
    origin: Origin
    generator: str
    signed_at: int
    model: Digest | None = None
    recipe: Cid | None = None

    def __post_init__(self) -> None:
        if not 0 < self.chain_id < 2**63:
            raise ClaimMalformed(f"{self.chain_id} is no chain id")
        if not 0 <= self.signed_at <= _LAST_SECOND:
            raise ClaimMalformed(f"{self.signed_at} is no time")
        if not 0 < len(self.generator) <= GENERATOR_LIMIT:
            raise ClaimMalformed(f"a generator's name has 1 to {GENERATOR_LIMIT} characters")

    def as_assertion(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "assay": SCHEMA,
            "chain_id": self.chain_id,
            "contract": self.contract,
            "token_id": self.token_id.hex,
            "content_digest": self.content_digest.hex,
            "creator": self.creator,
            "origin": self.origin.value,
            "generator": self.generator,
            "signed_at": self.signed_at,
            "model": self.model.hex if self.model else None,
            "recipe": str(self.recipe) if self.recipe else None,
        }

    @classmethod
    def from_assertion(cls, value: Any) -> CredentialClaim:
        """Read what `as_assertion` wrote.

        Raises:
            ClaimMalformed: a field is missing, unknown or of another type; an unknown schema.
        """
        try:
            if value["assay"] != SCHEMA:
                raise ClaimMalformed(f"schema {str(value['assay'])[:40]!r} is unknown")
            claim = cls(
                chain_id=_whole(value["chain_id"]),
                contract=parse_address(value["contract"]),
                token_id=Digest.parse(value["token_id"]),
                content_digest=Digest.parse(value["content_digest"]),
                creator=parse_address(value["creator"]),
                origin=Origin(value["origin"]),
                generator=_text(value["generator"]),
                signed_at=_whole(value["signed_at"]),
                model=Digest.parse(value["model"]) if value["model"] is not None else None,
                recipe=Cid.parse(value["recipe"]) if value["recipe"] is not None else None,
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ClaimMalformed(f"{type(error).__name__}: {error}"[:200]) from None
        except InputError as error:
            raise ClaimMalformed(str(error)) from None
        if claim.as_assertion() != value:
            raise ClaimMalformed("it has fields or spellings that the schema lacks")
        return claim


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError(f"{value!r} is no text")
    return value


class CreatorKey(Protocol):
    """The account that minted the token; `assay.chain.account.Account` is one."""

    @property
    def address(self) -> Address:
        """Its address."""
        ...

    def sign_typed_data(
        self,
        domain: Mapping[str, Any],
        types: Mapping[str, Sequence[Mapping[str, str]]],
        primary_type: str,
        message: Mapping[str, Any],
    ) -> bytes:
        """Sign by EIP-712; 65 bytes."""
        ...


# (domain, types, primary type, message, signature) -> the address that signed.
# Raises an IntegrityError or InputError where there is none.
RecoverTypedData = Callable[
    [Mapping[str, Any], Mapping[str, Sequence[Mapping[str, str]]], str, Mapping[str, Any], bytes],
    Address,
]


@dataclass(frozen=True, slots=True)
class CredentialSigner:
    """Who signs: a certificate with its key, and the account that vouches for the certificate.

    Attributes:
        chain: certificates as PEM, the signer's first.
        key: its private key as PKCS #8 PEM without a password; never shown.
        algorithm: as C2PA names it: es256, es384, es512, ps256, ps384, ps512 or ed25519.
    """

    chain: str
    key: bytes = field(repr=False)
    algorithm: str
    creator: CreatorKey


@dataclass(frozen=True, slots=True)
class TrustAnchors:
    """Whom a reader believes without asking a chain.

    Attributes:
        certificates: certificates of authorities as PEM, any number in a row; "" for none.
        recover: who signed typed data; without it no binding to an account can be checked.
    """

    certificates: str = ""
    recover: RecoverTypedData | None = None


@dataclass(frozen=True, slots=True)
class Rendition:
    """A file with credentials.

    Attributes:
        data: the file; the content as it was where `sidecar`.
        manifest: the manifest store by itself, which a `.c2pa` file holds.
        sidecar: the manifest is not in the file and has to be kept beside it.
        restorable: `strip_credentials(data)` gives the content's very bytes again.
        note: why it is a sidecar or not restorable; "" where there is nothing to say.
    """

    data: bytes
    manifest: bytes
    sidecar: bool
    restorable: bool
    note: str = ""

    @property
    def digest(self) -> Digest:
        """SHA-256 of the file as it is handed out; the content's own where `sidecar`."""
        return Digest.of(self.data)


class CredentialState(StrEnum):
    """What a file's credentials are."""

    VALID = "valid"
    INVALID = "invalid"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Certificate:
    """The signer's certificate.

    Attributes:
        fingerprint: SHA-256 of its DER form.
        subject: who it is made out to.
        issuer: which authority signed it.
        not_before: first second that it is in force, since 1970; `not_after` the last.
    """

    fingerprint: Digest
    subject: str
    issuer: str
    not_before: int
    not_after: int

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "fingerprint": self.fingerprint.hex,
            "subject": self.subject,
            "issuer": self.issuer,
            "not_before": self.not_before,
            "not_after": self.not_after,
        }


@dataclass(frozen=True, slots=True)
class Credentials:
    """What became of reading a file's credentials.

    Attributes:
        trusted: valid, and somebody whom the reader believes vouches for the certificate; what
            that means exactly stands in docs/credentials.md.
        reason: one or two sentences in plain words.
        claim: what the manifest says of a token; None where it names none or cannot be read.
        certificate: the signer's, where it can be read.
        anchored: the certificate leads to one of the reader's authorities and is in force.
        bound: the claim's creator signed for this certificate and this content.
        content_matches: the file without its manifest is what the claim names; None where that
            cannot be told (no claim, or a format that is not restored exactly).
        generated: the manifest says that a model made it, wholly or in part; None if it is silent.
        codes: C2PA's codes of what failed.
    """

    state: CredentialState
    trusted: bool
    reason: str
    claim: CredentialClaim | None = None
    certificate: Certificate | None = None
    anchored: bool = False
    bound: bool = False
    content_matches: bool | None = None
    generated: bool | None = None
    codes: tuple[str, ...] = ()

    @property
    def signer(self) -> str:
        """Who the certificate is made out to; "" where there is none."""
        return self.certificate.subject if self.certificate else ""

    @property
    def expired(self) -> bool:
        """Whether the certificate is out of its time now."""
        return "signingCredential.expired" in self.codes

    def as_json(self) -> dict[str, Any]:
        """The `credentials` of `assay content verify --json`."""
        return {
            "state": self.state.value,
            "trusted": self.trusted,
            "reason": self.reason,
            "signer": self.signer,
            "claim": self.claim.as_assertion() if self.claim else None,
            "certificate": self.certificate.as_json() if self.certificate else None,
            "anchored": self.anchored,
            "bound": self.bound,
            "content_matches": self.content_matches,
            "generated": self.generated,
            "codes": list(self.codes),
        }
