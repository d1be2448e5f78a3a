"""The unmodified x402 library, client and facilitator, on our settlement contracts."""

from __future__ import annotations

from typing import Any

import pytest
from x402.mechanisms.evm import FacilitatorWeb3Signer
from x402.mechanisms.evm.batch_settlement.authorizer_signer import LocalAuthorizerSigner
from x402.mechanisms.evm.batch_settlement.client import (
    BatchSettlementEvmScheme,
    BatchSettlementEvmSchemeOptions,
)
from x402.mechanisms.evm.batch_settlement.facilitator import BatchSettlementEvmFacilitator
from x402.schemas import PaymentPayload, PaymentRequirements, SettleResponse

from assay.chain.known_keys import known_key
from assay.core.digest import Digest
from tests.integration.market.conftest import Chain

PRICE = 1000
PROVIDER, BUYER, FACILITATOR = "local-1", "local-2", 3
DELAY_S = 900


class Library:
    """The library's two sides, joined without HTTP."""

    def __init__(self, chain: Chain, salt: str) -> None:
        self.chain = chain
        authorizer = LocalAuthorizerSigner(chain.account(PROVIDER).signer())
        sender = FacilitatorWeb3Signer(
            known_key(FACILITATOR).hex(), chain.node.url, gas_limit=2_000_000
        )
        self.facilitator = BatchSettlementEvmFacilitator(sender, authorizer)
        self.client = BatchSettlementEvmScheme(
            chain.account(BUYER).signer(),  # type: ignore[arg-type]
            BatchSettlementEvmSchemeOptions(salt=salt),
        )

    def requirements(self, transfer_method: str = "eip3009") -> PaymentRequirements:
        provider = self.chain.account(PROVIDER).address
        extra = {"name": "Assay", "version": "1", "assetTransferMethod": transfer_method}
        return PaymentRequirements(
            scheme="batch-settlement",
            network="eip155:31337",
            asset=self.chain.deployment.token.address,
            amount=str(PRICE),
            pay_to=provider,
            max_timeout_seconds=600,
            extra={**extra, "receiverAuthorizer": provider, "withdrawDelay": DELAY_S},
        )

    def pay(self, requirements: PaymentRequirements) -> dict[str, Any]:
        return self.client.create_payment_payload(requirements)

    def verify(self, content: dict[str, Any], requirements: PaymentRequirements) -> str:
        payment = PaymentPayload(payload=content, accepted=requirements)
        return self.facilitator.verify(payment, requirements).invalid_reason or "valid"

    def settle(self, content: dict[str, Any], requirements: PaymentRequirements) -> SettleResponse:
        payment = PaymentPayload(payload=content, accepted=requirements)
        settled = self.facilitator.settle(payment, requirements)
        assert settled.success, (settled.error_reason, settled.error_message)
        return settled

    def state(self, content: dict[str, Any]) -> tuple[int, int]:
        channel = Digest.parse(content["voucher"]["channelId"])
        balance, claimed = self.chain.deployment.settlement.read("channels", channel.raw)
        return int(balance), int(claimed)


def line(content: dict[str, Any], total: int) -> dict[str, Any]:
    voucher = content["voucher"]
    return {
        "voucher": {
            "channel": content["channelConfig"],
            "maxClaimableAmount": voucher["maxClaimableAmount"],
        },
        "signature": voucher["signature"],
        "totalClaimed": str(total),
    }


def refund_of(content: dict[str, Any], amount: int, claims: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "refund",
        "channelConfig": content["channelConfig"],
        "voucher": content["voucher"],
        "amount": str(amount),
        "refundNonce": "0",
        "claims": claims,
    }


@pytest.mark.parametrize("transfer_method", ["eip3009", "permit2"])
def test_the_library_deposits_claims_settles_and_refunds(
    chain: Chain, transfer_method: str
) -> None:
    salt = Digest.of(transfer_method.encode()).hex
    library = Library(chain, salt)
    requirements = library.requirements(transfer_method)
    token, permit2 = chain.deployment.token, chain.deployment.permit2
    chain.sender(BUYER).transact(token, "approve", permit2.address, 10**9)
    buyer, provider = chain.tokens(BUYER), chain.tokens(PROVIDER)

    paid = library.pay(requirements)
    deposited = int(paid["deposit"]["amount"])
    assert library.verify(paid, requirements) == "valid"
    opened = library.settle(paid, requirements)
    assert opened.extra is not None
    assert opened.extra["channelState"]["balance"] == str(deposited)
    assert library.state(paid) == (deposited, 0)

    library.settle({"type": "claim", "claims": [line(paid, PRICE - 1)]}, requirements)
    assert library.state(paid) == (deposited, PRICE - 1)
    payout = {"type": "settle", "receiver": requirements.pay_to, "token": requirements.asset}
    library.settle(payout, requirements)
    assert chain.tokens(PROVIDER) == provider + PRICE - 1

    library.settle(refund_of(paid, deposited, [line(paid, PRICE)]), requirements)
    library.settle(payout, requirements)

    assert library.state(paid) == (PRICE, PRICE)
    assert chain.tokens(BUYER) == buyer - PRICE
    assert chain.tokens(PROVIDER) == provider + PRICE


def test_the_library_verifies_vouchers_against_the_chain(chain: Chain) -> None:
    library = Library(chain, Digest.of(b"vouchers").hex)
    requirements = library.requirements()
    paid = library.pay(requirements)
    voucher = {
        "type": "voucher",
        "channelConfig": paid["channelConfig"],
        "voucher": paid["voucher"],
    }

    before = library.verify(voucher, requirements)
    library.settle(paid, requirements)
    after = library.verify(voucher, requirements)

    assert (before, after) == ("invalid_batch_settlement_evm_channel_not_found", "valid")


def test_the_library_is_refused_a_deposit_that_was_made_before(chain: Chain) -> None:
    library = Library(chain, Digest.of(b"twice").hex)
    requirements = library.requirements()
    paid = library.pay(requirements)
    library.settle(paid, requirements)
    state = library.state(paid)

    again = library.verify(paid, requirements)

    assert again == "invalid_batch_settlement_evm_deposit_simulation_failed"
    assert library.state(paid) == state
