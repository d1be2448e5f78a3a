"""Agreements between two sides, specified by hand: one of each kind, and kinds mixed in one."""

from __future__ import annotations

from assay.authoring.model import Obligation, Specification
from tests.unit.authoring.blocks.terminable import terminable
from tests.unit.authoring.blocks.wording import on, specify

CONFIRMED = on(
    "event", "once the buyer confirms", actor="buyer", action="confirm", asset="delivery"
)
DEPOSITED = {"actor": "buyer", "action": "deposit", "asset": "USDC", "recipient": "contract"}
FREED = {"actor": "contract", "action": "release", "recipient": "seller"}
BACK = {"actor": "contract", "action": "refund", "recipient": "buyer"}


def escrow() -> Specification:
    late = on(
        "breach",
        "not by then",
        actor="buyer",
        action="confirm",
        asset="delivery",
        comparator="<=",
        value="2027-12-31",
    )
    return specify(
        "The Buyer deposits 5,000 USDC within 7 days. Once the Buyer confirms delivery, the "
        "deposit is released to the Seller. Not confirmed by "
        "31 December 2027, it is refunded to the Buyer.",
        {"says": "The Buyer deposits 5,000 USDC", "amount": "5000", "deadline": "P7D", **DEPOSITED},
        {
            "says": "the deposit is released",
            "asset": "deposit",
            "conditions": (CONFIRMED,),
            **FREED,
        },
        {"says": "it is refunded", "asset": "deposit", "conditions": (late,), **BACK},
        parties=("buyer", "seller"),
    )


def escrow_zh() -> Specification:
    done = on("event", "买方确认收货后", actor="买方", action="confirm")
    late = on("breach", "未确认收货", actor="买方", action="confirm")
    by = on("time", "2027年12月31日前", comparator="<=", value="2027-12-31")
    return specify(
        "买方存入5000 USDC。买方确认收货后，款项释放给卖方。2027年12月31日前未确认的，退还买方。",
        {
            "says": "买方存入5000 USDC",
            "actor": "买方",
            "action": "deposit",
            "amount": "5000",
            "asset": "USDC",
            "recipient": "contract",
        },
        {
            "says": "款项释放给卖方",
            "actor": "contract",
            "action": "release",
            "asset": "款项",
            "recipient": "卖方",
            "conditions": (done,),
        },
        {
            "says": "退还买方",
            "actor": "contract",
            "action": "refund",
            "asset": "款项",
            "recipient": "买方",
            "conditions": (late, by),
        },
        parties=("买方", "卖方"),
        language="zh",
    )


def mixed() -> Specification:
    """A release that needs two of three directors, a date and a confirmation; and an arbiter."""
    after = on("time", "after 1 March 2027", comparator=">", value="2027-03-01")
    agreed = on("approval", "2 of 3 directors", subject="director", value="2", total=3)
    end = on("time", "180 days after the deposit", comparator=">", value="P180D", subject="deposit")
    return specify(
        "The Buyer pays 3 ETH into escrow. After 1 March 2027, once the Buyer confirms delivery "
        "and 2 of 3 directors approve, it is released to the Seller. The arbiter may release it to "
        "the Seller, or may refund it. 180 days after the deposit it goes back to the Buyer.",
        {"says": "The Buyer pays 3 ETH", "amount": "3", **DEPOSITED, "asset": "ETH"},
        {"says": "it is released to the Seller", "conditions": (after, CONFIRMED, agreed), **FREED},
        {"says": "The arbiter may release it", "modality": "may", **FREED, "actor": "arbiter"},
        {"says": "may refund it", "modality": "may", **BACK, "actor": "arbiter"},
        {"says": "it goes back to the Buyer", "conditions": (end,), **BACK},
        parties=("buyer", "seller", "arbiter"),
    )


def milestones() -> Specification:
    design = on("event", "design confirmed", actor="buyer", action="confirm", asset="design")
    shipped = on("event", "on delivery", action="deliver", asset="application")
    taken = on("event", "accepted", actor="buyer", action="accept", asset="application")
    quiet = tuple(
        on(
            "breach",
            "nor",
            actor="buyer",
            action=action,
            asset="application",
            comparator="<=",
            value="P14D",
            subject="delivery",
        )
        for action in ("accept", "reject")
    )
    slow = on(
        "breach",
        "not delivered",
        actor="seller",
        action="deliver",
        asset="application",
        comparator="<=",
        value="2027-08-31",
    )
    rest = on("time", "after a year", comparator=">", value="P1Y", subject="deposit")
    share = {"asset": "%", "share_of": "contract price", **FREED}
    return specify(
        "The Buyer deposits the contract price of 1,000.000001 USDC. 30 % of the contract price is "
        "released once the Buyer confirms the design; 30 % on delivery of the application; 40 % "
        "once it is accepted. Neither accepted nor rejected within 14 days of delivery, the "
        "balance goes to the Seller. Not delivered by 31 August 2027, the balance is refunded. "
        "After a year what is left goes back. The Seller delivers the application by 30 June 2027.",
        {"says": "The Buyer deposits the contract price", "amount": "1000.000001", **DEPOSITED},
        {"says": "30 % of the contract price", "amount": "30", "conditions": (design,), **share},
        {"says": "30 % on delivery", "amount": "30", "conditions": (shipped,), **share},
        {"says": "40 % once it is accepted", "amount": "40", "conditions": (taken,), **share},
        {"says": "the balance goes", "asset": "balance", "conditions": quiet, **FREED},
        {"says": "the balance is refunded", "asset": "balance", "conditions": (slow,), **BACK},
        {"says": "what is left goes back", "asset": "balance", "conditions": (rest,), **BACK},
        {
            "says": "The Seller delivers",
            "actor": "seller",
            "action": "deliver",
            "asset": "application",
            "recipient": "buyer",
            "deadline": "2027-06-30",
        },
        parties=("buyer", "seller"),
        witnesses=({"action": "deliver", "asset": "application", "party": "buyer"},),
    )


def late_payment() -> Specification:
    """A price with a fee for each week of delay, up to a tenth of it."""
    delivered = on("event", "of delivery", actor="seller", action="deliver", asset="goods")
    fee = Obligation(
        actor="buyer",
        modality="must",
        action="pay",
        amount="1",
        asset="%",
        share_of="price",
        recurrence="P1W",
        span=(0, 0),
    )
    return specify(
        "The Buyer pays the Seller the price of 5,000 USDC within 30 days of delivery of the "
        "goods; otherwise 1 % of the price per week, up to 10 % of the price.",
        {
            "says": "The Buyer pays the Seller the price of 5,000 USDC",
            "actor": "buyer",
            "action": "pay",
            "amount": "5000",
            "asset": "USDC",
            "recipient": "seller",
            "conditions": (delivered,),
            "deadline": "P30D",
            "otherwise": fee,
        },
        {
            "says": "up to 10 % of the price",
            "actor": "buyer",
            "action": "pay",
            "amount": "10",
            "asset": "%",
            "share_of": "price",
            "limit": "most",
        },
        parties=("buyer", "seller"),
        witnesses=({"action": "deliver", "asset": "goods", "party": "buyer"},),
    )


def instalments_zh() -> Specification:
    return specify(
        "借款人分七期向出借人偿还1000 USDC，每月一期。",
        {
            "says": "借款人分七期向出借人偿还1000 USDC",
            "actor": "借款人",
            "action": "pay",
            "amount": "1000",
            "asset": "USDC",
            "recipient": "出借人",
            "recurrence": "P1M",
            "occurrences": 7,
            "spread": True,
        },
        parties=("借款人", "出借人"),
        language="zh",
    )


def rental_zh() -> Specification:
    late = on("breach", "逾期支付租金", actor="乙方", action="pay", asset="租金")
    home = on("event", "乙方返还房屋后", actor="乙方", action="return", asset="房屋")
    end = on("time", "最迟", comparator=">", value="2029-12-31")
    arrears = late.model_copy(update={"comparator": ">", "value": "P30D"})
    return specify(
        "乙方每月5日前向甲方支付租金900 USDC，共12期。逾期支付租金的，每日按租金的1%支付滞纳金。"
        "乙方存入押金1800 USDC。乙方返还房屋后，押金退"
        "还给乙方。2029年12月31日之后甲方有权没收押金。拖欠租金超过三十日的，甲方可扣押金。",
        {
            "says": "乙方每月5日前向甲方支付租金900 USDC",
            "actor": "乙方",
            "action": "pay",
            "amount": "900",
            "asset": "USDC",
            "recipient": "甲方",
            "deadline": "P5D",
            "deadline_from": "月",
            "recurrence": "P1M",
            "occurrences": 12,
        },
        {
            "says": "每日按租金的1%支付滞纳金",
            "actor": "乙方",
            "action": "pay",
            "amount": "1",
            "asset": "%",
            "share_of": "租金",
            "recipient": "甲方",
            "recurrence": "P1D",
            "conditions": (late,),
        },
        {
            "says": "乙方存入押金1800 USDC",
            "actor": "乙方",
            "action": "deposit",
            "amount": "1800",
            "asset": "USDC",
            "recipient": "contract",
            "deadline": "P3D",
        },
        {
            "says": "押金退还给乙方",
            "actor": "contract",
            "action": "refund",
            "asset": "押金",
            "recipient": "乙方",
            "conditions": (home,),
        },
        {
            "says": "甲方有权没收押金",
            "actor": "甲方",
            "modality": "may",
            "action": "keep",
            "asset": "押金",
            "conditions": (end,),
        },
        {
            "says": "甲方可扣押金",
            "actor": "甲方",
            "modality": "may",
            "action": "keep",
            "asset": "押金",
            "conditions": (arrears,),
        },
        parties=("甲方", "乙方"),
        language="zh",
        witnesses=({"action": "return", "asset": "房屋", "party": "甲方"},),
    )


def delay() -> Specification:
    """A deposit that may be late at a fee, and a fee for late delivery."""
    unpaid = on("breach", "late deposit", actor="buyer", action="deposit")
    slow = on("breach", "late delivery", actor="seller", action="deliver", asset="goods")
    after = on("time", "after 2028", comparator=">", value="2028-12-31")
    fee = {"action": "pay", "amount": "0.5", "asset": "%", "share_of": "price"}
    shipped = on("event", "on delivery", action="deliver", asset="goods")
    return specify(
        "The Buyer deposits the price of 400 USDC within 7 days; late, it pays the Seller 0.5 % of "
        "the price per day. The Seller delivers the goods by 30 June 2027; late, it pays the Buyer "
        "0.5 % of the price per week. On delivery the deposit "
        "is released. After 2028 it goes back.",
        {"says": "The Buyer deposits the price", "amount": "400", "deadline": "P7D", **DEPOSITED},
        {
            "says": "late, it pays the Seller",
            "actor": "buyer",
            "recipient": "seller",
            "recurrence": "P1D",
            "conditions": (unpaid,),
            **fee,
        },
        {
            "says": "The Seller delivers the goods",
            "actor": "seller",
            "action": "deliver",
            "asset": "goods",
            "recipient": "buyer",
            "deadline": "2027-06-30",
        },
        {
            "says": "late, it pays the Buyer",
            "actor": "seller",
            "recipient": "buyer",
            "recurrence": "P1W",
            "conditions": (slow,),
            **fee,
        },
        {"says": "the deposit is released", "conditions": (shipped,), **FREED},
        {"says": "it goes back", "conditions": (after,), **BACK},
        parties=("buyer", "seller"),
        witnesses=({"action": "deliver", "asset": "goods", "party": "buyer"},),
    )


def time_lock() -> Specification:
    after = on("time", "after 1 January 2028", comparator=">", value="2028-01-01")
    return specify(
        "Alice locks 10 ETH until 1 January 2028. After that Bob may withdraw it.",
        {
            "says": "Alice locks 10 ETH",
            "actor": "alice",
            "action": "lock",
            "amount": "10",
            "asset": "ETH",
            "deadline": "2028-01-01",
        },
        {
            "says": "Bob may withdraw it",
            "actor": "bob",
            "modality": "may",
            "action": "withdraw",
            "conditions": (after,),
        },
        parties=("alice", "bob"),
    )


def approved_payment() -> Specification:
    agreed = on("approval", "if two thirds approve", subject="director", value="67%", total=3)
    return specify(
        "The treasury pays Bob 500 USDC if two thirds of the directors approve.",
        {
            "says": "The treasury pays Bob 500 USDC",
            "actor": "treasury",
            "action": "pay",
            "amount": "500",
            "asset": "USDC",
            "recipient": "bob",
            "conditions": (agreed,),
        },
        parties=("treasury", "bob"),
    )


def cover() -> Specification:
    dry = on(
        "oracle",
        "below 50.5 mm",
        subject="rainfall",
        comparator="<",
        value="50.5",
        actor="weather station",
    )
    wet = on(
        "oracle",
        "at least 50.5 mm",
        subject="rainfall",
        comparator=">=",
        value="50.5",
        actor="weather station",
    )
    silent = on(
        "breach",
        "no report",
        actor="weather station",
        action="report",
        asset="rainfall",
        comparator="<=",
        value="2027-09-30",
    )
    paid = on(
        "event",
        "once the premium is paid",
        actor="insured",
        action="pay",
        amount="50",
        asset="USDC",
    )
    backed = {"actor": "contract", "recipient": "insurer"}
    return specify(
        "The Insured pays the Insurer 50 USDC. Once the premium is paid the Insurer deposits 1,000 "
        "USDC. If the rainfall that the weather station reports is below 50.5 mm, 1,000 USDC go to "
        "the Insured; at least that, they go back. Without a report by 30 September 2027 too.",
        {
            "says": "The Insured pays the Insurer 50 USDC",
            "actor": "insured",
            "action": "pay",
            "amount": "50",
            "asset": "USDC",
            "recipient": "insurer",
        },
        {
            "says": "the Insurer deposits 1,000",
            "actor": "insurer",
            "action": "deposit",
            "amount": "1000",
            "asset": "USDC",
            "recipient": "contract",
            "conditions": (paid,),
        },
        {
            "says": "1,000 USDC go to",
            "actor": "contract",
            "action": "pay",
            "amount": "1000",
            "asset": "USDC",
            "recipient": "insured",
            "conditions": (dry,),
        },
        {"says": "they go back", "action": "refund", "conditions": (wet,), **backed},
        {"says": "Without a report", "action": "refund", "conditions": (silent,), **backed},
        parties=("insured", "insurer", "weather station"),
    )


def purchase_zh() -> Specification:
    """Milestones, silence as acceptance, fees for delay on both sides, a way back."""
    drawn = on("event", "确认图纸后", actor="甲方", action="confirm", asset="图纸")
    shipped = on("event", "交付后", action="deliver", asset="设备")
    passed = on("event", "验收合格后", action="accept", asset="设备")
    silent = tuple(
        on(
            "breach",
            "既未确认也未拒收",
            actor="甲方",
            action=action,
            asset="设备",
            comparator="<=",
            value="P10D",
            subject="收货",
        )
        for action in ("accept", "reject")
    )
    unpaid = on("breach", "逾期存入", actor="甲方", action="deposit")
    slow = on("breach", "逾期交货", actor="乙方", action="deliver", asset="设备")
    missing = on("breach", "仍未交付", actor="乙方", action="deliver", asset="设备")
    by = on("time", "2027年10月31日前", comparator="<=", value="2027-10-31")
    rest = on("time", "2028年底后", comparator=">", value="2028-12-31")
    refused = on("event", "拒收的", actor="甲方", action="reject", asset="设备")
    freed = {"actor": "contract", "action": "release", "recipient": "乙方"}
    share = {"asset": "%", "share_of": "合同总价", **freed}
    fee = {"action": "pay", "asset": "%", "share_of": "合同总价", "recurrence": "P1D"}
    back = {"actor": "contract", "action": "refund", "asset": "余款", "recipient": "甲方"}
    return specify(
        "甲方7日内存入合同总价360000 USDC，逾期每日付0.05%。确认图纸后释放20%，交付后释放50%，"
        "验收合格后释放30%。收货10日内未确认也未拒收的，余款归乙方。乙方9月30日前交付设备，"
        "迟延每日付0.1%。10月31日前仍未交付的，余款退甲方。拒收的，甲方付5%。2028年后余款退回。",
        {
            "says": "甲方7日内存入合同总价360000 USDC",
            "actor": "甲方",
            "action": "deposit",
            "amount": "360000",
            "asset": "USDC",
            "recipient": "contract",
            "deadline": "P7D",
        },
        {
            "says": "逾期每日付0.05%",
            "actor": "甲方",
            "recipient": "乙方",
            "amount": "0.05",
            "conditions": (unpaid,),
            **fee,
        },
        {"says": "确认图纸后释放20%", "amount": "20", "conditions": (drawn,), **share},
        {"says": "交付后释放50%", "amount": "50", "conditions": (shipped,), **share},
        {"says": "验收合格后释放30%", "amount": "30", "conditions": (passed,), **share},
        {"says": "余款归乙方", "asset": "余款", "conditions": silent, **freed},
        {
            "says": "乙方9月30日前交付设备",
            "actor": "乙方",
            "action": "deliver",
            "asset": "设备",
            "recipient": "甲方",
            "deadline": "2027-09-30",
        },
        {
            "says": "迟延每日付0.1%",
            "actor": "乙方",
            "recipient": "甲方",
            "amount": "0.1",
            "conditions": (slow,),
            **fee,
        },
        {"says": "余款退甲方", "conditions": (missing, by), **back},
        {
            "says": "甲方付5%",
            "actor": "甲方",
            "action": "pay",
            "amount": "5",
            "asset": "%",
            "share_of": "合同总价",
            "recipient": "乙方",
            "conditions": (refused,),
        },
        {"says": "2028年后余款退回", "conditions": (rest,), **back},
        parties=("甲方", "乙方"),
        language="zh",
        witnesses=({"action": "deliver", "asset": "设备", "party": "甲方"},),
    )


AGREEMENTS = {
    "Terminable": terminable,
    "PurchaseZh": purchase_zh,
    "Escrow": escrow,
    "EscrowZh": escrow_zh,
    "Mixed": mixed,
    "Milestones": milestones,
    "LatePayment": late_payment,
    "InstalmentsZh": instalments_zh,
    "RentalZh": rental_zh,
    "Delay": delay,
    "TimeLock": time_lock,
    "ApprovedPayment": approved_payment,
    "Cover": cover,
}
