"""Nouns by which clauses mean what a contract keeps or knows, in both languages: data, no logic."""

from __future__ import annotations

POT = frozenset(
    {"fund", "funds", "money", "contribution", "proceeds", "balance", "amount", "pool", "sum"}
    | {"amount raised", "raised fund", "raised amount", "collected fund", "total", "pledge"}
    | {
        "资金",
        "钱",
        "款项",
        "款",
        "募集资金",
        "募集款",
        "筹款",
        "出资",
        "捐款",
        "募集的资金",
        "募集到的资金",
        "认购款",
        "销售款",
        "众筹款",
        "余额",
    }
)
"""All that was brought together."""

GOAL = frozenset(
    {None, "", "goal", "target", "funding goal", "funding target", "minimum", "contribution"}
    | {"total", "total contribution", "campaign goal", "raised", "amount raised", "softcap"}
    | {"soft cap", "minimum goal", "we", "campaign", "project", "fundraiser"}
    | {"目标", "筹款", "筹", "筹款目标", "募集目标", "募集", "众筹目标", "筹资", "目标金额", "出资"}
    | {
        "募集总额",
        "筹款总额",
        "募集金额",
        "募集额",
        "众筹金额",
        "软顶",
        "认购总额",
        "销售额",
        "总额",
    }
    | {"total raised", "amount sold", "sale proceeds", "total proceeds", "total sale"}
)
"""What is compared with how much has come in."""

GOAL_REACHED = frozenset(
    {"reached", "met", "achieved", "达到目标", "达成目标", "达到", "达标", "达成", "实现目标"}
)
"""What is said of a goal whose amount another clause gives."""

CAMPAIGN = frozenset(
    {"campaign", "crowdfunding", "fundraiser", "fundraising", "sale", "funding period", "offering"}
    | {"众筹", "筹款", "募集", "活动", "募资"}
)

END = frozenset(
    {None, "deadline", "end", "end of campaign", "campaign end", "closing date", "closing", "time"}
    | {"截止日", "截止日期", "截止", "到期日", "期限", "众筹期", "筹款期", "募集期", "众筹期限"}
)
OVER = frozenset(
    {"ended", "over", "closed", "close", "end", "ends", "closes", "finished", "expired", "expires"}
    | {"到期", "届满", "期满", "结束", "截止", "终止"}
)
"""What is said of a time, or of what has one, when it is over."""

SALE = frozenset(
    {"sale", "token sale", "offering", "issue", "issuance", "offer", "presale", "exchange"}
    | {"销售", "发售", "发行", "代币发售", "预售", "认购", "兑换"}
)
"""What is over when nothing more is sold."""

CONTRIBUTION = frozenset(
    {"refund", "contribution", "money", "pledge", "deposit", "fund", "payment"}
    | {"退款", "出资", "捐款", "资金", "款项", "款", "钱", "申请", "认购款", "购买款", "众筹款"}
    | {"payments", "purchase price", "price", "支持款", "全款", "已付款项"}
)
"""What somebody gets back who has contributed."""

AUCTION = frozenset({"auction", "bidding", "bidding period", "sale", "拍卖", "竞拍", "竞价"})
INCREMENT = frozenset({"increment", "raise", "bid increment", "加价", "加价幅度", "每次加价"})
BID = frozenset(
    {"bid", "deposit", "money", "fund", "refund", "bid amount", "losing bid", "outbid amount"}
    | {"出价", "出价款", "保证金", "资金", "款项", "报价", "退款"}
)
HIGHEST_BID = frozenset(
    {"bid", "highest bid", "winning bid", "highest", "proceeds", "final price", "price", "fund"}
    | {"sale price", "hammer price", "auction proceeds", "sale proceeds", "final bid"}
    | {"成交价", "成交价款", "最高出价", "最高价", "拍卖款", "价款", "款项", "拍卖所得", "成交款"}
    | {"竞拍所得", "竞价所得", "拍卖收入", "拍卖收益", "竞拍收入", "拍卖成交款", "中标价"}
)
WINNER = frozenset(
    {"highest bidder", "winner", "winning bidder", "successful bidder", "auction winner"}
    | {"最高出价者", "最高竞买人", "中标者", "胜出者", "出价最高者", "竞得人", "买受人"}
    | {
        "价高者",
        "最高出价人",
        "最高价者",
        "最高竞价者",
        "最后出价者",
        "最后出价人",
        "中标人",
        "竞得者",
    }
    | {"赢家", "获胜者"}
)
LOSER = frozenset(
    {"outbid bidder", "outbid participant", "losing bidder", "unsuccessful bidder", "loser"}
    | {"other bidder", "outbid party", "overbid bidder"}
    | {"未中标者", "被超过的竞买人", "其他竞买人", "未成交者", "落选者", "未中标人", "被超过者"}
    | {
        "其他出价人",
        "其他竞拍人",
        "其他竞拍者",
        "其他出价者",
        "其他竞价者",
        "其他竞价人",
        "其他买家",
    }
    | {"其他人", "其余出价人", "其余竞买人", "其余竞拍者", "其余竞拍人", "其余出价者", "未中拍者"}
)

VESTED = frozenset(
    {"token", "deposit", "grant", "share", "vested token", "vested amount", "option", "stake"}
    | {"代币", "归属代币", "已归属代币", "存款", "股份", "期权", "归属", "款项", "归属部分"}
)
GRANT = frozenset(
    {None, "grant", "vesting", "agreement", "contract", "employment", "service", "award"}
    | {"授予", "归属", "协议", "合同", "劳动合同", "本协议", "本合同"}
)

SUBSCRIPTION = frozenset(
    {None, "subscription", "plan", "membership", "service", "agreement"}
    | {"订阅", "会员", "套餐", "服务", "会员资格"}
)
SUBSCRIPTION_ITSELF = frozenset({"subscription", "membership", "plan", "订阅", "会员", "套餐"})
SUBSCRIBER = frozenset(
    {"subscriber", "member", "订阅者", "订户", "会员", "订阅人", "订阅用户", "订阅方"}
)

VOTES = frozenset({"vote", "votes", "yes vote", "vote cast", "赞成票", "票", "投票", "有效票"})
QUORUM = frozenset(
    {"quorum", "turnout", "voters", "votes cast", "投票人数", "参与人数", "参与投票人数", "总票数"}
    | {"参加投票人数", "参与投票的人数", "投票总数", "投票数", "总投票数", "参与投票者", "投票者"}
)
"""How many took part in a vote."""
STAKE = frozenset(
    {None, "stake", "deposit", "token", "fund", "money", "locked token", "locked amount"}
    | {"质押", "质押款", "本金", "存款", "代币", "款项", "资金", "质押金额"}
)
PENALTY_OF = frozenset(
    {None, "stake", "deposit", "amount", "principal", "withdrawn amount", "staked amount"}
    | {"质押", "质押金额", "本金", "存款", "金额", "质押款"}
)
INCOME = frozenset(
    {None, "revenue", "income", "royalty", "proceeds", "profit", "net revenue", "earning"}
    | {"sale", "turnover", "payment", "incoming payment", "sale revenue", "sale price", "takings"}
    | {"每笔销售收入", "销售收入", "每笔收入", "销售额", "营业额", "每笔款项", "票款"}
    | {"收入", "收益", "版税", "利润", "营收", "净收入", "版权收入"}
)
"""What comes in and is divided."""

SHARE = frozenset({"share", "portion", "part", "份额", "部分", "收入", "分成", "收益"})
ALLOW_LIST = frozenset(
    {"allow list", "allowlist", "whitelist", "white list", "allowed", "listed", "approved list"}
    | {"白名单", "名单"}
)
LISTED = frozenset(
    {"accredited investor", "verified wallet", "whitelisted address", "whitelisted buyer"}
    | {"allow-listed buyer", "allow-listed address", "listed buyer", "approved buyer"}
    | {"verified buyer", "whitelisted user", "whitelisted wallet", "registered buyer"}
    | {"白名单地址", "白名单用户", "合格投资者", "白名单买家", "白名单钱包"}
)
"""Buyers whom a list names; who they are is given when the contract is deployed."""

PURCHASER = frozenset(
    {"buyer", "purchaser", "investor", "user", "participant", "each buyer", "anyone", "customer"}
    | {"购买人", "购买者", "认购人", "认购者", "投资人", "投资者", "买家", "买方", "用户", "任何人"}
    | {"参与者", "购买方", "认购方", "每人", "每个地址", "地址", "客户"}
)
"""Names of whoever buys, where another clause says who may."""

PROCEEDS = frozenset(
    {"proceeds", "sale proceeds", "price", "payment", "payments", "money", "purchase price"}
    | {"款项", "认购款", "购买款", "销售款", "票款", "货款", "兑换款", "售卖款", "所得款项", "款"}
    | {"所得", "销售所得", "销售收入", "收入", "价款", "钱", "资金", "所收款项"}
)
"""What buyers pay, all together."""

PIECE = frozenset({"枚", "个", "份", "张", "颗", "只", "token", "unit", "coin", "piece", "代币"})
"""By which a price for each says: for each token."""

ACCEPTANCE = frozenset({"acceptance", "验收合格", "验收", "验收通过", "合格"})
"""What is confirmed by who accepts."""
