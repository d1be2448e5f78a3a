"""Agreements in the words of those who make them become contracts that keep every clause."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.model import Composition
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.model import Specification
from assay.authoring.trials.cast import cast_of
from assay.authoring.trials.clauses import clause_trials
from assay.authoring.trials.reckoning import reckoned_trials
from assay.authoring.trials.walks import explore
from assay.authoring.trials.whole import whole_trials
from assay.authoring.use_cases.reading import read_agreement

INSPECTED = (
    "供应商应于2027年3月15日前向采购方交付200把椅子。采购方在签约时将8000 USDC存入合约。"
    "采购方应在交付后5日内验收，验收合格的，托管款释放给供应商；验收不合格的，托管款退还采购方。"
    "采购方逾期未验收的，视为验收合格。"
)
LENT = (
    "The borrower deposits 800 USDC with the contract. The borrower must return the camera to the "
    "lender by 10 July 2027. If the borrower returns the camera late, the borrower pays the lender "
    "20 USDC per day of delay. The borrower pays the lender at most 400 USDC. On 1 September 2027 "
    "the deposit is refunded to the borrower."
)

WHOLE = {
    "what is left": (
        (
            "客户向合约存入9000 USDC。客户确认设计稿后，向开发者释放3000 USDC。客户确认成品后，"
            "向开发者释放剩余部分。若客户在2027年9月30日前未确认成品，其余款项退还客户。"
        ),
        {},
        {"escrow"},
    ),
    "a contribution of what the goal is in": (
        (
            "任何人可以在2027年5月31日前向合约出资。筹款达到100000 USDC的，发起人可以提取全部资金。"
            "未达到目标的，退还所有出资。"
        ),
        {},
        {"crowdfunding"},
    ),
    "a token that only the split names": (
        "合约收到的USDC按作者70%、平台20%、推荐人10%分配。各方可以随时提取自己的份额。",
        {},
        {"split"},
    ),
    "a fee of a fixed sum": (
        (
            "客户应于2027年6月1日前向顾问支付2000 USDC。客户逾期付款的，"
            "每逾期一日应向顾问支付15 USDC违约金。"
        ),
        {},
        {"payment"},
    ),
    "a fee with a bound for what is no payment": (
        LENT,
        {"who_confirms.3.return": "lender"},
        {"escrow", "payment", "records"},
    ),
    "a fact, and otherwise": (
        (
            "保险公司向合约存入1500 USDC。若气象站报告的降雨量低于30毫米，合约向农户支付1500 USDC；"
            "否则退还保险公司。"
        ),
        {"no_way_out.1": "P90D"},
        {"escrow"},
    ),
    "silence after delivery": (
        INSPECTED,
        {"no_way_out.2": "P90D", "who_confirms.3.deliver": "采购方"},
        {"escrow", "deeming", "records"},
    ),
    "a subscription from a date on": (
        (
            "The subscriber pays the provider 15 USDC every month, beginning on 1 January 2027. "
            "The subscriber may cancel at any time."
        ),
        {},
        {"subscription"},
    ),
}


def composed(text: str, answers: dict[str, str]) -> tuple[Specification, Composition]:
    specification = read_agreement(text, answers=answers)
    return specification, compose(specification, BLOCKS, name="Plain")


@pytest.mark.parametrize(("text", "answers", "blocks"), WHOLE.values(), ids=WHOLE)
def test_every_clause_is_kept(text: str, answers: dict[str, str], blocks: set[str]) -> None:
    specification, composition = composed(text, answers)
    cast = cast_of(composition.program)
    walks = explore(composition.program, cast)

    trials = [
        *reckoned_trials(specification, composition, cast, walks),
        *clause_trials(specification, composition, cast, walks),
        *whole_trials(composition.program, cast, walks),
    ]

    assert {claim.block for claim in composition.claims} == blocks
    assert [trial for trial in trials if not trial.passed] == []


def test_what_was_rejected_is_never_deemed_accepted() -> None:
    answers = {"no_way_out.2": "P90D", "who_confirms.3.deliver": "采购方"}

    _, composition = composed(INSPECTED, answers)

    deem = composition.program.function("deemPurchaserAccept")
    assert "purchaserRejectAt" in str(deem.body)


def test_who_pays_by_itself_is_told_that_to_stop_is_enough() -> None:
    text = "The tenant pays the landlord 900 USDC each month. The tenant may cancel at any time."

    _, composition = composed(text, {})

    assert "to pay no more is enough" in composition.outside[1]


def test_all_of_a_series_without_an_end_is_never_paid() -> None:
    text = (
        "乙方应于每月5日前向甲方支付租金1000 USDC。乙方应向托管合约存入押金2000 USDC。"
        "乙方结清全部费用后，押金退还乙方。"
    )

    with pytest.raises(NotBuildable, match="again and again"):
        composed(text, {"no_way_out.2": "P90D"})


def test_a_ban_until_a_date_is_kept_by_a_right_from_that_date_on() -> None:
    text = (
        "The parents deposit 10,000 USDC. The child may not withdraw 10,000 USDC before "
        "1 September 2030. From {} the child may withdraw the whole amount."
    )

    _, composition = composed(text.format("1 September 2030"), {})

    assert composition.claims[0].obligations == (0, 2)
    with pytest.raises(NotBuildable, match="keep this ban"):
        composed(text.format("1 August 2030"), {})
