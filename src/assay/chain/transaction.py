"""Sending transactions so that none is lost, doubled, or stuck.

    sender = Sender(node, accounts.open("alice", password), Path(".assay/chain/outbox"))
    receipt = sender.transact(registry, "setPrice", asset_id, 5000)

A transaction is signed and on the disk before it leaves (`outbox`). Whatever happens then - the
process dies, the node dies, the connection breaks - the same bytes are sent again, and a chain
takes the same bytes once.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from assay.chain.account import Account
from assay.chain.broadcast import Verdict, broadcast
from assay.chain.contract import Contract
from assay.chain.errors import (
    ChainUnreachable,
    ContractRevert,
    InsufficientFunds,
    RpcFault,
    TransactionPending,
    TransactionRefused,
    TransactionSuperseded,
    TransactionUncertain,
)
from assay.chain.fees import Fees, current_fees, estimate
from assay.chain.node import Node
from assay.chain.outbox import Outbox, SignedTransaction, chain_folder, lost
from assay.chain.records import Receipt
from assay.chain.recovery import restore
from assay.chain.reverts import revert_in
from assay.core.address import Address

_ATTEMPTS = 8
_FIRST_POLL_S = 0.005
_LONGEST_POLL_S = 0.25
_TEND_EVERY_S = 1.0
_TOLERATED_OUTAGE_S = 10.0
_PRUNE_ABOVE = 64


class Sender:
    """Sends from one account. Several processes and threads may do so at once.

    Attributes:
        account: who signs and pays.
        stuck_after_s: how long a transaction may wait before it is replaced by a dearer one.
    """

    def __init__(
        self, node: Node, account: Account, folder: Path, *, stuck_after_s: float = 30.0
    ) -> None:
        """`folder` keeps the outboxes of all chains and accounts; nothing is sent yet."""
        self._node = node
        self._folder = folder
        self._prune_above = _PRUNE_ABOVE
        self.account = account
        self.stuck_after_s = stuck_after_s

    @cached_property
    def _outbox(self) -> Outbox:
        return Outbox(chain_folder(self._node, self._folder), self.account.address)

    def transact(
        self,
        contract: Contract,
        function: str,
        *args: Any,
        value: int = 0,
        spare_gas: int = 0,
    ) -> Receipt:
        """Call a function of a contract in a transaction, and wait until it is mined.

        Args:
            spare_gas: see `send`.

        Raises:
            ContractRevert: the contract refuses; mostly before anything was sent.
            Everything that `send` and `wait` raise.
        """
        data = contract.encode(function, *args)
        return self.wait(self.send(contract.address, data, value, spare_gas=spare_gas))

    def send(self, to: Address, data: bytes = b"", value: int = 0, *, spare_gas: int = 0) -> str:
        """Sign and send; the transaction's hash. Nothing is sent if an error other than
        `TransactionUncertain` is raised.

        Args:
            data: call data, empty for a plain transfer.
            value: wei to transfer.
            spare_gas: how much more than now it may need by the time it is mined.

        Raises:
            ContractRevert: it would be reverted.
            InsufficientFunds: the account cannot pay value and fee.
            TransactionUncertain: the connection broke; the transaction is kept.
            TransactionRefused, AccountBusy, ChainUnreachable, FileNotWritten.
        """
        cost = estimate(self._node, self.account.address, to, data, value, spare_gas=spare_gas)
        fields = {
            "type": 2,
            "chainId": self._node.chain_id,
            "to": to,
            "data": "0x" + data.hex(),
            "value": value,
            "gas": cost.gas,
        }
        with self._outbox.lock():
            signed = self._send_locked(fields, cost.fees)
            self._prune_if_large()
        return signed.hash

    def _send_locked(self, fields: dict[str, Any], fees: Fees) -> SignedTransaction:
        words = ""
        for _ in range(_ATTEMPTS):
            signed = self._sign({**fields, "nonce": self._next_nonce()}, fees)
            verdict, words = self._dispatch(signed)
            if verdict is Verdict.ACCEPTED:
                return signed
            if verdict is Verdict.NONCE_USED and self._node.receipt(signed.hash):
                return signed
            self._outbox.remove(signed)
            match verdict:
                case Verdict.NO_FUNDS:
                    have = self._node.balance(self.account.address)
                    need = fields["value"] + fields["gas"] * fees.maximum
                    raise InsufficientFunds(have, need, self.account.address)
                case Verdict.FEE_TOO_LOW:
                    fees = fees.raised(current_fees(self._node))
                case Verdict.REFUSED:
                    raise TransactionRefused(words)
                case _:
                    time.sleep(_FIRST_POLL_S)  # the nonce was taken from elsewhere: next one
        raise TransactionRefused(words)

    def _dispatch(self, signed: SignedTransaction) -> tuple[Verdict, str]:
        """Put a signed transaction on the disk, then send it."""
        self._outbox.add(signed)
        try:
            return broadcast(self._node, signed.raw)
        except ChainUnreachable as error:
            if not error.sent:
                self._outbox.remove(signed)
                raise
            raise TransactionUncertain(error.url, error.reason, signed.hash) from None

    def _sign(self, fields: dict[str, Any], fees: Fees) -> SignedTransaction:
        fields |= {"maxFeePerGas": fees.maximum, "maxPriorityFeePerGas": fees.priority}
        return SignedTransaction.of(fields, self.account.sign_transaction(fields))

    def _next_nonce(self) -> int:
        """The first nonce that neither the chain nor the outbox uses.

        What the outbox holds and the node has never seen, or has dropped, is sent first.
        """
        pending = self._count("pending")
        if any(nonce >= pending for nonce in self._outbox.nonces()):
            ahead = [signed for signed in self._outbox.transactions() if signed.nonce >= pending]
            restore(self._node, lost(self._node, ahead))
            pending = self._count("pending")
        taken = self._outbox.nonces()
        while pending in taken:
            pending += 1
        return pending

    def _count(self, tag: str) -> int:
        return int(self._node.request("eth_getTransactionCount", [self.account.address, tag]), 16)

    def _prune_if_large(self) -> None:
        if len(self._outbox.nonces()) > self._prune_above:
            self._outbox.prune(self._node)
            self._prune_above = max(_PRUNE_ABOVE, 2 * len(self._outbox.nonces()))

    def wait(self, tx_hash: str, timeout_s: float = 60.0) -> Receipt:
        """Wait until a transaction, or a dearer replacement of it, is mined.

        A transaction that the node dropped is sent again; one that is stuck is replaced.

        Returns:
            the receipt of the one that was mined: its hash may be a replacement's.

        Raises:
            ContractRevert: it was mined and reverted.
            TransactionPending: not mined in time; it is kept.
            TransactionSuperseded: a foreign transaction took its nonce.
            ChainUnreachable: no answer for ten seconds on end.
        """
        start = answered = time.monotonic()
        next_tending = start + _TEND_EVERY_S
        pause_s = _FIRST_POLL_S
        while True:
            now = time.monotonic()
            try:
                if receipt := self._mined(tx_hash):
                    return self._checked(receipt)
                if now >= next_tending:
                    self._tend(tx_hash)
                    next_tending = now + _TEND_EVERY_S
                answered = time.monotonic()
            except ChainUnreachable:
                if now - answered > _TOLERATED_OUTAGE_S or now - start > timeout_s:
                    raise
            if now - start > timeout_s:
                raise TransactionPending(tx_hash, timeout_s)
            time.sleep(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_POLL_S)

    def resume(self, to: Address, data: bytes, timeout_s: float = 60.0) -> Receipt | None:
        """Wait for an earlier transaction of the very same call, sent perhaps by another process.

        For calls that do no harm when they are made again: one whose nonce the account may never
        reach, because a node once counted wrongly, is not waited for.

        Returns:
            its receipt; None if no kept transaction made this call, or none succeeded.

        Raises:
            TransactionPending, ChainUnreachable: as `wait`.
        """
        digits, kept = "0x" + data.hex(), self._outbox.transactions()
        calls = [one for one in kept if (one.fields["to"], one.fields["data"]) == (to, digits)]
        if calls:
            within_reach = self._reach(kept)
            for signed in reversed([one for one in calls if one.nonce <= within_reach]):
                try:
                    return self.wait(signed.hash, timeout_s)
                except (ContractRevert, TransactionSuperseded):
                    continue
        return None

    def recover(self) -> int:
        """Send again what a node lost, for one after it was killed; how many it took."""
        with self._outbox.lock():
            return restore(self._node, lost(self._node, self._outbox.transactions()))

    def tend(self) -> int:
        """Send again what the chain lost, and replace what is stuck; how many the node took.

        For one who does not wait for a certain transaction: the first that is not mined holds up
        all later ones of the account, whoever sent it.

        Raises:
            ChainUnreachable, RpcFault, AccountBusy: the node or the lock; to be tried again.
        """
        with self._outbox.lock():
            kept = self._outbox.transactions()
            missing = lost(self._node, kept)
            if missing:
                within_reach = self._reach(kept)
                missing = [signed for signed in missing if signed.nonce <= within_reach]
            if not missing:
                return 0
            taken = restore(self._node, missing)
            first = missing[0]
            waited_s = (time.time_ns() - first.signed_at_ns) / 1e9
            if waited_s > self.stuck_after_s and self._node.receipt(first.hash) is None:
                if self._count("latest") <= first.nonce:
                    self._replace(first)
                elif self._mined(first.hash) is None:  # a foreign one took its nonce
                    for signed in self._outbox.rivals(first.hash):
                        self._outbox.remove(signed)
            return taken

    def _reach(self, kept: Sequence[SignedTransaction]) -> int:
        """The largest nonce that is mined once all before it are, those kept and those pending."""
        nonces = {signed.nonce for signed in kept}
        following = self._count("pending")
        while following in nonces:
            following += 1
        return following - 1

    def _mined(self, tx_hash: str) -> Receipt | None:
        hashes = [signed.hash for signed in self._outbox.rivals(tx_hash)] or [tx_hash]
        return next((found for found in self._node.receipts(hashes) if found), None)

    def _tend(self, tx_hash: str) -> None:
        """Send again, replace, or give up on a transaction that is not mined yet."""
        with self._outbox.lock():
            rivals = self._outbox.rivals(tx_hash)
            if not rivals:  # another wallet's: nothing that could be done for it
                return
            newest = rivals[-1]
            if self._count("latest") > newest.nonce:
                time.sleep(_TEND_EVERY_S)  # a node's receipts may lag behind its nonces
                if self._mined(tx_hash) is None:
                    for signed in rivals:
                        self._outbox.remove(signed)
                    raise TransactionSuperseded(tx_hash, newest.nonce)
            elif self._node.request("eth_getTransactionByHash", [newest.hash]) is None:
                restore(self._node, lost(self._node, self._outbox.transactions()))
            elif time.time_ns() - newest.signed_at_ns > self.stuck_after_s * 1e9:
                self._replace(newest)

    def _replace(self, stuck: SignedTransaction) -> None:
        fields = dict(stuck.fields)
        old = Fees(fields["maxFeePerGas"], fields["maxPriorityFeePerGas"])
        signed = self._sign(fields, old.raised(current_fees(self._node)))
        verdict, _ = self._dispatch(signed)
        if verdict in {Verdict.NO_FUNDS, Verdict.REFUSED}:
            self._outbox.remove(signed)  # the stuck one may still be mined

    def _checked(self, receipt: Receipt) -> Receipt:
        if not receipt.succeeded:
            raise self._why_reverted(receipt)
        return receipt

    def _why_reverted(self, receipt: Receipt) -> ContractRevert:
        """Run a reverted transaction again, on the state after its block, for the reason."""
        mined = self._node.request("eth_getTransactionByHash", [receipt.transaction_hash]) or {}
        if receipt.gas_used == int(mined.get("gas", "0x0"), 16):
            return ContractRevert("OutOfGas", {"gas": receipt.gas_used})
        call = {key: mined.get(key) for key in ("from", "to", "value", "gas")}
        call["data"] = mined.get("input")
        try:
            self._node.request("eth_call", [call, hex(receipt.block_number)])
        except RpcFault as fault:
            if revert := revert_in(fault):
                return revert
        return ContractRevert("Reverted", {"transaction": receipt.transaction_hash})
