"""Which acts a length or a span of time may be about, by a word of its name: 租期, 交货时间."""

from __future__ import annotations

SPANS_OF: dict[str, frozenset[str]] = {
    "租": frozenset({"occupy", "provide", "pay", "use"}),
    "借": frozenset({"return"}), "贷": frozenset({"return"}),
    "还": frozenset({"return"}), "锁": frozenset({"lock"}), "归属": frozenset({"vest"}),
    "服务": frozenset({"provide", "perform", "pay"}), "订阅": frozenset({"subscribe", "pay"}),
    "许可": frozenset({"provide", "use", "pay"}), "授权": frozenset({"provide", "use", "pay"}),
    "使用": frozenset({"use", "provide"}), "保修": frozenset({"repair", "provide"}),
    "质保": frozenset({"repair"}), "合作": frozenset({"provide", "supply", "perform"}),
    "供货": frozenset({"supply"}), "质押": frozenset({"deposit"}),
    "投票": frozenset({"vote"}),
    "表决": frozenset({"vote"}), "竞拍": frozenset({"bid"}), "拍卖": frozenset({"bid"}),
    "竞价": frozenset({"bid"}), "募集": frozenset({"contribute"}),
    "众筹": frozenset({"contribute"}),
    "筹款": frozenset({"contribute"}),
    "发售": frozenset({"buy", "sell", "issue"}),
    "认购": frozenset({"buy"}), "申购": frozenset({"buy"}), "预售": frozenset({"buy", "sell"}),
    "投标": frozenset({"bid", "deliver"}), "报名": frozenset({"subscribe", "pay"}),
    "铸造": frozenset({"issue"}), "领取": frozenset({"claim"}), "交货": frozenset({"deliver"}),
    "交付": frozenset({"deliver"}), "付款": frozenset({"pay"}),
    "交期": frozenset({"deliver", "supply"}),
    "发货": frozenset({"deliver"}), "到货": frozenset({"deliver"}), "交稿": frozenset({"deliver"}),
    "工期": frozenset({"perform", "deliver", "repair"}), "捐款": frozenset({"contribute"}),
}  # fmt: skip

DELIVERIES = frozenset({
    "交期", "交货期", "交货时间", "交货日期", "交货日", "发货时间", "发货日期", "交付时间",
    "交付日期", "交付日", "交稿时间", "交稿日期", "到货时间", "到货日期", "交货期限",
})  # fmt: skip
"""Names of the time by which something is to be handed over, whoever has to."""

FIRST_PERIODS = {
    "第一年": "P1Y", "首年": "P1Y", "头一年": "P1Y", "前一年": "P1Y", "第1年": "P1Y",
    "首月": "P1M", "第一个月": "P1M", "首个月": "P1M", "首季": "P3M", "第一季度": "P3M",
}  # fmt: skip
"""How long the first of the periods lasts: 第一年为锁定期."""
