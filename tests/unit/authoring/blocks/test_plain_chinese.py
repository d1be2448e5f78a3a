"""Short agreements in Chinese, as people write them, become contracts."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.model import Specification
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all

FEE = "服务商有权每月向客户收取20 USDC服务费。客户可以随时取消。"
RATE = "用户每支付1 USDC，合约向其发行10个POINT。POINT发行总量不超过100万个。"
PLAIN = {
    "lock": ("爷爷存入5 ETH给孙子，2030年1月1日以后孙子才能取。", {}, {"escrow"}),
    "list": (
        (
            "仅白名单用户可以认购，每枚0.5 USDC，每人最多买2000枚STAR，总共发售100万枚。"
            "认购时间为2027年3月1日至3月15日。认购款直接付给项目方。"
            "付款后合约立即发放相应数量的STAR。"
        ),
        {},
        {"sale"},
    ),
    "pledge": (
        (
            "借款人向合约存入10 ETH作为抵押。借款人还款20800 USDC给出借人后，抵押物退还借款人。"
            "2027年12月31日前未还款的，抵押物归出借人。"
        ),
        {"who_confirms.2.return": "出借人"},
        {"escrow"},
    ),
    "member": (
        "会员每月向平台支付15 USDC会员费。会员可以随时取消。会员取消的，已付费用不退。",
        {},
        {"subscription"},
    ),
}


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all({"Fee": lambda: read_agreement(FEE), "Rate": rate})


def rate() -> Specification:
    return read_agreement(RATE, answers={"payment_to_nobody.1": "发行人"})


@pytest.mark.parametrize("name", ["Fee", "Rate"])
def test_fees_that_are_collected_and_rates_are_kept(name: str, written: dict[str, Written]) -> None:
    assert_kept(written[name])


@pytest.mark.parametrize("name", PLAIN)
def test_what_people_write_becomes_a_program(name: str) -> None:
    text, answers, blocks = PLAIN[name]

    composition = compose(read_agreement(text, answers=answers), BLOCKS, name="Plain")

    assert {claim.block for claim in composition.claims} == blocks


def test_an_answer_can_be_given_along_with_the_one_that_raises_its_question() -> None:
    text = (
        "公司授予员工甲48000枚ABC代币，分四年按月归属，悬崖期一年。"
        "公司应在签约后10日内将全部代币存入合约。员工离职的，未归属部分退还公司。"
    )

    told = read_agreement(text, answers={"missing_party.4": "合约", "who_states.4.1": "公司"})

    assert told.questions == ()
    assert [one.block for one in compose(told, BLOCKS, name="Grant").claims] == ["vesting"]
