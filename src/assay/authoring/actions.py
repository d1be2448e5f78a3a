"""The verbs that a specification knows: a small list, so that every later step knows them all."""

from __future__ import annotations

ACTIONS: dict[str, str] = {
    "pay": "hands over money",
    "issue": "creates and hands out tokens, shares or certificates",
    "transfer": "hands over what exists: tokens, title, ownership, rights",
    "deliver": "hands over goods, documents or results",
    "supply": "delivers goods again and again, or as a business",
    "provide": "renders a service, or gives information or access",
    "return": "gives back what was lent, rented or pledged",
    "refund": "gives back money that was paid",
    "release": "lets go of what was held in trust",
    "deposit": "puts into safe keeping: escrow, security, stake",
    "withdraw": "takes out what is kept for oneself",
    "claim": "asks for what is due: insurance, dividends, vested tokens",
    "vest": "becomes the beneficiary's own with time",
    "lock": "keeps from being moved",
    "bid": "offers a price in an auction",
    "buy": "acquires for a price",
    "sell": "gives up for a price",
    "subscribe": "takes a subscription",
    "contribute": "gives towards a common goal",
    "distribute": "hands out among several",
    "burn": "destroys tokens",
    "confirm": "states that something is so: receipt, completion, acceptance",
    "inspect": "examines goods or results",
    "accept": "takes as sufficient",
    "reject": "refuses as insufficient",
    "approve": "gives consent",
    "vote": "casts a vote",
    "propose": "puts forward for a vote or consent",
    "notify": "tells somebody",
    "report": "writes or publishes an account, a price, a result",
    "cancel": "ends before its time",
    "terminate": "ends the agreement",
    "renew": "begins again for another term",
    "extend": "moves an end to a later time",
    "keep": "does not give back: retains, forfeits to itself",
    "disclose": "makes known to others",
    "use": "makes use of: licence, premises, data",
    "occupy": "lives in or rents",
    "maintain": "keeps in condition or in force",
    "repair": "restores or replaces",
    "assign": "passes the agreement or its rights to another",
    "perform": "does a work or duty that has no narrower verb",
}
"""Each action, and what it means."""

CHINESE: dict[str, str] = {
    "pay": "支付",
    "issue": "发行",
    "transfer": "转让",
    "deliver": "交付",
    "supply": "供应",
    "provide": "提供",
    "return": "归还",
    "refund": "退款",
    "release": "放款",
    "deposit": "存入",
    "withdraw": "提取",
    "claim": "请求",
    "vest": "归属",
    "lock": "锁定",
    "bid": "出价",
    "buy": "购买",
    "sell": "出售",
    "subscribe": "订阅",
    "contribute": "出资",
    "distribute": "分配",
    "burn": "销毁",
    "confirm": "确认",
    "inspect": "检验",
    "accept": "验收",
    "reject": "拒收",
    "approve": "同意",
    "vote": "投票",
    "propose": "提议",
    "notify": "通知",
    "report": "报告",
    "cancel": "取消",
    "terminate": "终止",
    "renew": "续期",
    "extend": "延长",
    "keep": "扣留",
    "disclose": "披露",
    "use": "使用",
    "occupy": "占用",
    "maintain": "维护",
    "repair": "修理",
    "assign": "转让",
    "perform": "履行",
}
"""Each action, as questions in Chinese name it."""


def in_chinese(words: str) -> str:
    """The words that name an act, like `买方 confirm 收货`, with the verb in Chinese.

    >>> in_chinese("买方 confirm 收货"), in_chinese("pay 100 USDC")
    ('买方确认收货', '支付100 USDC')
    """
    told = ""
    for word in (CHINESE.get(one, one) for one in words.split()):
        told += " " if told[-1:].isascii() and told and word[0].isascii() else ""
        told += word
    return told
