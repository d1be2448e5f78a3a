"""Issue challenges, and admit who signed one.

    desk = SignInDesk(chain_id=31337, secret=secret, spent=spent, valid_signature=..., clock=...)
    text = desk.challenge(address, "statement", domain="example.org", origin="https://example.org")
    signed_in = desk.admit(text, signature, "statement", domain="example.org")

Nothing is stored for a challenge: its nonce carries a MAC over the whole message, so that any
worker with the same secret knows its own. Only a nonce that was used is stored, until it would have
expired anyhow.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol

from assay.core.address import Address
from assay.core.clock import Clock
from assay.core.sign_in import SignInMessage, personal_digest, read_sign_in
from assay.market.sign_in.errors import (
    PurposeMalformed,
    SignInExpired,
    SignInForeign,
    SignInForged,
    SignInReplayed,
)

VALIDITY_S = 300
_CLOCK_SKEW_S = 5  # of workers on several machines
_RANDOM_CHARACTERS = 24
_MAC_CHARACTERS = 32
_PURPOSE = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-._/]{0,119}")

# (address, 32-byte digest, signature) -> whether its key or, by EIP-1271, its contract signed.
ValidSignature = Callable[[Address, bytes, bytes], bool]


class SpentNonces(Protocol):
    """The nonces that were used, shared by all workers of a service."""

    def spend(self, nonce: str, address: Address, now_s: int, expires_at_s: int) -> bool:
        """Note durably that a nonce is used; False if it was used before.

        Raises:
            UnavailableError: it cannot be noted.
        """
        ...


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in; `nonce` names the challenge, and was used by this."""

    address: Address
    purpose: str
    nonce: str


class SignInDesk:
    """Challenges and admissions of one service, by any number of workers.

    Args:
        secret: known to the workers of this service alone.
        random: hexadecimal characters from so many bytes.
    """

    def __init__(
        self,
        *,
        chain_id: int,
        secret: bytes,
        spent: SpentNonces,
        valid_signature: ValidSignature,
        clock: Clock,
        random: Callable[[int], str] = secrets.token_hex,
    ) -> None:
        self._chain_id = chain_id
        self._secret = secret
        self._spent = spent
        self._valid_signature = valid_signature
        self._clock = clock
        self._random = random

    def challenge(self, address: Address, purpose: str, *, domain: str, origin: str) -> str:
        """The text to be signed by `address`, good for `VALIDITY_S` seconds.

        Args:
            purpose: what for; the same has to be given to `admit`.
            domain: host and port under which the service is reached.
            origin: the URL of the service, without a slash at the end.

        Raises:
            PurposeMalformed: it cannot be spelled in a message.
        """
        if not _PURPOSE.fullmatch(purpose):
            raise PurposeMalformed(purpose)
        now_s = self._clock.now_s()
        message = SignInMessage(
            domain=domain,
            address=address,
            uri=origin,
            chain_id=self._chain_id,
            nonce=self._random(_RANDOM_CHARACTERS // 2),
            issued_at=_time(now_s),
            statement=_statement(purpose),
            expiration_time=_time(now_s + VALIDITY_S),
            resources=(f"{origin}/{purpose}",),
        )
        return replace(message, nonce=message.nonce + self._mac(message)).text()

    def admit(self, text: str, signature: bytes, purpose: str, *, domain: str) -> SignedIn:
        """Let somebody in, once.

        Raises:
            SignInMalformed: the text is no message of EIP-4361.
            SignInForeign: made for another domain, chain or purpose, or not made here.
            SignInExpired: too old, or from the future.
            SignInForged: not signed by the address that it names.
            SignInReplayed: used before.
            UnavailableError: the chain or the database cannot be asked.
        """
        message = read_sign_in(text)
        self._check_terms(message, purpose, domain)
        self._check_issuer(message)
        expires_at_s = self._check_time(message)
        if not self._valid_signature(message.address, personal_digest(text), signature):
            raise SignInForged(message.address)
        if not self._spent.spend(message.nonce, message.address, self._clock.now_s(), expires_at_s):
            raise SignInReplayed(message.nonce)
        return SignedIn(message.address, purpose, message.nonce)

    def _check_terms(self, message: SignInMessage, purpose: str, domain: str) -> None:
        expected = {
            "domain": (domain, message.domain),
            "chain": (str(self._chain_id), str(message.chain_id)),
            "statement": (_statement(purpose), message.statement or "none"),
        }
        for field, (wanted, found) in expected.items():
            if wanted != found:
                raise SignInForeign(field, wanted, found)

    def _check_issuer(self, message: SignInMessage) -> None:
        random = message.nonce[:_RANDOM_CHARACTERS]
        mac = self._mac(replace(message, nonce=random)) if len(random) >= 8 else ""
        if not hmac.compare_digest(random + mac, message.nonce):
            raise SignInForeign("nonce", "one that this service issued", message.nonce)

    def _check_time(self, message: SignInMessage) -> int:
        now_s, expires_at_s = self._clock.now_s(), message.expires_at_s
        if message.issued_at_s > now_s + _CLOCK_SKEW_S:
            raise SignInExpired(f"it was issued in the future, at {message.issued_at}")
        if expires_at_s is None or expires_at_s <= now_s:
            raise SignInExpired(f"it expired at {message.expiration_time}")
        return int(expires_at_s)

    def _mac(self, message: SignInMessage) -> str:
        return hmac.new(self._secret, message.text().encode(), sha256).hexdigest()[:_MAC_CHARACTERS]


def _statement(purpose: str) -> str:
    return f"Sign in for {purpose}. This moves no tokens and costs nothing."


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
