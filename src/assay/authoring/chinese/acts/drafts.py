"""An obligation while its fields are filled: who receives, how much, and of what."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assay.authoring.chinese.acts.reading import LASTING, Act, topic_of
from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexicon.money import DOWN_PAYMENTS
from assay.authoring.chinese.lexing.entities import fraction_at
from assay.authoring.chinese.phrases.noun_phrases import Noun, is_money, thing_of
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Condition, Modality

_WHOLES = ("收入", "收益", "利润", "营业额", "销售额", "成交额", "流水")
_ON_GOODS = frozenset({"inspect", "accept", "reject", "repair"})
_CUTS = frozenset({"扣减", "扣除", "扣", "减少", "扣罚", "罚扣", "下调", "直接扣除"})
_BROKEN = frozenset({
    "漏水", "漏电", "漏气", "渗水", "开裂", "脱落", "堵塞", "损坏", "毁损", "受损", "存在缺陷",
    "存在瑕疵", "存在质量问题", "有缺陷", "有瑕疵", "有质量问题", "坍塌", "老化",
})  # fmt: skip
_NEEDS_THING = frozenset({"maintain", "use", "buy", "sell", "return", "repair"})
MOVES = frozenset({"deliver", "provide", "supply", "transfer", "return", "sell", "buy"})
_HELD = frozenset({"lock", "issue", "vest"})
_PASSED = frozenset({"通过", "审议通过", "表决通过", "获得通过", "获通过"})
_OF_LABEL = frozenset({"refund", "keep", "burn"})
REST = ("剩余", "其余", "余下", "剩下", "剩")


@dataclass(slots=True)
class Draft:
    """An obligation while its fields are filled."""

    predicate: Predicate
    act: Act
    actor: str | None
    recipient: str | None
    modality: Modality
    action: str
    conditions: list[Condition]
    quantity: Quantity | None = None
    asset: str | None = None
    spread: bool = False


def spread_over_parts(draft: Draft, recurrence: str | None, context: Context) -> None:
    """每月释放1/36: a part that has no exact decimal, as often as there are parts."""
    quantity, thing = draft.quantity, draft.act.thing
    if recurrence is None or thing is None or quantity is None or quantity.problem != "fraction":
        return
    at = next((at for at, one in enumerate(thing.tokens) if one.kind == "amount"), None)
    part = fraction_at(thing.tokens[at].text, 0) if at is not None else None
    if part is None or part[0] != 1:
        return
    subject = draft.predicate.subject
    named = subject.text if subject is not None and not subject.party else None
    whole = thing_of(thing.tokens[:at], whole=True) or quantity.share_of or named
    draft.asset = whole or context.whole or context.last_asset
    if draft.asset is not None:
        draft.quantity, draft.spread, draft.predicate.instalments = None, True, part[1]


def settle_amount(draft: Draft, context: Context) -> None:
    """Bounds, what a raise is compared with, and amounts that are no single number."""
    predicate, quantity = draft.predicate, draft.quantity
    if quantity is None:
        return
    if quantity.problem:
        _ask_amount(draft.act, quantity, context)
    limited = predicate.verb is not None and predicate.verb.text in {"限购", "限领", "限投"}
    limited = limited or (predicate.only and quantity.limit == "exact")
    if limited or predicate.limit is not None:
        predicate.limit = predicate.limit or "most"
        quantity = draft.quantity = replace(quantity, limit=predicate.limit)
        if predicate.limit == "most" and predicate.modality is None:
            draft.modality = "may"
    if predicate.lexeme is not None and predicate.lexeme.word == "加价":
        draft.conditions.append(_raise(predicate, quantity, context))
        draft.quantity, draft.asset = None, None


_FIRST_OF = frozenset({"首期", "首笔", "首次", "第一期", "第一笔", "首期款", "末期", "最后一期"})
_RECKONED = frozenset({"计息", "计算", "计收", "计付", "计"})


def settle_asset(draft: Draft, context: Context) -> None:
    """What a clause leaves out because the words before it said it."""
    _refuse_odd_things(draft, context)
    money = draft.quantity is not None and (draft.asset or "%").isupper()
    if draft.action == "perform" and money:
        context.reject(draft.predicate.tokens, "it is not said what is done with the money")
    _share_of_subject(draft)
    if draft.asset is None and draft.action in _ON_GOODS:
        done = [one for one in reversed(draft.conditions) if one.kind in {"event", "breach"}]
        done = [one for one in done if one.action not in {"confirm", "notify", "perform"}]
        draft.asset = next((one.asset for one in done if one.asset), None)
    if draft.asset is None and draft.action == "repair":
        broken = [one.subject for one in draft.conditions if one.value in _BROKEN and one.subject]
        draft.asset = broken[0] if len(broken) == 1 and broken[0] not in context.mentioned else None
    if draft.action == "assign":
        draft.asset = draft.asset or context.last_asset
    if draft.asset is None and draft.quantity is None and draft.action in _NEEDS_THING:
        draft.asset = _carried(draft, context)
    if draft.asset in REST and draft.quantity is not None and draft.action == context.last_action:
        draft.asset = context.last_asset or draft.asset
    if draft.asset is None and draft.action in _OF_LABEL and draft.quantity is None:
        draft.asset = context.label
    _take_told(draft, context)
    bare = draft.quantity is not None and draft.quantity.share_of is None
    context.last_share = draft.quantity if draft.asset == "%" and bare else None
    if draft.asset is not None or draft.action != "vest":
        context.last_asset = draft.asset
    if draft.action == "disclose":
        draft.asset = draft.asset or context.secret
        context.secret = draft.asset


def _carried(draft: Draft, context: Context) -> str | None:
    """甲方将设备交付乙方,乙方应妥善保管: the thing that was just handed over, or said to be."""
    lexeme = draft.predicate.lexeme
    if lexeme is None or lexeme.thing is not None:
        return None
    if draft.action == "return" and context.last_action == "pay" and context.topic is not None:
        return context.topic.text if is_money(context.topic) else None
    told = [one.asset for one in draft.conditions if one.kind == "event" and one.action in MOVES]
    last = context.last_asset if context.last_action in MOVES | _NEEDS_THING else None
    thing = next((one for one in [*reversed(told), last] if one), None)
    goods = thing is not None and thing != "%" and not thing.isascii()
    return thing if goods and not is_money(Noun((), text=thing)) else None


def _take_told(draft: Draft, context: Context) -> None:
    """提案通过后执行: what was passed; 锁一年, 锁定期内不许转, 期满释放: what was locked."""
    if draft.action == "perform" and draft.asset is None and draft.quantity is None:
        passed = [one.subject for one in draft.conditions if one.value in _PASSED]
        draft.asset = passed[0] if passed else None
    if context.last_action != "lock":
        return
    before = context.last_asset if context.last_asset != "%" else None
    kept_back = draft.modality == "must_not" and draft.action in {"transfer", "sell", "withdraw"}
    if kept_back or draft.action == "release":
        draft.asset = draft.asset or before
    if draft.action == "release" and draft.asset is None and context.last_share is not None:
        draft.quantity, draft.asset = context.last_share, "%"


def _share_of_subject(draft: Draft) -> None:
    """租金从第二年起每年上涨5%: what changes is what the share is of."""
    changed, quantity = draft.predicate.subject, draft.quantity
    share = quantity is not None and quantity.asset == "%" and quantity.share_of is None
    if draft.action == "perform" and share and quantity and changed is not None and changed.text:
        draft.quantity = replace(quantity, share_of=changed.text)


def _refuse_odd_things(draft: Draft, context: Context) -> None:
    """What stands for a thing and is none, or is only a part of one."""
    words = draft.act.thing.tokens if draft.act.thing is not None else ()
    if (
        draft.action in {"vote", "release", "pay"}
        and words
        and all(token.kind == "duration" for token in words)
    ):
        context.reject(words, "a length stands where a thing was expected")
    if draft.quantity is None and draft.asset in _FIRST_OF and context.last_action == "pay":
        context.reject(draft.predicate.tokens, "it is said of the first of a series only")
    if draft.quantity is not None and draft.quantity.share_of in _RECKONED:
        context.reject(draft.predicate.tokens, "it is not said of what")


def _raise(predicate: Predicate, quantity: Quantity, context: Context) -> Condition:
    """每次加价不得低于: how far a bid has to be above the one before."""
    words = predicate.tokens
    return Condition(
        kind="comparison",
        text=context.words(words),
        span=context.folded.span(words[0].start, words[-1].end),
        subject="加价",
        comparator="<=" if quantity.limit == "most" else ">=",
        value=quantity.amount,
        asset=quantity.asset,
    )


def lasts_for(draft: Draft) -> bool:
    """锁定一年, 出租给乙方六个月: whether a length behind the verb is how long it lasts."""
    verb = draft.predicate.verb.text if draft.predicate.verb is not None else ""
    lent = "租" in verb or "借" in verb or draft.predicate.taken is not None
    return draft.action in LASTING and (draft.action != "provide" or lent)


def _source_of(predicate: Predicate) -> str | None:
    """从募集资金中扣除3%, 门票收入平台抽三成: what a share is taken from."""
    source, taken = predicate.source, predicate.taken
    whole = taken.text if taken is not None and not taken.is_amount else None
    if source is None and whole and whole.endswith(_WHOLES):
        return whole
    return source.text if source is not None and not source.party else None


def _cut_from(predicate: Predicate) -> str | None:
    """稿酬扣减1%: what is made less is what the share is of."""
    noun, verb = predicate.subject, predicate.verb
    cut = verb is not None and verb.text in _CUTS
    return noun.text if cut and noun is not None and is_money(noun) and not noun.is_amount else None


def amount_of(
    act: Act, predicate: Predicate, context: Context
) -> tuple[Quantity | None, str | None]:
    """The amount and the asset, with what a share is of."""
    quantity, asset = act.quantity, act.asset
    if quantity is None:
        return None, asset
    share = quantity.share_of
    if quantity.asset == "%":
        for word in REST:
            if share and share.startswith(word):
                share = share.removeprefix(word).removeprefix("的") or None
        basis = predicate.basis.text if predicate.basis is not None else None
        basis = basis or (_pointed_at(predicate, context) if not share else None)
        if predicate.factor is not None and "其中" in {one.text for one in predicate.tokens}:
            share = share or context.label
        share = (
            basis
            or share
            or topic_of(predicate, act)
            or _source_of(predicate)
            or _cut_from(predicate)
        )
        if predicate.factor is not None:
            share = share or context.label
        down = act.thing is not None and (act.thing.label or "").endswith(DOWN_PAYMENTS)
        open_ = down or _bare_share(act.thing) or _is_rest(act.thing)
        share = share or _part_of(predicate, context) or (context.whole if open_ else None)
        if share is None and act.action in {"release", "vest"} and context.last_action in _HELD:
            share = context.last_asset
        if share is None and predicate.factor is not None:
            share = context.label or context.whole
            if share is None:
                context.reject([predicate.factor], "it is not said of what")
        _keep_whole(share, predicate, context)
        return replace(quantity, share_of=share), "%"
    return quantity, asset


def _pointed_at(predicate: Predicate, context: Context) -> str | None:
    """按其三倍支付: of what was just said."""
    its = [noun for noun in predicate.means if noun.tokens and noun.tokens[0].kind == "its"]
    before = context.last_asset if context.last_asset != "%" else None
    if its and before is None:
        context.reject(its[0].tokens, "it is not said of what")
    return before if its else None


def _keep_whole(share: str | None, predicate: Predicate, context: Context) -> None:
    """What a later share without a whole is of; one character says it to nobody."""
    if share and len(share) == 1 and share not in "款租":
        context.reject(predicate.tokens, "one character does not say of what")
    context.whole = share or context.whole


def _bare_share(thing: Noun | None) -> bool:
    return thing is None or thing.label is None


def _part_of(predicate: Predicate, context: Context) -> str | None:
    """发行代币, 其中20%分配给团队: of what was just said."""
    said = any(token.text == "其中" for token in predicate.tokens)
    return context.last_asset if said and context.last_asset != "%" else None


def _is_rest(thing: Noun | None) -> bool:
    """余款10%: of the whole price, like the parts before it."""
    return thing is not None and (thing.label or "") in {"余款", "尾款", "余额", "剩余款项"}


def _ask_amount(act: Act, quantity: Quantity, context: Context) -> None:
    thing = act.thing
    if thing is not None and thing.tokens:
        context.ask(f"amount_{quantity.problem}", thing.tokens[0].start, thing.tokens[-1].end)
