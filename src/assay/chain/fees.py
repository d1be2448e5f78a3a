"""What a transaction may cost: gas with a margin, and EIP-1559 fees that outlast rising ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assay.chain.broadcast import Verdict
from assay.chain.errors import InsufficientFunds, RpcFault
from assay.chain.node import Node
from assay.chain.reverts import revert_in
from assay.core.address import Address

_GAS_MARGIN_PERCENT = 20
_RAISE_PERMILLE = 125  # what nodes ask of a replacement, and a little more
_DEFAULT_PRIORITY_WEI = 1_000_000_000
_CHEAPEST_GAS = 21_000


@dataclass(frozen=True, slots=True)
class Fees:
    """Prices per unit of gas, in wei (https://eips.ethereum.org/EIPS/eip-1559)."""

    maximum: int
    priority: int

    def raised(self, current: Fees) -> Fees:
        """Fees with which a replacement is taken: 12.5 % up, and at least the current ones."""
        return Fees(
            max(_raise(self.maximum), current.maximum),
            max(_raise(self.priority), current.priority),
        )


@dataclass(frozen=True, slots=True)
class Cost:
    """What a transaction may take from its sender, in gas and wei."""

    gas: int
    fees: Fees


def current_fees(node: Node) -> Fees:
    """Twice the newest base fee plus the tip that the node suggests."""
    block, tip = node.batch(
        [("eth_getBlockByNumber", ["latest", False]), ("eth_maxPriorityFeePerGas", [])]
    )
    return _fees(block, tip)


def estimate(
    node: Node, sender: Address, to: Address, data: bytes, value: int, *, spare_gas: int = 0
) -> Cost:
    """Try a transaction on the pending block without sending it.

    Args:
        spare_gas: on top of the margin, where what others do meanwhile can make it dearer.

    Raises:
        ContractRevert: it would be reverted; with the error's name and values.
        InsufficientFunds: the sender cannot pay for it.
        RpcFault: the node cannot tell for another reason.
    """
    call = {"from": sender, "to": to, "data": "0x" + data.hex(), "value": hex(value)}
    gas, block, tip, balance = node.batch(
        [
            ("eth_estimateGas", [call, "pending"]),
            ("eth_getBlockByNumber", ["latest", False]),
            ("eth_maxPriorityFeePerGas", []),
            ("eth_getBalance", [sender, "pending"]),
        ]
    )
    if isinstance(balance, RpcFault):
        raise balance
    fees = _fees(block, tip)
    have = int(balance, 16)
    if isinstance(gas, RpcFault):
        if revert := revert_in(gas):
            raise revert
        if Verdict.of(gas.message) is Verdict.NO_FUNDS:
            raise InsufficientFunds(have, value + _CHEAPEST_GAS * fees.maximum, sender)
        raise gas
    limit = int(gas, 16) * (100 + _GAS_MARGIN_PERCENT) // 100 + spare_gas
    need = value + limit * fees.maximum
    if have < need:
        raise InsufficientFunds(have, need, sender)
    return Cost(limit, fees)


def _fees(block: Any, tip: Any) -> Fees:
    if isinstance(block, RpcFault):
        raise block
    priority = _DEFAULT_PRIORITY_WEI if isinstance(tip, RpcFault) else int(tip, 16)
    return Fees(2 * int(block.get("baseFeePerGas") or "0x0", 16) + priority, priority)


def _raise(price: int) -> int:
    return price + price * _RAISE_PERMILLE // 1000 + 1
