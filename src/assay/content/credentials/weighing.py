"""What a file's credentials say, held against what chain and fingerprint say. Pure.

    weighed = weigh_credentials(read_credentials(data, trust=trust), facts)
    weighed.credentials.trusted, [one.text for one in weighed.disagreements]

Reading tells whether a manifest is intact; here it is decided whether it is to be believed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from assay.content.credentials.model import (
    CredentialClaim,
    Credentials,
    CredentialState,
)
from assay.content.credentials.reasons import OTHER_BYTES_CODES
from assay.core.address import Address
from assay.core.digest import Digest


@dataclass(frozen=True, slots=True)
class TokenStanding:
    """What the contract says of the token that a manifest names.

    Attributes:
        creator: who minted it; None where that is not known here.
        owner: None for a burnt token.
        revoked: its creator took it back; `revocation` is the reason that was given.
    """

    creator: Address | None
    owner: Address | None
    burnt: bool = False
    revoked: bool = False
    revocation: str = ""


@dataclass(frozen=True, slots=True)
class ChainFacts:
    """What a reader knows besides the manifest.

    Attributes:
        chain_id: of the chain that was asked, and `contract` of the content contract on it.
        claimed: the standing of the token that the manifest names; None where none is minted.
        recognised: the token that the bytes or the fingerprint say the file is, or is a copy of.
        compared: the fingerprint was asked; else only the bytes were.
    """

    chain_id: int
    contract: Address
    claimed: TokenStanding | None
    recognised: Digest | None
    compared: bool = True


class Kind(StrEnum):
    """What disagrees with what."""

    STRIPPED = "stripped"
    NAMES_NO_TOKEN = "names-no-token"  # noqa: S105 - a kind, no secret
    OTHER_CHAIN = "other-chain"
    OTHER_CONTRACT = "other-contract"
    NOT_MINTED = "not-minted"
    BURNT = "burnt"
    REVOKED = "revoked"
    OWNED_BY_ANOTHER = "owned-by-another"
    OTHER_CREATOR = "other-creator"
    NOT_VOUCHED_FOR = "not-vouched-for"
    OTHER_CONTENT = "other-content"
    ALTERED = "altered"
    COPIED = "copied"


_HARMLESS = {Kind.STRIPPED, Kind.NAMES_NO_TOKEN, Kind.OWNED_BY_ANOTHER}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One contradiction, in plain words.

    Attributes:
        harmless: worth knowing, but it speaks against nothing that the manifest says.
    """

    kind: Kind
    text: str

    @property
    def harmless(self) -> bool:
        """Whether credentials may be trusted all the same."""
        return self.kind in _HARMLESS

    def as_json(self) -> dict[str, str]:
        """The fields as JSON values."""
        return {"kind": self.kind.value, "text": self.text}


@dataclass(frozen=True, slots=True)
class Weighed:
    """Credentials with the final word on trust, and what speaks against them."""

    credentials: Credentials
    disagreements: tuple[Disagreement, ...]

    def as_json(self) -> dict[str, Any]:
        """The `credentials` of `assay content verify --json`."""
        disagreements = [one.as_json() for one in self.disagreements]
        return {**self.credentials.as_json(), "disagreements": disagreements}


def weigh_credentials(credentials: Credentials, facts: ChainFacts) -> Weighed:
    """Whether credentials are trusted, and all that disagrees with them.

    They are trusted when they are valid, nothing but the harmless disagrees, and either

    - they name a token, the account that they name as its creator vouches for the certificate, and
      the chain names the same creator, or no creator is known and an authority is; or
    - they name no token, and the certificate leads to a known authority.
    """
    found = disagreements(credentials, facts)
    grave = [one for one in found if not one.harmless]
    if credentials.state is not CredentialState.VALID:
        return Weighed(replace(credentials, trusted=False), found)
    if grave:
        reason = f"The manifest is intact, but {grave[0].text[0].lower()}{grave[0].text[1:]}"
        return Weighed(replace(credentials, trusted=False, reason=reason), found)
    if credentials.claim is None:
        return Weighed(credentials, found)
    confirmed = facts.claimed is not None and facts.claimed.creator == credentials.claim.creator
    if not (credentials.bound and (confirmed or credentials.anchored)):
        return Weighed(replace(credentials, trusted=False), found)
    reason = _why_trusted(confirmed, credentials)
    return Weighed(replace(credentials, trusted=True, reason=reason), found)


def disagreements(credentials: Credentials, facts: ChainFacts) -> tuple[Disagreement, ...]:
    """Every contradiction between manifest, chain and fingerprint; the gravest kinds first."""
    claim = credentials.claim
    if claim is None:
        return _without_claim(credentials, facts)
    found = [*_other_content(credentials, claim, facts)]
    if claim.chain_id != facts.chain_id:
        text = f"It names a token on chain {claim.chain_id}; this is chain {facts.chain_id}."
        return (*found, Disagreement(Kind.OTHER_CHAIN, text))
    if claim.contract != facts.contract:
        text = (
            f"It names a token of the contract {claim.contract}; content is minted by "
            f"{facts.contract} here."
        )
        return (*found, Disagreement(Kind.OTHER_CONTRACT, text))
    if facts.claimed is None:
        text = f"The token {claim.token_id} that it names is not minted."
        return (*found, Disagreement(Kind.NOT_MINTED, text))
    return (
        *found,
        *_other_creator(credentials, claim, facts.claimed),
        *_standing(claim, facts.claimed),
    )


def _without_claim(credentials: Credentials, facts: ChainFacts) -> tuple[Disagreement, ...]:
    if facts.recognised is None:
        return ()
    if credentials.state is CredentialState.ABSENT:
        text = (
            f"The file is recognised as token {facts.recognised}, but holds no credentials: they "
            "were taken out, or never written into it."
        )
        return (Disagreement(Kind.STRIPPED, text),)
    text = f"The manifest names no token; the file is recognised as token {facts.recognised}."
    return (Disagreement(Kind.NAMES_NO_TOKEN, text),)


def _other_content(
    credentials: Credentials, claim: CredentialClaim, facts: ChainFacts
) -> list[Disagreement]:
    """Whether the manifest is on the file that it was made for."""
    named, seen = claim.token_id, facts.recognised
    if named != claim.content_digest:
        text = f"It names token {named}, but the content {claim.content_digest}."
        return [Disagreement(Kind.OTHER_CONTENT, text)]
    if seen is not None and seen != named:
        text = (
            f"It names token {named}, but the file is recognised as token {seen}: the manifest was "
            "copied onto another file."
        )
        return [Disagreement(Kind.OTHER_CONTENT, text)]
    other_bytes = credentials.content_matches is False or OTHER_BYTES_CODES & set(credentials.codes)
    if not other_bytes or (seen is None and not facts.compared):
        return []
    if seen == named:
        text = f"The file was edited after signing; it is still recognised as token {named}."
        return [Disagreement(Kind.ALTERED, text)]
    text = f"The file is not recognised as token {named}: the manifest was copied onto it."
    return [Disagreement(Kind.COPIED, text)]


def _other_creator(
    credentials: Credentials, claim: CredentialClaim, standing: TokenStanding
) -> list[Disagreement]:
    if standing.creator is not None and standing.creator != claim.creator:
        text = (
            f"It names {claim.creator} as creator, but the chain says that {standing.creator} "
            "minted the token."
        )
        return [Disagreement(Kind.OTHER_CREATOR, text)]
    if not credentials.bound:
        text = (
            f"The creator's account {claim.creator} did not sign for its certificate: anybody can "
            "have made it."
        )
        return [Disagreement(Kind.NOT_VOUCHED_FOR, text)]
    return []


def _standing(claim: CredentialClaim, standing: TokenStanding) -> list[Disagreement]:
    found = []
    if standing.revoked:
        because = f": {standing.revocation}" if standing.revocation else ""
        text = f"The creator has revoked token {claim.token_id}{because}."
        found.append(Disagreement(Kind.REVOKED, text))
    if standing.burnt:
        text = f"Token {claim.token_id} was burnt."
        found.append(Disagreement(Kind.BURNT, text))
    elif standing.owner is not None and standing.owner != claim.creator:
        text = f"The token belongs to {standing.owner} now, not to its creator {claim.creator}."
        found.append(Disagreement(Kind.OWNED_BY_ANOTHER, text))
    return found


def _why_trusted(confirmed: bool, credentials: Credentials) -> str:
    if not confirmed:
        return credentials.reason
    expired = " Its certificate has expired since." if credentials.expired else ""
    return (
        "The manifest is intact, and the account that minted the token vouches for its "
        f"certificate.{expired}"
    )
