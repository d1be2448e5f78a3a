"""What names in code have to do with words in prose: roles, acts, and the terms of a deployment.

>>> parts("confirmDelivery"), parts("_SELLER_ADDRESS")
(('confirm', 'delivery'), ('seller', 'address'))
>>> role_of("买方"), role_of("theBuyer")
('buyer', 'buyer')
"""

from __future__ import annotations

import re

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

_ROLES: dict[str, str] = {
    "buyer": "buyer purchaser customer 买方 买家 买受人 采购方 需方 购买方 客户",
    "seller": "seller vendor merchant supplier 卖方 卖家 出卖人 供应商 供方 供货方 销售方 商家",
    "client": "client principal employer commissioner 委托方 委托人 发包方 业主 雇主",
    "contractor": "contractor freelancer worker developer provider agent 承包方 承包商 承揽方 "
    "受托方 服务商 服务方 自由职业者 开发方 乙方承包人",
    "arbiter": "arbiter arbitrator mediator judge referee escrow 仲裁人 仲裁员 仲裁方 调解人 裁判",
    "landlord": "landlord lessor 房东 出租方 出租人",
    "tenant": "tenant lessee renter 租客 租户 承租方 承租人",
    "beneficiary": "beneficiary recipient payee receiver grantee heir 受益人 收款人 收款方 接收方",
    "employee": "employee staff founder 员工 雇员 职员 创始人",
    "company": "company corporation employer grantor issuer 公司 企业 发行方 授予方 发行人",
    "payer": "payer depositor sender funder sponsor 付款人 付款方 存款人 出资人",
    "creator": "creator organizer organiser fundraiser initiator project promoter 发起人 发起方 "
    "项目方 创作者 组织者 募集人",
    "owner": "owner admin administrator operator deployer 所有者 所有人 管理员 业主方 拥有者",
    "lender": "lender creditor 贷款人 出借人 出借方 贷方",
    "borrower": "borrower debtor 借款人 借款方 借方",
    "subscriber": "subscriber member 订阅者 订阅人 会员 订户",
    "artist": "artist author musician writer 艺术家 作者 音乐人",
    "gallery": "gallery platform marketplace 画廊 平台",
    "insurer": "insurer 保险公司 保险人 承保人",
    "insured": "insured policyholder farmer 投保人 被保险人 农户",
    "oracle": "oracle reporter feed 预言机 报告人 数据源",
    "auctioneer": "auctioneer 拍卖人 拍卖方",
    "party a": "partya 甲方",
    "party b": "partyb 乙方",
    "party c": "partyc 丙方",
}
_ROLE_BY_WORD = {word: role for role, words in _ROLES.items() for word in words.split()}

_NEAR_ROLES: dict[str, str] = {
    "buyer": "payer client depositor",
    "client": "buyer payer company owner",
    "seller": "beneficiary contractor owner auctioneer",
    "contractor": "seller beneficiary",
    "beneficiary": "seller employee contractor",
    "employee": "beneficiary",
    "company": "owner client",
    "payer": "buyer client tenant",
    "creator": "owner beneficiary",
    "owner": "creator company",
    "auctioneer": "seller owner beneficiary",
    "artist": "beneficiary creator",
    "oracle": "owner",
    "tenant": "payer buyer",
    "landlord": "owner beneficiary",
    "insured": "beneficiary",
    "insurer": "owner payer",
    "subscriber": "buyer payer",
    "lender": "payer owner",
}

_CROWDS = (
    "anyone contributor backer donor investor user bidder participant voter supporter funder "
    "customer member purchaser holder depositor pledger sponsor everyone 任何人 投资人 投资者 "
    "捐款人 捐赠者 捐赠人 支持者 出资人 用户 竞拍者 竞买人 投标人 参与者 出价人 购买者 认购人 "
    "贡献者 赞助者"
)
CROWDS = frozenset(_CROWDS.split())
"""Nouns for people of whom anybody may be one."""

ACT_STEMS: dict[str, tuple[str, ...]] = {
    "confirm": ("confirm", "acknowledg", "attest", "verif"),
    "accept": ("accept", "approv", "pass"),
    "approve": ("approv", "authori", "consent", "sign", "accept"),
    "reject": ("reject", "refus", "declin", "disput"),
    "inspect": ("inspect", "check"),
    "deliver": ("deliver", "ship", "dispatch", "submit"),
    "supply": ("suppl", "deliver"),
    "provide": ("provid", "deliver", "submit"),
    "notify": ("notif", "notic", "announc"),
    "report": ("report", "fulfil", "answer", "publish", "update"),
    "cancel": ("cancel", "abort", "revok", "terminat"),
    "terminate": ("terminat", "cancel", "end", "close", "finali"),
    "vote": ("vote",),
    "propose": ("propos",),
    "renew": ("renew",),
    "extend": ("extend", "prolong"),
    "perform": ("complet", "perform", "finish", "done"),
    "repair": ("repair",),
    "pay": ("pay", "purchas", "buy", "fund", "deposit", "settl", "charg"),
    "deposit": ("deposit", "fund", "lock", "stak", "pay"),
    "contribute": ("contribut", "donat", "pledg", "back", "fund", "invest", "support"),
    "bid": ("bid",),
    "buy": ("buy", "purchas", "mint"),
    "subscribe": ("subscri", "join"),
    "transfer": ("transfer", "send"),
    "release": ("releas", "payout", "disburs", "unlock", "finali", "settl"),
    "refund": ("refund", "reimburs", "reclaim", "return"),
    "return": ("return", "refund", "reclaim"),
    "withdraw": ("withdraw", "claim", "collect", "redeem"),
    "claim": ("claim", "withdraw", "collect", "redeem", "releas"),
    "distribute": ("distribut", "split", "payout", "releas"),
    "issue": ("issu", "mint"),
    "vest": ("vest", "releas", "claim"),
    "keep": ("keep", "retain", "forfeit", "deduct", "withhold"),
    "burn": ("burn",),
}
"""How functions that do an act begin a part of their names; the likeliest first."""

_SYNONYMS_OF_SAYING = {
    "confirm": ("accept", "approv", "receiv", "complet", "sign", "deliver"),
    "accept": ("confirm", "complet"),
    "approve": ("confirm", "complet", "vote"),
    "deliver": ("confirm", "receiv", "complet"),
    "inspect": ("accept", "confirm"),
    "perform": ("confirm", "approv", "accept", "deliver"),
    "reject": ("cancel",),
    "notify": ("request",),
    "terminate": ("revok",),
}


_TELLING = ("report", "submit", "publish", "update", "post", "feed", "fulfil", "resolv", "record",
            "set", "push", "answer", "callback", "attest", "settl")  # fmt: skip


def tells(name: str) -> bool:
    """Whether a function is called like one by which facts come into the code."""
    return any(one.startswith(_TELLING) for one in parts(name)[:1])


def parts(name: str) -> tuple[str, ...]:
    """The words of a name in code, in lower case."""
    return tuple(one.lower() for one in _PARTS.findall(name))


def role_of(name: str) -> str | None:
    """The role that a name stands for, whatever its language."""
    plain = name.strip().lower()
    if plain in _ROLES:
        return plain
    if plain in _ROLE_BY_WORD:
        return _ROLE_BY_WORD[plain]
    words = parts(name) or (plain,)
    joined = "".join(words)
    for label in ("partya", "partyb", "partyc"):
        if joined.endswith(label):
            return f"party {label[-1]}"
    return next((_ROLE_BY_WORD[one] for one in reversed(words) if one in _ROLE_BY_WORD), None)


def likeness(party: str, name: str) -> int:
    """How surely a name in code means a party: 4 the same word, 3 a synonym, 1 a related role."""
    words = tuple(map(_singular, parts(name)))
    own = tuple(map(_singular, parts(party) or (party.lower(),)))
    if own and "".join(own) in ("".join(words), "".join(words[:-1]) if len(words) > 1 else ""):
        return 4
    if any(one in words for one in own if len(one) > 2):
        return 4
    role, found = role_of(party), role_of(name)
    if role is None or found is None:
        return 0
    if role == found:
        return 3
    return 1 if found in _NEAR_ROLES.get(role, "").split() else 0


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word


def does(name: str, action: str) -> int:
    """How surely a function does an act: 3 by its own verb, 2 by one that means it, 1 nearly, 0."""
    words = parts(name)
    first, *others = ACT_STEMS.get(action, (action,))
    if any(one.startswith(first) for one in words):
        return 3
    if any(one.startswith(stem) for one in words for stem in others):
        return 2
    near = _SYNONYMS_OF_SAYING.get(action, ())
    return int(any(one.startswith(stem) for one in words for stem in near))
