"""A predicate to an act of the published list, by its verb and the object of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assay.authoring.chinese.acts.prices import price_of
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexicon.money import FIAT, NATIVE, STABLE
from assay.authoring.chinese.lexicon.verb_places import BELONGS, SETTLES
from assay.authoring.chinese.lexicon.verbs import VERBS, Verb
from assay.authoring.chinese.phrases.noun_phrases import Noun, is_money, read_noun
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.language.quantities import Quantity

_TOKEN_ENDS = (
    "代币", "NFT", "股权", "股份", "股票", "藏品", "通证", "积分", "币", "资产", "财产", "奖励",
)  # fmt: skip
_STAKES = ("出价", "押注", "赌注", "投注", "报价")
_BY_OBJECT = frozenset({
    "给", "打给", "发给", "打", "发", "转给", "打入", "给予", "奖励", "奖给", "发送", "送", "划给",
    "发出", *BELONGS,
})  # fmt: skip
_ASSIGNED = ("合同", "协议", "权利", "义务", "权利义务", "服务", "债权", "债务")
FACTORS = {
    "双倍": "200",
    "两倍": "200",
    "二倍": "200",
    "加倍": "200",
    "三倍": "300",
    **dict.fromkeys(("一半", "另一半", "另外一半", "剩下一半", "剩余一半"), "50"),
    **dict.fromkeys(("前一半", "后一半"), "50"),
    "半数": "50",
}
"""How much of a thing words like 双倍 are, in percent."""
_OF_TOPICS = frozenset({
    "release", "vest", "burn", "lock", "transfer", "distribute", "issue", "sell", "buy", "deposit",
    "withdraw", "refund", "return",
})  # fmt: skip
_PAID_OVER = frozenset({
    "交付", "移交", "交付给", "交付予", "移交给", "结算", "交", "上交", "交给", "递交",
    "交至", "交到",
})  # fmt: skip
_RECKONS = frozenset({"结算", "结账"})
_DIVIDES = frozenset({"pay", "distribute", "claim", "keep"})
_LODGED = frozenset({"提交", "提供", "递交", "交", "缴纳"})
_OBJECTIONS = ("异议", "质疑", "反对", "投诉")
_PAID_OUT = frozenset({"颁发", "颁给", "发放", "发放给", "派发", "派发给"})
_REQUESTS = ("请求", "申请", "要求", "索赔", "主张")
_PURPOSES = frozenset({
    "maintain", "use", "inspect", "approve", "confirm", "accept", "perform", "deposit",
})  # fmt: skip
_ACCOUNTS = frozenset({"账户", "账号", "钱包", "地址", "银行账户", "资金账户"})
_SEES_TO = frozenset({"完成", "进行", "履行", "办理", "负责"})
_GOODS_COME = frozenset({"收货", "签收", "收稿", "收件", "收样"})
_HANDED_ON = frozenset({"deliver", "return", "refund", "transfer"})
_PASSED_ON = frozenset({"转给", "划给"})
_GIVEN_BACK = frozenset({"return", "refund"})
"""收到退货, 收到退款: what is got back, by the act that gives it back."""
_GRANTS_TIME = frozenset({"给", "给予", "提供", "授予"})
_ADDS = frozenset({"补充", "追加", "增加", "补足", "补齐", "补缴", "增补"})
_SECURITIES = ("抵押品", "抵押物", "质押物", "质押品", "保证金", "押金", "抵押", "质押")
_CHANGES = frozenset({"升级", "更新", "修改", "迁移", "部署"})
_INTENT = frozenset(["承担", "承受", "负担", "分担"])
_HANDS_OUT = frozenset({"vest", "release", "issue", "sell", "distribute"})
LASTING = frozenset({"renew", "extend", "lock", "use", "occupy", "maintain", "provide"})
"""Acts that last; to provide only where something is let."""
AUTOMATIC = frozenset({
    "issue", "transfer", "refund", "release", "distribute", "burn", "lock", "extend", "pay", "vest",
    "renew",
})  # fmt: skip
"""What an order to nobody tells the contract itself to do; the return of money or tokens too."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act with everything but who does it."""

    action: str | None
    quantity: Quantity | None
    asset: str | None
    thing: Noun | None
    receives: bool = False


def act_of(  # noqa: C901, PLR0911, PLR0912 - each source of an amount
    predicate: Predicate, context: Context
) -> Act:
    """Choose the action by verb and object; put in amounts that the text defines."""
    thing = _thing(predicate)
    lexeme = _made_up(predicate, thing, context)
    if lexeme is None and predicate.late and thing is not None and (named := _nominal(thing)):
        return Act(named.action, None, named.thing, thing)
    if lexeme is None and predicate.late and is_money(thing) and thing is not None:
        return Act("pay", thing.quantity, thing.text, thing)
    if lexeme is None:
        return Act(None, None, None, thing)
    thing = thing or _of_topic(predicate, lexeme, context)
    if (owed := _owed(lexeme, thing)) is not None and thing is not None:
        return Act(owed.action, None, owed.thing, thing)
    done = _done(lexeme, thing)
    if done is not None and thing is not None:
        what = read_noun(thing.tokens[:-2])
        return Act(done, what.quantity, what.quantity.asset if what.quantity else what.text, thing)
    if thing is not None and thing.party not in {None, "contract"} and _is_done_to(lexeme):
        thing = replace(thing, party=None, text=thing.party)
    if lexeme.action == "lock" and thing is not None and thing.tokens[-1].text in _ACCOUNTS:
        thing = replace(thing, party=None, text="".join(one.text for one in thing.tokens))
    if thing is not None and _is_purpose(lexeme, thing):
        thing = replace(thing, text=None)
    thing = thing or _on_basis(predicate, lexeme)
    quantity = thing.quantity if thing is not None else None
    asset = quantity.asset if quantity is not None else (thing.text if thing is not None else None)
    if quantity is None and asset is not None and asset in context.terms:
        quantity = context.terms[asset]
        asset = quantity.asset
    # What is left to pay after a first part is not the whole price.
    rest = lexeme.word in SETTLES and context.last_action == "pay"
    shares = any(one.is_amount for one in predicate.means)
    priced = predicate.factor is None and _takes_price(lexeme) and not (rest or shares)
    if priced and context.price is not None and quantity is None and thing is None:
        quantity, asset = context.price, context.price.asset
    if (
        context.stock is not None
        and quantity is None
        and not shares
        and lexeme.action in _HANDS_OUT
    ):
        quantity, context.stock = context.stock, None
        asset = quantity.asset
    for means in predicate.means:
        asked = lexeme.action == "claim" and thing is not None and not is_money(thing)
        if means.quantity is None or asked or _is_price(means, predicate):
            continue
        if quantity is None:
            quantity, asset = means.quantity, means.quantity.asset
    if predicate.factor is not None and thing is not None and thing.is_amount:
        context.reject([predicate.factor], "it is a second amount")
    if predicate.factor is not None and (thing is None or not thing.is_amount):
        share = FACTORS[predicate.factor.text]
        quantity, asset = Quantity(share, "%", share_of=asset), "%"
    action = lexeme.action
    if thing is None and _gives_back(lexeme, context):
        return Act("refund", quantity, context.label, None)
    if action == "notify" and thing is not None and any(one.kind == "verb" for one in thing.tokens):
        asset = None
    if lexeme.frame == "receive":
        paid = _is_payment(predicate, lexeme, thing, quantity, context)
        return Act("pay" if paid else _received(thing), quantity, asset, thing, receives=True)
    left = _is_rest(thing) and quantity is None and context.last_action in _DIVIDES
    if lexeme.word in _BY_OBJECT and left:
        return Act("pay", quantity, asset, thing)
    if lexeme.word in _BY_OBJECT and quantity is not None and quantity.asset == "%":
        return Act("pay", quantity, asset, thing)
    return Act(_action(lexeme.word, action, thing), quantity, asset, thing)


def _made_up(predicate: Predicate, thing: Noun | None, context: Context) -> Verb | None:
    """先交一半, 活动后补齐: money is paid, and not mended; so is 按每件25 USDC结算."""
    lexeme = predicate.lexeme
    reckons = lexeme is not None and lexeme.word in _RECKONS and thing is None
    if reckons and any(one.quantity is not None for one in predicate.means):
        return VERBS["支付"]
    paid = is_money(thing) or (thing is None and context.last_action == "pay")
    return VERBS["补足"] if lexeme is not None and lexeme.word == "补齐" and paid else lexeme


def _is_price(means: Noun, predicate: Predicate) -> bool:
    """What something is bought or sold for is not how much of it there is."""
    lexeme = predicate.lexeme
    trades = lexeme is not None and lexeme.action in {"buy", "sell"}
    return trades or means is price_of(predicate)


def _gives_back(lexeme: Verb, context: Context) -> bool:
    """租客付押金, 还车后退回: what was paid, and not what a condition tells of."""
    paid_in = context.last_action in {"pay", "deposit"} and context.label is not None
    return paid_in and lexeme.word in {"退", "退回", "退还"}


def _of_topic(predicate: Predicate, lexeme: Verb, context: Context) -> Noun | None:
    """样品由甲方保管, 检测后退还乙方: what is handed over is what the sentence is about."""
    hands = lexeme.frame == "give" and lexeme.action in _HANDED_ON and lexeme.thing is None
    whole = predicate.factor is None and not predicate.means and not predicate.subject
    money = lexeme.word == "补还" and is_money(context.topic)
    named = predicate.recipient is not None or predicate.agent is not None
    return context.topic if (hands or money) and whole and named else None


def _is_payment(
    predicate: Predicate,
    lexeme: Verb,
    thing: Noun | None,
    quantity: Quantity | None,
    context: Context,
) -> bool:
    """Whether what is received is money although its name does not say so."""
    if lexeme.word in {"收款", "收齐"}:
        return True
    if _is_rest(thing) and context.last_action in {"pay", "distribute"}:
        return True
    if thing is None and context.last_action == "pay" and lexeme.word not in _GOODS_COME:
        return True
    whole = quantity.share_of or "" if quantity is not None else ""
    return predicate.factor is not None and not whole.endswith(_TOKEN_ENDS)


def _on_basis(predicate: Predicate, lexeme: Verb) -> Noun | None:
    """按发票金额赔给货主: what is paid where nothing else says how much."""
    alone = not predicate.means and predicate.factor is None
    return predicate.basis if alone and lexeme.action in {"pay", "refund"} else None


def topic_of(predicate: Predicate, act: Act) -> str | None:
    """团队代币 in 团队代币每月释放2%: what stands in front is what the share is of."""
    noun, quantity = predicate.subject, act.quantity
    if noun is None or quantity is None:
        return None
    if act.thing is noun and act.action == "pay" and quantity.share_of is None:
        # 服务费按80%结算: what is paid is less than all of it.
        return noun.text if quantity.asset == "%" and not noun.is_amount else None
    reduced = act.thing is not None and act.thing.tokens[-1].text.endswith("折")
    if act.thing is noun or not (reduced or act.action in _OF_TOPICS):
        return None
    bare = quantity.asset == "%" and quantity.share_of is None and act.thing is not None
    named = noun.party is None and noun.pronoun is None and noun.quantity is None
    return noun.text if bare and named and not (act.thing and act.thing.label) else None


def _is_purpose(lexeme: Verb, thing: Noun) -> bool:
    """提交甲方审核: what it is handed over for, not what is handed over."""
    named = _nominal(thing)
    judged = named is not None and named.action in {"inspect", "approve", "confirm", "accept"}
    return judged and lexeme.action in {"deliver", "provide"}


def _is_done_to(lexeme: Verb) -> bool:
    """更换项目负责人: somebody may be what something is done to."""
    done_to = {"repair", "perform", "propose", "buy", "subscribe"}
    return lexeme.frame == "do" and lexeme.action in done_to


def _nominal(thing: Noun) -> Verb | None:
    """还款 in 逾期还款超过30天: a verb that stands as a thing."""
    return VERBS.get(thing.tokens[-1].text) if len(thing.tokens) == 1 else None


def _takes_price(lexeme: Verb) -> bool:
    return lexeme.action in {"pay", "keep", "claim", "deposit"}


def _done(lexeme: Verb, thing: Noun | None) -> str | None:
    """完成500套产品的交付, 负责房屋的日常维修: what is completed or seen to is an act."""
    if lexeme.word not in _SEES_TO or thing is None or len(thing.tokens) < 3:
        return None
    before, last = thing.tokens[-2:]
    named = last.value if last.kind == "verb" else VERBS.get(last.text.removeprefix("日常"))
    if before.kind != "de" or named is None:
        return None
    return named.action if named.action != "perform" else None


def _owed(lexeme: Verb, thing: Noun | None) -> Verb | None:
    """履行还款义务: the act that a duty is named by."""
    if lexeme.word not in {"履行", "完成", "承担"} or thing is None or thing.quantity:
        return None
    named = VERBS.get((thing.text or "").removesuffix("义务"))
    known = named is not None and named.action not in {None, "perform", "maintain"}
    return named if known and (thing.text or "").endswith("义务") else None


def _thing(predicate: Predicate) -> Noun | None:
    objects = [one for one in predicate.objects if not is_what_for(predicate, one)]
    candidates = [*objects, predicate.taken]
    if predicate.subject is not None and not (predicate.subject.party or predicate.subject.pronoun):
        candidates.append(predicate.subject)
    found = [noun for noun in candidates if noun is not None]
    counted = [noun for noun in found if noun.quantity is not None]
    thing = counted[0] if counted else (found[0] if found else None)
    changed = predicate.lexeme is not None and predicate.lexeme.word in _CHANGES
    if thing is not None and thing.party == "contract" and changed:
        return replace(thing, party=None, text="合约")
    return thing


def is_what_for(predicate: Predicate, noun: Noun) -> bool:
    """将设备交付乙方保管: what it is handed over for, behind whoever receives it."""
    lexeme = predicate.lexeme
    if lexeme is None or lexeme.action not in {"deliver", "provide", "transfer", "deposit"}:
        return False
    named = _nominal(noun)
    return predicate.taken is not None and named is not None and named.action in _PURPOSES


def _is_rest(thing: Noun | None) -> bool:
    """其余部分 behind a payment is money too."""
    return thing is not None and (thing.text or "").startswith(("其余", "剩余", "余下", "剩下"))


def _is_part_of_money(thing: Noun | None) -> bool:
    """净收入的15% is money."""
    share = thing.quantity.share_of if thing is not None and thing.quantity else None
    ends = ("价", "价格", "利润", "额", "价款", "流水", "所得")
    return share is not None and (is_money(Noun((), text=share)) or share.endswith(ends))


def _received(thing: Noun | None) -> str:
    text = (thing.text or "") if thing is not None else ""
    share = (thing.quantity.share_of or "") if thing is not None and thing.quantity else ""
    if share.endswith(_TOKEN_ENDS):
        return "transfer"
    given = VERBS.get(text)
    if given is not None and given.thing is not None and given.action in _GIVEN_BACK:
        return given.action
    if is_money(thing) or is_money(Noun((), text=text)):
        return "pay"
    if text.endswith(("通知", "通知书", "函")):
        return "notify"
    if text.endswith(_TOKEN_ENDS):
        return "transfer"
    return "provide" if text.endswith("服务") else "deliver"


def _action(  # noqa: C901, PLR0911, PLR0912 - one return for each kind of object
    word: str, action: str | None, thing: Noun | None
) -> str | None:
    text = (thing.text or "") if thing is not None else ""
    if word in _GRANTS_TIME and text.endswith("宽限期"):
        return "extend"
    if word in _BY_OBJECT:
        return _handed(word, action, thing)
    if word in _ADDS and text.endswith(_SECURITIES):
        return "deposit"
    if word in {"注销", "作废"} and text and not text.endswith(_TOKEN_ENDS):
        return "cancel"
    if word in {"销毁", "烧毁", "销毁掉"} and text and not text.endswith(_TOKEN_ENDS):
        return "perform"
    if word in {"借给", "出借"} and text and not is_money(thing):
        return "provide"
    if word == "提出" and (thing is None or text.endswith(_OBJECTIONS)):
        return "notify"
    if word == "提出" and text.endswith(_REQUESTS):
        return "claim"
    if word in {"退还", "退回", "退给", "退"} and thing is not None:
        given = is_money(thing) or text.endswith((*_TOKEN_ENDS, *_STAKES))
        return "refund" if given else "return"
    label = (thing.label or text) if thing is not None else ""
    if word in _LODGED and label.endswith(("保证金", "押金")):
        return "deposit"
    if word in _PAID_OVER and (is_money(thing) or _is_part_of_money(thing)):
        return "pay"
    if word in {"提供", "给予", "发放"} and is_money(thing) and action == "provide":
        return "pay"
    if word in _PAID_OUT and (_is_paid(thing) or text.endswith(("分红", "红利", "股息"))):
        return "pay"
    if word == "投" and is_money(thing):
        return "contribute"
    if word in _INTENT:
        return (
            "pay"
            if is_money(thing) or text.endswith(("损失", "亏损", "税", "赔偿责任"))
            else "perform"
        )
    grants = word in {"授予", "授权"} and text.endswith(
        ("权利", "许可", "权限", "使用权", "许可权")
    )
    if grants or (word in {"许可", "授权"} and text):
        action = "provide"
    elif action == "transfer" and text.endswith(_ASSIGNED):
        action = "assign"
    elif word in {"领取", "提取"} and text.endswith(("货物", "商品", "房屋")):
        action = "claim"
    return action


def _is_paid(thing: Noun | None) -> bool:
    """Whether it is money, and no token that is new to everybody."""
    if thing is None or not is_money(thing):
        return False
    known = thing.quantity is None or thing.quantity.asset in FIAT | NATIVE | STABLE
    return known or (thing.label or "").endswith(("工资", "薪", "金", "报酬", "款"))


def _handed(word: str, action: str | None, thing: Noun | None) -> str | None:
    """给, 打, 发 and 归 follow what is given."""
    text = (thing.text or "") if thing is not None else ""
    if is_money(thing):
        return "pay"
    if text.endswith(_ASSIGNED) and word in _PASSED_ON:
        return "assign"
    if word in BELONGS | _PASSED_ON or text.endswith(_TOKEN_ENDS):
        return "transfer"
    return "deliver" if thing is not None else action
