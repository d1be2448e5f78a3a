"""Paying for calls from open channels: which one, with which voucher, and what to believe.

payer = ChannelPayer(account, domain, book, recover, clock)
channel = payer.fitting(offer)[0]
call = payer.pay(channel, offer, url, request, max_price)     # on the disk; now send it
call = payer.correct(call, terms)                             # where it is refused: once more
payer.end(call, charged)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from assay.core.address import Address
from assay.core.clock import Clock
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.calls import RecoverTypedData, TypedDataSigner
from assay.market.channels.model import SettlementDomain, Voucher
from assay.market.errors import PriceTooHigh, TermsUnacceptable
from assay.market.metering import CallRequest
from assay.market.pending import PendingCall, PendingVoucher
from assay.market.purse.model import OwnChannel, Refused, Told
from assay.market.purse.ports import PurseBook
from assay.market.purse.wire import (
    ChannelOffer,
    Shown,
    Terms402,
    payment_header,
    voucher_payload,
)

VOUCHER_TYPES: Mapping[str, Sequence[Mapping[str, str]]] = {
    "Voucher": [
        {"name": "channelId", "type": "bytes32"},
        {"name": "maxClaimableAmount", "type": "uint128"},
    ]
}


@dataclass(frozen=True, slots=True)
class CallOrder:
    """What a caller wants: a request to the service at `url`, for no more than `max_price`."""

    url: str
    request: CallRequest
    max_price: int


class ChannelPayer:
    """Signs vouchers of one payer, never for more than its purse says."""

    def __init__(
        self,
        signer: TypedDataSigner,
        domain: SettlementDomain,
        book: PurseBook,
        recover: RecoverTypedData,
        clock: Clock,
    ) -> None:
        self._signer = signer
        self._domain = domain
        self._book = book
        self._recover = recover
        self._clock = clock

    @property
    def address(self) -> Address:
        """Who pays."""
        return self._signer.address

    def fitting(self, offer: ChannelOffer) -> list[OwnChannel]:
        """The channels that pay this offer, those with enough left for it first; then the oldest.

        A channel whose first deposit is not in the chain yet is one of them: it travels along.
        """
        if offer.chain_id != self._domain.chain_id or offer.price <= 0:
            return []
        now = self._clock.now_s()
        found = [
            channel
            for channel in self._book.channels(self.address)
            if channel.chain_id == offer.chain_id
            and offer.fits(channel.config)
            and channel.pays_at(now)
        ]
        return sorted(found, key=lambda channel: not channel.pays(offer.price))

    def pay(self, channel: OwnChannel, offer: ChannelOffer, order: CallOrder) -> PendingCall:
        """Sign a voucher for one more call; it is on the disk when this returns.

        Raises:
            PriceTooHigh, ChannelShort: nothing was signed.
        """
        _refuse_price(offer, order.max_price)

        def sign(now: OwnChannel) -> tuple[OwnChannel, PendingCall]:
            total = now.next_sum(offer.price)
            return self._sign(now, total, offer, order)

        return self._book.begin_call(channel.id, sign)

    def correct(self, call: PendingCall, terms: Terms402) -> PendingCall:
        """Sign once more for a call whose voucher the provider finds too small.

        Raises:
            ChannelContradicted: what the provider says cannot be; nothing more was signed.
            PriceTooHigh, ChannelShort, TermsUnacceptable: nor here.
        """
        voucher = call.voucher
        assert voucher is not None, "only calls that a channel pays for are corrected"
        shown = terms.shown.get(voucher.channel.hex)

        def sign(now: OwnChannel) -> tuple[OwnChannel, PendingCall]:
            offer = next((each for each in terms.offers if each.fits(now.config)), None)
            if offer is None:
                raise TermsUnacceptable("it asks for another channel than the one that pays")
            _refuse_price(offer, voucher.max_price)
            told = Told(shown.charged, self._proven(now.id, shown)) if shown else Told(0, 0)
            refused = Refused(voucher.total, voucher.price)
            now = now.learned(refused, told)
            total = now.corrected_sum(refused, offer.price, told)
            order = CallOrder(call.url, call.request, voucher.max_price)
            return self._sign(now, total, offer, order)

        return self._book.begin_call(voucher.channel, sign, instead_of=call)

    def end(self, call: PendingCall, charged: int) -> None:
        """An answer was seen, whose record says what it cost; the call is no longer under way."""
        assert call.voucher is not None, "only calls that a channel pays for end here"
        self._book.end_call(call, charged)
        if call.voucher.deposit is not None:
            self._book.change(call.voucher.channel, partial(_arrived, call.voucher.deposit))

    def drop(self, call: PendingCall) -> None:
        """The provider refuses a call for good; nothing is charged for it."""
        self._book.end_call(call, 0)

    def pending_calls(self) -> list[PendingCall]:
        """Calls that were paid for and are not answered yet, oldest first."""
        return self._book.pending_calls(self.address)

    def sign_total(self, channel: OwnChannel, total: int) -> bytes:
        """The signature of a voucher for a sum."""
        message = {"channelId": channel.id.raw, "maxClaimableAmount": total}
        return self._signer.sign_typed_data(self._typed_domain, VOUCHER_TYPES, "Voucher", message)

    def proven_by(self, channel: Digest, total: int, signature: bytes) -> bool:
        """Whether we have signed a voucher for this sum, perhaps long ago."""
        message = {"channelId": channel.raw, "maxClaimableAmount": total}
        try:
            signer = self._recover(self._typed_domain, VOUCHER_TYPES, "Voucher", message, signature)
        except AssayError:
            return False
        return signer == self.address

    def _sign(
        self, channel: OwnChannel, total: int, offer: ChannelOffer, order: CallOrder
    ) -> tuple[OwnChannel, PendingCall]:
        signature, deposit = self.sign_total(channel, total), channel.deposit
        payload = voucher_payload(channel.config, channel.id, total, signature, deposit)
        salt = deposit.salt if deposit else None
        call = PendingCall(
            url=order.url,
            request=order.request,
            nonce=Voucher(channel.id, total, signature).digest(self._domain),
            header=payment_header(offer, payload),
            voucher=PendingVoucher(channel.id, total, offer.price, order.max_price, salt),
        )
        return channel.vouched(total, signature), call

    def _proven(self, channel: Digest, shown: Shown) -> int:
        ours = self.proven_by(channel, shown.signed, shown.signature)
        return shown.signed if ours else 0

    @property
    def _typed_domain(self) -> dict[str, object]:
        return {
            "name": "x402 Batch Settlement",
            "version": "1",
            "chainId": self._domain.chain_id,
            "verifyingContract": self._domain.contract,
        }


def _arrived(salt: Digest, channel: OwnChannel) -> OwnChannel:
    """A deposit that travelled with a call is in the chain before the call is answered."""
    if channel.deposit is None or channel.deposit.salt != salt:
        return channel
    return channel.confirmed(channel.spendable)


def _refuse_price(offer: ChannelOffer, max_price: int) -> None:
    if offer.price > max_price:
        raise PriceTooHigh(offer.price, max_price)
