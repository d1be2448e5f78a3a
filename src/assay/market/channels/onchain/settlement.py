"""Reading channels, claiming, paying out, giving back, and taking out.

    chain = SettlementChain(node, deployment.settlement, open_sender, open_authorizer, deposits)
    chain.states([channel_id])[0].balance

Transactions are sent by one account, which pays the gas; what the receiver has to allow is signed
by its authorizer's key (`claimWithSignature`, `refundWithSignature`), so that the two may differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from eth_abi.abi import encode

from assay.chain.account import Account
from assay.chain.contract import Contract
from assay.chain.errors import (
    ContractRevert,
    RpcFault,
    SignatureInvalid,
    TransactionSuperseded,
)
from assay.chain.fees import estimate
from assay.chain.node import Node
from assay.chain.records import Block, Receipt, to_bytes
from assay.chain.reverts import revert_in
from assay.chain.signing import recover
from assay.chain.transaction import Sender
from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.channels.authorizations import claim_batch_digest, refund_digest
from assay.market.channels.errors import ClaimRefused, ClaimTooLarge
from assay.market.channels.model import NOBODY, ChainState, ChannelConfig, SettlementDomain
from assay.market.channels.onchain.deposits import Deposits
from assay.market.channels.ports import Claim, Deposit, Mined

_CHANNELS_PER_READ = 100
_READ_ATTEMPTS = 3
_SEND_ATTEMPTS = 3
_BLOCK_SHARE = 2  # a batch takes at most one part in so many of a block
_IS_VALID_SIGNATURE = bytes.fromhex("1626ba7e")  # of EIP-1271; also the answer that means yes
_MOST_GAS_OF_A_SIGNATURE = 2_000_000  # what a stranger's contract may cost the node
_VIEWS = ("channels", "pendingWithdrawals", "refundNonce")


class SettlementChain:
    """The `ChannelChain` port, and what a payer does by itself.

    Args:
        contract: the settlement contract.
        open_sender: the account that sends and pays gas; its key is opened when needed.
        open_authorizer: the receiver's authorizer, whose signature allows claims and refunds.
        wait_s: how long a transaction may take to be mined.
    """

    def __init__(
        self,
        node: Node,
        contract: Contract,
        open_sender: Callable[[], Sender],
        open_authorizer: Callable[[], Account],
        deposits: Deposits,
        *,
        wait_s: float = 60.0,
    ) -> None:
        self._node = node
        self._contract = contract
        self._open_sender = open_sender
        self._open_authorizer = open_authorizer
        self._deposits = deposits
        self._wait_s = wait_s

    @property
    def domain(self) -> SettlementDomain:
        """What signatures are bound to."""
        return SettlementDomain(self._node.chain_id, self._contract.address)

    def states(self, channels: Sequence[Digest]) -> list[ChainState]:
        """All at the newest block, named by its hash: a reorganisation cannot mix two chains."""
        if not channels:
            return []
        for attempt in range(1, _READ_ATTEMPTS + 1):
            newest = self._node.block("latest")
            try:
                return self._states_at(newest, channels)
            except RpcFault:  # the block was reorganised away between the two requests
                if attempt == _READ_ATTEMPTS:
                    raise
        raise AssertionError("unreachable")

    def _states_at(self, block: Block, channels: Sequence[Digest]) -> list[ChainState]:
        parts = [
            channels[start : start + _CHANNELS_PER_READ]
            for start in range(0, len(channels), _CHANNELS_PER_READ)
        ]
        at = {"blockHash": block.hash, "requireCanonical": True}
        answers = self._node.batch(
            [("eth_call", [self._call(self._views(part)), at]) for part in parts]
        )
        values: list[Any] = []
        for answer in answers:
            if isinstance(answer, RpcFault):
                raise answer
            values += self._contract.decode_result("multicall", to_bytes(answer))
        return [self._state(values[at : at + 3], block.number) for at in range(0, len(values), 3)]

    def _views(self, channels: Sequence[Digest]) -> bytes:
        calls = [self._contract.encode(view, key.raw) for key in channels for view in _VIEWS]
        return self._contract.encode("multicall", calls)

    def _state(self, values: Sequence[bytes], block: int) -> ChainState:
        sums, withdrawal, nonce = (
            self._contract.decode_result(view, value)
            for view, value in zip(_VIEWS, values, strict=True)
        )
        return ChainState(sums[0], sums[1], withdrawal[0], withdrawal[1], nonce, block)

    def valid_signature(self, config: ChannelConfig, digest: Digest, signature: bytes) -> bool:
        """As strict as the contract: an account with code is asked, and only that; else a key."""
        if config.payer_authorizer != NOBODY:
            return _signed_by(config.payer_authorizer, digest, signature)
        if not self._node.code(config.payer):
            return _signed_by(config.payer, digest, signature)
        data = _IS_VALID_SIGNATURE + encode(["bytes32", "bytes"], [digest.raw, signature])
        call = {
            "from": self._contract.address,  # as it is asked when the voucher is claimed
            "to": config.payer,
            "data": "0x" + data.hex(),
            "gas": hex(_MOST_GAS_OF_A_SIGNATURE),
        }
        try:
            answer = to_bytes(self._node.request("eth_call", [call, "latest"]))
        except RpcFault as fault:
            if revert_in(fault) is None:  # the node failed, which says nothing of the signature
                raise
            return False
        return answer == _IS_VALID_SIGNATURE + bytes(28)

    def deposit(self, deposit: Deposit) -> str:
        """See `Deposits.make`."""
        return self._deposits.make(deposit)

    # The receiver's side

    def claim_gas(self, claims: Sequence[Claim]) -> int:
        """See `ChannelChain.claim_gas`."""
        return self._claim_gas(claims, self._claim_data(claims))

    def claim(self, claims: Sequence[Claim]) -> Mined:
        """See `ChannelChain.claim`."""
        data = self._claim_data(claims)
        sender = self._open_sender()
        earlier = sender.resume(self._contract.address, data, self._wait_s)
        if earlier:
            return _mined(earlier)
        self._claim_gas(claims, data)
        try:
            return self._send(data)
        except ContractRevert as revert:
            raise ClaimRefused(len(claims), str(revert)) from None

    def _claim_gas(self, claims: Sequence[Claim], data: bytes) -> int:
        payer = self._open_sender().account.address
        limit = self._gas_limit() // _BLOCK_SHARE
        try:
            gas = estimate(self._node, payer, self._contract.address, data, 0).gas
        except ContractRevert as revert:
            raise ClaimRefused(len(claims), str(revert)) from None
        except RpcFault as fault:
            if "gas" not in fault.message.lower():
                raise
            raise ClaimTooLarge(len(claims), None, limit) from None
        if gas > limit and len(claims) > 1:
            raise ClaimTooLarge(len(claims), gas, limit)
        return gas

    def _gas_limit(self) -> int:
        newest = self._node.request("eth_getBlockByNumber", ["latest", False])
        return int(newest["gasLimit"], 16)

    def _claim_data(self, claims: Sequence[Claim]) -> bytes:
        lines = [
            (
                (claim.config.as_tuple(), claim.voucher.max_claimable),
                claim.voucher.signature,
                claim.total,
            )
            for claim in claims
        ]
        signature = self._open_authorizer().sign_digest(claim_batch_digest(claims, self.domain))
        return self._contract.encode("claimWithSignature", lines, signature)

    def unsettled(self, receiver: Address, token: Address) -> int:
        """See `ChannelChain.unsettled`."""
        claimed, settled = self._contract.read("receivers", receiver, token)
        return int(claimed - settled)

    def settle(self, receiver: Address, token: Address) -> Mined:
        """See `ChannelChain.settle`."""
        return self._send(self._contract.encode("settle", receiver, token))

    def refund(
        self, config: ChannelConfig, amount: int, nonce: int, claims: Sequence[Claim]
    ) -> str:
        """See `ChannelChain.refund`.

        Raises:
            ContractRevert: the contract refuses, as when the nonce was used.
        """
        digest = refund_digest(config.channel_id(self.domain), nonce, amount, self.domain)
        allowed = self._open_authorizer().sign_digest(digest)
        calls = [
            self._contract.encode("refundWithSignature", config.as_tuple(), amount, nonce, allowed)
        ]
        if claims:
            calls.insert(0, self._claim_data(claims))
        data = self._contract.encode("multicall", calls) if claims else calls[0]
        earlier = self._open_sender().resume(self._contract.address, data, self._wait_s)
        return (earlier and earlier.transaction_hash) or self._send(data).transaction

    # The payer's side: the sender is the payer

    def initiate_withdraw(self, config: ChannelConfig, amount: int) -> Mined:
        """Announce that up to `amount` of what is not claimed will be taken out.

        Raises:
            ContractRevert: the sender is not the payer, or the channel holds less.
        """
        return self._send(self._contract.encode("initiateWithdraw", config.as_tuple(), amount))

    def finalize_withdraw(self, config: ChannelConfig) -> Mined:
        """Take out what was announced, after the channel's delay.

        Raises:
            ContractRevert: nothing was announced, or it is too early.
        """
        return self._send(self._contract.encode("finalizeWithdraw", config.as_tuple()))

    # The chain as such

    def resend(self) -> int:
        """See `ChannelChain.resend`."""
        return self._open_sender().tend()

    def now_s(self) -> int:
        """See `ChannelChain.now_s`."""
        return self._node.block("latest").timestamp

    def gas_price_wei(self) -> int:
        """See `ChannelChain.gas_price_wei`."""
        return int(self._node.request("eth_gasPrice"), 16)

    def _send(self, data: bytes) -> Mined:
        """Send and wait; again if another wallet took the nonce: no call here does harm twice."""
        sender = self._open_sender()
        for _ in range(_SEND_ATTEMPTS - 1):
            with suppress(TransactionSuperseded):
                return self._send_once(sender, data)
        return self._send_once(sender, data)

    def _send_once(self, sender: Sender, data: bytes) -> Mined:
        return _mined(sender.wait(sender.send(self._contract.address, data), self._wait_s))

    def _call(self, data: bytes) -> dict[str, str]:
        return {"to": self._contract.address, "data": "0x" + data.hex()}


def _mined(receipt: Receipt) -> Mined:
    return Mined(
        receipt.transaction_hash, receipt.block_number, receipt.gas_used, receipt.gas_price_wei
    )


def _signed_by(address: Address, digest: Digest, signature: bytes) -> bool:
    try:
        return recover(digest.raw, signature) == address
    except SignatureInvalid:
        return False
