"""Who is let in by a signed challenge, and who is not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.chain.account import Account
from assay.chain.signing import recover
from assay.core.address import Address
from assay.core.sign_in import SignInMalformed, personal_digest, read_sign_in
from assay.errors import AssayError
from assay.market.sign_in import SignInDesk
from assay.market.sign_in.errors import (
    ChallengeSuspicious,
    PurposeMalformed,
    SignInExpired,
    SignInForeign,
    SignInForged,
    SignInReplayed,
)
from assay.market.sign_in.presenting import (
    check_challenge,
    read_sign_in_header,
    sign_in_header,
)

CALLER, STRANGER = Account(bytes([1]) * 32), Account(bytes([2]) * 32)
DOMAIN, ORIGIN = "example.org", "https://example.org"
START_S = 1_700_000_000


@dataclass
class Nonces:
    """Stands in for the table of used nonces."""

    used: set[str] = field(default_factory=set)

    def spend(self, nonce: str, address: Address, now_s: int, expires_at_s: int) -> bool:
        fresh = nonce not in self.used
        self.used.add(nonce)
        return fresh


@dataclass
class Hand:
    """A clock that is set."""

    seconds: int = START_S

    def now_s(self) -> int:
        return self.seconds


def key_signed(address: Address, digest: bytes, signature: bytes) -> bool:
    try:
        return recover(digest, signature) == address
    except AssayError:
        return False


def desk(
    *,
    nonces: Nonces | None = None,
    clock: Hand | None = None,
    secret: bytes = b"ours",
    chain: int = 1,
) -> SignInDesk:
    return SignInDesk(
        chain_id=chain,
        secret=secret,
        spent=nonces or Nonces(),
        valid_signature=key_signed,
        clock=clock or Hand(),
    )


def challenge(at: SignInDesk, purpose: str = "statement") -> str:
    return at.challenge(CALLER.address, purpose, domain=DOMAIN, origin=ORIGIN)


def sign(text: str, account: Account = CALLER) -> bytes:
    return account.sign_digest(personal_digest(text))


def test_who_signs_the_challenge_is_let_in() -> None:
    one = desk()
    text = challenge(one)

    signed_in = one.admit(text, sign(text), "statement", domain=DOMAIN)

    assert signed_in.address == CALLER.address
    assert signed_in.nonce == read_sign_in(text).nonce


def test_a_challenge_says_what_it_is_for_and_for_how_long() -> None:
    message = read_sign_in(challenge(desk(), "licences/0x12/key"))

    assert message.statement
    assert "licences/0x12/key" in message.statement
    assert message.resources == ("https://example.org/licences/0x12/key",)
    assert message.expires_at_s == message.issued_at_s + 300


def test_a_challenge_of_one_worker_is_taken_by_another_and_only_once_by_all() -> None:
    nonces = Nonces()
    first, second = desk(nonces=nonces), desk(nonces=nonces)
    text = challenge(first)

    second.admit(text, sign(text), "statement", domain=DOMAIN)

    for worker in (first, second):
        with pytest.raises(SignInReplayed):
            worker.admit(text, sign(text), "statement", domain=DOMAIN)


def test_two_challenges_of_the_same_second_differ() -> None:
    one = desk()

    assert challenge(one) != challenge(one)


@pytest.mark.parametrize(
    ("field", "issued_by", "purpose", "domain"),
    [
        ("domain", desk(), "statement", "example.com"),
        ("chain", desk(chain=2), "statement", DOMAIN),
        ("statement", desk(), "licences/1/key", DOMAIN),
        ("nonce", desk(secret=b"theirs"), "statement", DOMAIN),
    ],
)
def test_a_challenge_for_something_else_is_refused(
    field: str, issued_by: SignInDesk, purpose: str, domain: str
) -> None:
    text = challenge(issued_by)

    with pytest.raises(SignInForeign) as refused:
        desk().admit(text, sign(text), purpose, domain=domain)

    assert refused.value.field == field
    assert refused.value.expected != refused.value.found


def test_a_challenge_expires_after_five_minutes() -> None:
    clock = Hand()
    one = desk(clock=clock)
    text = challenge(one)
    clock.seconds = START_S + 300

    with pytest.raises(SignInExpired):
        one.admit(text, sign(text), "statement", domain=DOMAIN)


@pytest.mark.parametrize(("behind_s", "good"), [(5, True), (6, False)])
def test_a_worker_whose_clock_is_a_little_behind_takes_the_challenge(
    behind_s: int, good: bool
) -> None:
    clock = Hand()
    one = desk(clock=clock)
    text = challenge(one)
    clock.seconds = START_S - behind_s

    if good:
        one.admit(text, sign(text), "statement", domain=DOMAIN)
        return
    with pytest.raises(SignInExpired):
        one.admit(text, sign(text), "statement", domain=DOMAIN)


def test_a_stranger_cannot_sign_for_the_caller() -> None:
    nonces = Nonces()
    one = desk(nonces=nonces)
    text = challenge(one)

    with pytest.raises(SignInForged):
        one.admit(text, sign(text, STRANGER), "statement", domain=DOMAIN)

    assert one.admit(text, sign(text), "statement", domain=DOMAIN).address == CALLER.address


@given(st.data())
def test_whatever_is_changed_in_a_challenge_it_lets_nobody_in(data: st.DataObject) -> None:
    one = desk()
    text = challenge(one)
    place = data.draw(st.integers(0, len(text) - 1))
    changed = text[:place] + data.draw(st.characters(codec="ascii")) + text[place + 1 :]

    if changed == text:
        return
    with pytest.raises((SignInMalformed, SignInForeign, SignInExpired)):
        one.admit(changed, sign(changed), "statement", domain=DOMAIN)


@pytest.mark.parametrize("tail", ["", "00", "zz"])
def test_a_nonce_of_any_length_is_refused(tail: str) -> None:
    one = desk()
    message = read_sign_in(challenge(one))
    forged = replace(message, nonce=message.nonce[:24] + tail).text()

    with pytest.raises(SignInForeign):
        one.admit(forged, sign(forged), "statement", domain=DOMAIN)


@pytest.mark.parametrize("purpose", ["", "a b", "a\nb", "/etc", "é", "x" * 121, 'say "yes"'])
def test_a_purpose_that_no_message_can_spell_is_refused(purpose: str) -> None:
    with pytest.raises(PurposeMalformed):
        challenge(desk(), purpose)


def test_the_header_carries_message_and_signature() -> None:
    text = challenge(desk())

    assert read_sign_in_header(sign_in_header(text, sign(text))) == (text, sign(text))


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: raw.hex()))
def test_a_header_of_anything_else_is_refused(value: str) -> None:
    with pytest.raises(SignInMalformed):
        read_sign_in_header(value)


@pytest.mark.parametrize(
    ("url", "account", "chain", "field"),
    [
        ("https://example.com", CALLER, 1, "domain"),
        ("https://example.org:444", CALLER, 1, "domain"),
        (ORIGIN, STRANGER, 1, "address"),
        (ORIGIN, CALLER, 2, "chain"),
    ],
)
def test_a_caller_signs_no_challenge_that_another_site_could_use(
    url: str, account: Account, chain: int, field: str
) -> None:
    text = challenge(desk())

    with pytest.raises(ChallengeSuspicious) as refused:
        check_challenge(text, address=account.address, chain_id=chain, url=url)

    assert refused.value.field == field
    check_challenge(text, address=CALLER.address, chain_id=1, url=ORIGIN)
