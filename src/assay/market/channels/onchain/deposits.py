"""Bringing a payer's tokens into a channel, once, whatever breaks meanwhile.

    deposits = Deposits(node, deployment.settlement, open_sender, collectors)
    transaction = deposits.make(deposit)

A deposit carries the payer's consent, which token or Permit2 spends once. So the same deposit can
be asked for again after a crash or a reorganisation: one that is in the chain is found there, one
that is on its way is waited for, one that vanished is sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak

from assay.chain.contract import Contract
from assay.chain.errors import (
    ChainUnreachable,
    ContractRevert,
    RpcFault,
    TransactionPending,
    TransactionSuperseded,
    TransactionUncertain,
)
from assay.chain.node import Node
from assay.chain.records import Receipt, to_bytes
from assay.chain.transaction import Sender
from assay.core.address import Address
from assay.market.channels.model import SettlementDomain
from assay.market.channels.ports import Deposit
from assay.market.errors import PaymentRefused, SettlementUncertain

PERMIT2 = Address("0x000000000022D473030F116dDEE9F6B43aC78BA3")
_MARGIN_S = 6  # what is about to expire would expire before it is mined
_LOCKS = 64
_RECENT_BLOCKS = 1000

# x402's codes for what a client did wrong.
_CODE = "invalid_batch_settlement_evm_"
_MALFORMED = _CODE + "deposit_payload"
_NOT_MADE = _CODE + "deposit_simulation_failed"
_SHORT_BALANCE = _CODE + "insufficient_balance"
_SHORT_ALLOWANCE = _CODE + "permit2_allowance_required"
_TOO_EARLY = _CODE + "payload_authorization_valid_after"

_NONCE_BITMAP = keccak(text="nonceBitmap(address,uint256)")[:4]
_TRANSFER = "0x" + keccak(text="Transfer(address,address,uint256)").hex()
_AUTHORIZATION_USED = "0x" + keccak(text="AuthorizationUsed(address,bytes32)").hex()


@dataclass(frozen=True, slots=True)
class Collectors:
    """The contracts that move a payer's tokens, by EIP-3009 and by Permit2."""

    erc3009: Address
    permit2: Address


@dataclass(frozen=True, slots=True)
class _Consent:
    """What the payer signed, as the collector's data has it; times in seconds since 1970."""

    nonce: bytes
    valid_after: int
    valid_before: int
    by_permit2: bool

    @property
    def expired(self) -> str:
        name = (
            "permit2_deadline_expired" if self.by_permit2 else "payload_authorization_valid_before"
        )
        return _CODE + name

    @property
    def forged(self) -> str:
        return _CODE + (
            "permit2_invalid_signature" if self.by_permit2 else "receive_authorization_signature"
        )


class Deposits:
    """Makes deposits into channels of one settlement contract.

    Args:
        contract: the settlement contract.
        open_sender: the account that sends and pays gas; its key is opened when needed.
        first_block: no deposit is older.
        wait_s: how long one may take to be mined.
    """

    def __init__(
        self,
        node: Node,
        contract: Contract,
        open_sender: Callable[[], Sender],
        collectors: Collectors,
        *,
        first_block: int = 0,
        wait_s: float = 30.0,
    ) -> None:
        self._node = node
        self._contract = contract
        self._open_sender = open_sender
        self._collectors = collectors
        self._first_block = first_block
        self._wait_s = wait_s
        self._locks = tuple(Lock() for _ in range(_LOCKS))

    def make(self, deposit: Deposit) -> str:
        """Have the contract collect a deposit; the same deposit again changes nothing.

        Returns:
            The hash of the transaction that made it, perhaps one of an earlier try.

        Raises:
            PaymentRefused: it was not made, and none of our transactions can still make it.
            SettlementUncertain: it was sent, and how it ended is not known.
            UnavailableError: nothing was sent.
        """
        consent = self._read(deposit)
        data = self._contract.encode(
            "deposit",
            deposit.config.as_tuple(),
            deposit.amount,
            deposit.collector,
            deposit.collector_data,
        )
        with self._locks[consent.nonce[-1] % _LOCKS]:
            try:
                earlier = self._open_sender().resume(self._contract.address, data, self._wait_s)
            except (TransactionPending, ChainUnreachable) as error:
                raise _uncertain(deposit, error) from None
            if earlier:
                return earlier.transaction_hash
            if self._spent(deposit, consent):
                return self._found(deposit, consent)
            self._refuse_untimely(consent)
            return self._send(deposit, consent, data)

    def _read(self, deposit: Deposit) -> _Consent:
        data, channel = deposit.collector_data, deposit.config.channel_id(self._domain)
        try:
            if deposit.collector == self._collectors.erc3009:
                kinds = ["uint256", "uint256", "uint256", "bytes"]
                after, before, salt, _ = decode(kinds, data)
                nonce = keccak(encode(["bytes32", "uint256"], [channel.raw, salt]))
                return _Consent(nonce, after, before, by_permit2=False)
            if deposit.collector == self._collectors.permit2:
                number, deadline, *_ = decode(["uint256", "uint256", "bytes", "bytes"], data)
                nonce = number.to_bytes(32, "big")
                return _Consent(nonce, 0, deadline, by_permit2=True)
        except DecodingError as error:
            raise PaymentRefused(_MALFORMED, str(error)[:200]) from None
        raise PaymentRefused(_MALFORMED, f"{deposit.collector} is no collector that is used here")

    @property
    def _domain(self) -> SettlementDomain:
        return SettlementDomain(self._node.chain_id, self._contract.address)

    def _refuse_untimely(self, consent: _Consent) -> None:
        now = self._node.block("latest").timestamp
        if consent.valid_before < now + _MARGIN_S:
            raise PaymentRefused(consent.expired, f"at {consent.valid_before}; it is {now}")

    def _send(self, deposit: Deposit, consent: _Consent, data: bytes) -> str:
        sender = self._open_sender()
        try:
            tx_hash = sender.send(self._contract.address, data)
            return sender.wait(tx_hash, self._wait_s).transaction_hash
        except ContractRevert as revert:
            if self._spent(deposit, consent):  # somebody else was faster
                return self._found(deposit, consent)
            raise PaymentRefused(*self._why(deposit, consent, revert)) from None
        except (TransactionUncertain, TransactionPending, TransactionSuperseded) as error:
            raise _uncertain(deposit, error) from None

    def _why(self, deposit: Deposit, consent: _Consent, revert: ContractRevert) -> tuple[str, str]:
        """x402's code for a revert, and the revert in words."""
        detail = str(revert).removesuffix(".")
        words = detail.lower().replace(" ", "")
        if "expired" in words:
            return consent.expired, detail
        if "notyetvalid" in words:
            return _TOO_EARLY, detail
        token = self._token(deposit)
        if token.read("balanceOf", deposit.config.payer) < deposit.amount:
            return _SHORT_BALANCE, detail
        allowed = deposit.amount
        if consent.by_permit2:
            allowed = token.read("allowance", deposit.config.payer, PERMIT2)
        if allowed < deposit.amount:
            return _SHORT_ALLOWANCE, detail
        if "signer" in words or "signature" in words:
            return consent.forged, detail
        return _NOT_MADE, detail

    def _spent(self, deposit: Deposit, consent: _Consent) -> bool:
        payer = deposit.config.payer
        if not consent.by_permit2:
            return bool(self._token(deposit).read("authorizationState", payer, consent.nonce))
        number = int.from_bytes(consent.nonce, "big")
        data = _NONCE_BITMAP + encode(["address", "uint256"], [payer, number >> 8])
        call = {"to": PERMIT2, "data": "0x" + data.hex()}
        bitmap = int.from_bytes(to_bytes(self._node.request("eth_call", [call, "latest"])), "big")
        return bool(bitmap >> (number & 0xFF) & 1)

    def _found(self, deposit: Deposit, consent: _Consent) -> str:
        """The transaction that spent the consent on this deposit."""
        for receipt in self._node.receipts(self._candidates(deposit, consent)):
            if receipt and receipt.succeeded and self._brought(receipt, deposit):
                return receipt.transaction_hash
        raise PaymentRefused(_NOT_MADE, "the authorization was used otherwise, or cancelled")

    def _candidates(self, deposit: Deposit, consent: _Consent) -> list[str]:
        payer = "0x" + deposit.config.payer[2:].lower().rjust(64, "0")
        if not consent.by_permit2:
            topics = [_AUTHORIZATION_USED, payer, "0x" + consent.nonce.hex()]
            return [log["transactionHash"] for log in self._logs(deposit, topics)]
        amount = "0x" + deposit.amount.to_bytes(32, "big").hex()
        moved = self._logs(deposit, [_TRANSFER, payer])
        hashes = [log["transactionHash"] for log in moved if log["data"] == amount]
        found = self._node.batch([("eth_getTransactionByHash", [each]) for each in hashes])
        return [
            tx["hash"]
            for tx in found
            if isinstance(tx, dict) and deposit.collector_data.hex() in tx["input"]
        ]

    def _logs(self, deposit: Deposit, topics: Sequence[str]) -> list[dict[str, Any]]:
        newest = self._node.block_number()
        criteria = {"address": deposit.config.token, "topics": list(topics), "toBlock": hex(newest)}
        logs: list[dict[str, Any]]
        try:
            whole = {**criteria, "fromBlock": hex(self._first_block)}
            logs = self._node.request("eth_getLogs", [whole])
        except RpcFault:  # the node does not search so far back
            recent = {**criteria, "fromBlock": hex(max(0, newest - _RECENT_BLOCKS))}
            logs = self._node.request("eth_getLogs", [recent])
        return logs

    def _brought(self, receipt: Receipt, deposit: Deposit) -> bool:
        settlement = bytes.fromhex(self._contract.address[2:]).rjust(32, b"\0")
        amount = deposit.amount.to_bytes(32, "big")
        transfer = bytes.fromhex(_TRANSFER[2:])
        return any(
            log.address == deposit.config.token
            and log.topics[0] == transfer
            and log.topics[2] == settlement
            and log.data == amount
            for log in receipt.logs
            if len(log.topics) == 3
        )

    def _token(self, deposit: Deposit) -> Contract:
        return Contract(self._node, "AssayToken", deposit.config.token)


def _uncertain(deposit: Deposit, error: Exception) -> SettlementUncertain:
    return SettlementUncertain(deposit.config.payer, deposit.nonce, str(error))
