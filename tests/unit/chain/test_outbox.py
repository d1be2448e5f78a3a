"""The outbox on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.chain.account import Account
from assay.chain.errors import FileNotWritten
from assay.chain.outbox import Outbox, SignedTransaction

ACCOUNT = Account(b"\x07" * 32)


def signed(nonce: int, tip: int = 1) -> SignedTransaction:
    fields = {
        "type": 2,
        "chainId": 31337,
        "nonce": nonce,
        "to": ACCOUNT.address,
        "data": "0x",
        "value": 1,
        "gas": 21_000,
        "maxFeePerGas": 10**9 + tip,
        "maxPriorityFeePerGas": tip,
    }
    return SignedTransaction.of(fields, ACCOUNT.sign_transaction(fields))


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path, ACCOUNT.address)


def test_what_was_added_is_there_after_a_restart(tmp_path: Path, outbox: Outbox) -> None:
    first, second = signed(3), signed(12)
    outbox.add(second)
    outbox.add(first)

    reopened = Outbox(tmp_path, ACCOUNT.address)

    assert reopened.transactions() == [first, second]
    assert reopened.nonces() == {3, 12}


def test_rivals_share_a_nonce_and_come_in_the_order_of_signing(outbox: Outbox) -> None:
    first, dearer, other = signed(3), signed(3, tip=5), signed(4)
    for transaction in (dearer, other, first):
        outbox.add(transaction)

    assert outbox.rivals(dearer.hash) == [first, dearer]
    assert outbox.rivals("0x" + "00" * 32) == []


def test_a_removed_transaction_is_gone(outbox: Outbox) -> None:
    transaction = signed(3)
    outbox.add(transaction)

    outbox.remove(transaction)
    outbox.remove(transaction)

    assert outbox.transactions() == []
    assert outbox.nonces() == set()


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"raw":"zz"}', b"\xff"])
def test_a_damaged_transaction_is_set_aside_and_never_sent(
    tmp_path: Path, outbox: Outbox, content: bytes
) -> None:
    good, bad = signed(3), signed(4)
    outbox.add(good)
    outbox.add(bad)
    (path,) = tmp_path.rglob(f"*{bad.hash[2:]}.json")
    path.write_bytes(content)

    assert outbox.transactions() == [good]
    assert outbox.nonces() == {3}
    assert len(list(tmp_path.rglob("*.damaged"))) == 1


def test_a_flipped_byte_in_a_signed_transaction_is_noticed(tmp_path: Path, outbox: Outbox) -> None:
    outbox.add(signed(3))
    (path,) = tmp_path.rglob("*.json")
    text = path.read_text()
    place = text.index('"raw":"') + 40
    path.write_text(text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :])

    assert outbox.transactions() == []


def test_a_disk_that_refuses_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / ACCOUNT.address).write_text("a file where the folder should be")

    with pytest.raises(FileNotWritten):
        Outbox(tmp_path, ACCOUNT.address).add(signed(3))
