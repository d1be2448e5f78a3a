"""Sales whose proceeds are kept: enough buyers free the money, too few get it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.answers import answer, read_answers
from assay.authoring.checking.errors import AnswerUnknown
from assay.authoring.model import Specification
from assay.authoring.program.model import Function, Require
from assay.authoring.trials.report import try_contract
from assay.authoring.understanding import understand
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.built import assert_kept, write_all

CAP = "MOST_TOKENS"
SALE = (
    "白名单地址可以在2027年4月1日至2027年4月30日期间购买QINGKE，每个地址最多购买50,000枚。"
    "每枚QINGKE的价格为0.02 USDC，由购买人支付。"
    "购买人付款后，合约立即向购买人发行相应数量的QINGKE。"
    "截至2027年4月30日募集总额未达到20,000 USDC的，合约将款项退还给各购买人。"
    "募集总额达到20,000 USDC的，基金会可以在2027年5月7日之后提取资金。"
)


def sale(keeper: str = "基金会") -> Specification:
    return answer(understand(SALE), {"list_keeper.1": keeper})


def test_a_sale_with_a_goal_that_takes_many_buyers_is_kept() -> None:
    written = write_all({"Presale": sale})["Presale"]

    assert_kept(written)
    assert written.composition.program.crowd > 20


@pytest.mark.parametrize("keeper", ["基金会", "无"])
def test_who_keeps_the_list_is_asked(keeper: str) -> None:
    asked = understand(SALE).questions

    program = compose(sale(keeper), BLOCKS, name="Presale").program

    assert [one.suggestions for one in asked] == [("基金会", "无")]
    listing = [one for one in program.functions if one.name == "allowBuyer"]
    assert [one.callers for one in listing] == ([("foundation",)] if keeper == "基金会" else [])


def test_an_agreement_with_all_that_a_token_sale_needs_is_kept() -> None:
    folder = Path(__file__).parents[4] / "examples" / "agreements"
    given = read_answers((folder / "token-sale.zh.answers.yaml").read_bytes())
    agreed = answer(understand((folder / "token-sale.zh.md").read_text()), given)

    written = write_all({"Sale": lambda: agreed})["Sale"]
    report = try_contract(agreed, written.composition, written.compiled, written.coin)

    assert report.passed
    assert sorted(written.composition.outside) == [6, 7]
    moved = [one for one in report.trials if "move tokens" in one.name]
    assert [one.passed for one in moved] == [True, True]
    (left,) = (one.value for one in written.composition.program.constants if one.name == CAP)
    assert left == 80_000_000


def test_what_is_left_to_the_parties_is_said_and_no_ban_is() -> None:
    agreed = understand("买方向卖方支付9 USDC。卖方将平台收入的10%分配给持币人。卖方不得转让USDC。")

    with pytest.raises(NotBuildable) as refused:
        compose(agreed, BLOCKS, name="Left")
    with pytest.raises(AnswerUnknown):
        answer(agreed, {"by_hand.3": "是"})
    left = compose(answer(agreed, {"by_hand.2": "是"}), BLOCKS, name="Left")

    assert '"by_hand.2": "yes"' in str(refused.value.hint)
    assert "由当事人自行履行" in left.outside[1]


STUDIO = (
    "Anyone may buy up to 1,000 GEM tokens at a price of 2 USDC per token until 1 June 2027. The "
    "proceeds go to the Studio."
)
TICKETS = (
    "Each buyer can buy at most 4 tickets at 20 USDC each before 1 June 2027. At most 500 tickets "
    "are sold. The sale proceeds go to Luna Events."
)


@pytest.mark.parametrize(("text", "payee"), [(STUDIO, "studio"), (TICKETS, "lunaEvents")])
def test_a_later_sentence_says_who_gets_the_price(text: str, payee: str) -> None:
    read = read_agreement(text)
    given = {one.id: one.suggestions[0] for one in read.questions}
    assert not [one for one in given if one.startswith(("missing_recipient", "unbounded"))]

    agreed = answer(read, given)
    written = write_all({"Sale": lambda: agreed})["Sale"]

    assert_kept(written)
    assert [one.name for one in written.composition.program.roles] == [payee]


OFFER = "Investors may buy STAR tokens for 0.1 USDC each between 1 March 2027 and 31 March 2027. "
SOFT_CAP = (
    "The soft cap is 50 USDC. If the soft cap is missed, investors are refunded what they paid. "
    "Otherwise the Foundation may withdraw the proceeds."
)
CLAIMED_BACK = (
    "The soft cap is 50 USDC. If the soft cap is not reached, each investor can claim back what "
    "they paid. If the soft cap is reached, the Foundation may withdraw the proceeds."
)


@pytest.mark.parametrize("text", [SOFT_CAP, CLAIMED_BACK])
def test_buyers_get_back_what_they_paid_where_the_soft_cap_is_missed(text: str) -> None:
    read = read_agreement(OFFER + text)
    assert [one.kind for one in read.questions] == ["token_source"]
    agreed = answer(read, {read.questions[0].id: "issued"})

    written = write_all({"Capped": lambda: agreed})["Capped"]

    assert_kept(written)
    functions = [one.name for one in written.composition.program.functions]
    assert functions == ["buyTokens", "takeFunds", "refundBuyer"]
    (buy, take, back) = written.composition.program.functions
    errors = {one.name: _errors(one) for one in (buy, take, back)}
    assert "GoalNotReached" in errors["takeFunds"]
    assert {"SaleStillRuns", "GoalReached"} <= errors["refundBuyer"]


def _errors(function: Function) -> set[str]:
    return {one.error for one in function.body if isinstance(one, Require)}
