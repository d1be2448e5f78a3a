"""What chain and fingerprint make of credentials that were read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assay.content.credentials.model import (
    CredentialClaim,
    Credentials,
    CredentialState,
    Origin,
)
from assay.content.credentials.weighing import (
    ChainFacts,
    Kind,
    TokenStanding,
    Weighed,
    weigh_credentials,
)
from assay.core.address import parse_address
from assay.core.digest import Digest

CREATOR = parse_address("0x" + "a1" * 20)
BUYER = parse_address("0x" + "b0" * 20)
CONTRACT = parse_address("0x" + "c0" * 20)
CONTENT = Digest.of(b"picture")
OTHER = Digest.of(b"another picture")
CLAIM = CredentialClaim(
    chain_id=1,
    contract=CONTRACT,
    token_id=CONTENT,
    content_digest=CONTENT,
    creator=CREATOR,
    origin=Origin.GENERATED,
    generator="digits 1",
    signed_at=1_800_000_000,
)
VALID = Credentials(
    CredentialState.VALID, False, "The manifest is intact.", claim=CLAIM, bound=True
)
ABSENT = Credentials(CredentialState.ABSENT, False, "The file holds none.")
STANDING = TokenStanding(creator=CREATOR, owner=CREATOR)
FACTS = ChainFacts(1, CONTRACT, STANDING, CONTENT)


def kinds(weighed: Weighed) -> list[Kind]:
    return [one.kind for one in weighed.disagreements]


def test_the_creators_own_credentials_are_trusted_without_any_authority() -> None:
    weighed = weigh_credentials(VALID, FACTS)

    assert weighed.credentials.trusted
    assert kinds(weighed) == []
    assert "the account that minted the token vouches" in weighed.credentials.reason


def test_an_expired_certificate_is_mentioned() -> None:
    expired = replace(VALID, codes=("signingCredential.expired",))

    weighed = weigh_credentials(expired, FACTS)

    assert weighed.credentials.trusted
    assert "has expired since" in weighed.credentials.reason


def test_a_sold_token_is_mentioned_and_does_no_harm() -> None:
    sold = replace(FACTS, claimed=replace(STANDING, owner=BUYER))

    weighed = weigh_credentials(VALID, sold)

    assert weighed.credentials.trusted
    assert kinds(weighed) == [Kind.OWNED_BY_ANOTHER]
    assert BUYER in weighed.disagreements[0].text


@pytest.mark.parametrize(
    ("credentials", "facts", "kind"),
    [
        (VALID, replace(FACTS, chain_id=2), Kind.OTHER_CHAIN),
        (VALID, replace(FACTS, contract=BUYER), Kind.OTHER_CONTRACT),
        (VALID, replace(FACTS, claimed=None), Kind.NOT_MINTED),
        (VALID, replace(FACTS, claimed=replace(STANDING, owner=None, burnt=True)), Kind.BURNT),
        (VALID, replace(FACTS, claimed=replace(STANDING, revoked=True)), Kind.REVOKED),
        (VALID, replace(FACTS, claimed=replace(STANDING, creator=BUYER)), Kind.OTHER_CREATOR),
        (replace(VALID, bound=False, anchored=True), FACTS, Kind.NOT_VOUCHED_FOR),
        (VALID, replace(FACTS, recognised=OTHER), Kind.OTHER_CONTENT),
        (
            replace(VALID, claim=replace(CLAIM, content_digest=OTHER)),
            replace(FACTS, recognised=None),
            Kind.OTHER_CONTENT,
        ),
    ],
)
def test_a_contradiction_takes_the_trust_and_says_why(
    credentials: Credentials, facts: ChainFacts, kind: Kind
) -> None:
    weighed = weigh_credentials(replace(credentials, trusted=True), facts)

    assert not weighed.credentials.trusted
    assert kind in kinds(weighed)
    assert weighed.credentials.state is CredentialState.VALID
    assert weighed.credentials.reason.startswith("The manifest is intact, but ")


def test_the_reason_of_a_revocation_is_told() -> None:
    revoked = replace(STANDING, revoked=True, revocation="consent")

    weighed = weigh_credentials(VALID, replace(FACTS, claimed=revoked))

    assert weighed.disagreements[0].text == f"The creator has revoked token {CONTENT}: consent."


def test_a_burnt_and_revoked_token_is_both() -> None:
    gone = TokenStanding(creator=CREATOR, owner=None, burnt=True, revoked=True)

    assert kinds(weigh_credentials(VALID, replace(FACTS, claimed=gone))) == [
        Kind.REVOKED,
        Kind.BURNT,
    ]


def test_a_stripped_copy_of_known_content_is_told() -> None:
    weighed = weigh_credentials(ABSENT, FACTS)

    assert kinds(weighed) == [Kind.STRIPPED]
    assert not weighed.credentials.trusted


def test_nothing_is_said_of_unknown_files_without_credentials() -> None:
    assert kinds(weigh_credentials(ABSENT, replace(FACTS, recognised=None))) == []


BROKEN = replace(VALID, state=CredentialState.INVALID, codes=("assertion.dataHash.mismatch",))


@pytest.mark.parametrize(
    ("recognised", "kind"),
    [(CONTENT, Kind.ALTERED), (None, Kind.COPIED), (OTHER, Kind.OTHER_CONTENT)],
)
def test_an_edit_is_told_from_a_manifest_on_another_picture(
    recognised: Digest | None, kind: Kind
) -> None:
    weighed = weigh_credentials(BROKEN, replace(FACTS, recognised=recognised))

    assert kinds(weighed) == [kind]
    assert not weighed.credentials.trusted


def test_no_copy_is_alleged_where_no_fingerprint_was_compared() -> None:
    unseen = replace(FACTS, recognised=None, compared=False)

    assert kinds(weigh_credentials(BROKEN, unseen)) == []


def test_without_a_known_creator_an_authority_is_needed() -> None:
    unknown = replace(FACTS, claimed=replace(STANDING, creator=None))

    assert not weigh_credentials(VALID, unknown).credentials.trusted
    assert weigh_credentials(replace(VALID, anchored=True), unknown).credentials.trusted


def test_a_manifest_that_names_no_token_keeps_the_trust_of_its_authority() -> None:
    unrelated = replace(VALID, claim=None, bound=False, anchored=True, trusted=True)

    weighed = weigh_credentials(unrelated, FACTS)

    assert weighed.credentials.trusted
    assert kinds(weighed) == [Kind.NAMES_NO_TOKEN]


def test_json_has_the_fixed_fields_and_the_disagreements() -> None:
    value = weigh_credentials(VALID, replace(FACTS, recognised=OTHER)).as_json()

    assert value["state"] == "valid"
    assert value["trusted"] is False
    assert isinstance(value["reason"], str)
    assert [one["kind"] for one in value["disagreements"]] == ["other-content"]
