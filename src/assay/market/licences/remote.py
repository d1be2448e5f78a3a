"""A publisher's service, asked for the key of a sealed asset by the holder of a licence.

    service = RemoteKeys(account, chain_id)
    key = service.obtain(asset_id, licence, "https://provider.example")

Three steps: ask for a challenge (EIP-4361) that names the asset and a fresh X25519 key; look at it
and sign it; send it, and unwrap what comes back.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any, Protocol

import httpx

from assay.core.address import Address
from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.core.sign_in import SignInMessage, personal_digest
from assay.market.licences.errors import (
    KeyRefused,
    KeyServiceFailed,
    LicenceNeeded,
    WrappedKeyMalformed,
)
from assay.market.licences.model import licence_text
from assay.market.licences.wrapping import SCHEME, KeyReceiver, key_purpose
from assay.market.sign_in.errors import ChallengeSuspicious
from assay.market.sign_in.presenting import check_challenge

_TIMEOUT_S = 30.0
_LARGEST_ANSWER_BYTES = 65_536


class Signer(Protocol):
    """An account that signs."""

    address: Address

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign 32 bytes."""
        ...


class RemoteKeys:
    """The `KeyService` port, by HTTP, from one account."""

    def __init__(self, account: Signer, chain_id: int) -> None:
        self._account = account
        self._chain_id = chain_id

    def obtain(self, asset_id: Digest, licence: int | None, url: str) -> ContentKey:
        """See `KeyService.obtain`.

        Raises:
            ChallengeSuspicious: the service asks to sign something else; nothing was signed.
        """
        url = url.rstrip("/")
        receiver = KeyReceiver()
        purpose = key_purpose(asset_id, receiver.public)
        try:
            with httpx.Client(timeout=_TIMEOUT_S) as http:
                text = self._challenge(http, url, purpose)
                signature = self._account.sign_digest(personal_digest(text))
                body = {
                    "message": text,
                    "signature": "0x" + signature.hex(),
                    "receiver": purpose.rpartition("/")[2],
                    "licence": None if licence is None else licence_text(licence),
                }
                response = http.post(f"{url}/v1/assets/{asset_id}/key", json=body)
                answer = _answer(response, url, asset_id, self._account.address)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise KeyServiceFailed(url, type(error).__name__) from None
        return receiver.unwrap(_wrapped(answer), asset_id)

    def _challenge(self, http: httpx.Client, url: str, purpose: str) -> str:
        address = self._account.address
        parameters = {"address": address, "purpose": purpose}
        answer = _answer(http.get(f"{url}/sign-in/challenge", params=parameters), url)
        text = answer.get("message")
        if not isinstance(text, str):
            raise KeyServiceFailed(url, "its challenge is no text")
        message = check_challenge(text, address=address, chain_id=self._chain_id, url=url)
        _check_purpose(message, purpose)
        return text


def _check_purpose(message: SignInMessage, purpose: str) -> None:
    """The challenge is for our key: else the answer could be meant for somebody on the way."""
    resources = message.resources or ()
    if len(resources) != 1 or not resources[0].endswith("/" + purpose):
        raise ChallengeSuspicious("resource", purpose, ", ".join(resources) or "none")


def _answer(
    response: httpx.Response, url: str, asset_id: Digest | None = None, address: str = ""
) -> dict[str, Any]:
    if len(response.content) > _LARGEST_ANSWER_BYTES:
        raise KeyServiceFailed(url, "its answer is too large")
    try:
        answer = response.json()
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise KeyServiceFailed(url, f"it answers {response.status_code} without JSON")
    if response.is_success:
        return answer
    error = answer.get("error")
    fields = error if isinstance(error, dict) else {}
    detail = str(fields.get("message", "without a reason"))[:500]
    if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise KeyServiceFailed(url, f"{response.status_code}, {detail}")
    if asset_id is not None and fields.get("type") == LicenceNeeded.__name__:
        _, _, reason = detail.partition(": ")
        raise LicenceNeeded(asset_id, Address(address), reason.rstrip(".") or detail)
    raise KeyRefused(url, response.status_code, detail, str(fields.get("hint", ""))[:500])


def _wrapped(answer: dict[str, Any]) -> bytes:
    if answer.get("scheme") != SCHEME:
        raise WrappedKeyMalformed(f"its scheme is {str(answer.get('scheme'))[:40]!r}")
    try:
        return base64.b64decode(str(answer.get("key", "")), validate=True)
    except (binascii.Error, ValueError):
        raise WrappedKeyMalformed("it is not base64") from None
