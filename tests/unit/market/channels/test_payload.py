"""Payloads of batch-settlement: what is read, and all that is not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from eth_abi.abi import decode
from hypothesis import given
from hypothesis import strategies as st
from x402.mechanisms.evm.batch_settlement import errors as sdk
from x402.mechanisms.evm.batch_settlement.encoding import (
    build_erc3009_collector_data,
    build_erc3009_deposit_nonce,
    build_permit2_collector_data,
)

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.channels.model import NOBODY, SettlementDomain
from assay.market.channels.payload import PayloadReader, PaymentKind
from assay.market.channels.reasons import Refusal
from assay.market.channels.signatures import is_canonical
from assay.market.errors import PaymentMalformed, PaymentRefused
from tests.fakes.payers import HALF_ORDER, ORDER, TERMS, Payer, as_json

PAYER = Payer(1)
OTHER = Address("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC")
SIGNATURE = "0x" + "ab" * 65


def voucher(max_claimable: int = 500) -> dict[str, Any]:
    return as_json(PAYER.pay(max_claimable))


def erc3009() -> dict[str, Any]:
    return {
        "amount": "1000",
        "authorization": {
            "erc3009Authorization": {
                "validAfter": "0",
                "validBefore": "99999",
                "salt": "0x" + "07" * 32,
                "signature": SIGNATURE,
            }
        },
    }


def permit2() -> dict[str, Any]:
    channel = PAYER.pay(1).channel.hex
    return {
        "amount": "1000",
        "authorization": {
            "permit2Authorization": {
                "from": PAYER.address,
                "permitted": {"token": TERMS.token, "amount": "1000"},
                "spender": TERMS.permit2_collector,
                "nonce": "77",
                "deadline": "99999",
                "witness": {"channelId": channel},
                "signature": SIGNATURE,
            }
        },
    }


def read(payload: Any) -> Any:
    return PayloadReader(TERMS).read(payload)


@given(st.integers(0, 2**128 - 1))
def test_a_voucher_is_read_as_it_was_signed(max_claimable: int) -> None:
    paid = PAYER.pay(max_claimable)

    assert read(as_json(paid)) == paid


def test_addresses_and_words_may_be_written_in_lower_case() -> None:
    payload = voucher()
    for name in ("payer", "payerAuthorizer", "receiver", "receiverAuthorizer", "token"):
        payload["channelConfig"][name] = payload["channelConfig"][name].lower()

    assert read(payload) == PAYER.pay(500)


def test_a_deposit_by_erc3009_is_encoded_as_the_sdk_does() -> None:
    paid = read({**voucher(), "type": "deposit", "deposit": erc3009()})

    given = erc3009()["authorization"]["erc3009Authorization"]
    deposit = paid.deposit
    assert paid.kind is PaymentKind.DEPOSIT
    assert deposit.amount == 1000
    assert deposit.collector == TERMS.erc3009_collector
    assert deposit.collector_data == build_erc3009_collector_data(
        given["validAfter"], given["validBefore"], given["salt"], given["signature"]
    )
    assert deposit.nonce.hex == build_erc3009_deposit_nonce(paid.channel.hex, given["salt"])


def test_a_deposit_by_permit2_is_encoded_as_the_sdk_does() -> None:
    paid = read({**voucher(), "type": "deposit", "deposit": permit2()})

    assert paid.deposit.collector == TERMS.permit2_collector
    assert paid.deposit.collector_data == build_permit2_collector_data("77", "99999", SIGNATURE)
    kinds = ["uint256", "uint256", "bytes", "bytes"]
    assert decode(kinds, paid.deposit.collector_data)[0] == 77


@pytest.mark.parametrize(("given", "amount"), [({}, None), ({"amount": "5"}, 5)])
def test_a_refund_asks_for_a_part_or_for_all(given: dict[str, str], amount: int | None) -> None:
    paid = read({**voucher(), "type": "refund", **given})

    assert paid.kind is PaymentKind.REFUND
    assert paid.refund_amount == amount


@pytest.mark.parametrize("amount", ["0", "-1", "1.5", "", "01", 7, "1e3"])
def test_a_refund_of_no_whole_amount_is_refused(amount: Any) -> None:
    with pytest.raises(PaymentRefused) as refused:
        read({**voucher(), "type": "refund", "amount": amount})

    assert refused.value.reason == sdk.ERR_REFUND_AMOUNT_INVALID


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(payload: dict[str, Any]) -> None:
        *folders, last = path.split(".")
        target = payload
        for folder in folders:
            target = target[folder]
        if value is None:
            del target[last]
        else:
            target[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_set("type", "claim"), sdk.ERR_INVALID_PAYLOAD_TYPE),
        (_set("type", ["voucher"]), sdk.ERR_INVALID_PAYLOAD_TYPE),
        (_set("channelConfig.receiver", OTHER), sdk.ERR_RECEIVER_MISMATCH),
        (_set("channelConfig.receiverAuthorizer", OTHER), sdk.ERR_RECEIVER_AUTHORIZER_MISMATCH),
        (_set("channelConfig.token", OTHER), sdk.ERR_TOKEN_MISMATCH),
        (_set("channelConfig.withdrawDelay", 901), sdk.ERR_WITHDRAW_DELAY_MISMATCH),
        (_set("channelConfig.salt", "0x" + "09" * 32), sdk.ERR_CHANNEL_ID_MISMATCH),
        (_set("channelConfig.payer", OTHER), sdk.ERR_CHANNEL_ID_MISMATCH),
        (_set("voucher.channelId", "0x" + "09" * 32), sdk.ERR_CHANNEL_ID_MISMATCH),
        (_set("voucher.signature", "0x" + "ab" * 64), sdk.ERR_INVALID_VOUCHER_SIGNATURE),
        (_set("voucher.signature", "0x" + "ab" * 66), sdk.ERR_INVALID_VOUCHER_SIGNATURE),
    ],
)
def test_a_channel_that_is_not_ours_is_refused_with_the_sdks_word(
    change: Callable[[dict[str, Any]], None], reason: str
) -> None:
    payload = voucher()
    change(payload)

    with pytest.raises(PaymentRefused) as refused:
        read(payload)

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "domain",
    [
        replace(TERMS.domain, chain_id=1),
        SettlementDomain(TERMS.domain.chain_id, OTHER),
    ],
)
def test_a_channel_of_another_chain_or_contract_is_refused(domain: SettlementDomain) -> None:
    elsewhere = PayloadReader(replace(TERMS, domain=domain))

    with pytest.raises(PaymentRefused) as refused:
        elsewhere.read(voucher())

    assert refused.value.reason == Refusal.CHANNEL_ID


@pytest.mark.parametrize(
    "change",
    [
        _set("extra", 1),
        _set("voucher", None),
        _set("voucher", []),
        _set("voucher.extra", "x"),
        _set("voucher.signature", "ab" * 65),
        _set("voucher.signature", "0x" + "ab" * 5000),
        _set("voucher.maxClaimableAmount", 500),
        _set("voucher.maxClaimableAmount", "0500"),
        _set("voucher.maxClaimableAmount", "+500"),
        _set("voucher.maxClaimableAmount", "٥"),
        _set("voucher.maxClaimableAmount", str(2**128)),
        _set("voucher.maxClaimableAmount", "9" * 10_000),
        _set("channelConfig", None),
        _set("channelConfig", "x"),
        _set("channelConfig.salt", None),
        _set("channelConfig.salt", "0x12"),
        _set("channelConfig.salt", ["0x12"]),
        _set("channelConfig.more", 1),
        _set("channelConfig.payer", "alice"),
        _set("channelConfig.payer", 5),
        _set("channelConfig.withdrawDelay", "900"),
        _set("channelConfig.withdrawDelay", 900.0),
        _set("channelConfig.withdrawDelay", True),
        _set("channelConfig.withdrawDelay", 2**40),
    ],
)
def test_what_is_not_in_its_one_spelling_is_malformed_even_after_a_good_one(
    change: Callable[[dict[str, Any]], None],
) -> None:
    reader, payload = PayloadReader(TERMS), voucher()
    reader.read(payload)
    change(payload)

    with pytest.raises(PaymentMalformed):
        reader.read(payload)


@pytest.mark.parametrize("make", [erc3009, permit2])
def test_no_member_of_a_deposit_may_be_missing_or_strange(make: Callable[[], Any]) -> None:
    for path in _paths(make()):
        for value in (None, "x", 7, {}):
            deposit = copy.deepcopy(make())
            _set(path, value)(deposit)
            with pytest.raises((PaymentMalformed, PaymentRefused)):
                read({**voucher(), "type": "deposit", "deposit": deposit})


def _paths(value: Any, prefix: str = "") -> list[str]:
    if not isinstance(value, dict):
        return [prefix]
    found = [prefix] if prefix else []
    for name, inner in value.items():
        found += _paths(inner, f"{prefix}.{name}" if prefix else name)
    return found


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_set("spender", OTHER), sdk.ERR_PERMIT2_INVALID_SPENDER),
        (_set("permitted.amount", "999"), sdk.ERR_PERMIT2_AMOUNT_MISMATCH),
        (_set("permitted.token", OTHER), sdk.ERR_TOKEN_MISMATCH),
        (_set("witness.channelId", "0x" + "09" * 32), sdk.ERR_CHANNEL_ID_MISMATCH),
        (_set("from", OTHER), sdk.ERR_DEPOSIT_PAYLOAD),
    ],
)
def test_a_permit_for_something_else_is_refused(
    change: Callable[[dict[str, Any]], None], reason: str
) -> None:
    deposit = permit2()
    change(deposit["authorization"]["permit2Authorization"])

    with pytest.raises(PaymentRefused) as refused:
        read({**voucher(), "type": "deposit", "deposit": deposit})

    assert refused.value.reason == reason


@given(st.integers(1, 2**64))
def test_of_a_signature_and_its_mirror_image_one_is_canonical(max_claimable: int) -> None:
    signature = PAYER.pay(max_claimable).voucher.signature
    s = int.from_bytes(signature[32:64], "big")
    mirrored = signature[:32] + (ORDER - s).to_bytes(32, "big") + bytes([55 - signature[64]])

    assert s <= HALF_ORDER
    assert is_canonical(signature)
    assert not is_canonical(mirrored)
    assert not is_canonical(signature[:64] + bytes([signature[64] - 27]))


def test_a_payer_without_a_key_of_its_own_may_sign_in_any_form() -> None:
    config = PAYER.config(payer_authorizer=NOBODY)
    paid = replace(PAYER.pay(5), config=config)
    channel = config.channel_id(TERMS.domain)
    payload = as_json(replace(paid, voucher=replace(paid.voucher, channel=channel)))
    payload["voucher"]["signature"] = "0x" + "ab" * 300

    assert read(payload).voucher.signature == b"\xab" * 300


def test_the_reasons_are_those_of_the_sdk() -> None:
    theirs = {value for name, value in vars(sdk).items() if name.startswith("ERR_")}

    assert {reason.value for reason in Refusal} <= theirs


def test_the_digest_names_channel_and_sum_alone() -> None:
    one, other = PAYER.pay(5).voucher, replace(PAYER.pay(5).voucher, signature=b"x")

    assert one.digest(TERMS.domain) == other.digest(TERMS.domain)
    assert one.digest(TERMS.domain) != PAYER.pay(6).voucher.digest(TERMS.domain)
    assert isinstance(one.digest(TERMS.domain), Digest)
