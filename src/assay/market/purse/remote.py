"""Services that take payments from channels, over HTTP: what they ask, and getting back the rest.

services = HttpServices()
offers = services.offers("http://127.0.0.1:8000")
"""

from __future__ import annotations

from typing import Any

import httpx

from assay.market.errors import ServiceFailed
from assay.market.purse.errors import ChannelsNotOffered, RefundRefused
from assay.market.purse.model import OwnChannel
from assay.market.purse.wire import (
    ChannelOffer,
    Shown,
    Terms402,
    payment_header,
    read_terms,
    refund_payload,
)

_PATH = "/v1/chat/completions"
_LARGEST_LIST = 100


class HttpServices:
    """The `ChannelServices` port."""

    def __init__(self, *, timeout_s: float = 60.0) -> None:
        self._timeout = httpx.Timeout(timeout_s, connect=10.0)

    def offers(self, url: str) -> list[ChannelOffer]:
        """See `ChannelServices.offers`; asks for a call of each model, and pays none."""
        with httpx.Client(timeout=self._timeout) as http:
            names = _models(http, url)
            found: list[ChannelOffer] = []
            for name in names:
                found.extend(_ask(http, url, name).offers)
        if not found:
            raise ChannelsNotOffered(url, "it asks for other payments")
        return found

    def refund(
        self, channel: OwnChannel, offer: ChannelOffer, total: int, signature: bytes
    ) -> Shown | None:
        """See `ChannelServices.refund`; a GET, as x402's own clients send it."""
        payload = refund_payload(channel.config, channel.id, total, signature)
        headers = {"PAYMENT-SIGNATURE": payment_header(offer, payload)}
        with httpx.Client(timeout=self._timeout) as http:
            response = _send(http, "GET", channel.url, _PATH, headers=headers)
        if response.is_success:
            return None
        required = response.headers.get("PAYMENT-REQUIRED", "")
        if response.status_code == httpx.codes.PAYMENT_REQUIRED and required:
            terms = read_terms(required)
            if terms.corrective and (shown := terms.shown.get(channel.id.hex)):
                return shown
        raise RefundRefused(channel.url, _reason(response))


def _models(http: httpx.Client, url: str) -> list[str]:
    response = _send(http, "GET", url, "/v1/models")
    try:
        names = [str(each["id"]) for each in response.json()["data"]]
    except (ValueError, KeyError, TypeError):
        raise ServiceFailed(url, "it lists no models") from None
    if not names:
        raise ChannelsNotOffered(url, "it sells no model")
    return names[:_LARGEST_LIST]


def _ask(http: httpx.Client, url: str, model: str) -> Terms402:
    body = {"model": model, "messages": [{"role": "user", "content": "price"}], "max_tokens": 1}
    response = _send(http, "POST", url, _PATH, json=body)
    required = response.headers.get("PAYMENT-REQUIRED", "")
    if response.status_code != httpx.codes.PAYMENT_REQUIRED or not required:
        return Terms402("")  # a free model, or one that is not well
    return read_terms(required)


def _send(http: httpx.Client, method: str, url: str, path: str, **more: Any) -> httpx.Response:
    try:
        return http.request(method, url + path, **more)
    except httpx.HTTPError as error:
        raise ServiceFailed(
            url,
            f"the connection failed ({type(error).__name__})",
            hint="Check the address, and that the service runs there.",
        ) from None


def _reason(response: httpx.Response) -> str:
    try:
        return str(response.json()["error"]["message"])[:500]
    except (ValueError, KeyError, TypeError):
        return f"{response.status_code}, no reason given"
