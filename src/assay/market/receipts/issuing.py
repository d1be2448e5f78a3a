"""The provider's side: sign offers and receipts into headers that are otherwise ready.

issuer = ReceiptIssuer(account, clock=SystemClock())
required = issuer.with_offers(required, url)      # the header PAYMENT-REQUIRED
response = issuer.with_receipt(response, url)     # the header PAYMENT-RESPONSE
"""

from __future__ import annotations

from functools import lru_cache

from assay.core.clock import Clock
from assay.market.calls import TypedDataSigner
from assay.market.receipts.model import (
    Offer,
    Receipt,
    artefact,
    decode_header,
    extend_header,
    typed_data,
)

OFFER_VALIDITY_S = 600
_ROUND_S = 60
_KEPT_SIGNATURES = 4096


class ReceiptIssuer:
    """Signs for one provider; may be used from any thread.

    The offers of one minute end together, and a receipt counts whole seconds: what is asked for
    again meanwhile has the same content, and is signed once.
    """

    def __init__(self, signer: TypedDataSigner, *, clock: Clock) -> None:
        self._signer = signer
        self._clock = clock
        self._signature = lru_cache(_KEPT_SIGNATURES)(self._sign)

    def with_offers(self, required: str, url: str) -> str:
        """A PAYMENT-REQUIRED header with a signed offer for each of the terms that pay us."""
        document = decode_header(required)
        valid_until = (self._clock.now_s() // _ROUND_S + 1) * _ROUND_S + OFFER_VALIDITY_S
        offers = []
        for index, terms in enumerate(document["accepts"]):
            if terms["payTo"] == self._signer.address:
                offer = Offer(
                    resource_url=url,
                    scheme=terms["scheme"],
                    network=terms["network"],
                    asset=terms["asset"],
                    pay_to=terms["payTo"],
                    amount=terms["amount"],
                    valid_until=valid_until,
                )
                signed = artefact(offer, self._signature(offer))
                offers.append({**signed, "acceptIndex": index})
        return extend_header(document, {"offers": offers})

    def with_receipt(self, response: str, url: str) -> str:
        """A PAYMENT-RESPONSE header of a success, with a signed receipt."""
        document = decode_header(response)
        assert document["success"], "a receipt is for what was paid"
        receipt = Receipt(
            network=document["network"],
            resource_url=url,
            payer=document["payer"],
            issued_at=self._clock.now_s(),
            transaction=document["transaction"],
        )
        signed = artefact(receipt, self._signature(receipt))
        return extend_header(document, {"receipt": signed})

    def _sign(self, content: Offer | Receipt) -> bytes:
        domain, types, name = typed_data(content)
        return self._signer.sign_typed_data(domain, types, name, content.payload())
