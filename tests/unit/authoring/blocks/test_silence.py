"""Silence that counts as acceptance, beside a rejection that is the last word."""

from __future__ import annotations

import pytest

from assay.authoring.describing.describing import describe
from tests.unit.authoring.blocks.answered import as_suggested
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all

DESKS = (
    "乙方应于2027年8月10日前向甲方交付课桌椅400套。甲方应在2027年6月1日前将24000 USDC存入合约。"
    "验收合格后，合约应向乙方支付24000 USDC。甲方在交货后7日内未提出书面异议的，视为验收合格。"
    "验收不合格的，合约应将24000 USDC退还甲方。"
)


@pytest.fixture(scope="module")
def desks() -> Written:
    return write_all({"Desks": lambda: as_suggested(DESKS)})["Desks"]


def test_silence_counts_no_longer_once_the_goods_were_rejected(desks: Written) -> None:
    assert_kept(desks, by_people=frozenset({0}))


def test_what_is_denied_together_is_told_together(desks: Written) -> None:
    told = describe(desks.specification, desks.composition)

    assert "(`partyANotifyAt`已有记录,并且" in told
    assert ")并非同时成立" in told
