"""The treasury's contract, as one account sees it and acts on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from eth_utils.crypto import keccak

from assay.authoring.payments.errors import PaymentRefused, TreasuryMissing
from assay.authoring.payments.model import Order, PayeeOnFile, Treasury
from assay.chain.build import load_build
from assay.chain.contract import Contract
from assay.chain.create2 import FACTORY, create2_address, creation_data, ensure_factory
from assay.chain.errors import CodeMissing, ContractRevert
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.chain.verification import init_code, own_code
from assay.core.address import ZERO_ADDRESS, Address, parse_address

NAME = "PaymentPolicy"
_NO_DETAILS = "0x" + "0" * 64
_HINTS: Mapping[str, str] = {
    "OwnableUnauthorizedAccount": "Only the treasury's owner can do this: name it with --account.",
    "PaymentPolicyNotOperator": "The owner appoints operators: `assay payment policy operator`.",
    "PaymentPolicyNotApprover": "The owner appoints approvers: `assay payment policy approver`.",
    "PaymentPolicyAccountTaken": "An account belongs to one payee.",
}


def treasury_address(owner: Address, currency: Address, account_delay_s: int) -> Address:
    """Where the treasury of an owner is, or will be: it follows from the build and these three."""
    return create2_address(init_code(load_build(NAME), (owner, currency, account_delay_s)))


def create_treasury(
    node: Node, sender: Sender, owner: Address, currency: Address, account_delay_s: int
) -> Address:
    """Put a treasury on the chain where it is not there; anybody may pay for that.

    Raises:
        ForeignCode: something else is at its address.
    """
    address = treasury_address(owner, currency, account_delay_s)
    if not node.code(address):
        ensure_factory(node, sender)
        data = creation_data(init_code(load_build(NAME), (owner, currency, account_delay_s)))
        try:
            sender.wait(sender.send(FACTORY, data))
        except ContractRevert:
            if not node.code(address):  # else another process created it meanwhile
                raise
    own_code(node, address, load_build(NAME))
    return address


class OnChainTreasury:
    """The `TreasuryOnChain` port, and what the owner sets."""

    def __init__(
        self, node: Node, address: Address, first_block: int, open_sender: Callable[[], Sender]
    ) -> None:
        """Bind a treasury after checking its code.

        Raises:
            TreasuryMissing: there is nothing at the address.
            ForeignCode: something else is.
        """
        try:
            own_code(node, address, load_build(NAME))
        except CodeMissing:
            raise TreasuryMissing(address) from None
        self._node = node
        self._contract = Contract(node, NAME, address)
        self._first_block = first_block
        self._open_sender = open_sender
        self.address = address

    def state(self) -> Treasury:
        """See `TreasuryOnChain.state`."""
        block = self._node.block_number()
        read = self._reader(block)
        total, approval_above, period_s, needed = read("rulesNow")
        currency = Address(read("currency"))
        token = Contract(self._node, "AssayToken", currency)
        now_s = self._node.block(block).timestamp
        payees = tuple(self._payee(name, block, now_s) for name in self._names(block))
        _, _, total_left, total_end = read("left", bytes(32))
        return Treasury(
            address=self.address,
            owner=read("owner"),
            currency=currency,
            symbol=token.read("symbol", block=block),
            decimals=token.read("decimals", block=block),
            balance=token.read("balanceOf", self.address, block=block),
            paused=read("paused"),
            period_s=period_s,
            account_delay_s=read("accountDelay"),
            total=total,
            total_left=total_left,
            total_period_end=total_end,
            approval_above=approval_above,
            approvals_needed=needed,
            approvers=tuple(read("approvers")),
            payees=payees,
        )

    def now_s(self) -> int:
        """See `TreasuryOnChain.now_s`."""
        return self._node.block("latest").timestamp

    def paid_at(self, digest: str) -> int:
        """See `TreasuryOnChain.paid_at`."""
        return int(self._contract.read("paidAt", bytes.fromhex(digest[2:])))

    def approvals(self, order: Order) -> tuple[str, ...]:
        """See `TreasuryOnChain.approvals`."""
        name = self._contract.read("hashOf", _request(order))
        return tuple(self._contract.read("approvalsOf", name))

    def approve(self, order: Order) -> str:
        """See `TreasuryOnChain.approve`."""
        return self.transact("approve", _request(order))

    def pay(self, order: Order) -> str:
        """See `TreasuryOnChain.pay`."""
        data = self._contract.encode("pay", _request(order))
        with _refusals():
            sender = self._open_sender()
            receipt = sender.resume(self.address, data)
            if receipt is None:
                receipt = sender.wait(sender.send(self.address, data))
        return receipt.transaction_hash

    def transact(self, function: str, *args: Any) -> str:
        """Call a function of the contract; the transaction's hash.

        Raises:
            PaymentRefused: the contract refuses.
        """
        with _refusals():
            return self._open_sender().transact(self._contract, function, *args).transaction_hash

    def _names(self, block: int) -> list[str]:
        topic = self._contract.topic("PayeeSet")
        logs = self._node.logs([self.address], self._first_block, block, [topic])
        events = [event for log in logs if (event := self._contract.decode_log(log))]
        return list(dict.fromkeys(str(event.args["name"]) for event in events))

    def _payee(self, name: str, block: int, now_s: int) -> PayeeOnFile:
        read, key = self._reader(block), payee_id(name)
        raw = bytes.fromhex(key[2:])
        _, next_from, active, following, limit, details = read("payeeOf", raw)
        left, period_end, _, _ = read("left", raw)
        digest = "0x" + bytes(details).hex() if not isinstance(details, str) else details
        waits = following != ZERO_ADDRESS and next_from > now_s
        return PayeeOnFile(
            name=name,
            id=key,
            account=parse_address(read("accountOf", raw)),
            limit=limit,
            left=left,
            period_end=period_end,
            next_account=parse_address(following) if waits else None,
            next_from=next_from if waits else 0,
            details=None if digest == _NO_DETAILS else digest,
            active=active,
        )

    def _reader(self, block: int) -> Callable[..., Any]:
        return lambda function, *args: self._contract.read(function, *args, block=block)


def payee_id(name: str) -> str:
    """What the contract knows a payee by."""
    return "0x" + keccak(text=name).hex()


def _request(order: Order) -> tuple[Any, ...]:
    payee, digest = bytes.fromhex(order.payee[2:]), bytes.fromhex(order.digest[2:])
    return (payee, order.account, order.amount, digest, order.expiry)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except ContractRevert as revert:
        values = ", ".join(f"{name} {value}" for name, value in revert.values.items())
        text = f"The treasury refuses: {revert.name} ({values})."
        raise PaymentRefused(revert.name, text, _HINTS.get(revert.name, "")) from revert
