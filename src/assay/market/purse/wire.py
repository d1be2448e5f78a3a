"""What goes over the wire: offers in a 402 answer, vouchers and refunds in a payment header.

    terms = read_terms(response.headers["PAYMENT-REQUIRED"])
    header = payment_header(terms.offers[0], payload)

The shapes are those of x402 version 2, scheme `batch-settlement`: base64 of JSON, sums as text.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.channels.model import (
    LARGEST_AMOUNT,
    LONGEST_DELAY_S,
    NOBODY,
    SHORTEST_DELAY_S,
    ChannelConfig,
)
from assay.market.errors import TermsUnacceptable
from assay.market.purse.deposits import SignedDeposit

SCHEME = "batch-settlement"
CORRECTIVE = frozenset(
    {
        "invalid_batch_settlement_evm_cumulative_amount_mismatch",
        "invalid_batch_settlement_evm_cumulative_below_claimed",
    }
)
_LARGEST_HEADER_CHARACTERS = 65_536


@dataclass(frozen=True, slots=True)
class ChannelOffer:
    """One way to pay for a call from a channel.

    Attributes:
        price: whole units of the token, for one call.
        accepted: the offer as it came, to be named in the payment.
        resource, extensions: what stood beside it.
    """

    chain_id: int
    token: Address
    price: int
    receiver: Address
    receiver_authorizer: Address
    withdraw_delay_s: int
    accepted: Mapping[str, Any]
    resource: Any = None
    extensions: Any = None

    def fits(self, config: ChannelConfig) -> bool:
        """Whether a channel of this configuration pays this offer."""
        return (
            config.receiver == self.receiver
            and config.receiver_authorizer == self.receiver_authorizer
            and config.token == self.token
            and config.withdraw_delay_s == self.withdraw_delay_s
        )

    def config(self, payer: Address, salt: Digest) -> ChannelConfig:
        """The configuration of a new channel; its payer signs the vouchers."""
        return ChannelConfig(
            payer=payer,
            payer_authorizer=payer,
            receiver=self.receiver,
            receiver_authorizer=self.receiver_authorizer,
            token=self.token,
            withdraw_delay_s=self.withdraw_delay_s,
            salt=salt,
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """What a corrective 402 shows of a channel: sums, and the last voucher's signature."""

    charged: int
    signed: int
    signature: bytes


@dataclass(frozen=True, slots=True)
class Terms402:
    """What a 402 answer asks for; only what concerns channels.

    Attributes:
        error: x402's code for what was wrong with the payment.
        shown: the channel as the provider has it, where it says so.
    """

    error: str
    offers: tuple[ChannelOffer, ...] = ()
    shown: Mapping[str, Shown] = field(default_factory=dict)

    @property
    def corrective(self) -> bool:
        """Whether the same call may be repeated with another voucher."""
        return self.error in CORRECTIVE


def read_terms(header: str) -> Terms402:
    """The offers by channel in a PAYMENT-REQUIRED header; others are passed over.

    Raises:
        TermsUnacceptable: it cannot be read.
    """
    value = _decode(header)
    accepts = value.get("accepts")
    if not isinstance(accepts, list):
        raise TermsUnacceptable("its PAYMENT-REQUIRED names nothing to pay")
    offers, shown = [], {}
    for each in accepts:
        if not isinstance(each, dict) or each.get("scheme") != SCHEME:
            continue
        try:
            offers.append(_offer(each, value))
            shown.update(_shown(each["extra"]))
        except (KeyError, TypeError, ValueError, AttributeError, AssayError):
            continue  # not one that could be paid
    return Terms402(str(value.get("error") or ""), tuple(offers), shown)


def payment_header(offer: ChannelOffer, payload: Mapping[str, Any]) -> str:
    """The PAYMENT-SIGNATURE header that pays an offer."""
    payment = {
        "x402Version": 2,
        "accepted": dict(offer.accepted),
        "payload": dict(payload),
        **({"resource": offer.resource} if offer.resource else {}),
        **({"extensions": offer.extensions} if offer.extensions else {}),
    }
    return base64.b64encode(json.dumps(payment).encode()).decode()


def voucher_payload(
    config: ChannelConfig,
    channel: Digest,
    total: int,
    signature: bytes,
    deposit: SignedDeposit | None = None,
) -> dict[str, Any]:
    """A voucher, and the deposit that opens or fills the channel where there is one."""
    payload = _payload("deposit" if deposit else "voucher", config, channel, total, signature)
    return {**payload, "deposit": deposit.as_x402()} if deposit else payload


def refund_payload(
    config: ChannelConfig, channel: Digest, total: int, signature: bytes
) -> dict[str, Any]:
    """A wish to get back what is left over `total`, the sum of all charges."""
    return _payload("refund", config, channel, total, signature)


def _payload(
    kind: str, config: ChannelConfig, channel: Digest, total: int, signature: bytes
) -> dict[str, Any]:
    return {
        "type": kind,
        "channelConfig": {
            "payer": config.payer,
            "payerAuthorizer": config.payer_authorizer,
            "receiver": config.receiver,
            "receiverAuthorizer": config.receiver_authorizer,
            "token": config.token,
            "withdrawDelay": config.withdraw_delay_s,
            "salt": config.salt.hex,
        },
        "voucher": {
            "channelId": channel.hex,
            "maxClaimableAmount": str(total),
            "signature": "0x" + signature.hex(),
        },
    }


def _offer(each: dict[str, Any], whole: dict[str, Any]) -> ChannelOffer:
    extra = each["extra"]
    kept = {key: value for key, value in extra.items() if not key.endswith("State")}
    namespace, _, chain_id = each["network"].partition(":")
    offer = ChannelOffer(
        chain_id=int(chain_id),
        token=parse_address(each["asset"]),
        price=_sum(each["amount"]),
        receiver=parse_address(each["payTo"]),
        receiver_authorizer=parse_address(extra["receiverAuthorizer"]),
        withdraw_delay_s=int(extra["withdrawDelay"]),
        accepted={**each, "extra": kept},
        resource=whole.get("resource"),
        extensions=whole.get("extensions"),
    )
    sound = (
        namespace == "eip155"
        and SHORTEST_DELAY_S <= offer.withdraw_delay_s <= LONGEST_DELAY_S
        and NOBODY not in (offer.receiver, offer.receiver_authorizer)
    )
    if not sound:
        raise ValueError("no channel can be opened for it")
    return offer


def _shown(extra: dict[str, Any]) -> dict[str, Shown]:
    state = extra.get("channelState")
    if not isinstance(state, dict):
        return {}
    voucher = extra.get("voucherState") or {}
    shown = Shown(
        charged=_sum(state["chargedCumulativeAmount"]),
        signed=_sum(voucher.get("signedMaxClaimable", "0")),
        signature=bytes.fromhex(voucher.get("signature", "0x")[2:]),
    )
    return {Digest.parse(state["channelId"]).hex: shown}


def _sum(value: Any) -> int:
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or len(value) > 39:
        raise ValueError("a sum is decimal text")
    if int(value) > LARGEST_AMOUNT:
        raise ValueError("a sum has 128 bits")
    return int(value)


def _decode(header: str) -> dict[str, Any]:
    if len(header) > _LARGEST_HEADER_CHARACTERS:
        raise TermsUnacceptable("its PAYMENT-REQUIRED is too long")
    try:
        value = json.loads(base64.b64decode(header, validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise TermsUnacceptable("its PAYMENT-REQUIRED is not base64 of JSON") from None
    if not isinstance(value, dict):
        raise TermsUnacceptable("its PAYMENT-REQUIRED is not an object")
    return value
