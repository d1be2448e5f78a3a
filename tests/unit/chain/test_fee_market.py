"""Signed transactions and known keys, beside eth_account's."""

from __future__ import annotations

from typing import Any

import pytest
from eth_account import Account as EthAccount
from eth_account.hdaccount import key_from_seed, seed_from_mnemonic
from eth_keys.datatypes import PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from assay.chain.fee_market import sign_transaction
from assay.chain.known_keys import known_key

CURVE_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
amounts = st.integers(0, 2**96)
transactions = st.fixed_dictionaries(
    {
        "type": st.just(2),
        "chainId": st.integers(1, 2**32),
        "nonce": st.integers(0, 2**40),
        "to": st.just("0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"),
        "data": st.binary(max_size=300).map(lambda data: "0x" + data.hex()),
        "value": amounts,
        "gas": st.integers(21_000, 30_000_000),
        "maxFeePerGas": amounts,
        "maxPriorityFeePerGas": amounts,
    }
)


@given(key=st.integers(1, CURVE_ORDER - 1), transaction=transactions)
def test_a_signed_transaction_is_eth_accounts_to_the_byte(
    key: int, transaction: dict[str, Any]
) -> None:
    raw_key = key.to_bytes(32, "big")

    raw = sign_transaction(PrivateKey(raw_key), transaction)

    assert raw == EthAccount.from_key(raw_key).sign_transaction(transaction).raw_transaction


def test_a_member_that_would_be_left_out_is_noticed() -> None:
    transaction = {"type": 2, "accessList": []}

    with pytest.raises(AssertionError, match="accessList"):
        sign_transaction(PrivateKey(b"\x07" * 32), transaction)


@pytest.mark.parametrize("index", range(10))
def test_the_known_keys_are_derived_as_eth_account_does(index: int) -> None:
    seed = seed_from_mnemonic("test test test test test test test test test test test junk", "")

    assert known_key(index) == key_from_seed(seed, f"m/44'/60'/0'/0/{index}")
