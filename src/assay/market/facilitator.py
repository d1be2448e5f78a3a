"""Payments by x402 `exact` with EIP-3009 (https://x402.org), settled by our own transaction sender.

    scheme = X402Payments(node, deployment.token, sender)
    block = await scheme.verify(scheme.read(header), served)

The x402 library checks and settles. It gets a facilitator that runs in this process: its
blocking calls to the node happen in threads, and an outage of the node is told from a bad payment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from eth_utils.crypto import keccak
from x402 import x402ResourceServer
from x402.http.utils import (
    decode_payment_signature_header,
    encode_payment_response_header,
)
from x402.mechanisms.evm.constants import BALANCE_OF_ABI, SCHEME_EXACT
from x402.mechanisms.evm.exact.eip3009_utils import verify_eip3009_transfer_event
from x402.mechanisms.evm.exact.facilitator import ExactEvmScheme
from x402.mechanisms.evm.exact.register import register_exact_evm_server
from x402.mechanisms.evm.types import TransactionReceipt
from x402.mechanisms.evm.verify import verify_typed_data_strict
from x402.pending_settlement_store import ERR_SETTLEMENT_PENDING, InMemoryPendingSettlementStore
from x402.schemas import (
    AssetAmount,
    PaymentPayload,
    PaymentRequirements,
    ResourceConfig,
    SettleResponse,
    SupportedKind,
    SupportedResponse,
    VerifyResponse,
)

from assay.chain.codec import decode_values, encode_values, selector
from assay.chain.contract import Contract
from assay.chain.errors import (
    ContractRevert,
    RpcFault,
    TransactionSuperseded,
    TransactionUncertain,
)
from assay.chain.node import Node
from assay.chain.reverts import revert_in
from assay.chain.transaction import Sender
from assay.core.address import Address, parse_address
from assay.errors import UnavailableError
from assay.market.authorization import read_authorization
from assay.market.errors import PaymentMalformed, PaymentRefused, SettlementUncertain
from assay.market.metering import PaidCall, Payment, ServedModel, Settlement
from assay.market.payment_header import LARGEST_HEADER_CHARACTERS, read_header

_AUTHORIZATION_USED = keccak(text="AuthorizationUsed(address,bytes32)")
_TERMS = ("scheme", "network", "asset", "amount", "pay_to")


class X402Payments:
    """The `PaymentScheme` port on one token of one chain.

    Args:
        token: the ERC-20 with EIP-3009; `name` and `version` are its EIP-712 domain's.
        sender: the account that sends settlements and pays their gas.
        validity_s: how long a payment made now can be settled.
        wait_s: how long a request waits for its settlement to be mined.
    """

    def __init__(
        self,
        node: Node,
        token: Contract,
        sender: Sender,
        *,
        name: str = "Assay",
        version: str = "1",
        validity_s: int = 600,
        wait_s: float = 30.0,
    ) -> None:
        self._node = node
        self._contract = token
        self._sender = sender
        self._extra = {"name": name, "version": version}
        self._validity_s = validity_s
        self._wait_s = wait_s
        self._network = f"eip155:{node.chain_id}"
        self._pending = InMemoryPendingSettlementStore()
        self._asking = self._server(_Facilitation(self))

    @property
    def token(self) -> Address:
        """The ERC-20 that is paid in."""
        return self._contract.address

    def read(self, header: str) -> Payment:
        """See `PaymentScheme.read`."""
        payload = _payload(header)
        payment = read_authorization(payload.payload, header)
        return replace(payment, identifier=read_header(header).identifier)

    def offer(self, served: ServedModel) -> dict[str, Any]:
        """See `PaymentScheme.offer`."""
        return self._requirements(served).model_dump(by_alias=True, exclude_none=True)

    async def verify(self, payment: Payment, served: ServedModel) -> int:
        """See `PaymentScheme.verify`."""
        facilitation = _Facilitation(self)
        server = self._server(facilitation)
        payload, requirements = _payload(payment.header), self._requirements(served)
        if server.find_matching_requirements([requirements], payload) is None:
            raise PaymentRefused("requirements_mismatch", _difference(requirements, payload))
        block = await asyncio.to_thread(self._node.block_number)
        result = (await server.verify_payment(payload, requirements)).verify
        if facilitation.outage:
            raise facilitation.outage
        if not result.is_valid:
            raise PaymentRefused(result.invalid_reason or "invalid")
        return block

    async def settle(self, call: PaidCall, sent: Callable[[str], None]) -> str:
        """See `PaymentScheme.settle`."""
        facilitation = _Facilitation(self, sent)
        server = self._server(facilitation)
        payload, requirements = _payload(call.payment.header), self._requirements(call.served)
        if call.broadcast:  # sent before: wait for that one instead of sending another
            self._pending.set(payload.payload["signature"], call.broadcast)
        result = await server.settle_payment(payload, requirements)
        if facilitation.superseded:  # it will never be mined: now another one may be sent
            self._pending.delete(payload.payload["signature"])
            result = await server.settle_payment(payload, requirements)
        if result.success:
            return facilitation.mined or result.transaction
        return await self._explain(call, result, facilitation)

    async def find_settlement(self, call: PaidCall) -> Settlement:
        """See `PaymentScheme.find_settlement`."""
        return await asyncio.to_thread(self._find_settlement, call)

    def response_header(self, call: PaidCall) -> str:
        """See `PaymentScheme.response_header`."""
        assert call.transaction, "only a settled call has a receipt"
        return encode_payment_response_header(
            SettleResponse(
                success=True,
                transaction=call.transaction,
                network=self._network,
                payer=call.payment.payer,
                amount=str(call.payment.amount),
            )
        )

    async def _explain(
        self, call: PaidCall, result: SettleResponse, facilitation: _Facilitation
    ) -> str:
        """The library reports no success: paid by another transaction, not paid, or not known."""
        payment = call.payment
        reason = result.error_reason or "settlement_failed"
        try:
            found = await self.find_settlement(call)
        except UnavailableError as error:
            raise SettlementUncertain(payment.payer, payment.nonce, str(error)) from None
        if found.transaction:
            return found.transaction
        if found.possible and (facilitation.outage or reason == ERR_SETTLEMENT_PENDING):
            detail = str(facilitation.outage or "its transaction is not mined yet")
            raise SettlementUncertain(payment.payer, payment.nonce, detail)
        raise PaymentRefused(reason)

    def _find_settlement(self, call: PaidCall) -> Settlement:
        payment = call.payment
        used = self._contract.read("authorizationState", payment.payer, payment.nonce.raw)
        if not used:
            expired = self._node.block("latest").timestamp >= payment.valid_before
            return Settlement(None, possible=not expired)
        criteria = {
            "address": self.token,
            "fromBlock": hex(call.from_block),
            "toBlock": "latest",
            "topics": [
                "0x" + _AUTHORIZATION_USED.hex(),
                "0x" + payment.payer[2:].lower().rjust(64, "0"),
                payment.nonce.hex,
            ],
        }
        for log in self._node.request("eth_getLogs", [criteria]):
            receipt = self._node.receipt(log["transactionHash"])
            if receipt and verify_eip3009_transfer_event(
                list(receipt.logs),
                self.token,
                from_address=payment.payer,
                to=payment.recipient,
                value=payment.amount,
            ):
                return Settlement(receipt.transaction_hash, possible=False)
        return Settlement(None, possible=False)

    def _server(self, facilitation: _Facilitation) -> x402ResourceServer:
        server = x402ResourceServer(facilitation)
        register_exact_evm_server(server, self._network)
        server.initialize()
        return server

    def _requirements(self, served: ServedModel) -> PaymentRequirements:
        price = AssetAmount(amount=str(served.price), asset=self.token, extra=dict(self._extra))
        config = ResourceConfig(
            scheme=SCHEME_EXACT,
            pay_to=served.provider,
            price=price,
            network=self._network,
            max_timeout_seconds=self._validity_s,
        )
        return self._asking.build_payment_requirements(config)[0]

    def scheme(self, signer: _Signer) -> ExactEvmScheme:
        """The library's own facilitator of `exact`, on a signer of ours."""
        return ExactEvmScheme(signer, pending_store=self._pending)

    def signer(self, facilitation: _Facilitation) -> _Signer:
        """What the library's facilitator reads and sends with."""
        return _Signer(self._node, self._sender, self._wait_s, facilitation)

    def supported(self) -> SupportedResponse:
        """The one kind of payment that is taken here."""
        return SupportedResponse(
            kinds=[SupportedKind(x402_version=2, scheme=SCHEME_EXACT, network=self._network)],
            signers={"eip155:*": [self._sender.account.address]},
        )


class _Facilitation:
    """One verification or settlement: x402's facilitator client, and what went on meanwhile."""

    def __init__(self, payments: X402Payments, sent: Callable[[str], None] | None = None) -> None:
        self._payments = payments
        self._scheme = payments.scheme(payments.signer(self))
        self.sent = sent
        self.outage: UnavailableError | None = None
        self.superseded = False
        self.mined: str | None = None  # perhaps a replacement of the transaction that was sent

    async def verify(
        self, payload: PaymentPayload, requirements: PaymentRequirements
    ) -> VerifyResponse:
        return await asyncio.to_thread(self._scheme.verify, payload, requirements)

    async def settle(
        self, payload: PaymentPayload, requirements: PaymentRequirements
    ) -> SettleResponse:
        return await asyncio.to_thread(self._scheme.settle, payload, requirements)

    def get_supported(self) -> SupportedResponse:
        return self._payments.supported()


class _Reverted(Exception):
    """Says `revert`, by which the library tells a contract's refusal from an outage."""


class _Signer:
    """x402's `FacilitatorEvmSigner` on our node and sender; called from a thread."""

    def __init__(
        self, node: Node, sender: Sender, wait_s: float, facilitation: _Facilitation
    ) -> None:
        self._node = node
        self._sender = sender
        self._wait_s = wait_s
        self._facilitation = facilitation

    def get_addresses(self) -> list[str]:
        return [self._sender.account.address]

    def read_contract(
        self, address: str, abi: list[dict[str, Any]], function_name: str, *args: Any
    ) -> Any:
        entry = _function(abi, function_name)
        data = selector(entry) + encode_values(entry["inputs"], args)
        call = {"from": self.get_addresses()[0], "to": address, "data": "0x" + data.hex()}
        try:
            answer = self._node.request("eth_call", [call, "latest"])
        except RpcFault as fault:
            revert = revert_in(fault)
            if revert is None:
                raise self._out(fault) from None
            raise _Reverted(f"execution reverted: {revert}") from None
        except UnavailableError as error:
            raise self._out(error) from None
        values = decode_values(entry["outputs"], bytes.fromhex(answer[2:]))
        return values[0] if len(values) == 1 else values

    def verify_typed_data(  # noqa: PLR0917 - as the library calls it
        self,
        address: str,
        domain: Any,
        types: dict[str, list[Any]],
        primary_type: str,
        message: dict[str, Any],
        signature: bytes,
    ) -> bool:
        return verify_typed_data_strict(
            self, address, domain, types, primary_type, message, signature
        )

    def write_contract(
        self,
        address: str,
        abi: list[dict[str, Any]],
        function_name: str,
        *args: Any,
        data_suffix: str | None = None,
    ) -> str:
        entry = _function(abi, function_name)
        data = selector(entry) + encode_values(entry["inputs"], args)
        return self.send_transaction(address, data + bytes.fromhex((data_suffix or "0x")[2:]))

    def send_transaction(self, to: str, data: bytes) -> str:
        try:
            tx_hash = self._sender.send(parse_address(to), data)
        except TransactionUncertain as error:
            self._note(error.tx_hash)
            raise self._out(error) from None
        except UnavailableError as error:
            raise self._out(error) from None
        self._note(tx_hash)
        return tx_hash

    def wait_for_transaction_receipt(self, tx_hash: str) -> TransactionReceipt:
        try:
            receipt = self._sender.wait(tx_hash, timeout_s=self._wait_s)
        except TransactionSuperseded:
            self._facilitation.superseded = True
            raise
        except ContractRevert:
            return TransactionReceipt(status=0, block_number=0, tx_hash=tx_hash)
        self._facilitation.mined = receipt.transaction_hash
        return TransactionReceipt(
            status=int(receipt.succeeded),
            block_number=receipt.block_number,
            tx_hash=receipt.transaction_hash,
            logs=list(receipt.logs),
        )

    def get_balance(self, address: str, token_address: str) -> int:
        return int(self.read_contract(token_address, BALANCE_OF_ABI, "balanceOf", address))

    def get_chain_id(self) -> int:
        return self._node.chain_id

    def get_code(self, address: str) -> bytes:
        try:
            return self._node.code(address)
        except UnavailableError as error:
            raise self._out(error) from None

    def _note(self, tx_hash: str) -> None:
        if self._facilitation.sent:
            self._facilitation.sent(tx_hash)

    def _out(self, error: UnavailableError) -> UnavailableError:
        self._facilitation.outage = error
        return error


def _payload(header: str) -> PaymentPayload:
    """Decode a PAYMENT-SIGNATURE header.

    Raises:
        PaymentMalformed: too long, or not base64 of a version 2 payment in JSON.
    """
    if len(header) > LARGEST_HEADER_CHARACTERS:
        raise PaymentMalformed(f"the header has more than {LARGEST_HEADER_CHARACTERS} characters")
    try:
        payload = decode_payment_signature_header(header)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise PaymentMalformed(f"not base64 of a payment ({type(error).__name__})") from None
    if not isinstance(payload, PaymentPayload) or payload.x402_version != 2:
        raise PaymentMalformed("not x402 version 2")
    return payload


def _difference(requirements: PaymentRequirements, payload: PaymentPayload) -> str:
    for name in _TERMS:
        wanted, given = getattr(requirements, name), getattr(payload.accepted, name)
        if wanted != given:
            return f"{name} is {str(given)[:80]}, but {wanted} is asked"
    return "the terms are not those that were asked"


def _function(abi: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(item for item in abi if item.get("name") == name)
