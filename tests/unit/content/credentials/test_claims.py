"""The assertion about the token, and the account's signature for it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.chain.account import Account
from assay.chain.signing import recover_typed_data
from assay.content.credentials.binding import check_binding, sign_binding
from assay.content.credentials.errors import BindingInvalid, ClaimMalformed
from assay.content.credentials.manifest import claim_in
from assay.content.credentials.model import TOKEN_LABEL, CredentialClaim, Origin
from assay.core.address import parse_address
from assay.core.cid import Cid
from assay.core.digest import Digest

ACCOUNT = Account(b"\x07" * 32)
CERTIFICATE = Digest.of(b"certificate")
CLAIM = CredentialClaim(
    chain_id=1,
    contract=parse_address("0x" + "c0" * 20),
    token_id=Digest.of(b"content"),
    content_digest=Digest.of(b"content"),
    creator=ACCOUNT.address,
    origin=Origin.GENERATED,
    generator="digits 1",
    signed_at=1_800_000_000,
)
OTHERS: dict[str, Any] = {
    "chain_id": 2,
    "contract": parse_address("0x" + "d0" * 20),
    "token_id": Digest.of(b"other"),
    "content_digest": Digest.of(b"other"),
    "creator": parse_address("0x" + "e0" * 20),
    "origin": Origin.HUMAN,
    "generator": "digits 2",
    "signed_at": 1_800_000_001,
    "model": Digest.of(b"model"),
    "recipe": Cid.parse("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy"),
}
digests = st.binary(min_size=32, max_size=32).map(Digest)
addresses = st.binary(min_size=20, max_size=20).map(lambda raw: parse_address("0x" + raw.hex()))
claims = st.builds(
    CredentialClaim,
    chain_id=st.integers(1, 2**63 - 1),
    contract=addresses,
    token_id=digests,
    content_digest=digests,
    creator=addresses,
    origin=st.sampled_from(Origin),
    generator=st.text(min_size=1, max_size=50),
    signed_at=st.integers(0, 2**31),
    model=st.none() | digests,
    recipe=st.none() | st.just(OTHERS["recipe"]),
)


@given(claims)
def test_a_claim_is_read_as_it_was_written(claim: CredentialClaim) -> None:
    assert CredentialClaim.from_assertion(claim.as_assertion()) == claim


@pytest.mark.parametrize("name", [*CLAIM.as_assertion()])
@pytest.mark.parametrize("value", [None, 7.5, True, "", [], {"a": 1}, "zz" * 101, 2**80, -1])
def test_a_claim_with_a_field_of_another_kind_is_malformed(name: str, value: Any) -> None:
    if value is None and name in {"model", "recipe"}:
        pytest.skip("may be left out")

    with pytest.raises(ClaimMalformed):
        CredentialClaim.from_assertion({**CLAIM.as_assertion(), name: value})


@pytest.mark.parametrize("value", [None, 1, "text", [], {}, {**CLAIM.as_assertion(), "more": 1}])
def test_what_is_no_claim_is_malformed(value: Any) -> None:
    with pytest.raises(ClaimMalformed):
        CredentialClaim.from_assertion(value)


def test_two_claims_in_a_manifest_are_one_too_many() -> None:
    one = {"label": TOKEN_LABEL, "data": CLAIM.as_assertion()}
    two = {"label": f"{TOKEN_LABEL}__2", "data": CLAIM.as_assertion()}

    assert claim_in([one]) == CLAIM
    assert claim_in([]) is None
    with pytest.raises(ClaimMalformed, match="more than one"):
        claim_in([one, two])


@given(claims)
def test_the_account_vouches_for_any_claim_of_its_own(claim: CredentialClaim) -> None:
    claim = replace(claim, creator=ACCOUNT.address)
    assertion = sign_binding(claim, CERTIFICATE, ACCOUNT)

    check_binding(assertion, claim, CERTIFICATE, recover_typed_data)


def test_every_field_of_a_claim_is_vouched_for() -> None:
    assertion = sign_binding(CLAIM, CERTIFICATE, ACCOUNT)

    assert {field.name for field in fields(CLAIM)} == set(OTHERS)
    for name, value in OTHERS.items():
        with pytest.raises(BindingInvalid):
            check_binding(
                assertion, replace(CLAIM, **{name: value}), CERTIFICATE, recover_typed_data
            )


def test_another_certificate_is_not_vouched_for() -> None:
    assertion = sign_binding(CLAIM, CERTIFICATE, ACCOUNT)
    other = Digest.of(b"another certificate")

    with pytest.raises(BindingInvalid, match="another certificate"):
        check_binding(assertion, CLAIM, other, recover_typed_data)
    with pytest.raises(BindingInvalid, match="the key of"):
        check_binding({**assertion, "certificate": other.hex}, CLAIM, other, recover_typed_data)


@pytest.mark.parametrize("name", ["scheme", "certificate", "signature"])
@pytest.mark.parametrize("value", [None, 1, "", "0x", "zz", [], {}, "0x" + "00" * 65])
def test_a_binding_with_a_field_of_another_kind_does_not_hold(name: str, value: Any) -> None:
    assertion = {**sign_binding(CLAIM, CERTIFICATE, ACCOUNT), name: value}

    with pytest.raises(BindingInvalid):
        check_binding(assertion, CLAIM, CERTIFICATE, recover_typed_data)


@pytest.mark.parametrize("assertion", [None, 1, "text", [], {}])
def test_what_is_no_binding_does_not_hold(assertion: Any) -> None:
    with pytest.raises(BindingInvalid):
        check_binding(assertion, CLAIM, CERTIFICATE, recover_typed_data)
