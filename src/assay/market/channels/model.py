"""What a channel and a voucher are, and which sums may never be passed.

    config.channel_id(domain)            # the name of a channel: its configuration, by EIP-712
    voucher.digest(domain)               # the name of a payment: unique in channel and sum
    channel.lacks(voucher, price)        # what keeps the voucher from paying one more call

Amounts are whole units of the token. All sums in a channel only grow:

    claimed <= charged <= charged + reserved <= signed <= balance
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from eth_abi.abi import encode

from assay.core.address import Address
from assay.core.digest import Digest
from assay.core.keccak import keccak

LARGEST_AMOUNT = 2**128 - 1
SHORTEST_DELAY_S = 15 * 60
LONGEST_DELAY_S = 30 * 24 * 3600
NOBODY = Address("0x0000000000000000000000000000000000000000")
MOST_REVOCABLE = 100_000  # a tenth of a token with 6 decimals

_DOMAIN_TYPE = keccak(
    b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)
_CONFIG_TYPE = keccak(
    b"ChannelConfig(address payer,address payerAuthorizer,address receiver,"
    b"address receiverAuthorizer,address token,uint40 withdrawDelay,bytes32 salt)"
)
_VOUCHER_TYPE = keccak(b"Voucher(bytes32 channelId,uint128 maxClaimableAmount)")


@dataclass(frozen=True, slots=True)
class SettlementDomain:
    """What signatures are bound to: one settlement contract on one chain."""

    chain_id: int
    contract: Address

    @property
    def separator(self) -> bytes:
        """The EIP-712 domain separator, 32 bytes."""
        return _separator(self.chain_id, self.contract)

    def digest(self, struct_hash: bytes) -> bytes:
        """The 32 bytes that are signed for a struct."""
        return keccak(b"\x19\x01" + self.separator + struct_hash)


@lru_cache(maxsize=8)
def _separator(chain_id: int, contract: Address) -> bytes:
    kinds = ["bytes32", "bytes32", "bytes32", "uint256", "address"]
    name, version = keccak(b"x402 Batch Settlement"), keccak(b"1")
    return keccak(encode(kinds, [_DOMAIN_TYPE, name, version, chain_id, contract]))


@dataclass(frozen=True, slots=True)
class ChannelConfig:
    """Who may pay whom in which token; it never changes, and its hash names the channel.

    Attributes:
        payer: who deposits, and gets back what is left.
        payer_authorizer: whose key signs vouchers; `NOBODY` if the payer itself does, by key or
            by EIP-1271.
        receiver: who is paid.
        receiver_authorizer: whose signature allows claims and refunds that others send.
        withdraw_delay_s: seconds between a withdrawal's announcement and its execution.
        salt: tells several channels of the same parties apart.
    """

    payer: Address
    payer_authorizer: Address
    receiver: Address
    receiver_authorizer: Address
    token: Address
    withdraw_delay_s: int
    salt: Digest

    def as_tuple(self) -> tuple[Address, Address, Address, Address, Address, int, bytes]:
        """The struct as contracts take it."""
        return (
            self.payer,
            self.payer_authorizer,
            self.receiver,
            self.receiver_authorizer,
            self.token,
            self.withdraw_delay_s,
            self.salt.raw,
        )

    def channel_id(self, domain: SettlementDomain) -> Digest:
        """The EIP-712 hash of the configuration."""
        kinds = ["bytes32", *["address"] * 5, "uint40", "bytes32"]
        return Digest(domain.digest(keccak(encode(kinds, [_CONFIG_TYPE, *self.as_tuple()]))))


@dataclass(frozen=True, slots=True)
class Voucher:
    """The payer's promise that the receiver may claim up to a sum, over a channel's whole life."""

    channel: Digest
    max_claimable: int
    signature: bytes

    def digest(self, domain: SettlementDomain) -> Digest:
        """What was signed; it also names the payment of one call."""
        return Digest(voucher_digest(domain.separator, self.channel.raw, self.max_claimable))


def voucher_digest(separator: bytes, channel: bytes, max_claimable: int) -> bytes:
    """The 32 bytes that are signed for a voucher, by the separator of its domain."""
    struct = keccak(_VOUCHER_TYPE + channel + max_claimable.to_bytes(32, "big"))
    return keccak(b"\x19\x01" + separator + struct)


@dataclass(frozen=True, slots=True)
class ChainState:
    """What the settlement contract says of a channel.

    Attributes:
        balance: all that was deposited, less what was refunded or withdrawn; claims leave it.
        claimed: the sum that was claimed so far.
        withdrawal: what the payer announced to take out; 0 if nothing.
        withdrawal_at: seconds since 1970 of the announcement; 0 if none.
        refund_nonce: number of refunds by signature so far.
        block: the block that was read.
    """

    balance: int
    claimed: int
    withdrawal: int
    withdrawal_at: int
    refund_nonce: int
    block: int


class VoucherState(StrEnum):
    """How far the call of a voucher is.

    RESERVED: being served; its price counts as spent until `expires_at`.
    OPEN: charged in full while a stream runs; the charge may still fall, and is not claimed yet.
    CHARGED: served and charged, for good.
    """

    RESERVED = "reserved"
    OPEN = "open"
    CHARGED = "charged"


class Shortfall(StrEnum):
    """Why a voucher cannot pay for one more call."""

    BALANCE = "balance"  # the channel holds too little: deposit more
    SIGNED = "signed"  # the voucher's sum is too small: sign a larger one
    BUSY = "busy"  # the sum would do if the calls under way did not count: wait for them
    UNCLAIMED = "unclaimed"  # its payer may still revoke what it signed: what is due comes first


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as the provider's book has it.

    Attributes:
        charged: the sum of all calls that were served.
        reserved: the sum of the prices of calls being served now.
        open: the part of `charged` that may still fall.
        refunding: what is being given back; vouchers may not reach it any more.
        signed: the largest sum that a stored voucher allows; `signature` is its signature.
    """

    id: Digest
    config: ChannelConfig
    chain: ChainState
    charged: int = 0
    reserved: int = 0
    open: int = 0
    signed: int = 0
    signature: bytes = b""
    refunding: int = 0

    @property
    def spendable(self) -> int:
        """What vouchers may reach: the balance, less an announced withdrawal and a refund."""
        held_back = self.chain.withdrawal + self.refunding
        return max(self.chain.balance - held_back, self.chain.claimed)

    @property
    def claimable(self) -> int:
        """What a claim would add now."""
        return max(0, self.charged - self.open - self.chain.claimed)

    @property
    def most_unclaimed(self) -> int:
        """How much may be served before it is claimed; a single call may cost more.

        A key's signature is good for ever. A contract (EIP-1271), which any account can become, may
        say no to the claim after it said yes to the call: then this is all that is lost.
        """
        return MOST_REVOCABLE if self.config.payer_authorizer == NOBODY else LARGEST_AMOUNT

    def lacks(self, max_claimable: int, price: int) -> Shortfall | None:
        """What keeps a voucher from paying `price` for one more call."""
        if self.charged + price > max_claimable:
            return Shortfall.SIGNED
        if max_claimable > self.spendable:
            return Shortfall.BALANCE
        if self.charged + self.reserved + price > max_claimable:
            return Shortfall.BUSY
        unclaimed = self.charged + self.reserved - self.chain.claimed
        if unclaimed > 0 and unclaimed + price > self.most_unclaimed:
            return Shortfall.UNCLAIMED
        return None
