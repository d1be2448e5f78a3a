"""Payers with real keys, and a settlement contract in memory that brings their deposits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from coincurve import PrivateKey
from eth_utils.address import to_checksum_address

from assay.core.address import Address
from assay.core.digest import Digest
from assay.core.keccak import keccak
from assay.errors import UnavailableError
from assay.market.channels.model import (
    ChainState,
    ChannelConfig,
    SettlementDomain,
    Voucher,
)
from assay.market.channels.payload import ChannelPayment, ChannelTerms, PaymentKind
from assay.market.channels.ports import Claim, Deposit
from assay.market.errors import PaymentRefused

RECEIVER = Address("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")
TOKEN = Address("0x3000000000000000000000000000000000000003")
DOMAIN = SettlementDomain(31337, Address("0x4020074e9dF2ce1deE5A9C1b5c3f541D02a10003"))
TERMS = ChannelTerms(
    domain=DOMAIN,
    receiver=RECEIVER,
    receiver_authorizer=RECEIVER,
    token=TOKEN,
    withdraw_delay_s=900,
    erc3009_collector=Address("0x4020806089470a89826cB9fB1f4059150b550004"),
    permit2_collector=Address("0x4020425FAf3B746C082C2f942b4E5159887B0005"),
)
HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


@dataclass(frozen=True)
class Payer:
    """A key, and what it signs."""

    number: int

    @cached_property
    def key(self) -> PrivateKey:
        return PrivateKey(hashlib.sha256(b"payer %d" % self.number).digest())

    @cached_property
    def address(self) -> Address:
        public = self.key.public_key.format(compressed=False)
        return Address(to_checksum_address(keccak(public[1:])[12:]))

    def config(self, salt: int = 0, **changes: Any) -> ChannelConfig:
        config = ChannelConfig(
            payer=self.address,
            payer_authorizer=self.address,
            receiver=TERMS.receiver,
            receiver_authorizer=TERMS.receiver_authorizer,
            token=TERMS.token,
            withdraw_delay_s=TERMS.withdraw_delay_s,
            salt=Digest(salt.to_bytes(32, "big")),
        )
        return replace(config, **changes)

    def sign(self, digest: bytes) -> bytes:
        signature = self.key.sign_recoverable(digest, hasher=None)
        return signature[:64] + bytes([signature[64] + 27])

    def voucher(
        self, channel: Digest, max_claimable: int, domain: SettlementDomain = DOMAIN
    ) -> Voucher:
        unsigned = Voucher(channel, max_claimable, b"")
        return replace(unsigned, signature=self.sign(unsigned.digest(domain).raw))

    def pay(self, max_claimable: int, salt: int = 0) -> ChannelPayment:
        """A payload as the reader gives it."""
        config = self.config(salt)
        channel = config.channel_id(DOMAIN)
        return ChannelPayment(PaymentKind.VOUCHER, config, self.voucher(channel, max_claimable))


def as_json(payment: ChannelPayment, kind: str = "voucher", **more: Any) -> dict[str, Any]:
    """A payload as it goes over the wire."""
    config, voucher = payment.config, payment.voucher
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
            "channelId": voucher.channel.hex,
            "maxClaimableAmount": str(voucher.max_claimable),
            "signature": "0x" + voucher.signature.hex(),
        },
        **more,
    }


@dataclass
class PaidInContract:
    """The `ChannelChain` port as a payer's calls meet it: balances, deposits and refunds.

    Attributes:
        default: what channels hold that nobody named; None where they are unknown.
        outage: raised by everything, where set.
        reads: how many channels each reading named.
    """

    default: int | None = 10**12
    held: dict[Digest, ChainState] = field(default_factory=dict)
    outage: UnavailableError | None = None
    refuse_refunds: bool = False
    block: int = 1
    reads: list[int] = field(default_factory=list)
    deposits: dict[Digest, Deposit] = field(default_factory=dict)
    refunds: dict[tuple[Digest, int], int] = field(default_factory=dict)
    approves: Callable[[ChannelConfig, Digest, bytes], bool] = lambda *_: False
    domain: SettlementDomain = DOMAIN

    def state(self, channel: Digest) -> ChainState:
        known = self.held.get(channel) or ChainState(self.default or 0, 0, 0, 0, 0, 0)
        return replace(known, block=self.block)

    def change(self, channel: Digest, **sums: int) -> None:
        self.block += 1
        self.held[channel] = replace(self.state(channel), **sums)

    def states(self, channels: Sequence[Digest]) -> list[ChainState]:
        self._work()
        self.reads.append(len(channels))
        return [self.state(channel) for channel in channels]

    def valid_signature(self, config: ChannelConfig, digest: Digest, signature: bytes) -> bool:
        self._work()
        return self.approves(config, digest, signature)

    def deposit(self, deposit: Deposit) -> str:
        self._work()
        if deposit.nonce not in self.deposits:
            self.deposits[deposit.nonce] = deposit
            channel = deposit.config.channel_id(self.domain)
            self.change(channel, balance=self.state(channel).balance + deposit.amount)
        return "0x" + deposit.nonce.raw.hex()

    def refund(
        self, config: ChannelConfig, amount: int, nonce: int, claims: Sequence[Claim]
    ) -> str:
        self._work()
        if self.refuse_refunds:
            raise PaymentRefused("refused")
        channel = config.channel_id(self.domain)
        state = self.state(channel)
        if state.refund_nonce == nonce:
            claimed = max([state.claimed, *(claim.total for claim in claims)])
            given = min(amount, state.balance - claimed)
            self.refunds[channel, nonce] = given
            self.change(
                channel, balance=state.balance - given, claimed=claimed, refund_nonce=nonce + 1
            )
        return f"0x{channel.raw.hex()[:60]}{nonce:04x}"

    def _work(self) -> None:
        if self.outage:
            raise self.outage
