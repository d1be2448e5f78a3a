"""EIP-4361 messages: the standard's own examples, and every message there is."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from eth_account.messages import encode_defunct
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from assay.core.address import Address, parse_address
from assay.core.sign_in import SignInMalformed, SignInMessage, personal_digest, read_sign_in
from assay.errors import InputError

# The three examples of the standard.
TERMS = """\
example.com wants you to sign in with your Ethereum account:
0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2

I accept the ExampleOrg Terms of Service: https://example.com/tos

URI: https://example.com/login
Version: 1
Chain ID: 1
Nonce: 32891756
Issued At: 2021-09-30T16:25:24Z
Resources:
- ipfs://bafybeiemxf5abjwjbikoz4mc3a3dla6ual3jsgpdr4cjr3oz3evfyavhwq/
- https://example.com/my-web2-claim.json"""
EXAMPLES = [
    TERMS,
    TERMS.replace("example.com wants", "example.com:3388 wants"),
    TERMS.replace("example.com wants", "https://example.com wants"),
]
NO_STATEMENT = TERMS.replace(
    "I accept the ExampleOrg Terms of Service: https://example.com/tos\n", ""
)
EVERYTHING = TERMS.replace(
    "\nResources:",
    "\nExpiration Time: 2021-10-01T16:25:24.5+02:00\nNot Before: 2021-09-30T16:25:24Z"
    "\nRequest ID: some%20request\nResources:",
)

uris = st.builds(
    "{}://{}/{}".format,
    st.sampled_from(["https", "ipfs", "urn"]),
    st.text(string.ascii_letters + string.digits + ".-", min_size=1, max_size=20),
    st.text(string.ascii_letters + string.digits + "-._~:/?#[]@!$&'()*+,;=", max_size=30),
)
times = st.datetimes(
    datetime(1971, 1, 1),  # noqa: DTZ001 - the strategy wants naive bounds
    datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda moment: moment.isoformat().replace("+00:00", "Z"))
messages = st.builds(
    SignInMessage,
    domain=st.from_regex(r"[a-z0-9.]{1,30}(:[0-9]{1,5})?", fullmatch=True),
    address=st.binary(min_size=20, max_size=20).map(lambda raw: parse_address("0x" + raw.hex())),
    uri=uris,
    chain_id=st.integers(0, 2**256 - 1),
    nonce=st.text(string.ascii_letters + string.digits, min_size=8, max_size=64),
    issued_at=times,
    statement=st.none()
    | st.text(
        string.ascii_letters + string.digits + "-._~:/?#[]@!$&'()*+,;= ", min_size=1, max_size=80
    ),
    expiration_time=st.none() | times,
    not_before=st.none() | times,
    request_id=st.none() | st.from_regex(r"([a-z0-9:@-]|%[0-9A-F]{2}){0,20}", fullmatch=True),
    resources=st.none() | st.lists(uris, max_size=4).map(tuple),
    scheme=st.none() | st.sampled_from(["https", "http"]),
)


@pytest.mark.parametrize("text", [*EXAMPLES, NO_STATEMENT, EVERYTHING])
def test_a_message_of_the_standard_is_read_and_written_to_the_character(text: str) -> None:
    assert read_sign_in(text).text() == text


def test_every_field_of_a_message_is_found() -> None:
    message = read_sign_in(EVERYTHING)

    assert message == SignInMessage(
        domain="example.com",
        address=Address("0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2"),
        uri="https://example.com/login",
        chain_id=1,
        nonce="32891756",
        issued_at="2021-09-30T16:25:24Z",
        statement="I accept the ExampleOrg Terms of Service: https://example.com/tos",
        expiration_time="2021-10-01T16:25:24.5+02:00",
        not_before="2021-09-30T16:25:24Z",
        request_id="some%20request",
        resources=(
            "ipfs://bafybeiemxf5abjwjbikoz4mc3a3dla6ual3jsgpdr4cjr3oz3evfyavhwq/",
            "https://example.com/my-web2-claim.json",
        ),
    )
    assert message.issued_at_s == message.not_before_s == 1633019124
    assert message.expires_at_s == 1633098324.5


@given(messages)
def test_what_is_written_is_read_again(message: SignInMessage) -> None:
    assert read_sign_in(message.text()) == message


@given(messages, st.data())
def test_a_changed_character_gives_another_message_or_none(
    message: SignInMessage, data: st.DataObject
) -> None:
    text = message.text()
    place = data.draw(st.integers(0, len(text) - 1))
    changed = text[:place] + data.draw(st.characters()) + text[place + 1 :]

    try:
        read = read_sign_in(changed)
    except SignInMalformed:
        return

    assert read.text() == changed
    assert (read == message) is (changed == text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Version: 1", "Version: 2"),
        ("Chain ID: 1", "Chain ID: 01"),
        ("Chain ID: 1", "Chain ID: -1"),
        ("Nonce: 32891756", "Nonce: 3289175"),
        ("Nonce: 32891756", "Nonce: 3289 1756"),
        ("2021-09-30T16:25:24Z", "2021-09-31T16:25:24Z"),
        ("2021-09-30T16:25:24Z", "2021-09-30 16:25:24Z"),
        ("2021-09-30T16:25:24Z", "٢021-09-30T16:25:24Z"),
        ("0xC02aaA39", "0xc02aaA39"),
        ("0xC02aaA39", "0xC02aaA3"),
        ("URI: https://example.com/login", "URI: login"),
        ("I accept", "Ich habe schöne"),
        ("- https://example.com/my", "- my"),
        ("\nURI", "\n\nURI"),
        ("\nNonce", "\r\nNonce"),
        ("Resources:", "Resources: "),
        ("example.com wants", "example com wants"),
    ],
)
def test_a_message_that_is_almost_one_is_refused(before: str, after: str) -> None:
    assert before in TERMS

    with pytest.raises(InputError):
        read_sign_in(TERMS.replace(before, after, 1))


@pytest.mark.parametrize("text", ["", "\n", TERMS + "\n", TERMS + "x" * 5000])
def test_a_text_around_a_message_is_refused(text: str) -> None:
    with pytest.raises(SignInMalformed):
        read_sign_in(text)


def test_a_field_cannot_smuggle_in_a_line() -> None:
    with pytest.raises(SignInMalformed, match="statement"):
        replace(read_sign_in(TERMS), statement="yes\n\nURI: https://evil.example")


@given(st.text(max_size=200))
def test_the_digest_is_that_of_every_wallet(text: str) -> None:
    message = encode_defunct(text=text)

    digest = keccak(b"\x19" + message.version + message.header + message.body)

    assert personal_digest(text) == digest
