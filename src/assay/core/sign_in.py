"""Sign-In with Ethereum: the message that a wallet shows and signs (EIP-4361).

>>> message = SignInMessage(
...     domain="example.org",
...     address=parse_address("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"),
...     uri="https://example.org/login",
...     chain_id=1,
...     nonce="32891756",
...     issued_at="2021-09-30T16:25:24Z",
... )
>>> print(message.text())
example.org wants you to sign in with your Ethereum account:
0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266
<BLANKLINE>
<BLANKLINE>
URI: https://example.org/login
Version: 1
Chain ID: 1
Nonce: 32891756
Issued At: 2021-09-30T16:25:24Z
>>> read_sign_in(message.text()) == message
True

Written here, because the packages that do it need an older web3 than this project is built on.
Source: https://eips.ethereum.org/EIPS/eip-4361; the signature is of EIP-191, version 0x45.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from eth_utils.crypto import keccak

from assay.core.address import Address, parse_address
from assay.errors import InputError

LARGEST_MESSAGE_CHARACTERS = 4096
VERSION = "1"

_UNRESERVED = r"A-Za-z0-9\-._~"
_SUB_DELIMITERS = r"!$&'()*+,;="
_ESCAPE = r"%[0-9A-Fa-f]{2}"
_DOMAIN = rf"(?:[{_UNRESERVED}{_SUB_DELIMITERS}:@\[\]]|{_ESCAPE})+"
_STATEMENT = rf"[{_UNRESERVED}{_SUB_DELIMITERS}:/?#\[\]@ ]+"
_URI = rf"[A-Za-z][A-Za-z0-9+.\-]*:(?:[{_UNRESERVED}{_SUB_DELIMITERS}:/?#\[\]@]|{_ESCAPE})*"
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+\-]\d\d:\d\d)"
_REQUEST_ID = rf"(?:[{_UNRESERVED}{_SUB_DELIMITERS}:@]|{_ESCAPE})*"

# One pattern for each field; what is None is left out of the message.
_FIELDS: dict[str, re.Pattern[str]] = {
    "scheme": re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*"),
    "domain": re.compile(_DOMAIN),
    "statement": re.compile(_STATEMENT),
    "uri": re.compile(_URI),
    "nonce": re.compile(r"[A-Za-z0-9]{8,}"),
    "issued_at": re.compile(_TIME, re.ASCII),
    "expiration_time": re.compile(_TIME, re.ASCII),
    "not_before": re.compile(_TIME, re.ASCII),
    "request_id": re.compile(_REQUEST_ID),
}
_TIMES = ("issued_at", "expiration_time", "not_before")
_MESSAGE = re.compile(
    r"(?:(?P<scheme>[^:\n]+)://)?(?P<domain>[^\n ]+)"
    r" wants you to sign in with your Ethereum account:\n"
    r"(?P<address>0x[0-9A-Fa-f]{40})\n\n(?:(?P<statement>[^\n]+)\n)?\n"
    r"URI: (?P<uri>[^\n]+)\nVersion: 1\nChain ID: (?P<chain_id>[0-9]{1,78})\n"
    r"Nonce: (?P<nonce>[^\n]+)\nIssued At: (?P<issued_at>[^\n]+)"
    r"(?:\nExpiration Time: (?P<expiration_time>[^\n]+))?"
    r"(?:\nNot Before: (?P<not_before>[^\n]+))?"
    r"(?:\nRequest ID: (?P<request_id>[^\n]*))?"
    r"(?P<resources>\nResources:(?:\n- [^\n]+)*)?"
)


class SignInMalformed(InputError):
    """A message that EIP-4361 does not allow."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"This is no sign-in message: {detail}.",
            hint="Sign the text of GET /sign-in/challenge as it comes, to the character.",
        )
        self.detail = detail


@dataclass(frozen=True, slots=True)
class SignInMessage:
    """What somebody signs in to, for how long, with which account.

    Attributes:
        domain: host, and port if it is not the usual one, of who asks for the signature.
        uri: what the signer is to use.
        issued_at, expiration_time, not_before: times as RFC 3339 writes them.
        resources: URIs that the sign-in is for; an empty list is another text than none.
        scheme: of the origin, such as `https`; usually left out.
    """

    domain: str
    address: Address
    uri: str
    chain_id: int
    nonce: str
    issued_at: str
    statement: str | None = None
    expiration_time: str | None = None
    not_before: str | None = None
    request_id: str | None = None
    resources: tuple[str, ...] | None = None
    scheme: str | None = None

    def __post_init__(self) -> None:
        for name, pattern in _FIELDS.items():
            value = getattr(self, name)
            if value is not None and not pattern.fullmatch(value):
                raise SignInMalformed(f"its {name.replace('_', ' ')} is {value[:80]!r}")
        for name in _TIMES:
            _seconds(getattr(self, name))
        if parse_address(self.address) != self.address:
            raise SignInMalformed("its address lacks the checksum of ERC-55")
        if self.chain_id < 0:
            raise SignInMalformed(f"its chain id is {self.chain_id}")
        for resource in self.resources or ():
            if not _FIELDS["uri"].fullmatch(resource):
                raise SignInMalformed(f"{resource[:80]!r} is no URI")

    @property
    def issued_at_s(self) -> float:
        """Seconds since 1970 when it was issued."""
        issued_at = _seconds(self.issued_at)
        assert issued_at is not None
        return issued_at

    @property
    def expires_at_s(self) -> float | None:
        """Seconds since 1970 from which on it is no longer good; None if it always is."""
        return _seconds(self.expiration_time)

    @property
    def not_before_s(self) -> float | None:
        """Seconds since 1970 before which it is not good yet."""
        return _seconds(self.not_before)

    def text(self) -> str:
        """The message, as it is shown and signed."""
        origin = f"{self.scheme}://{self.domain}" if self.scheme else self.domain
        lines = [
            f"{origin} wants you to sign in with your Ethereum account:",
            self.address,
            "",
            *([self.statement] if self.statement is not None else []),
            "",
            f"URI: {self.uri}",
            f"Version: {VERSION}",
            f"Chain ID: {self.chain_id}",
            f"Nonce: {self.nonce}",
            f"Issued At: {self.issued_at}",
        ]
        optional = {
            "Expiration Time": self.expiration_time,
            "Not Before": self.not_before,
            "Request ID": self.request_id,
        }
        lines += [f"{name}: {value}" for name, value in optional.items() if value is not None]
        if self.resources is not None:
            lines += ["Resources:", *(f"- {resource}" for resource in self.resources)]
        return "\n".join(lines)


def read_sign_in(text: str) -> SignInMessage:
    """Read a message, and nothing that is merely like one.

    Raises:
        SignInMalformed: it is not what EIP-4361 says, to the character.
    """
    if len(text) > LARGEST_MESSAGE_CHARACTERS:
        raise SignInMalformed(f"it has more than {LARGEST_MESSAGE_CHARACTERS} characters")
    found = _MESSAGE.fullmatch(text)
    if not found:
        raise SignInMalformed("a line is missing, out of order, or misspelt")
    fields = found.groupdict()
    listed = fields.pop("resources")
    try:
        message = SignInMessage(
            **{name: fields[name] for name in _FIELDS},
            address=parse_address(fields["address"]),
            chain_id=int(fields["chain_id"]),
            resources=None if listed is None else tuple(listed.split("\n- ")[1:]),
        )
    except SignInMalformed:
        raise
    except InputError as error:
        raise SignInMalformed(str(error).rstrip(".")) from None
    if message.text() != text:
        raise SignInMalformed("it is not in its one canonical form")
    return message


def personal_digest(text: str) -> bytes:
    """The 32 bytes that a wallet signs for a text (`personal_sign`, EIP-191)."""
    data = text.encode()
    return keccak(b"\x19Ethereum Signed Message:\n" + str(len(data)).encode() + data)


def _seconds(time: str | None) -> float | None:
    if time is None:
        return None
    try:
        return datetime.fromisoformat(time).timestamp()
    except (ValueError, OverflowError):
        raise SignInMalformed(f"{time[:40]!r} is no time") from None
