"""Signed offers and receipts: read by others, and worth nothing once anything is changed."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from eth_account import Account as EthAccount
from eth_account.messages import encode_typed_data
from hypothesis import given
from hypothesis import strategies as st
from x402.http.utils import decode_payment_required_header, decode_payment_response_header

from assay.chain.account import Account
from assay.chain.signing import recover_typed_data
from assay.market.receipts import Offer, Receipt, ReceiptIssuer, check_offers, check_receipt
from assay.market.receipts.errors import ReceiptContradicted, ReceiptForged, ReceiptMalformed
from assay.market.receipts.model import OFFER_TYPES, RECEIPT_TYPES

PROVIDER, STRANGER = Account(bytes([1]) * 32), Account(bytes([2]) * 32)
PAYER, TOKEN = Account(bytes([3]) * 32).address, Account(bytes([4]) * 32).address
URL, NETWORK, NOW_S = "https://example.org/v1/chat/completions", "eip155:31337", 1_700_000_000
TRANSACTION = "0x" + "ab" * 32


@dataclass
class Still:
    """A clock that stands."""

    seconds: int = NOW_S

    def now_s(self) -> int:
        return self.seconds


@dataclass
class Counting:
    """An account that counts its signatures."""

    account: Account
    signatures: int = 0

    @property
    def address(self) -> Any:
        return self.account.address

    def sign_typed_data(
        self,
        domain: Mapping[str, Any],
        types: Mapping[str, Sequence[Mapping[str, str]]],
        primary_type: str,
        message: Mapping[str, Any],
    ) -> bytes:
        self.signatures += 1
        return self.account.sign_typed_data(domain, types, primary_type, message)


def encode(document: Any) -> str:
    return base64.b64encode(json.dumps(document).encode()).decode()


def decode(header: str) -> Any:
    return json.loads(base64.b64decode(header))


def terms(scheme: str, pay_to: str = PROVIDER.address) -> dict[str, Any]:
    return {
        "scheme": scheme,
        "network": NETWORK,
        "asset": TOKEN,
        "amount": "10000",
        "payTo": pay_to,
        "maxTimeoutSeconds": 600,
        "extra": {"name": "Assay", "version": "1"},
    }


def required(*accepts: dict[str, Any], signer: Any = PROVIDER) -> str:
    document = {
        "x402Version": 2,
        "error": "payment_required",
        "resource": {"url": URL, "description": "One call", "mimeType": "application/json"},
        "accepts": list(accepts),
        "extensions": {"other": {"info": {}}},
    }
    return ReceiptIssuer(signer, clock=Still()).with_offers(encode(document), URL)


def response(transaction: str = TRANSACTION, signer: Any = PROVIDER) -> str:
    document = {
        "success": True,
        "transaction": transaction,
        "network": NETWORK,
        "payer": PAYER,
        "amount": "10000",
    }
    return ReceiptIssuer(signer, clock=Still()).with_receipt(encode(document), URL)


def checked(header: str, **changes: Any) -> Receipt | None:
    expected = {
        "url": URL,
        "payer": PAYER,
        "provider": PROVIDER.address,
        "chain_id": 31337,
        "now_s": NOW_S,
        "recover": recover_typed_data,
    }
    return check_receipt(header, **(expected | changes))


def offers_in(header: str, **changes: Any) -> list[Offer]:
    expected = {"url": URL, "now_s": NOW_S, "recover": recover_typed_data}
    return check_offers(header, **(expected | changes))


def test_every_way_to_pay_is_offered_with_a_signature() -> None:
    header = required(terms("exact"), terms("batch-settlement"))

    offers = offers_in(header)

    assert [offer.scheme for offer in offers] == ["exact", "batch-settlement"]
    assert all(offer.amount == "10000" and offer.pay_to == PROVIDER.address for offer in offers)
    assert all(NOW_S + 600 < offer.valid_until <= NOW_S + 660 for offer in offers)


@pytest.mark.parametrize("transaction", [TRANSACTION, ""])
def test_a_receipt_says_who_paid_for_what_and_when(transaction: str) -> None:
    receipt = checked(response(transaction))

    assert receipt == Receipt(NETWORK, URL, PAYER, NOW_S, transaction)


def test_the_headers_stay_what_the_x402_library_reads() -> None:
    asked = decode_payment_required_header(required(terms("exact")))
    answered = decode_payment_response_header(response())

    assert asked.extensions
    assert set(asked.extensions) == {"other", "offer-receipt"}
    assert set(asked.extensions["offer-receipt"]) == {"info", "schema"}
    assert asked.accepts[0].get_amount() == "10000"
    assert (answered.success, answered.transaction) == (True, TRANSACTION)
    assert answered.extensions


@pytest.mark.parametrize(
    ("header", "find", "types", "name"),
    [
        (required(terms("exact")), lambda info: info["offers"][0], OFFER_TYPES, "offer"),
        (response(), lambda info: info["receipt"], RECEIPT_TYPES, "receipt"),
    ],
)
def test_another_implementation_of_eip_712_finds_the_provider_behind_the_signature(
    header: str, find: Callable[[Any], Any], types: dict[str, Any], name: str
) -> None:
    artefact = find(decode(header)["extensions"]["offer-receipt"]["info"])
    domain = {"name": f"x402 {name}", "version": "1", "chainId": 1}

    message = encode_typed_data(domain, dict(types), artefact["payload"])

    assert artefact["format"] == "eip712"
    signer = EthAccount.recover_message(message, signature=artefact["signature"])
    assert signer == PROVIDER.address


def test_terms_that_pay_somebody_else_are_not_signed_for() -> None:
    header = required(terms("exact", STRANGER.address), terms("batch-settlement"))

    assert [offer.scheme for offer in offers_in(header)] == ["batch-settlement"]


def test_what_is_the_same_in_one_minute_or_second_is_signed_once() -> None:
    counting, clock = Counting(PROVIDER), Still(NOW_S // 60 * 60)
    issuer = ReceiptIssuer(counting, clock=clock)
    plain = encode({"accepts": [terms("exact")]})
    paid = encode({"success": True, "transaction": "", "network": NETWORK, "payer": PAYER})

    for second in range(60):
        clock.seconds = NOW_S // 60 * 60 + second
        issuer.with_offers(plain, URL)
    for _ in range(10):
        issuer.with_receipt(paid, URL)

    assert counting.signatures == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": URL + "/other"}, "resource"),
        ({"payer": STRANGER.address}, "payer"),
        ({"chain_id": 1}, "network"),
        ({"now_s": NOW_S + 901}, "time"),
        ({"now_s": NOW_S - 901}, "time"),
    ],
)
def test_a_receipt_about_something_else_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ReceiptContradicted) as refused:
        checked(response(), **changes)

    assert refused.value.field == field


def test_a_receipt_with_another_transaction_than_the_answer_is_refused() -> None:
    document = decode(response()) | {"transaction": "0x" + "cd" * 32}

    with pytest.raises(ReceiptContradicted, match="transaction"):
        checked(encode(document))


def test_a_receipt_of_a_stranger_is_refused() -> None:
    with pytest.raises(ReceiptForged):
        checked(response(signer=STRANGER))


@pytest.mark.parametrize("field", list(Receipt(NETWORK, URL, PAYER, 0, "").payload()))
def test_one_changed_field_of_a_receipt_is_found(field: str) -> None:
    document = decode(response())
    payload = document["extensions"]["offer-receipt"]["info"]["receipt"]["payload"]
    payload[field] = payload[field] + 1 if isinstance(payload[field], int) else payload[field] + "0"

    with pytest.raises((ReceiptForged, ReceiptMalformed)):
        checked(encode(document))


@pytest.mark.parametrize("field", list(Offer("", "", "", "", "", "", 0).payload()))
def test_one_changed_field_of_an_offer_is_found(field: str) -> None:
    document = decode(required(terms("exact")))
    payload = document["extensions"]["offer-receipt"]["info"]["offers"][0]["payload"]
    payload[field] = payload[field] + 1 if isinstance(payload[field], int) else payload[field] + "0"

    with pytest.raises((ReceiptForged, ReceiptMalformed)):
        offers_in(encode(document))


@pytest.mark.parametrize("field", ["scheme", "network", "asset", "payTo", "amount"])
def test_terms_that_differ_from_what_was_signed_are_found(field: str) -> None:
    document = decode(required(terms("exact")))
    document["accepts"][0][field] = "other"

    with pytest.raises(ReceiptContradicted, match="terms"):
        offers_in(encode(document))


@pytest.mark.parametrize(
    ("changes", "field"), [({"url": URL + "?a"}, "resource"), ({"now_s": NOW_S + 2000}, "end")]
)
def test_an_offer_for_another_resource_or_time_is_refused(
    changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(ReceiptContradicted) as refused:
        offers_in(required(terms("exact")), **changes)

    assert refused.value.field == field


def test_a_provider_that_signs_nothing_is_not_accused() -> None:
    plain = encode({"accepts": [terms("exact")]})
    paid = encode({"success": True, "transaction": "", "network": NETWORK, "payer": PAYER})

    assert offers_in(plain) == []
    assert checked(paid) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["extensions", "offer-receipt", "info", "receipt", "offers", "payload"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(json_values | st.just({"extensions": {"offer-receipt": {"info": {"offers": [{}]}}}}))
def test_anything_else_is_refused_and_never_breaks(document: Any) -> None:
    for check in (checked, offers_in):
        try:
            found = check(encode(document))
        except (ReceiptMalformed, ReceiptForged, ReceiptContradicted):
            continue
        assert found in (None, [])


def test_a_receipt_for_another_payer_in_other_letters_is_the_same_payer() -> None:
    receipt = checked(response(), payer=PAYER.lower())

    assert receipt
    assert receipt.payer == PAYER
