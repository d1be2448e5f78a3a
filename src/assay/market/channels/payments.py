"""Payments by voucher as a service meets them: offers, orders, receipts, in the words of x402.

    payments = VoucherPayments(engine, funds)
    payment = payments.read(read_header(value))
    order = await payments.order(payment, request_digest, price)

The sums in a receipt, and in what corrects a client, are those by which the SDKs' clients keep
their own state: `channelState`, `voucherState` and `chargedAmount`.
"""

from __future__ import annotations

from typing import Any

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.channels.account import Order, VoucherEntry
from assay.market.channels.engine import VoucherEngine, charged_so_far
from assay.market.channels.errors import VoucherRefused
from assay.market.channels.funds import ChannelFunds, Refund
from assay.market.channels.model import Channel
from assay.market.channels.payload import ChannelPayment, PaymentKind
from assay.market.channels.reasons import Refusal
from assay.market.errors import PaymentMalformed, PaymentRefused
from assay.market.metering import BATCH, Payment
from assay.market.payment_header import SignedHeader, read_header, write_header

_NEVER = 2**63 - 1


class VoucherPayments:
    """Reads, asks for and acknowledges payments of one provider by `batch-settlement`.

    Args:
        name, version: the EIP-712 domain of the token, which deposits are signed for.
        validity_s: how long a client makes its deposits valid.
    """

    def __init__(
        self,
        engine: VoucherEngine,
        funds: ChannelFunds,
        *,
        name: str = "Assay",
        version: str = "1",
        validity_s: int = 600,
    ) -> None:
        self.engine = engine
        self.funds = funds
        self._name = name
        self._version = version
        self._validity_s = validity_s

    @property
    def token(self) -> Address:
        """The ERC-20 that is paid in."""
        return self.engine.terms.token

    def offer(
        self, price: int, pay_to: Address, refusal: VoucherRefused | None = None
    ) -> dict[str, Any]:
        """What a call costs by voucher; and how the channel stands, to correct its client."""
        terms = self.engine.terms
        extra: dict[str, Any] = {
            "name": self._name,
            "version": self._version,
            "receiverAuthorizer": terms.receiver_authorizer,
            "withdrawDelay": terms.withdraw_delay_s,
            "minDeposit": str(self.funds.least_deposit(price)),
        }
        if refusal is not None and refusal.refusal is Refusal.SUM and refusal.channel is not None:
            channel = refusal.channel
            extra["channelState"] = channel_state(channel, charged_so_far(channel))
            if channel.signature:
                extra["voucherState"] = {
                    "signedMaxClaimable": str(channel.signed),
                    "signature": "0x" + channel.signature.hex(),
                }
        return {
            "scheme": BATCH,
            "network": terms.network,
            "asset": terms.token,
            "amount": str(price),
            "payTo": pay_to,
            "maxTimeoutSeconds": self._validity_s,
            "extra": extra,
        }

    def read(self, signed: SignedHeader) -> Payment:
        """The payment in a header, of which `amount` is the most that its payer agreed to.

        Raises:
            PaymentMalformed: not one.
            PaymentRefused: on other terms than ours.
        """
        paid = self.read_channel(signed)
        if paid.kind is PaymentKind.REFUND:
            raise PaymentMalformed("a refund pays for nothing")
        return Payment(
            payer=paid.config.payer,
            nonce=paid.voucher.digest(self.engine.terms.domain),
            recipient=paid.config.receiver,
            amount=self.agreed(signed),
            valid_before=_NEVER,
            signature=paid.voucher.signature,
            header=signed.text,
            scheme=BATCH,
            identifier=signed.identifier,
        )

    def read_channel(self, signed: SignedHeader) -> ChannelPayment:
        """The payload in a header, a refund's too; raises as `read`."""
        self._check_terms(signed)
        return self.engine.reader.read(signed.payload)

    async def order(self, payment: Payment, request: Digest, price: int) -> Order:
        """What a payment orders; raises as `VoucherEngine.order`."""
        paid = self.channel_payment(payment)
        return await self.engine.order(paid, request, price)

    def known_order(self, payment: Payment, request: Digest) -> Order:
        """What a payment orders that was checked before, for the amount that was agreed then."""
        return self.engine.known_order(self.channel_payment(payment), request, payment.amount)

    def channel_payment(self, payment: Payment) -> ChannelPayment:
        """The payload that a payment was read from."""
        return self.engine.reader.read(read_header(payment.header).payload)

    def receipt(
        self, payer: Address, channel: Channel, entry: VoucherEntry, transaction: str
    ) -> str:
        """The PAYMENT-RESPONSE header of a charged call."""
        total = channel.charged if entry.charged_total is None else entry.charged_total
        return write_header(
            {
                "success": True,
                "payer": payer,
                "transaction": transaction,
                "network": self.engine.terms.network,
                "amount": str(entry.amount),
                "extra": {
                    "chargedAmount": str(entry.amount),
                    "channelState": channel_state(channel, total),
                },
            }
        )

    def refund_receipt(self, refund: Refund) -> str:
        """The PAYMENT-RESPONSE header of a refund."""
        channel = refund.channel
        return write_header(
            {
                "success": True,
                "payer": channel.config.payer,
                "transaction": refund.transaction,
                "network": self.engine.terms.network,
                "amount": str(refund.amount),
                "extra": {"channelState": channel_state(channel, channel.charged)},
            }
        )

    def agreed(self, signed: SignedHeader) -> int:
        """The most that the payer of a header agreed to for one call."""
        amount = signed.accepted.get("amount")
        if not isinstance(amount, str) or not amount.isascii() or not amount.isdecimal():
            raise PaymentMalformed("the accepted amount is not a whole number in text")
        if len(amount) > 39:
            raise PaymentMalformed("the accepted amount has more than 39 digits")
        return int(amount)

    def _check_terms(self, signed: SignedHeader) -> None:
        terms = self.engine.terms
        if signed.accepted.get("network") != terms.network:
            raise PaymentRefused(Refusal.NETWORK, f"{terms.network} is asked")
        for name, ours in (("asset", terms.token), ("payTo", terms.receiver)):
            given = signed.accepted.get(name)
            if not isinstance(given, str) or given.lower() != ours.lower():
                raise PaymentRefused("requirements_mismatch", f"{name} is not {ours}")


def channel_state(channel: Channel, charged: int) -> dict[str, Any]:
    """A channel as clients of x402 read it."""
    return {
        "channelId": channel.id.hex,
        "balance": str(channel.chain.balance),
        "totalClaimed": str(channel.chain.claimed),
        "withdrawRequestedAt": channel.chain.withdrawal_at,
        "refundNonce": str(channel.chain.refund_nonce),
        "chargedCumulativeAmount": str(charged),
    }
