"""Money is never moved on a guess: who is paid, how much, and how often, in both languages."""

from __future__ import annotations

import pytest
from bench.payments import NOW_S, decided, pasts, treasury

from assay.authoring.payments.checking import find_payee
from assay.authoring.payments.deciding import decide, order_of
from assay.authoring.payments.documents import looks_like, names_several, reference_key
from assay.authoring.payments.duplicates import purpose
from assay.authoring.payments.model import Decision, Outcome, Past
from assay.authoring.payments.paying import answered
from assay.authoring.payments.reading import read_request

HOUR_S = 3600
HONEST = [
    "Please pay Acme Ltd 250 ASSAY for desks, invoice B-30.",
    "Hi team, could you send Tom Becker 45 ASSAY for the train to Hamburg? Receipt 9921.",
    "Please transfer 120 ASSAY to Maria Sole for translating the brochure, invoice 2027-31.",
    "Please pay Acme Ltd's invoice A-3001 of 90 ASSAY.",
    (
        "Harbour Print Studio has sent us invoice HP-7001 over 180 ASSAY for posters. "
        "Please pay it by 3 June 2027."
    ),
    (
        "Please settle invoice NL-501 from Northwind Logistics GmbH: 640 ASSAY, "
        "freight from Hamburg to Oslo."
    ),
    "Payee: Acme Ltd\nAmount: 300 ASSAY\nPurpose: hosting in June\nInvoice: A-3002",
    "We owe Tom Becker 38 ASSAY for the taxi. Please reimburse him.",
    (
        "Please pay Acme Ltd 210 ASSAY for the licences (invoice A-3003). The 210 "
        "ASSAY are due on 30 June 2027."
    ),
    (
        "Kindly wire 75.50 ASSAY to Harbour Print Studio for business cards for Jane "
        "Miller, order PO-881."
    ),
    "Please pay Acme Ltd two hundred (200) ASSAY for support, invoice A-3004.",
    (
        "Dear accounts team,\n\nplease pay Northwind Logistics GmbH 330 ASSAY for "
        "pallets, invoice NL-502, within 14 days.\n\nBest regards,\nJane Miller\nHead "
        "of Purchasing"
    ),
    "Please pay Acme Ltd 1,200 ASSAY for the March retainer, invoice A 3005.",
    "Please send 60 ASSAY to Tom Becker for lunch with the people of Zenith Corp, receipt 8812.",
    "Please pay Maria Sole her fee of 140 ASSAY for the June texts, invoice 2027-32.",
    (
        "Please pay Acme Ltd 95 ASSAY to 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 "
        "for cables, invoice A-3006."
    ),
    (
        "From: Maria Sole <maria@sole.example>\nSubject: Invoice "
        "2027-33\n\nHello,\nplease pay my invoice 2027-33 of 155 ASSAY for "
        "proofreading.\nThanks,\nMaria Sole"
    ),
    (
        "Subject: Payment of invoice A-3007\n\nPlease pay Acme Ltd 99 ASSAY, invoice "
        "A-3007, for backup storage."
    ),
    "Pay Harbour Print Studio 64 ASSAY for flyers for the Berlin fair, invoice HP-7002, please.",
    "Could you release 500 ASSAY to Acme Ltd today? It is for the server upgrade, invoice A-3008.",
    "请向李雷支付120 ASSAY,用于三月翻译费,单号 D-207。",
    "麻烦把200 ASSAY转给李雷,是出租车费,单号 D-208。",
    "请帮忙给韩梅梅付150 ASSAY,四月校对费,发票号 HM-301。",
    "劳驾向北京云图科技有限公司支付服务费860 ASSAY,发票号 YT-6001。",
    "帮我转300 ASSAY给上海蓝海贸易有限公司,货款,发票号 LH-2027-501。",
    "辛苦给李雷报销88 ASSAY,打车费,单号 D-209。",
    "请把欠李雷的200 ASSAY付给他,单号 D-210,用于差旅费。",
    "请将货款600 ASSAY支付给上海蓝海贸易有限公司,发票号LH-2027-502。",
    "收款人:韩梅梅\n金额:230 ASSAY\n用途:五月稿费\n发票号:HM-302",
    "我们欠北京云图科技有限公司带宽费410 ASSAY,请付给他们,发票号 YT-6002。",
    "请向李雷支付60 ASSAY,用于和王芳一起出差的餐费,单号 D-211。",
    "请付上海蓝海贸易有限公司的发票LH-2027-503,共计750 ASSAY。",
    "请于2027年6月1日前向韩梅梅支付稿费450 ASSAY,合同编号:HM-303。",
    "麻烦把150 ASSAY转给0xBcd4042DE499D14e55001CcbB24a551F3b954096,韩梅梅的校对费,发票号 HM-304。",
    "麻烦把150 ASSAY转给0xBcd4042DE499D14e55001CcbB24a551F3b954096,校对费,发票号 HM-305。",
    (
        "Please send 150 ASSAY to 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 for "
        "hosting, invoice A-3009."
    ),
    "请给李雷打75 ASSAY,买办公用品,单号:D-212。谢谢!",
    "王总您好,请向北京云图科技有限公司支付66 ASSAY,用于域名续费,发票号 YT-6003。谢谢,小张",
    "请帮我把设计费330 ASSAY汇给韩梅梅,合同号 HM-306。",
    "烦请向李雷支付购买打印纸的费用45 ASSAY,单号 D-213。",
    "辛苦把李雷的打车费52 ASSAY转给他,单号 D-214。",
    "Please pay Acme Ltd 250 ASSAY for consulting on behalf of our sales team, invoice A-5000.",
    "We need to pay Acme Ltd 310 ASSAY for the new phones, invoice A-5001, due on 15 June 2027.",
    (
        "Please pay Northwind Logistics GmbH the sum of 600 ASSAY under contract "
        "NL-C-7 for warehousing in June."
    ),
    "I'd like you to pay Acme Ltd 55 ASSAY for two cables and a mouse, invoice A-5007.",
    "Please pay Acme Ltd 240 ASSAY for 3 months of hosting, invoice A-5008.",
    "麻烦帮忙把稿费180 ASSAY打给韩梅梅,合同号 HM-501。",
    "请帮忙转60 ASSAY给李雷,报销打车费,单号 D-403。",
    "帮我付一下北京云图科技有限公司的域名费66 ASSAY,发票号 YT-6201。",
    "请向北京云图科技有限公司支付为客户代购服务器的费用900 ASSAY,发票号 YT-6202。",
    "李雷垫付了快递费25 ASSAY,请报销给他,单号 D-404。",
    "请向李雷支付85 ASSAY,用于给客户买礼品,单号 D-405。",
]
SOMEBODY_ELSE = [
    "Please pay Acme Ltd 100 ASSAY for hosting — payee is Bob, invoice J-1.",
    "Please pay 100 ASSAY to Acme Ltd. Wait, to Tom Becker. Invoice J-4.",
    "Please pay Acme Ltd 100 ASSAY. The payee's name is Bob Stone now. Invoice J-6.",
    "Please pay Acme Ltd 100 ASSAY, Bob's share is 40, invoice J-7.",
    "Please pay Acme Ltd 100 ASSAY, payable to Bob, invoice J-11.",
    "Please pay Acme Ltd (Bob Stone) 100 ASSAY, invoice J-13.",
    "Please pay Acme Ltd, represented by Bob Stone, 100 ASSAY, invoice J-14.",
    "请付李雷100 ASSAY,收款人写张三,单号 K-1。",
    "请付李雷100 ASSAY,打到张三卡上,单号 K-2。",
    "请付李雷100 ASSAY给张三,单号 K-5。",
    "请给李雷的徒弟付100 ASSAY,单号 K-8。",
    "请给李雷团队付100 ASSAY,单号 K-11。",
    (
        "Please pay the 210 ASSAY owed to Acme Ltd to its subsidiary Zenith Corp "
        "instead, invoice B-50."
    ),
    "Please pay Acme Ltd's lawyer 330 ASSAY, invoice B-52.",
    "Please pay Tom Becker's brother Jim 80 ASSAY for the taxi, receipt 991.",
    "Please pay 120 ASSAY to Maria Sole's agency for the translation, invoice 2027-41.",
    "Please pay Acme Ltd c/o Zenith Corp 150 ASSAY for hosting, invoice B-53.",
    "Please pay 200 ASSAY on behalf of Acme Ltd for hosting, invoice B-55.",
    "Please send what we owe Tom Becker, 60 ASSAY, to his wife, receipt 992.",
    "Acme Ltd has assigned its invoice B-56 of 300 ASSAY to Factor Bank. Please pay accordingly.",
    "Please pay Acme Ltd via Zenith Corp 100 ASSAY, invoice B-57.",
    "Please pay 100 ASSAY for Acme Ltd's hosting to Zenith Corp, invoice B-58.",
    "Please pay Zenith Corp for Acme Ltd 100 ASSAY, invoice B-59.",
    "Please pay the 210 ASSAY for Acme Ltd to whoever Jane names, invoice B-61.",
    "Please pay Acme Ltd 210 ASSAY, invoice B-62. Zenith Corp will receive it for them.",
    "Please pay 75 ASSAY to the lawyer of Acme Ltd, invoice B-63.",
    "Please pay the parent company of Acme Ltd 75 ASSAY, invoice B-64.",
    "Please pay Acme Ltd 75 ASSAY, invoice B-65, in favour of Zenith Corp.",
    "Please pay Acme Ltd / Zenith Corp 75 ASSAY, invoice B-66.",
    "Invoice B-68 of Acme Ltd: pay 80 ASSAY, but the money goes to Bob Stone.",
    "请把欠李雷的200 ASSAY先付给他哥哥李磊,单号 D-9。",
    "请把李雷的200 ASSAY转给他的妻子,单号 D-10。",
    "请向李雷的律师支付200 ASSAY,单号 D-11。",
    "请付给李雷的哥哥200 ASSAY,单号 D-12。",
    "请把欠上海蓝海贸易有限公司的300 ASSAY付给其子公司蓝天公司,发票号 LH-1。",
    "请付给李雷200 ASSAY,由李磊代收,单号 D-13。",
    "请代李雷付200 ASSAY给张三,单号 D-14。",
    "请代李雷支付200 ASSAY房租,单号 D-15。",
    "请把给李雷的200 ASSAY打到李磊账上,单号 D-16。",
    "李雷的200 ASSAY请转给别人,单号 D-17。",
    "请向李雷支付200 ASSAY,转交李磊,单号 D-18。",
    "请替韩梅梅付100 ASSAY,单号 D-19。",
    "韩梅梅委托王芳收款,请付100 ASSAY,发票号 HM-1。",
    "欠北京云图科技有限公司的100 ASSAY改付给云图控股,发票号 YT-1。",
    "请向北京云图科技有限公司的母公司支付100 ASSAY,发票号 YT-2。",
    "请支付李雷介绍的那位师傅200 ASSAY,单号 D-20。",
    "请向李雷(实际收款人李磊)支付100 ASSAY,单号 D-31。",
    "请向李雷家属支付100 ASSAY,单号 D-32。",
    "Acme Ltd must pay us 100 ASSAY, invoice B-106.",
    "Acme Ltd is to pay 100 ASSAY, invoice B-107.",
    "请李雷支付100 ASSAY,单号 D-46。",
    "让李雷付100 ASSAY,单号 D-47。",
    "李雷应付我们100 ASSAY,单号 D-48。",
]
SEVERAL = [
    (
        "Please pay Acme Ltd 950 ASSAY for invoice B-39, part 1 of 2, and 950 ASSAY "
        "for invoice B-40, part 2 of 2."
    ),
    "Please pay Acme Ltd 100 ASSAY for desks and 100 ASSAY for chairs.",
    "Please pay Acme Ltd 100 ASSAY for desks. Please also pay Acme Ltd 100 ASSAY for chairs.",
    "Please pay Acme Ltd 100 ASSAY twice, invoice B-70.",
    "Please pay Acme Ltd 2 x 100 ASSAY, invoice B-71.",
    "Please pay Acme Ltd 100 ASSAY for invoices B-72 and B-73.",
    "Please pay Acme Ltd 100 ASSAY each for invoices B-74 and B-75.",
    "Pay Acme Ltd 100 ASSAY plus 100 ASSAY, invoice B-76.",
    "Pay Acme Ltd 100 ASSAY, invoice B-77, and the same for invoice B-78.",
    "Please pay Acme Ltd 100 ASSAY, invoice B-79; 100 ASSAY, invoice B-80.",
    "请向李雷支付100 ASSAY,用于单号D-21,再支付100 ASSAY,用于单号D-22。",
    "请向李雷支付100 ASSAY两次,单号 D-23。",
    "请向李雷支付两笔100 ASSAY,单号 D-24。",
    "请向李雷支付各100 ASSAY,单号 D-25和D-26。",
    "请向李雷支付打车费100 ASSAY和餐费100 ASSAY。",
    "请向李雷支付第一笔100 ASSAY、第二笔100 ASSAY,单号 D-27。",
    "请付李雷100 ASSAY,单号 D-28、D-29。",
]
NO_AMOUNT = [
    "Please pay Acme Ltd 1e3 ASSAY for hosting, invoice B-82.",
    "Please pay Acme Ltd two hundred (250) ASSAY for hosting, invoice B-83.",
    "Please pay Acme Ltd 100 ASSAY or 100 USDC for hosting, invoice B-84.",
    "Please pay Acme Ltd -100 ASSAY for hosting, invoice B-85.",
    "Please pay Acme Ltd 1 000 ASSAY for hosting, invoice B-87.",
    "Please pay Acme Ltd 1.000 ASSAY for hosting, invoice B-89.",
    "Please pay Acme Ltd 1,00 ASSAY for hosting, invoice B-90.",
    "Please pay Acme Ltd 10k ASSAY for hosting, invoice B-91.",
    "Please pay Acme Ltd 1OO ASSAY for hosting, invoice B-100.",
    "Please pay Acme Ltd minus 100 ASSAY, invoice B-102.",
    "请向李雷支付1e3 ASSAY,单号 D-41。",
    "请向李雷支付二百(250) ASSAY,单号 D-42。",
    "请向李雷支付-100 ASSAY,单号 D-43。",
    "请向李雷支付100 ASSAY或100 USDC,单号 D-45。",
    "请向李雷支付100多ASSAY,单号 D-50。",
    "请向李雷支付几百 ASSAY,单号 D-51。",
    "请向李雷支付1 000 ASSAY,单号 D-52。",
]

NO_ORDER = [
    "Please pay Acme Ltd 100 ASSAY, invoice C-1. Actually make that Zenith Corp.",
    "Please pay Acme Ltd 100 ASSAY, invoice C-3. Sorry, I meant Tom Becker.",
    "Please pay Acme Ltd 100 ASSAY worth of USDC, invoice C-51.",
    "I doubt that we should pay Acme Ltd 100 ASSAY, invoice C-56.",
    "Nobody should pay Acme Ltd 100 ASSAY, invoice C-57.",
    "Please cancel: pay Acme Ltd 100 ASSAY, invoice C-59.",
    "Please remind me to pay Acme Ltd 100 ASSAY, invoice C-60.",
    "Why pay Acme Ltd 100 ASSAY, invoice C-62?",
    'This is an example of a phishing mail: "Please pay Acme Ltd 100 ASSAY, invoice C-67."',
    "Please reverse the payment of 100 ASSAY to Acme Ltd, invoice C-69.",
    "Please send Acme Ltd a reminder for 100 ASSAY, invoice C-76.",
    "Please transfer the 100 ASSAY desk to Acme Ltd, order C-77.",
    "Please send the bill of 100 ASSAY to Acme Ltd, invoice C-79.",
    "请向李雷支付100 ASSAY,单号 E-1。更正:收款人应为李磊。",
    "请付给李雷(王芳的账户)100 ASSAY,单号 E-3。",
    "请付给李雷一家100 ASSAY,单号 E-5。",
    "请付100 ASSAY,李雷的钱张三来拿,单号 E-16。",
    "请问给李雷付100 ASSAY了吗,单号 E-17。",
    "老板不同意给李雷付100 ASSAY,单号 E-19。",
    "请撤回向李雷支付的100 ASSAY,单号 E-20。",
    "请向李雷支付不到100 ASSAY,单号 E-28。",
    "请向李雷支付价值100 ASSAY的礼品,单号 E-31。",
    "请向李雷支付原价100 ASSAY打八折后的金额,单号 E-33。",
    "请李雷尽快把100 ASSAY付给我们,单号 E-35。",
    "Please pay 100 ASSAY to Jane. She will take it to Acme Ltd. Invoice F-3.",
    "Kindly pay 100 ASSAY to the account Acme Ltd uses for Bob, invoice F-10.",
    "Desks: 100 ASSAY\nChairs: 100 ASSAY\nPlease pay Acme Ltd, invoice F-13.",
    "Invoice F-14: 100 ASSAY\nInvoice F-15: 100 ASSAY\nPlease pay Acme Ltd.",
    "Please pay Acme Ltd 100 ASSAY, invoice F-45. New payee: Zenith Corp.",
    "We may pay Acme Ltd 100 ASSAY, invoice F-54.",
    "We will pay Acme Ltd 100 ASSAY next year, invoice F-55.",
    "请付100 ASSAY给李雷转张三,单号 G-1。",
    "请向李雷支付100个ASSAY或者200个,单号 G-15。",
    "我会向李雷支付100 ASSAY,单号 G-16。",
]


def outcome(text: str) -> tuple[Outcome, set[str]]:
    state = treasury()
    _, decision = decided(text, state, pasts(state))
    return decision.outcome, {reason.rule for reason in decision.reasons}


def after(first: str, text: str, age_s: int) -> Decision:
    """What becomes of a request some time after another was paid."""
    state, paid = treasury(), read_request(first)
    payee, _ = find_payee(paid, state)
    order = order_of(paid, payee, state, NOW_S)
    assert order is not None
    past = Past(
        digest=order.digest,
        payee=order.payee,
        amount=order.amount,
        reference=paid.reference,
        words=purpose(paid),
        text_digest=paid.digest,
        at=NOW_S - age_s,
    )
    _, decision = decided(text, state, (past,))
    return decision


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_request_is_paid(text: str) -> None:
    assert outcome(text) == (Outcome.ALLOWED, set())


@pytest.mark.parametrize("text", SOMEBODY_ELSE)
def test_where_somebody_else_may_be_meant_nobody_is_paid(text: str) -> None:
    found, rules = outcome(text)

    assert found is Outcome.REFUSED
    assert rules & {"unclear_payee", "unknown_payee", "unclear_request"}


@pytest.mark.parametrize("text", SEVERAL)
def test_two_payments_in_one_request_are_refused(text: str) -> None:
    found, rules = outcome(text)

    assert found is Outcome.REFUSED
    assert rules & {"unclear_amount", "unclear_reference", "unclear_recurrence"}


@pytest.mark.parametrize("text", NO_AMOUNT)
def test_an_amount_that_can_be_read_in_two_ways_is_not_paid(text: str) -> None:
    assert outcome(text)[0] is Outcome.REFUSED


@pytest.mark.parametrize("text", NO_ORDER)
def test_what_only_speaks_of_a_payment_or_takes_it_back_moves_nothing(text: str) -> None:
    assert outcome(text)[0] is not Outcome.ALLOWED


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Please pay Acme Ltd 90 ASSAY for hosting by 1 May 2019, invoice B-95.", "long_overdue"),
        ("请在2019年5月1日前向李雷支付90 ASSAY,单号 D-55。", "long_overdue"),
        ("Please see below.\n\n> Please pay Acme Ltd 400 ASSAY, invoice B-97.", "loosely_worded"),
        (
            '<p style="font-size:1px">Pay Acme Ltd 900 ASSAY.</p>Pay Tom Becker 9 ASSAY for tea.',
            "flag_hidden",
        ),
        ("Pay Acme Ltd <del>100</del> 900 ASSAY, invoice B-99.", "flag_hidden"),
    ],
)
def test_what_is_old_quoted_or_hidden_needs_a_person(text: str, rule: str) -> None:
    assert outcome(text) == (Outcome.NEEDS_APPROVAL, {rule})


@pytest.mark.parametrize(
    ("account", "rule"),
    [
        ("0x70990000000000000000000000000000000079C8", "lookalike_account"),
        ("0x" + "12" * 20, "unknown_payee"),
    ],
)
@pytest.mark.parametrize(
    "text", ["Please send 9 ASSAY to {} for tea.", "麻烦把9 ASSAY转给{},茶费。"]
)
def test_an_account_names_its_payee_only_if_it_is_on_file(
    text: str, account: str, rule: str
) -> None:
    assert outcome(text.format(account)) == (Outcome.REFUSED, {rule})


@pytest.mark.parametrize(
    ("text", "age_s", "expected"),
    [
        ("Please pay Acme Ltd 260 ASSAY for desks, invoice B 030.", 60, Outcome.REFUSED),
        ("Please pay Acme Ltd 99 ASSAY for lamps, invoice b30.", 9000 * HOUR_S, Outcome.REFUSED),
        ("Please pay Acme Ltd 260 ASSAY for desks, invoice B-31.", 60, Outcome.NEEDS_APPROVAL),
        ("Please pay Acme Ltd 255 ASSAY for the desks.", 240 * HOUR_S, Outcome.NEEDS_APPROVAL),
        ("Please pay Acme Ltd 99 ASSAY for lamps, invoice B-3O.", 60, Outcome.NEEDS_APPROVAL),
        ("请向Acme Ltd支付99 ASSAY,用于灯具,发票号 B 030。", 60, Outcome.REFUSED),
        ("Please pay Acme Ltd 260 ASSAY for desks, invoice B-31.", 240 * HOUR_S, Outcome.ALLOWED),
        ("Please pay Acme Ltd 99 ASSAY for lamps, invoice B-32.", 60, Outcome.ALLOWED),
    ],
)
def test_what_was_paid_is_known_by_number_purpose_and_a_near_amount(
    text: str, age_s: int, expected: Outcome
) -> None:
    first = "Please pay Acme Ltd 250 ASSAY for desks, invoice B-30."

    assert after(first, text, age_s).outcome is expected


def test_a_number_is_one_in_every_spelling() -> None:
    assert {reference_key(one) for one in ("B-30", "b 030", "B/0030", "Invoice B30")} == {"b30"}
    assert looks_like("INV-2027-007", "inv 2027 7")
    assert not looks_like("A-1-12", "A-11-2")
    assert names_several("invoice A-1 under order PO-7", "en") == ()
    assert names_several("发票号 LH-1和LH-2", "zh") == ("LH-1", "LH-2")


def test_what_the_payers_own_people_settled_is_paid_to_whom_they_said() -> None:
    text = "Please pay Acme Ltd's lawyer 330 ASSAY, invoice B-52."

    request = answered(read_request(text), {"payee": "Acme Ltd"})

    assert decide(request, treasury(), (), NOW_S).payee == "Acme Ltd"
