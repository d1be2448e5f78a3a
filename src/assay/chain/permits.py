"""Allowances by signature (EIP-2612): given in the very transaction that uses them.

    permit = sign_permit(token, account, licences.address, 5_000_000, SystemClock())
    sender.transact(licences, "buyWithPermit", offer, maximum_price, permit)

One that somebody submits before us does no harm: the allowance is there then.
"""

from __future__ import annotations

from assay.chain.account import Account
from assay.chain.contract import Contract
from assay.core.address import Address
from assay.core.clock import Clock

_VALID_S = 3600
_TYPES = {
    "Permit": [
        {"name": "owner", "type": "address"},
        {"name": "spender", "type": "address"},
        {"name": "value", "type": "uint256"},
        {"name": "nonce", "type": "uint256"},
        {"name": "deadline", "type": "uint256"},
    ]
}

Permit = tuple[int, int, int, bytes, bytes]
"""Value, deadline, v, r and s, as the contracts take it."""


def sign_permit(
    token: Contract, owner: Account, spender: Address, allowance: int, clock: Clock
) -> Permit:
    """Let a spender take so many units in all, for an hour by the later of both clocks.

    Raises:
        ChainUnreachable, RpcFault: the token cannot be asked.
    """
    chain_time_s = token.node.block("latest").timestamp
    deadline = max(clock.now_s(), chain_time_s) + _VALID_S
    domain = {
        "name": token.read("name"),
        "version": token.read("version"),
        "chainId": token.node.chain_id,
        "verifyingContract": token.address,
    }
    message = {
        "owner": owner.address,
        "spender": spender,
        "value": allowance,
        "nonce": token.read("nonces", owner.address),
        "deadline": deadline,
    }
    signature = owner.sign_typed_data(domain, _TYPES, "Permit", message)
    return allowance, deadline, signature[64], signature[:32], signature[32:64]
