"""What a receiver's authorizer signs: batches of claims, and refunds.

    account.sign_digest(claim_batch_digest(claims, domain))

The struct types of x402 `batch-settlement`, hashed by EIP-712.
"""

from __future__ import annotations

from collections.abc import Sequence

from eth_utils.crypto import keccak

from assay.core.digest import Digest
from assay.market.channels.model import SettlementDomain
from assay.market.channels.ports import Claim

_ENTRY = "ClaimEntry(bytes32 channelId,uint128 maxClaimableAmount,uint128 totalClaimed)"
_ENTRY_TYPE = keccak(text=_ENTRY)
_BATCH_TYPE = keccak(text="ClaimBatch(ClaimEntry[] claims)" + _ENTRY)
_REFUND_TYPE = keccak(text="Refund(bytes32 channelId,uint256 nonce,uint128 amount)")


def claim_batch_digest(claims: Sequence[Claim], domain: SettlementDomain) -> bytes:
    """The 32 bytes that allow a batch of claims."""
    entries = b"".join(
        keccak(
            _ENTRY_TYPE
            + claim.voucher.channel.raw
            + _word(claim.voucher.max_claimable)
            + _word(claim.total)
        )
        for claim in claims
    )
    return domain.digest(keccak(_BATCH_TYPE + keccak(entries)))


def refund_digest(channel: Digest, nonce: int, amount: int, domain: SettlementDomain) -> bytes:
    """The 32 bytes that allow a refund of up to `amount`."""
    return domain.digest(keccak(_REFUND_TYPE + channel.raw + _word(nonce) + _word(amount)))


def _word(number: int) -> bytes:
    return number.to_bytes(32, "big")
