"""Why something cannot be built, in Chinese: for whoever wrote the agreement in Chinese.

reason_in_chinese("which deliver is meant is not clear")  # 所指的是哪一次“交付”不明确
"""

from __future__ import annotations

import re

from assay.authoring.actions import in_chinese

_REASONS: tuple[tuple[str, str], ...] = (
    ("no building block knows how to keep this ban", "没有任何组件能够遵守这项禁止"),
    ("no building block knows how to (.+) like this", "没有任何组件能够这样{0}"),
    (
        "the contract itself is to (.+), and no building block does",
        "应由合约自行{0}，而没有任何组件能够做到",
    ),
    (
        "it is due again each time, and what is done is recorded once",
        "每次都应履行，而合约只记录一次",
    ),
    ("nothing in it is for a contract to carry out", "其中没有可由合约执行的内容"),
    (
        "what is due after that end would still be taken out of the deposit",
        "该终止之后到期的款项仍会从押金中扣除",
    ),
    ("from when on it counts as done, a contract cannot tell", "合约无法得知自何时起视为已完成"),
    (
        "money stays for ever in this case: nobody lets it out",
        "无人必须放款，资金会永远留在合约中",
    ),
    ("money stays for ever in this case: (.+)", "在以下情形中资金会永远留在合约中：{0}"),
    (
        "(.+) and (.+) are more than is held, and which comes first is not said",
        "{0}与{1}合计超过所存金额，而未写明何者优先",
    ),
    ("it is not clear what (.+) % is a share of", "不清楚{0}%以什么为基数"),
    ("it is not clear who is paid", "不清楚由谁收款"),
    ("it is a share of (.+), which is not held", "它是{0}的一部分，而合约并不持有{0}"),
    ("it is more than the (.+) of another clause", "超过了另一条款规定的{0}"),
    ("it does not say whether (.+) is meant", "未说明指的是哪一项：{0}"),
    ("more than one act can be meant: (.+)", "可能指多个行为：{0}"),
    (
        "more than one of (.+) has to do so, and one alone would record it",
        "须由多名{0}共同作出，而按此写法一人即可记录",
    ),
    ("nobody is named who says that it was done", "未写明由谁确认已完成"),
    ("it cannot be told from other work: (.+)", "无法与另一项工作区分（{0}），请写明做的是什么"),
    ("of how many people it is a share is not said", "未说明总共有多少人"),
    ("whose consent it is cannot be told by a contract", "合约无法得知需要谁的同意"),
    ("of how many people they are so many is not said", "未说明总共有多少人"),
    ("(.+) of (.+) can never agree", "{1}人中不可能有{0}人同意"),
    ("(.+) has (.+) decimals only", "{0}只有{1}位小数"),
    ("two clauses need a function of the same name", "两个条款需要同名的函数"),
    ("a contract cannot move (.+)", "合约无法转移这类财产（{0}）"),
    ("who (.+) is, is not said", "未说明{0}是谁"),
    ("what is paid to whom, or what is issued, is not known", "不清楚向谁支付什么，或发行什么"),
    ("a contract cannot tell a (.+) like this", "合约无法判断这样的条件（{0}）"),
    ("it is paid again and again, and never all of it", "它反复支付，没有全部付清的时候"),
    ("which of the payments is meant is not clear", "不清楚指的是哪一笔付款"),
    ("which (.+) is meant is not clear", "所指的是哪一次{0}不明确"),
    ("by when it was to be done is not said", "未说明应在何时之前完成"),
    ("by when it is to be paid is not said", "未说明应在何时之前支付"),
    ("when that is is not said", "未说明是什么时候"),
    ("when (.+) is cannot be told by a contract", "合约无法得知“{0}”的时间"),
    ("that a duty is not broken is no moment in time", "义务未被违反，并不是一个时间点"),
    ("it is no ISO 8601 (.+)", "不是ISO 8601格式的时间或期间"),
    ("the fee for lateness is not paid in (.+)", "逾期费用不以{0}支付"),
    ("the fee for lateness goes to somebody else", "逾期费用由他人收取"),
    ("a share cannot fall due again and again", "份额不能反复到期"),
    ("in how many parts it is paid is not said", "未说明分几期支付"),
    ("the share is less than the smallest unit", "份额小于最小单位"),
    ("what is reported is not compared with a number", "所报告的内容没有与数值比较"),
    ("with what the reported value is compared is not said", "未说明所报告的数值与什么比较"),
    ("no source is named that reports it", "未写明由谁报告"),
    (
        "how much is owed follows from no series of payments that the contract sees",
        "合约看不到能算出欠款数额的分期付款",
    ),
    (
        "a fixed sum leaves the same deposit, of which arrears may leave less",
        "同一笔押金还要支付固定数额，而扣除欠款后可能不足",
    ),
    (
        "it is for the debts of more than one series of payments",
        "它同时担保不止一项分期付款",
    ),
    ("tokens are sold whole", "代币只能整枚出售"),
    (
        "No contract is written, since (.+) is not as it must be: (.+)\\.",
        "这样写出的合约不安全（{0}：{1}）",
    ),
)
_WORDS = {
    "payments": "付款",
    "NFT": "NFT",
    "fiat": "法定货币",
    "goods": "货物",
    "service": "服务",
    "document": "文件",
    "right": "权利",
    "state": "状态",
    "comparison": "比较",
    "event": "事件",
    "never": "始终未发生",
    "late": "超过期限才发生",
}


def reason_in_chinese(reason: str) -> str:
    """The same reason; one that nobody has put into Chinese stays as it is."""
    for pattern, text in _REASONS:
        if found := re.fullmatch(pattern, reason, re.DOTALL):
            return text.format(*map(_told, found.groups()))
    return reason


def _told(words: str) -> str:
    """What stands in a reason: verbs and kinds are words of English, names are as written."""
    whole = re.sub(r"\b[A-Za-z]+\b", lambda one: _WORDS.get(one[0], one[0]), words)
    return in_chinese(whole)
