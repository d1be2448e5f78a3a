"""Names for code out of names in prose.

>>> identifier("Party A"), identifier("買方"), identifier("insured's agent")
('partyA', 'party', 'insuredsAgent')
>>> constant("late fee"), identifier("甲方"), capitalised("releasePayment")
('LATE_FEE', 'partyA', 'ReleasePayment')
"""

from __future__ import annotations

import re
import unicodedata

from assay.authoring.model import Act

CHINESE_NAMES = {
    "甲方": "party a",
    "乙方": "party b",
    "丙方": "party c",
    "丁方": "party d",
    "买方": "buyer",
    "卖方": "seller",
    "用户": "user",
    "客户": "client",
    "供应商": "supplier",
    "供货方": "supplier",
    "采购方": "purchaser",
    "需方": "purchaser",
    "供方": "supplier",
    "出租方": "landlord",
    "出租人": "landlord",
    "承租方": "tenant",
    "承租人": "tenant",
    "房东": "landlord",
    "租客": "tenant",
    "出借人": "lender",
    "借款人": "borrower",
    "贷款人": "lender",
    "付款方": "payer",
    "付款人": "payer",
    "收款方": "payee",
    "收款人": "payee",
    "投资人": "investor",
    "投资者": "investor",
    "发起人": "founder",
    "项目方": "project",
    "支持者": "backer",
    "委托人": "principal",
    "受托人": "trustee",
    "受益人": "beneficiary",
    "员工": "employee",
    "公司": "company",
    "作者": "author",
    "作曲者": "composer",
    "出版方": "publisher",
    "平台": "platform",
    "保险公司": "insurer",
    "保险人": "insurer",
    "投保人": "policyholder",
    "被保险人": "insured",
    "订阅者": "subscriber",
    "服务商": "provider",
    "服务方": "provider",
    "竞买人": "bidder",
    "拍卖人": "auctioneer",
    "董事": "directors",
    "股东": "shareholders",
    "仲裁人": "arbiter",
    "托管方": "escrow agent",
    "持有人": "holder",
    "图纸": "drawings",
    "生产图纸": "drawings",
    "设计": "design",
    "软件": "software",
    "设备": "equipment",
    "货物": "goods",
    "商品": "goods",
    "房屋": "premises",
    "收货": "receipt",
    "签收": "receipt",
    "收到": "receipt",
    "到货": "arrival",
    "交付": "delivery",
    "验收": "acceptance",
    "降雨量": "rainfall",
    "合同": "agreement",
    "协议": "agreement",
    "双方": "parties",
    "代币": "token",
    "白名单": "allowed buyers",
    "发行人": "issuer",
    "基金会": "foundation",
    "团队": "team",
    "购买人": "buyer",
    "认购人": "subscriber",
    "持币人": "token holders",
    "房客": "tenant",
    "出借方": "lender",
    "借款方": "borrower",
    "发包方": "client",
    "承包方": "contractor",
    "委托方": "principal",
    "受托方": "agent",
    "乐队": "band",
    "商店": "shop",
    "商家": "merchant",
    "主办方": "organiser",
    "卖家": "seller",
    "买家": "buyer",
    "服务提供方": "provider",
    "会员": "member",
    "裁判": "judge",
    "人民币": "cny",
}
"""Common names of parties and assets; others are numbered."""


def identifier(name: str, fallback: str = "party") -> str:
    """In mixed case, beginning small."""
    words = _words(name) or [fallback]
    first, *rest = words
    joined = first.lower() + "".join(word.capitalize() for word in rest)
    return joined if joined[0].isalpha() else f"{fallback}{joined.capitalize()}"


def constant(name: str, fallback: str = "value") -> str:
    """In capitals."""
    found = "_".join(word.upper() for word in _words(name) or [fallback])
    return found if found[0].isalpha() else f"{fallback.upper()}_{found}"


def act_name(act: Act) -> str:
    """Of an act, the same for all clauses that speak of it: `buyerConfirmDelivery`."""
    words = [act.actor or "", act.action or "act", act.asset or ""]
    return identifier(" ".join(" ".join(_words(word)) for word in words if word), "act")


def capitalised(name: str) -> str:
    """A name in mixed case, beginning large, as events and contracts have it."""
    return name[:1].upper() + name[1:]


def _words(name: str) -> list[str]:
    english = CHINESE_NAMES.get(name, name)
    plain = unicodedata.normalize("NFKD", english).encode("ascii", "ignore").decode()
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", plain.replace("'", ""))
    return re.findall(r"[A-Za-z0-9]+", spaced)
