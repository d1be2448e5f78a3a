"""Prices of one unit, deductions and quoted letters: the amount is the one that is left to pay."""

from __future__ import annotations

import pytest
from bench.payments import decided, pasts, treasury

from assay.authoring.payments.model import Outcome
from assay.authoring.payments.reading import read_request

OPEN = [
    "Please pay Acme Ltd 30 ASSAY per thousand words for 5 thousand words, invoice B-68.",
    "Please pay Acme Ltd 30 ASSAY an hour for 5 hours, invoice B-69.",
    "Please pay Acme Ltd for 5 hours at 30 ASSAY, invoice B-70.",
    "Please pay Acme Ltd 30 ASSAY/hour for 5 hours of support, invoice B-71.",
    "Please pay Acme Ltd 5 hours at 30 ASSAY an hour, invoice B-72.",
    "Please pay Acme Ltd 30 ASSAY for each of the 5 chairs, invoice B-73.",
    "Please pay Acme Ltd 30 ASSAY for every page, 12 pages, invoice B-74.",
    "Please pay Acme Ltd 30 ASSAY a day, 5 days, invoice B-75.",
    "Please pay Acme Ltd 30 ASSAY a head for 5 people, invoice B-76.",
    "Please pay Acme Ltd at the rate of 30 ASSAY for 5 days, invoice B-77.",
    "Please pay Acme Ltd 324 ASSAY, invoice B-79. Deposit paid: 100 ASSAY.",
    "Please pay Acme Ltd 324 ASSAY, invoice B-80. We already received 100 ASSAY of it.",
    "Please pay Acme Ltd 324 ASSAY less a discount of 30 ASSAY, invoice B-81.",
    "Please pay Acme Ltd 324 ASSAY, invoice B-82. An advance of 100 ASSAY is to be deducted.",
    "Please pay Acme Ltd 324 ASSAY, invoice B-83, less the credit note CN-4 over 24 ASSAY.",
    "Please pay Acme Ltd 324 ASSAY, invoice B-84. Credit note CN-4: 24 ASSAY.",
    "Please pay Acme Ltd 324 ASSAY, invoice B-85. We had a voucher of 24 ASSAY.",
    "Please pay Acme Ltd 324 ASSAY, invoice B-86. The prepayment in March counts towards this.",
    "Please pay Acme Ltd 324 ASSAY, invoice B-87. The deposit we put down in March comes off.",
    "Total due: 324 ASSAY\nDeposit paid: 100 ASSAY\nPayee: Acme Ltd\nInvoice: B-88",
    "Payee: Acme Ltd\nAmount: 324 ASSAY\nPrepaid: 100 ASSAY\nInvoice: B-89",
    "Payee: Acme Ltd\nAmount: 324 ASSAY\nCredit: 24 ASSAY\nInvoice: B-90",
    "请向李雷支付每千字30 ASSAY、共5千字的翻译费,单号D-22。",
    "请向李雷支付翻译费,每千字30 ASSAY,共5千字,单号D-23。",
    "请向李雷支付翻译费30 ASSAY/千字,共5千字,单号D-24。",
    "请向李雷支付30 ASSAY一小时的辅导费,共6小时,单号D-25。",
    "请向李雷支付辅导费6小时,按每课时30 ASSAY计,单号D-26。",
    "请向李雷支付30 ASSAY每人的餐费,8人,单号D-27。",
    "请向李雷支付餐费,人均30 ASSAY,共8人,单号D-28。",
    "请向李雷支付30 ASSAY一张的票钱,共4张,单号D-29。",
    "请向李雷支付100 ASSAY,单号D-40。已付定金30 ASSAY。",
    "请向李雷支付100 ASSAY,单号D-41。之前预付过30 ASSAY。",
    "请向李雷支付100 ASSAY,单号D-42,其中30 ASSAY已预付。",
    "请向李雷支付100 ASSAY,单号D-43,抵扣红字发票20 ASSAY。",
    "请向李雷支付100 ASSAY,单号D-45,优惠20 ASSAY。",
    "Please pay Acme Ltd 90 ASSAY twice, for 3 lessons at 30 each, invoice B-100.",
    "Please pay Acme Ltd 90 ASSAY for 3 lessons at 30 each, in two payments, invoice B-101.",
    "Please pay Acme Ltd 60 ASSAY (5 x 30 x 2 ASSAY), invoice B-102.",
    "请付给王芳150 ASSAY,买5把椅子,每把30,付两次,单号D-46。",
    "请付给王芳150 ASSAY,5把椅子每把30 ASSAY,再付运费20 ASSAY,单号D-47。",
]
PLAIN = [
    "Please pay Acme Ltd 300 ASSAY (5 x 30 x 2 ASSAY), invoice H-3.",
    "Please pay Acme Ltd 150 ASSAY for 5 hours of support, invoice H-4.",
    "Please pay Acme Ltd 150 ASSAY (5 hours at 30 ASSAY per hour), invoice H-5.",
    "Please pay Acme Ltd 150 ASSAY for 5,000 words at 30 ASSAY per thousand, invoice H-7.",
    "Please pay Acme Ltd a deposit of 300 ASSAY for the hall, invoice H-8.",
    "Please pay Acme Ltd the deposit of 300 ASSAY for the hall on 3 May 2027, invoice H-9.",
    "Please pay Acme Ltd the balance of 300 ASSAY for the hall, invoice H-10.",
    "Please pay Acme Ltd 238 ASSAY including VAT of 38 ASSAY, invoice H-11.",
    "Payee: Acme Ltd\nInvoice: H-13\nSubtotal: 300 ASSAY\nDiscount: 30 ASSAY\nTotal due: 270 ASSAY",
    (
        "Payee: Acme Ltd\nInvoice: H-14\nTotal: 324 ASSAY\nDeposit paid: 100 ASSAY\nBalance "
        "due: 224 ASSAY"
    ),
    (
        "From: Acme Ltd\nSubject: Invoice H-15\n\nPlease pay our invoice H-15.\n5 hours at 30 "
        "ASSAY per hour: 150 ASSAY\nTotal due: 150 ASSAY"
    ),
    (
        "From: Acme Ltd\nSubject: Invoice H-16\n\nPlease pay our invoice H-16.\nQuantity 12, "
        "unit price 30 ASSAY\nTotal due: 360 ASSAY\nThank you for your business."
    ),
    "Please pay Maria Sole 90 ASSAY for 3 pages at 30 ASSAY a page, invoice 2027-91.",
    "Please pay Acme Ltd 30 ASSAY for an hour of support, invoice H-40.",
    "请向李雷支付150 ASSAY,用于翻译费(每千字30 ASSAY,共5千字),单号 D-601。",
    "请向李雷支付翻译费150 ASSAY,共5千字,单号 D-602。",
    "请向李雷支付定金300 ASSAY,单号 D-603。",
    "请向李雷支付押金300 ASSAY,用于场地,单号 D-604。",
    "收款人:李雷\n单价:30 ASSAY\n数量:5\n合计:150 ASSAY\n单号:D-605",
    "请向李雷支付三小时的辅导费90 ASSAY,单号 D-610。",
    "请向李雷支付尾款200 ASSAY,单号 D-614。",
    (
        "Please pay this.\n\n---- Forwarded message ----\nFrom: Acme Ltd\n\nPlease pay Acme "
        "Ltd 400 ASSAY, invoice B-97."
    ),
]
QUOTED = [
    (
        "Fwd: see below, what do you think?\n\n---- Forwarded message ----\nFrom: Acme "
        "Ltd\n\nPlease pay our invoice B-97 of 400 ASSAY."
    ),
    (
        "FYI, this is what they asked for.\n\n-----Original Message-----\nFrom: Acme "
        "Ltd\nSubject: B-98\n\nPlease pay Acme Ltd 400 ASSAY, invoice B-98."
    ),
    'Jane wrote: "Please pay Acme Ltd 400 ASSAY, invoice B-99." I have not answered her.',
    (
        "On Monday Tom Becker wrote:\n| Please pay Acme Ltd 400 ASSAY, invoice B-101.\nIs this "
        "one of ours?"
    ),
    (
        "Am 3. März schrieb Tom:\n\nPlease pay Acme Ltd 400 ASSAY, invoice B-102.\n\nAnybody "
        "know this?"
    ),
    "张三写道:“请向李雷支付100 ASSAY,单号D-46。”你怎么看?",
]


def outcome(text: str) -> tuple[Outcome, set[str]]:
    state = treasury()
    _, decision = decided(text, state, pasts(state))
    return decision.outcome, {reason.rule for reason in decision.reasons}


@pytest.mark.parametrize("text", OPEN)
def test_a_price_of_one_or_a_sum_from_which_something_comes_off_is_asked_about(text: str) -> None:
    found = read_request(text)

    assert found.amount is None
    assert "amount" in [question.field for question in found.questions]
    assert outcome(text)[0] is Outcome.REFUSED


@pytest.mark.parametrize("text", PLAIN)
def test_an_amount_beside_its_price_or_with_figures_that_add_up_is_paid(text: str) -> None:
    assert outcome(text) == (Outcome.ALLOWED, set())


@pytest.mark.parametrize("text", QUOTED)
def test_what_somebody_else_wrote_orders_nothing_by_itself(text: str) -> None:
    assert outcome(text)[0] is not Outcome.ALLOWED


def test_what_is_left_behind_a_deposit_is_the_amount() -> None:
    text = "Please pay our invoice B-7.\nAmount payable: 324 ASSAY\n"
    text += "A deposit of 100 ASSAY was already paid; balance due: 224 ASSAY"

    assert read_request(text).amount == "224"
    assert read_request(text.replace("224", "220")).amount is None


@pytest.mark.parametrize(
    "text",
    [
        "请付给王芳160 ASSAY,买5把椅子,每把30。",
        "请向李雷支付650 ASSAY,十二小时咨询,每小时50 ASSAY。",
        "Please pay Acme Ltd 650 ASSAY for 12 hours at 50 ASSAY an hour.",
        "Please pay Acme Ltd 100 ASSAY, 3 x 30 ASSAY, for the lessons.",
    ],
)
def test_an_amount_that_counts_and_prices_do_not_come_to_is_asked_about(text: str) -> None:
    found = read_request(text)

    [question] = [one for one in found.questions if one.field == "amount"]
    assert found.amount is None
    assert "come to" in question.text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("请付给王芳150 ASSAY,买5把椅子,每把30。", "150"),
        ("请向李雷支付600 ASSAY,十二小时咨询,每小时50 ASSAY。", "600"),
        ("Please pay Acme Ltd 150 ASSAY for 5 chairs at 30 each.", "150"),
        ("Please pay Acme Ltd 90 ASSAY, 3 x 30 ASSAY, for the lessons.", "90"),
        ("Please pay Acme Ltd 240 ASSAY for 2 desks at 75 each and 3 lamps at 30 each.", "240"),
    ],
)
def test_an_amount_that_counts_and_prices_come_to_is_plain(text: str, amount: str) -> None:
    found = read_request(text)

    assert (found.amount, found.asset) == (amount, "ASSAY")
    assert [one.field for one in found.questions if one.field == "amount"] == []
