"""The lineage of a text bought by voucher; one flipped bit in voucher, channel or record shows."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import assay
from assay.ledger.lineage import Lineage
from tests.e2e.scene import MODEL, PRICE, running_scene


@dataclass
class Sold:
    """A minted text that was paid for by voucher: the provider's home, and a copy to damage."""

    home: Path
    copy: Path
    rpc: str
    content_id: str
    digest: str

    def lineage(self) -> Lineage:
        with assay.connect(home=self.copy, rpc_url=self.rpc) as client:
            return client.trace(self.content_id)

    def faults(self) -> list[tuple[str, str]]:
        lineage = self.lineage()
        assert lineage.verified is not bool(lineage.faults)
        kinds = {node.id: node.kind for node in lineage.nodes}
        return [(kinds[link.source], link.kind) for link in lineage.faults]


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sold]:
    folder = tmp_path_factory.mktemp("vouchers")
    with running_scene(folder, pause_s=0.0) as scene:
        home = scene.site.home
        with assay.connect(home=home) as client:
            client.channels.open(scene.url, deposit="1")
            for number in range(3):
                answer = client.market.call(
                    MODEL, f"question {number}", url=scene.url, seed=number, scheme="channel"
                )
            client.market.anchor()
            minted = client.content.mint(answer.text, call=str(answer.record.cid))
            yield Sold(
                home,
                copy_of(home, folder / "copy"),
                client.workspace.node.url,
                minted.token.content_id.hex,
                answer.record.record.payment_nonce.hex,
            )


def copy_of(home: Path, copy: Path) -> Path:
    """All state but the chain, which keeps running."""
    copy.mkdir()
    for name in ("store", "deployments"):
        shutil.copytree(home / name, copy / name)
    with (
        sqlite3.connect(home / "ledger.db") as original,
        sqlite3.connect(copy / "ledger.db") as new,
    ):
        original.backup(new)
    return copy


def test_every_link_from_the_text_to_the_channel_holds(sold: Sold) -> None:
    lineage = sold.lineage()

    assert lineage.verified, lineage.faults
    kinds = {node.id: node.kind for node in lineage.nodes}
    links = {(kinds[link.source], link.kind, kinds[link.target]) for link in lineage.links}
    assert {
        ("call", "paid by", "voucher"),
        ("voucher", "drawn on", "channel"),
        ("channel", "kept by", "contract"),
    } <= links


def test_a_voucher_is_provisional_until_it_is_claimed(sold: Sold) -> None:
    voucher = next(node for node in sold.lineage().nodes if node.kind == "voucher")
    assert voucher.provisional
    assert "not claimed yet" in voucher.title

    with assay.connect(home=sold.home) as client:
        client.settlement.settle()

    after = sold.lineage()
    claimed = next(node for node in after.nodes if node.kind == "voucher")
    assert not claimed.provisional
    (link,) = [link for link in after.links if link.kind == "claimed in"]
    assert link.ok
    assert f"claimed up to {3 * PRICE}" in link.evidence
    assert after.verified


@contextmanager
def changed(sold: Sold, table: str, column: str, condition: str) -> Iterator[None]:
    """One bit of a value changed, in a letter or digit of it, while the block runs."""
    database = sqlite3.connect(sold.copy / "ledger.db", timeout=30)
    where = f"WHERE {condition}"
    (before,) = database.execute(f"SELECT {column} FROM {table} {where}").fetchone()
    value = before + 1 if isinstance(before, int) else _flipped(before)
    try:
        database.execute(f"UPDATE {table} SET {column} = ? {where}", (value,))
        database.commit()
        undo = where.replace(str(before), str(value))
        yield
    finally:
        database.execute(f"UPDATE {table} SET {column} = ? {undo}", (before,))
        database.commit()
        database.close()


def _flipped(text: str) -> str:
    place = len(text) - 5 if len(text) > 8 else len(text) - 1
    return text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :]


@pytest.mark.parametrize("column", ["digest", "max_claimable", "signature", "amount", "state"])
def test_a_flipped_bit_in_the_voucher_breaks_the_link_to_it_and_no_other(
    column: str, sold: Sold
) -> None:
    with changed(sold, "vouchers", column, f"digest = '{sold.digest}'"):
        assert sold.faults() == [("call", "paid by")]

    assert sold.faults() == []


@pytest.mark.parametrize(
    "column",
    [
        "payer",
        "payer_authorizer",
        "receiver",
        "receiver_authorizer",
        "token",
        "withdraw_delay_s",
        "salt",
    ],
)
def test_a_flipped_bit_in_the_channel_breaks_the_link_to_the_voucher_and_no_other(
    column: str, sold: Sold
) -> None:
    with changed(sold, "channels", column, "1 = 1"):
        assert sold.faults() == [("call", "paid by")]

    assert sold.faults() == []


def test_sums_that_only_the_book_says_are_not_believed(sold: Sold) -> None:
    for column in ("balance", "claimed", "charged", "signed"):
        with changed(sold, "channels", column, "1 = 1"):
            assert sold.faults() == [], column
