"""The deterministic-deployment proxy and its addresses."""

from __future__ import annotations

import rlp
from eth_account import Account
from eth_utils.crypto import keccak

from assay.chain import create2
from assay.core.address import parse_address


def test_the_presigned_transaction_creates_the_factory_at_its_address() -> None:
    signer = Account.recover_transaction(create2._PRESIGNED)

    created = keccak(rlp.encode([bytes.fromhex(signer[2:]), b""]))[12:]

    assert signer == parse_address(create2._PRESIGNER)
    assert parse_address("0x" + created.hex()) == create2.FACTORY


def test_an_address_depends_on_every_byte_of_code_and_arguments() -> None:
    one = create2.create2_address(b"\x60\x00\x01")
    two = create2.create2_address(b"\x60\x00\x02")

    assert one != two
    assert one == create2.create2_address(b"\x60\x00\x01")
