"""One call's part of a channel, and whether its payer promised it.

    fault = promise.fault(call, domain, valid_signature)       # "" if it holds

A channel's calls share its sum: in the order of their vouchers each call owns the part from
`position - amount` to `position`. Whoever claimed up to a call's position has claimed for it; two
calls that own the same part, or a part beyond what the voucher allows, were charged wrongly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.market.channels.model import (
    LARGEST_AMOUNT,
    ChannelConfig,
    SettlementDomain,
    Voucher,
)

SCHEME = "batch-settlement"

# (config, voucher digest, signature) -> whether who may sign the channel's vouchers did.
ValidVoucher = Callable[[ChannelConfig, Digest, bytes], bool]


@dataclass(frozen=True, slots=True)
class PromisedCall:
    """What a call's record says of its payment."""

    payment: Digest
    payer: Address
    provider: Address
    token: Address
    amount: int


@dataclass(frozen=True, slots=True)
class Promise:
    """A voucher with its channel, and the part of the channel's sum that one call was charged.

    Attributes:
        channel: the channel's name, as the voucher has it.
        amount: what the call was charged.
        position: the sum of what this voucher's and all smaller vouchers' calls were charged.
    """

    config: ChannelConfig
    channel: Digest
    max_claimable: int
    signature: bytes
    amount: int
    position: int

    def fault(
        self, call: PromisedCall, domain: SettlementDomain, valid_voucher: ValidVoucher
    ) -> str:
        """Why the voucher does not pay for the call; empty if it does."""
        digest = Voucher(self.channel, self.max_claimable, self.signature).digest(domain)
        if digest != call.payment:
            return f"the record names the payment {call.payment}, the voucher's digest is {digest}"
        if fault := self._channel_fault(call, domain):
            return fault
        if self.amount != call.amount:
            return f"{self.amount} were charged to the voucher, the record says {call.amount}"
        if self.position > self.max_claimable:
            return f"the channel's calls sum up to {self.position}, the voucher allows less"
        if not valid_voucher(self.config, digest, self.signature):
            return "the payer has not signed the voucher"
        return ""

    def _channel_fault(self, call: PromisedCall, domain: SettlementDomain) -> str:
        parties = (self.config.payer, self.config.receiver, self.config.token)
        if self.config.channel_id(domain) != self.channel:
            return "the channel's configuration is not the one that its name stands for"
        if parties != (call.payer, call.provider, call.token):
            return "the channel has another payer, receiver or token than the record"
        return ""

    def as_json(self) -> dict[str, Any]:
        """As it stands in a statement, in the words of the scheme; sums as text."""
        return {
            "channelConfig": config_as_json(self.config),
            "channelId": self.channel.hex,
            "maxClaimableAmount": str(self.max_claimable),
            "signature": "0x" + self.signature.hex(),
            "position": str(self.position),
        }

    @classmethod
    def from_json(cls, value: Any, amount: int) -> Promise:
        """Read what `as_json` wrote; raises KeyError, TypeError, ValueError or InputError."""
        max_claimable, position = int(value["maxClaimableAmount"]), int(value["position"])
        if not 0 <= max_claimable <= LARGEST_AMOUNT or position < 0:
            raise ValueError("a sum is out of range")
        return cls(
            config=config_from_json(value["channelConfig"]),
            channel=Digest.parse(value["channelId"]),
            max_claimable=max_claimable,
            signature=bytes.fromhex(value["signature"].removeprefix("0x")),
            amount=amount,
            position=position,
        )


def config_as_json(config: ChannelConfig) -> dict[str, Any]:
    """A channel's configuration under the names of its EIP-712 type."""
    return {
        "payer": config.payer,
        "payerAuthorizer": config.payer_authorizer,
        "receiver": config.receiver,
        "receiverAuthorizer": config.receiver_authorizer,
        "token": config.token,
        "withdrawDelay": config.withdraw_delay_s,
        "salt": config.salt.hex,
    }


def config_from_json(value: Any) -> ChannelConfig:
    """Read what `config_as_json` wrote; raises KeyError, TypeError, ValueError or InputError."""
    delay_s = int(value["withdrawDelay"])
    if not 0 <= delay_s < 2**40:
        raise ValueError("the delay is out of range")
    return ChannelConfig(
        payer=parse_address(value["payer"]),
        payer_authorizer=parse_address(value["payerAuthorizer"]),
        receiver=parse_address(value["receiver"]),
        receiver_authorizer=parse_address(value["receiverAuthorizer"]),
        token=parse_address(value["token"]),
        withdraw_delay_s=delay_s,
        salt=Digest.parse(value["salt"]),
    )
