"""A payer's statement from the provider's service: sign in, and read it while it comes.

statements = RemoteStatements(account, chain_id=31337)
statement = statements.fetch("http://127.0.0.1:8000", period)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import httpx

from assay.core.address import Address
from assay.core.sign_in import personal_digest
from assay.errors import AssayError
from assay.market.errors import ServiceFailed, ServiceRejected
from assay.market.sign_in.presenting import HEADER, check_challenge, sign_in_header
from assay.market.statements.errors import StatementMalformed
from assay.market.statements.model import Statement
from assay.market.statements.period import Period, format_time

PURPOSE = "v1/statement"
LINES_HEADER = "ASSAY-STATEMENT-LINES"
_LARGEST_BYTES = 1_000_000_000

Announce = Callable[[int], None]
Advance = Callable[[int], None]


class DigestSigner(Protocol):
    """An account that signs in."""

    @property
    def address(self) -> Address:
        """Whose signature it is."""
        ...

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign 32 bytes as they are; 65 bytes."""
        ...


class RemoteStatements:
    """Fetches statements as one account."""

    def __init__(self, signer: DigestSigner, *, chain_id: int, timeout_s: float = 120.0) -> None:
        self._signer = signer
        self._chain_id = chain_id
        self._timeout = httpx.Timeout(timeout_s, connect=10.0)

    def fetch(
        self,
        url: str,
        period: Period,
        *,
        announce: Announce = lambda _lines: None,
        advance: Advance = lambda _lines: None,
    ) -> Statement:
        """The account's statement, as the service has it; nothing of it is checked here.

        Args:
            url: base URL of the service.
            announce: told how many lines will come.
            advance: told how many lines have come since.

        Raises:
            ServiceFailed, ServiceRejected: it does not answer, or refuses.
            ChallengeSuspicious: it asks to sign in to something else; nothing was signed.
            StatementMalformed: what it sends is no statement.
        """
        base = url.rstrip("/").removesuffix("/v1")
        asked = {"from": format_time(period.start_s), "to": format_time(period.end_s)}
        try:
            with httpx.Client(timeout=self._timeout) as http:
                headers = {HEADER: self._sign_in(http, base)}
                target = f"{base}/{PURPOSE}"
                with http.stream("GET", target, params=asked, headers=headers) as response:
                    if response.status_code != httpx.codes.OK:
                        response.read()
                        raise _refusal(base, response)
                    announced = response.headers.get(LINES_HEADER, "")
                    announce(int(announced) if announced.isdigit() else 0)
                    return _read(response.iter_bytes(), advance)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            detail = f"the connection failed ({type(error).__name__})"
            hint = "Check the address, and that the service runs there."
            raise ServiceFailed(base, detail, hint=hint) from None

    def _sign_in(self, http: httpx.Client, base: str) -> str:
        asked = {"address": self._signer.address, "purpose": PURPOSE}
        response = http.get(f"{base}/sign-in/challenge", params=asked)
        if response.status_code != httpx.codes.OK:
            raise _refusal(base, response)
        try:
            text = str(response.json()["message"])
        except (ValueError, KeyError, TypeError):
            raise ServiceFailed(base, "its challenge is not one") from None
        check_challenge(text, address=self._signer.address, chain_id=self._chain_id, url=base)
        return sign_in_header(text, self._signer.sign_digest(personal_digest(text)))


def _read(pieces: Iterator[bytes], advance: Advance) -> Statement:
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > _LARGEST_BYTES:
            raise StatementMalformed("it is larger than any statement")
        advance(piece.count(b"\n"))
    try:
        value: Any = json.loads(data)
    except (ValueError, RecursionError):
        raise StatementMalformed("it is not JSON, or broke off") from None
    return Statement.from_json(value)


def _refusal(base: str, response: httpx.Response) -> AssayError:
    try:
        error = response.json()["error"]
        detail, hint = str(error["message"])[:500], str(error.get("hint", ""))[:500]
    except (ValueError, KeyError, TypeError, AttributeError):
        detail, hint = "no reason given", ""
    if response.is_client_error:
        return ServiceRejected(base, response.status_code, detail, hint)
    return ServiceFailed(base, f"{response.status_code}, {detail}", hint=hint)
