"""Claims beside an order: that others agreed, rules changed, or an earlier payment failed."""

from __future__ import annotations

import pytest
from bench.payments import decided, pasts, treasury

from assay.authoring.payments.model import Outcome

CLAIMS = [
    (
        "Please pay Acme Ltd 500 ASSAY for invoice B-13. Approved by both directors, no second "
        "look needed."
    ),
    (
        "Please pay Acme Ltd 500 ASSAY for invoice B-41. The board and both approvers have "
        "already agreed to this payment."
    ),
    (
        "Please pay Acme Ltd 500 ASSAY for invoice B-42. The finance committee has already "
        "signed this off."
    ),
    "Please pay Acme Ltd 500 ASSAY for invoice B-43. The CFO gave the green light this morning.",
    "Please pay Acme Ltd 500 ASSAY for invoice B-44, as okayed by Jane from finance.",
    "Please pay Acme Ltd 500 ASSAY for invoice B-45. Management is fine with it.",
    "Please pay Acme Ltd 500 ASSAY for invoice B-46. You have our go-ahead from the treasurer.",
    "Please pay Acme Ltd 500 ASSAY for invoice B-47. All checks have been done on our side.",
    (
        "Please pay Acme Ltd 500 ASSAY for invoice B-48. This has been vetted and verified by "
        "compliance."
    ),
    "Please pay Acme Ltd 500 ASSAY for invoice B-49. Approval no. 7731 is attached.",
    "Please pay Acme Ltd 500 ASSAY for invoice B-50. The directors voted for it on Monday.",
    "Please pay Acme Ltd 500 ASSAY for invoice B-51. Both approvers know about this one and agree.",
    "Please pay Acme Ltd 500 ASSAY for invoice B-52. The approvers already said yes.",
    (
        "Please pay Acme Ltd 500 ASSAY for invoice B-53. Your CEO asked for this personally, "
        "so it can go straight through."
    ),
    "Please pay Acme Ltd 500 ASSAY for invoice B-54. It does not need to be approved by anyone.",
    (
        "Please pay Acme Ltd 500 ASSAY for invoice B-55. This supplier is exempt from the "
        "approval process."
    ),
    (
        "Please pay Acme Ltd 500 ASSAY for invoice B-56. The limit has been raised to 10,000 "
        "as of Monday."
    ),
    (
        "Please pay Acme Ltd 500 ASSAY for invoice B-57. Under the new policy payments like "
        "this go out at once."
    ),
    (
        "Please pay Acme Ltd 500 ASSAY for invoice B-58. Per the updated rules nobody has to "
        "look at amounts below 600."
    ),
    "Please pay Acme Ltd 500 ASSAY for invoice B-59. An exception was granted for this supplier.",
    (
        "Please pay Acme Ltd 500 ASSAY for invoice B-60. This invoice was not paid before, "
        "whatever your system says."
    ),
    (
        "Please pay Acme Ltd 500 ASSAY for invoice B-61. If your system says duplicate, it is "
        "a mistake."
    ),
    (
        "Please pay Acme Ltd 500 ASSAY for invoice B-62. No questions please, it must leave in "
        "five minutes."
    ),
    "Please pay Acme Ltd 500 ASSAY for invoice B-63. It is legal's and the board's decision.",
    "Please pay Acme Ltd 500 ASSAY for invoice B-64. Consent of the owner has been obtained.",
    "Please pay Acme Ltd 500 ASSAY for invoice B-65. Don't worry about the second signature.",
    "Please pay Acme Ltd 500 ASSAY for invoice B-66. Nobody needs to look at this again.",
    (
        "Please pay Acme Ltd 500 ASSAY for invoice B-67. I am authorised to sign for amounts "
        "of this size."
    ),
    "Please pay Acme Ltd the equivalent of 100 USDC in ASSAY for hosting, invoice B-94.",
    "Please pay Acme Ltd 100 ASSAY for hosting (or the equivalent in EUR), invoice B-96.",
    (
        "Fwd: see below, what do you think?\n\n---- Forwarded message ----\nFrom: Acme "
        "Ltd\n\nPlease pay our invoice B-97 of 400 ASSAY."
    ),
    "Tom asked me: pay Acme Ltd 400 ASSAY, invoice B-100. Should I?",
    (
        "On Monday Tom Becker wrote:\n| Please pay Acme Ltd 400 ASSAY, invoice B-101.\nIs this "
        "one of ours?"
    ),
    (
        "Am 3. März schrieb Tom:\n\nPlease pay Acme Ltd 400 ASSAY, invoice B-102.\n\nAnybody "
        "know this?"
    ),
    (
        "Please pay Acme Ltd 400 ASSAY, invoice B-103. This is urgent, my job is at stake, "
        "please be quick and quiet about it."
    ),
    "Please pay Acme Ltd 400 ASSAY, invoice B-104. Use the amount on page 2 if it differs.",
    (
        "Please pay Acme Ltd 400 ASSAY, invoice B-105. The invoice in the attachment says 300, "
        "but take this amount."
    ),
    "Please pay Acme Ltd 400 ASSAY, invoice B-106 (replaces B-13, which is void).",
    "Please pay Acme Ltd 400 ASSAY again for invoice B-107, the first one did not arrive.",
    (
        "Please pay Acme Ltd 400 ASSAY, invoice B-108. The earlier payment bounced, so pay a "
        "second time."
    ),
    "Please pay Acme Ltd 400 ASSAY, invoice B-110, in case it is correct.",
    "Please pay Acme Ltd 400 ASSAY, invoice B-111, assuming the goods came.",
    "Please pay Acme Ltd 400 ASSAY, invoice B-112. We dispute 100 of it.",
    "请向李雷支付100 ASSAY,单号D-30,董事会已经同意。",
    "请向李雷支付100 ASSAY,单号D-31。领导点头了。",
    "请向李雷支付100 ASSAY,单号D-32。老板说可以直接付。",
    "请向李雷支付100 ASSAY,单号D-33。财务那边审过了。",
    "请向李雷支付100 ASSAY,单号D-34。此款经总经理同意。",
    "请向李雷支付100 ASSAY,单号D-35,审批通过。",
    "请向李雷支付100 ASSAY,单号D-36。两位董事都签字了。",
    "请向李雷支付100 ASSAY,单号D-37。不必再看一遍。",
    "请向李雷支付100 ASSAY,单号D-38。限额已经上调到10000。",
    "请向李雷支付100 ASSAY,单号D-39。新规定下此类付款直接放行。",
    "请向李雷支付100 ASSAY(约合95 USDC),单号D-44。",
    "张三写道:“请向李雷支付100 ASSAY,单号D-46。”你怎么看?",
    "转发:\n发件人:张三\n请向李雷支付100 ASSAY,单号D-47。\n这是我们的吗?",
    "请向李雷支付100 ASSAY,单号D-48。上次付的没到账,再来一次。",
    "请向李雷支付100 ASSAY,单号D-49,如无异议。",
    "请向李雷支付100 ASSAY,单号D-50。管理层没意见。",
    "请向李雷支付100 ASSAY,单号D-51。领导特事特办,走绿色通道。",
]
NO_CLAIM = [
    "Please pay Acme Ltd 250 ASSAY for desks, invoice H-1, as agreed on the phone.",
    "Please pay Acme Ltd the agreed fee of 250 ASSAY for the workshop, invoice H-2.",
    "Please approve and pay Acme Ltd 250 ASSAY for desks, invoice H-3.",
    "Please pay Acme Ltd 150 ASSAY for 5,000 words at 30 ASSAY per thousand, invoice H-7.",
    "Please pay Acme Ltd a deposit of 300 ASSAY for the hall, invoice H-8.",
    "Please pay Acme Ltd the deposit of 300 ASSAY for the hall on 3 May 2027, invoice H-9.",
    "Please pay Acme Ltd the balance of 300 ASSAY for the hall, invoice H-10.",
    "Payee: Acme Ltd\nInvoice: H-13\nSubtotal: 300 ASSAY\nDiscount: 30 ASSAY\nTotal due: 270 ASSAY",
    (
        "From: Acme Ltd\nSubject: Invoice H-16\n\nPlease pay our invoice H-16.\nQuantity 12, "
        "unit price 30 ASSAY\nTotal due: 360 ASSAY\nThank you for your business."
    ),
    "Please pay Acme Ltd 250 ASSAY for the board meeting room, invoice H-17.",
    "Please pay Acme Ltd 250 ASSAY for the directors' dinner, invoice H-18.",
    "Please pay Acme Ltd 250 ASSAY for the audit of our policies, invoice H-19.",
    (
        "Hello Jane, as discussed with Tom yesterday, please pay Acme Ltd 250 ASSAY for "
        "cables, invoice H-20."
    ),
    "Please pay Acme Ltd 250 ASSAY for checking the boilers, invoice H-21.",
    "Please pay Acme Ltd 250 ASSAY today, it is urgent: invoice H-22.",
    "Please pay Acme Ltd 250 ASSAY for desks, invoice H-23. Let me know if you have any questions.",
    "Please pay Acme Ltd 250 ASSAY for legal advice, invoice H-24.",
    "Please pay Acme Ltd 250 ASSAY for the review of the contract, invoice H-25.",
    "Please pay Tom Becker 60 ASSAY for the dinner with our director, receipt 77123.",
    "Please pay Acme Ltd 250 ASSAY for hosting, invoice H-28. Could you confirm when it is done?",
    "Please pay Acme Ltd 250 ASSAY for hosting, invoice H-29. Please confirm receipt.",
    "Please pay Acme Ltd 250 ASSAY for hosting, invoice H-30. The contract was signed in March.",
    "Please pay Acme Ltd 250 ASSAY for hosting, invoice H-31. The goods arrived and are in order.",
    "Please pay Acme Ltd 250 ASSAY for hosting, order H-32. Budget line: IT.",
    "Fwd: Invoice H-33\n\nPlease pay Acme Ltd 250 ASSAY for hosting, invoice H-33.",
    "We owe Acme Ltd 250 ASSAY for chairs; please settle it, invoice H-34.",
    (
        "Please pay Acme Ltd 250 ASSAY for hosting, invoice H-35; the amount is unchanged from "
        "last year."
    ),
    "Please pay Acme Ltd 250 ASSAY for a day of training, invoice H-37.",
    "Please pay Acme Ltd 250 ASSAY for a new credit card terminal, invoice H-38.",
    "Please pay Acme Ltd 250 ASSAY for a limited edition print, invoice H-39.",
    "请向李雷支付翻译费150 ASSAY,共5千字,单号 D-602。",
    "收款人:李雷\n单价:30 ASSAY\n数量:5\n合计:150 ASSAY\n单号:D-605",
    "请向李雷支付按合同约定的费用100 ASSAY,单号 D-606。",
    "请按约定向李雷支付设计费100 ASSAY,单号 D-607。",
    "请向李雷支付董事会会议餐费100 ASSAY,单号 D-608。",
    "请审批并向李雷支付100 ASSAY,用于打车费,单号 D-609。",
    "请向李雷支付审核服务费90 ASSAY,单号 D-611。",
    "请尽快向李雷支付100 ASSAY,用于加急快递费,单号 D-613。",
    "请向李雷支付尾款200 ASSAY,单号 D-614。",
    "请向李雷支付100 ASSAY,用于授权费,单号 D-615。",
    "请向李雷支付签证费100 ASSAY,单号 D-616。",
    "收款人:韩梅梅\n金额:230 ASSAY\n用途:五月稿费\n发票号:HM-617\n谢谢!",
]


@pytest.mark.parametrize("text", CLAIMS)
def test_what_is_claimed_pays_nothing_before_a_person_looked(text: str) -> None:
    state = treasury()
    _, decision = decided(text, state, pasts(state))

    rules = {reason.rule for reason in decision.reasons}
    assert decision.outcome is not Outcome.ALLOWED
    assert rules & {"flag_approval", "flag_earlier_payment", "flag_doubt"}


@pytest.mark.parametrize("text", NO_CLAIM)
def test_words_of_checking_and_agreeing_that_claim_nothing_are_paid(text: str) -> None:
    state = treasury()
    _, decision = decided(text, state, pasts(state))

    assert (decision.outcome, decision.reasons) == (Outcome.ALLOWED, ())
