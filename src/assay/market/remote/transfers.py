"""Payments by a transfer of their own: x402 `exact`, signed by the x402 library's own client.

    call = await TransferPayer(account, token, chain_id).pay(order, required)

The library may sign one thing only: a transfer of our token on our chain, of no more than the
order's `max_price`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from x402 import x402Client
from x402.http.utils import decode_payment_required_header, encode_payment_signature_header
from x402.mechanisms.evm.exact.client import ExactEvmScheme
from x402.mechanisms.evm.types import TypedDataDomain, TypedDataField
from x402.schemas import PaymentPayload, PaymentRequired
from x402.schemas.errors import PaymentError

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.calls import TypedDataSigner
from assay.market.errors import PriceTooHigh, TermsUnacceptable
from assay.market.pending import PendingCall
from assay.market.purse.payer import CallOrder


class TransferPayer:
    """Signs transfers of one account in one token on one chain."""

    def __init__(self, signer: TypedDataSigner, token: Address, chain_id: int) -> None:
        self._signer = signer
        self._token = token
        self._chain_id = chain_id

    async def pay(self, order: CallOrder, required: str) -> PendingCall:
        """Sign a transfer of what a PAYMENT-REQUIRED header asks; the caller keeps it.

        Raises:
            PriceTooHigh, TermsUnacceptable: nothing was signed.
        """
        terms = _decode_required(required)
        try:
            payload = await self._client(order.max_price).create_payment_payload(terms)
        except (PaymentError, ValueError) as error:
            price = self._price_in(terms)
            if price is not None and price > order.max_price:
                raise PriceTooHigh(price, order.max_price) from None
            raise TermsUnacceptable(str(error)[:300]) from None
        assert isinstance(payload, PaymentPayload)
        nonce = Digest.parse(payload.payload["authorization"]["nonce"])
        header = encode_payment_signature_header(payload)
        return PendingCall(order.url, order.request, nonce, header)

    def _client(self, max_price: int) -> x402Client:
        """The library's client, able to sign for our token on our chain up to a price."""
        client = x402Client()
        client.register(self._network, ExactEvmScheme(_Signer(self._signer)))
        client.set_spend_controls(
            {
                "allowed_assets": [
                    {
                        "network": self._network,
                        "asset": self._token,
                        "max_amount_per_payment": str(max_price),
                    }
                ]
            }
        )
        client.register_policy(
            lambda _version, offers: [
                offer for offer in offers if getattr(offer, "asset", None) == self._token
            ]
        )
        return client

    def _price_in(self, terms: PaymentRequired) -> int | None:
        """What is asked of our token on our chain."""
        ours = [o for o in terms.accepts if o.network == self._network and o.asset == self._token]
        try:
            return min((int(offer.get_amount()) for offer in ours), default=None)
        except ValueError:
            return None

    @property
    def _network(self) -> str:
        return f"eip155:{self._chain_id}"


class _Signer:
    """x402's `ClientEvmSigner` on an account of ours."""

    def __init__(self, signer: TypedDataSigner) -> None:
        self._signer = signer

    @property
    def address(self) -> str:
        return self._signer.address

    def sign_typed_data(
        self,
        domain: TypedDataDomain,
        types: dict[str, list[TypedDataField]],
        primary_type: str,
        message: dict[str, Any],
    ) -> bytes:
        whole: Mapping[str, Any] = {
            "name": domain.name,
            "version": domain.version,
            "chainId": domain.chain_id,
            "verifyingContract": domain.verifying_contract,
        }
        fields: Mapping[str, Sequence[Mapping[str, str]]] = {
            name: [{"name": entry.name, "type": entry.type} for entry in entries]
            for name, entries in types.items()
        }
        return self._signer.sign_typed_data(whole, fields, primary_type, message)


def _decode_required(header: str) -> PaymentRequired:
    try:
        terms = decode_payment_required_header(header)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise TermsUnacceptable(f"its PAYMENT-REQUIRED: {type(error).__name__}") from None
    if not isinstance(terms, PaymentRequired):
        raise TermsUnacceptable("it speaks another version of x402")
    return terms
