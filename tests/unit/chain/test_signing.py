"""EIP-712 digests and signatures."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from eth_account.messages import encode_typed_data
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from assay.chain.account import Account
from assay.chain.errors import SignatureInvalid
from assay.chain.signing import recover, recover_typed_data
from assay.chain.typed_data import typed_data_digest
from assay.errors import InputError

CURVE_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141

# The example of https://eips.ethereum.org/EIPS/eip-712
DOMAIN: dict[str, Any] = {
    "name": "Ether Mail",
    "version": "1",
    "chainId": 1,
    "verifyingContract": "0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC",
}
TYPES = {
    "Person": [{"name": "name", "type": "string"}, {"name": "wallet", "type": "address"}],
    "Mail": [
        {"name": "from", "type": "Person"},
        {"name": "to", "type": "Person"},
        {"name": "contents", "type": "string"},
    ],
}
MAIL: dict[str, Any] = {
    "from": {"name": "Cow", "wallet": "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},
    "to": {"name": "Bob", "wallet": "0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},
    "contents": "Hello, Bob!",
}


def test_the_digest_is_that_of_the_standards_example() -> None:
    digest = typed_data_digest(DOMAIN, TYPES, "Mail", MAIL)

    assert digest.hex() == "be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2"


@given(key=st.integers(1, CURVE_ORDER - 1), contents=st.text())
def test_a_signature_leads_back_to_its_signer(key: int, contents: str) -> None:
    account = Account(key.to_bytes(32, "big"))
    message = {**MAIL, "contents": contents}

    signature = account.sign_typed_data(DOMAIN, TYPES, "Mail", message)

    assert recover_typed_data(DOMAIN, TYPES, "Mail", message, signature) == account.address


ANY_TYPES = {
    "Part": [{"name": "label", "type": "string"}, {"name": "blob", "type": "bytes"}],
    "Whole": [
        {"name": "holder", "type": "address"},
        {"name": "amount", "type": "uint256"},
        {"name": "change", "type": "int64"},
        {"name": "nonce", "type": "bytes32"},
        {"name": "final", "type": "bool"},
        {"name": "first", "type": "Part"},
        {"name": "parts", "type": "Part[]"},
        {"name": "pairs", "type": "uint8[2][]"},
    ],
}
WHOLE = {
    "holder": MAIL["to"]["wallet"],
    "amount": 1,
    "change": -1,
    "nonce": bytes(32),
    "final": True,
    "first": {"label": "", "blob": b""},
    "parts": [],
    "pairs": [],
}
parts = st.fixed_dictionaries({"label": st.text(), "blob": st.binary(max_size=80)})
wholes = st.fixed_dictionaries(
    {
        "holder": st.binary(min_size=20, max_size=20).map(lambda raw: "0x" + raw.hex()),
        "amount": st.integers(0, 2**256 - 1),
        "change": st.integers(-(2**63), 2**63 - 1),
        "nonce": st.binary(min_size=32, max_size=32),
        "final": st.booleans(),
        "first": parts,
        "parts": st.lists(parts, max_size=3),
        "pairs": st.lists(st.lists(st.integers(0, 255), min_size=2, max_size=2), max_size=3),
    }
)


@given(message=wholes, fields=st.sets(st.sampled_from(sorted(DOMAIN)), min_size=1))
def test_the_digest_is_that_of_eth_account(message: dict[str, Any], fields: set[str]) -> None:
    domain = {name: DOMAIN[name] for name in fields}

    digest = typed_data_digest(domain, ANY_TYPES, "Whole", message)

    peer = encode_typed_data(domain, ANY_TYPES, message)
    assert digest == keccak(b"\x19" + peer.version + peer.header + peer.body)


def test_a_signature_does_not_hold_on_another_chain() -> None:
    account = Account(b"\x07" * 32)
    signature = account.sign_typed_data(DOMAIN, TYPES, "Mail", MAIL)

    elsewhere = recover_typed_data({**DOMAIN, "chainId": 2}, TYPES, "Mail", MAIL, signature)

    assert elsewhere != account.address


def test_the_mirrored_signature_is_refused() -> None:
    digest = b"\x01" * 32
    signature = Account(b"\x07" * 32).sign_digest(digest)
    s = CURVE_ORDER - int.from_bytes(signature[32:64], "big")
    mirrored = signature[:32] + s.to_bytes(32, "big") + bytes([55 - signature[64]])

    with pytest.raises(SignatureInvalid, match="upper half"):
        recover(digest, mirrored)


@pytest.mark.parametrize(
    "signature", [b"", bytes(65), bytes(64) + b"\x1b", b"\xff" * 64 + b"\x1b", bytes(66)]
)
def test_what_no_key_can_have_made_is_refused(signature: bytes) -> None:
    with pytest.raises(SignatureInvalid):
        recover(b"\x01" * 32, signature)


@given(st.binary(min_size=65, max_size=65))
def test_any_65_bytes_give_an_address_or_a_clear_error(signature: bytes) -> None:
    try:
        address = recover(b"\x01" * 32, signature)
    except SignatureInvalid:
        return
    assert address.startswith("0x")


def test_a_message_that_does_not_fit_its_type_is_the_callers_error() -> None:
    with pytest.raises(InputError, match="Mail"):
        typed_data_digest(DOMAIN, TYPES, "Mail", {**MAIL, "from": {"name": 5, "wallet": "me"}})
    with pytest.raises(InputError, match="Letter"):
        typed_data_digest(DOMAIN, TYPES, "Letter", MAIL)
    with pytest.raises(InputError, match="colour"):
        typed_data_digest({**DOMAIN, "colour": "red"}, TYPES, "Mail", MAIL)
    with pytest.raises(InputError, match="1 values"):
        typed_data_digest(DOMAIN, ANY_TYPES, "Whole", {**WHOLE, "pairs": [[1]]})


def test_loading_the_cryptography_leaves_the_recursion_limit_sane() -> None:
    program = (
        "import sys, assay.chain.account, eth_account, x402.mechanisms.evm;"
        "print(sys.getrecursionlimit())"
    )

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert int(shown.stdout) <= 1000


def test_the_pairings_of_validators_keys_are_loaded_by_those_who_use_them() -> None:
    program = (
        "import sys, assay.chain.account, eth_account, x402.mechanisms.evm;"
        "from eth_keyfile import keyfile;"
        "early = 'py_ecc.bls' in sys.modules, keyfile.MAX_V4_PRIVATE_KEY + 1;"
        "public = keyfile.bls.SkToPk(5);"
        "from py_ecc.bls import G2ProofOfPossession;"
        "from py_ecc.bls12_381 import curve_order, pairing;"
        "assert early == (False, curve_order), early;"
        "assert public == G2ProofOfPossession.SkToPk(5)"
    )

    subprocess.run([sys.executable, "-c", program], check=True)
