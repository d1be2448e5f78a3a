"""The buyer's side: hold offers and receipts against what is asked and was paid.

offers = check_offers(required, url=url, now_s=now_s, recover=recover_typed_data)
receipt = check_receipt(response, url=url, payer=payer, provider=provider, chain_id=31337,
                        now_s=now_s, recover=recover_typed_data)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assay.core.address import Address, parse_address
from assay.errors import AssayError, InputError
from assay.market.calls import RecoverTypedData
from assay.market.receipts.errors import ReceiptContradicted, ReceiptForged, ReceiptMalformed
from assay.market.receipts.model import (
    EXTENSION,
    Offer,
    Receipt,
    decode_header,
    read_offer,
    read_receipt,
    typed_data,
)

CLOCK_SKEW_S = 900  # clocks differ, and a streamed answer takes its time
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)


def check_offers(required: str, *, url: str, now_s: int, recover: RecoverTypedData) -> list[Offer]:
    """The signed offers in a PAYMENT-REQUIRED header; empty if the provider signs none.

    Args:
        url: the resource that was asked for.
        now_s: our time, seconds since 1970.

    Raises:
        ReceiptMalformed, ReceiptForged: one is no offer, or not signed by whom it would pay.
        ReceiptContradicted: one is for another resource, has ended, or differs from all terms.
    """
    document = decode_header(required)
    try:
        extension = (document.get("extensions") or {}).get(EXTENSION)
        offers = [read_offer(value) for value in extension["info"]["offers"]] if extension else []
        payees = [parse_address(offer.pay_to) for offer, _signature in offers]
        accepted = [_terms(terms) for terms in document["accepts"]]
    except (*_UNREADABLE, InputError) as error:
        raise ReceiptMalformed(type(error).__name__) from None
    for (offer, signature), payee in zip(offers, payees, strict=True):
        _check_signer(offer, signature, payee, recover)
        terms = _terms(offer.payload())
        if _place(offer.resource_url) != _place(url):
            raise ReceiptContradicted("resource", url, offer.resource_url)
        if offer.valid_until and offer.valid_until + CLOCK_SKEW_S < now_s:
            raise ReceiptContradicted("end", f"after {now_s}", str(offer.valid_until))
        if terms not in accepted:
            raise ReceiptContradicted("terms", "among those of the header", " ".join(terms))
    return [offer for offer, _signature in offers]


def check_receipt(
    response: str,
    *,
    url: str,
    payer: Address,
    provider: Address,
    chain_id: int,
    now_s: int,
    recover: RecoverTypedData,
) -> Receipt | None:
    """The receipt in a PAYMENT-RESPONSE header; None if the provider gives none.

    Args:
        url: the resource that was asked for.
        provider: who was paid, and has to have signed.
        now_s: our time, seconds since 1970.

    Raises:
        ReceiptMalformed, ReceiptForged: it is no receipt, or the provider has not signed it.
        ReceiptContradicted: it is about something else.
    """
    document = decode_header(response)
    try:
        extension = (document.get("extensions") or {}).get(EXTENSION)
        if not extension:
            return None
        receipt, signature = read_receipt(extension["info"]["receipt"])
        expected: dict[str, tuple[str, str]] = {
            "resource": (_place(url), _place(receipt.resource_url)),
            "payer": (payer.lower(), receipt.payer.lower()),
            "network": (f"eip155:{chain_id}", receipt.network),
        }
        if receipt.transaction:
            expected["transaction"] = (str(document.get("transaction")), receipt.transaction)
        distance_s = abs(now_s - receipt.issued_at)
    except _UNREADABLE as error:
        raise ReceiptMalformed(type(error).__name__) from None
    _check_signer(receipt, signature, provider, recover)
    for name, (wanted, given) in expected.items():
        if wanted != given:
            raise ReceiptContradicted(name, wanted, given)
    if distance_s > CLOCK_SKEW_S:
        raise ReceiptContradicted("time", f"about {now_s}", str(receipt.issued_at))
    return receipt


def _check_signer(
    content: Offer | Receipt, signature: bytes, provider: Address, recover: RecoverTypedData
) -> None:
    domain, types, name = typed_data(content)
    try:
        signer = recover(domain, types, name, content.payload(), signature)
    except AssayError as error:
        raise ReceiptForged(name, str(error)) from None
    if signer != provider:
        raise ReceiptForged(name, f"signed by {signer} instead of {provider}")


def _place(url: str) -> str:
    """The URL without its scheme, of which a service behind a proxy knows only the last one."""
    return url.partition("://")[2]


def _terms(fields: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(fields[name]) for name in ("scheme", "network", "asset", "payTo", "amount"))
