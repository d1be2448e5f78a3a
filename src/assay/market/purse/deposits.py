"""A deposit as its payer signs it: an EIP-3009 authorization that brings tokens into one channel.

    deposit = sign_deposit(channel, 1_000_000, terms, signer, salt=salt, valid_before=t)
    deposit.collector_data                # what the ERC-3009 collector of x402 takes
    deposit.nonce(channel)                # the token spends it once: never two deposits

The authorization is good for one channel (its nonce is made of the channel's name) and one
collector. Whoever sends it, the payer or the provider's facilitator, brings the same deposit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.calls import TypedDataSigner
from assay.market.channels.model import ChannelConfig
from assay.market.channels.ports import Deposit

_TYPES: Mapping[str, Sequence[Mapping[str, str]]] = {
    "ReceiveWithAuthorization": [
        {"name": "from", "type": "address"},
        {"name": "to", "type": "address"},
        {"name": "value", "type": "uint256"},
        {"name": "validAfter", "type": "uint256"},
        {"name": "validBefore", "type": "uint256"},
        {"name": "nonce", "type": "bytes32"},
    ]
}


@dataclass(frozen=True, slots=True)
class DepositTerms:
    """What deposits of one token are signed for.

    Attributes:
        token_name, token_version: the token's EIP-712 domain.
        collector: the contract that moves the tokens.
    """

    chain_id: int
    token: Address
    token_name: str
    token_version: str
    collector: Address


@dataclass(frozen=True, slots=True)
class SignedDeposit:
    """The payer's consent; `valid_before` in seconds since 1970."""

    amount: int
    salt: Digest
    valid_before: int
    signature: bytes

    @property
    def collector_data(self) -> bytes:
        """What the collector is given: (validAfter, validBefore, salt, signature)."""
        kinds = ["uint256", "uint256", "uint256", "bytes"]
        return encode(kinds, [0, self.valid_before, self.salt.token_id, self.signature])

    def nonce(self, channel: Digest) -> Digest:
        """What the token spends once: keccak256(abi.encode(channel, salt))."""
        return deposit_nonce(channel, self.salt)

    def for_chain(self, channel: Digest, config: ChannelConfig, collector: Address) -> Deposit:
        """The deposit as the settlement contract takes it."""
        return Deposit(config, self.amount, collector, self.collector_data, self.nonce(channel))

    def as_x402(self) -> dict[str, Any]:
        """The member `deposit` of an x402 payload."""
        authorization = {
            "validAfter": "0",
            "validBefore": str(self.valid_before),
            "salt": self.salt.hex,
            "signature": "0x" + self.signature.hex(),
        }
        return {
            "amount": str(self.amount),
            "authorization": {"erc3009Authorization": authorization},
        }

    @classmethod
    def from_x402(cls, value: Mapping[str, Any]) -> SignedDeposit:
        """Read what `as_x402` made."""
        authorization = value["authorization"]["erc3009Authorization"]
        return cls(
            amount=int(value["amount"]),
            salt=Digest.parse(authorization["salt"]),
            valid_before=int(authorization["validBefore"]),
            signature=bytes.fromhex(authorization["signature"][2:]),
        )


def deposit_nonce(channel: Digest, salt: Digest) -> Digest:
    """The nonce of an authorization that is good for one channel."""
    return Digest(keccak(encode(["bytes32", "uint256"], [channel.raw, salt.token_id])))


def sign_deposit(
    channel: Digest,
    amount: int,
    terms: DepositTerms,
    signer: TypedDataSigner,
    *,
    salt: Digest,
    valid_before: int,
) -> SignedDeposit:
    """Allow the collector to bring `amount` into a channel, once, until `valid_before`."""
    domain = {
        "name": terms.token_name,
        "version": terms.token_version,
        "chainId": terms.chain_id,
        "verifyingContract": terms.token,
    }
    message = {
        "from": signer.address,
        "to": terms.collector,
        "value": amount,
        "validAfter": 0,
        "validBefore": valid_before,
        "nonce": deposit_nonce(channel, salt).raw,
    }
    signature = signer.sign_typed_data(domain, _TYPES, "ReceiveWithAuthorization", message)
    return SignedDeposit(amount, salt, valid_before, signature)
