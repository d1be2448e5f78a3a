"""Channel ids and digests are those of the contract: the vectors that the forge tests read too.

The same digests by `eth_account` and by the x402 library hold that the vectors are right, and not
only what we compute.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from eth_account.messages import encode_typed_data
from eth_utils.crypto import keccak
from x402.mechanisms.evm.batch_settlement.constants import (
    CLAIM_BATCH_TYPES,
    REFUND_TYPES,
    VOUCHER_TYPES,
)
from x402.mechanisms.evm.batch_settlement.types import ChannelConfig as LibraryConfig
from x402.mechanisms.evm.batch_settlement.utils import (
    compute_channel_id,
    get_batch_settlement_eip712_domain,
)

from assay.core.address import parse_address
from assay.core.digest import Digest
from assay.market.channels.authorizations import claim_batch_digest, refund_digest
from assay.market.channels.model import ChannelConfig, SettlementDomain, Voucher
from assay.market.channels.ports import Claim

FILE = Path(__file__).parents[4] / "contracts" / "test" / "vectors" / "vouchers.json"
VECTORS = json.loads(FILE.read_text(encoding="utf-8"))
DOMAIN = SettlementDomain(VECTORS["chain_id"], parse_address(VECTORS["contract"]))
LINES = VECTORS["lines"]


def claim_of(line: dict[str, Any]) -> Claim:
    given = line["channel"]
    config = ChannelConfig(
        payer=parse_address(given["payer"]),
        payer_authorizer=parse_address(given["payerAuthorizer"]),
        receiver=parse_address(given["receiver"]),
        receiver_authorizer=parse_address(given["receiverAuthorizer"]),
        token=parse_address(given["token"]),
        withdraw_delay_s=given["withdrawDelay"],
        salt=Digest.parse(given["salt"]),
    )
    voucher = Voucher(config.channel_id(DOMAIN), int(line["max_claimable"]), b"")
    return Claim(config, voucher, int(line["total"]))


def library_digest(types: dict[str, Any], message: dict[str, Any]) -> str:
    domain = get_batch_settlement_eip712_domain(VECTORS["chain_id"])
    signable = encode_typed_data(domain, types, message)
    return "0x" + keccak(b"\x19\x01" + signable.header + signable.body).hex()


@pytest.mark.parametrize("line", LINES)
def test_a_channel_is_named_by_its_configuration(line: dict[str, Any]) -> None:
    named = claim_of(line).config.channel_id(DOMAIN).hex

    assert named == line["channel_id"]
    assert named == compute_channel_id(LibraryConfig.from_dict(line["channel"]), DOMAIN.chain_id)


@pytest.mark.parametrize("line", LINES)
def test_a_voucher_is_signed_by_its_digest(line: dict[str, Any]) -> None:
    voucher = claim_of(line).voucher
    message = {"channelId": voucher.channel.raw, "maxClaimableAmount": voucher.max_claimable}

    digest = voucher.digest(DOMAIN).hex

    assert digest == line["voucher_digest"] == library_digest(VOUCHER_TYPES, message)


@pytest.mark.parametrize("line", LINES)
def test_a_refund_is_signed_by_its_digest(line: dict[str, Any]) -> None:
    channel, nonce = Digest.parse(line["channel_id"]), int(line["refund_nonce"])
    amount = int(line["total"])
    message = {"channelId": channel.raw, "nonce": nonce, "amount": amount}

    digest = "0x" + refund_digest(channel, nonce, amount, DOMAIN).hex()

    assert digest == line["refund_digest"] == library_digest(REFUND_TYPES, message)


def test_a_batch_of_claims_is_signed_by_its_digest() -> None:
    claims = [claim_of(line) for line in LINES]
    entries = [
        {
            "channelId": claim.voucher.channel.raw,
            "maxClaimableAmount": claim.voucher.max_claimable,
            "totalClaimed": claim.total,
        }
        for claim in claims
    ]

    digest = "0x" + claim_batch_digest(claims, DOMAIN).hex()

    assert digest == VECTORS["batch_digest"]
    assert digest == library_digest(CLAIM_BATCH_TYPES, {"claims": entries})


@pytest.mark.parametrize("other", [SettlementDomain(1, DOMAIN.contract), DOMAIN])
def test_a_digest_is_good_on_one_chain_and_one_contract(other: SettlementDomain) -> None:
    if other is DOMAIN:
        other = SettlementDomain(DOMAIN.chain_id, claim_of(LINES[0]).config.token)
    claim = claim_of(LINES[0])

    assert claim.config.channel_id(other) != claim.config.channel_id(DOMAIN)
    assert claim.voucher.digest(other) != claim.voucher.digest(DOMAIN)
