"""What reading says of a clause that cannot be built, and what building says."""

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import REFUSED, NotBuildable
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.answers import as_template
from assay.authoring.model import Question, Specification
from assay.authoring.use_cases.reading import read_agreement

PAYMENT = "The buyer shall pay the seller 100 USDC by 1 May 2027. "
WITHOUT_END = (
    "The tenant pays the landlord 100 USDC each month. When the tenant has paid the landlord "
    "100 USDC, the landlord shall pay the tenant 5 USDC. "
)
SHARE = "The seller shall pay the agent 5 % of the turnover every month. "
BAN = "The buyer must not pay the seller if the goods are defective. "
CHINESE = "买方应在2027年5月1日前向卖方支付100 USDC。卖方每月应向代理人支付营业额的5%。"


def refused(specification: Specification) -> list[Question]:
    return [one for one in specification.questions if one.kind == REFUSED]


@pytest.mark.parametrize("text", [PAYMENT + SHARE, WITHOUT_END, PAYMENT + BAN, CHINESE])
def test_reading_asks_about_what_building_refuses(text: str) -> None:
    read = read_agreement(text)

    with pytest.raises(NotBuildable) as error:
        compose(read, BLOCKS, name="Foreseen")

    reason = error.value.reason if read.language == "en" else error.value.in_chinese().reason
    assert reason in refused(read)[0].text
    assert reason in as_template(read)


def test_what_is_left_to_the_parties_is_asked_no_more() -> None:
    read = read_agreement(PAYMENT + SHARE)
    (question,) = refused(read)

    answered = read_agreement(PAYMENT + SHARE, answers={question.id: question.suggestions[0]})

    assert not answered.questions
    assert compose(answered, BLOCKS, name="Foreseen").outside


def test_a_refusal_is_told_beside_the_other_questions() -> None:
    read = read_agreement("Anyone may pay the issuer $5. " + SHARE)

    assert {one.kind for one in read.questions} >= {"fiat_token", REFUSED}


def test_a_ban_that_cannot_be_kept_has_no_answer() -> None:
    read = read_agreement(PAYMENT + BAN)

    assert not refused(read)[0].suggestions
    assert f'"{refused(read)[0].id}"' not in as_template(read)


def test_what_can_be_built_is_not_refused() -> None:
    assert not read_agreement(PAYMENT).questions


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("The maintenance is to be carried out by 1 May 2027. ", "contract"),
        ("付款须经三位董事中的两位同意后执行。", "合约"),
    ],
)
def test_what_the_contract_itself_is_to_do_is_never_left_outside_in_silence(
    text: str, answer: str
) -> None:
    paid = CHINESE[: CHINESE.index("卖方每月")] if answer == "合约" else PAYMENT
    asked = [one for one in read_agreement(paid + text).questions if one.field == "actor"]

    read = read_agreement(paid + text, answers={asked[0].id: answer})

    assert refused(read)
