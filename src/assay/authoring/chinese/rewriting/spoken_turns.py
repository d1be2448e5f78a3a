"""Turns of speech in the words that the grammar knows: 出3个ETH买画, 拿20%分给你, 竞价从1 ETH起."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assay.authoring.chinese.lexicon.verb_places import NOMINAL
from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.lexing.calendar import Recurrence
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.rewriting.campaign_turns import goal_reached, raises_sum
from assay.authoring.chinese.rewriting.cost_turns import (
    by_the_hour,
    for_each_person,
    made_up_of,
    named_costs,
)
from assay.authoring.chinese.rewriting.measured_turns import (
    paid_every,
    reaches,
    set_each,
    until_then,
)
from assay.authoring.chinese.rewriting.money_turns import in_coin, named_by_acts
from assay.authoring.chinese.rewriting.rivals import BIDDERS, OUTBID, OVERBID
from assay.authoring.chinese.rewriting.sale_turns import bought_by_each, sold_in_all

_SPENDS = frozenset({"出", "花", "拿", "拿出", "付", "支付", "花费"})
_BOUGHT = frozenset({"buy", "subscribe", "use", "occupy"})
_BUYS = frozenset(
    {"买", "购买", "买下", "收购", "买入", "换", "回购", "订购", "买断", "铸", "铸造"}
)
_SETS_ASIDE = frozenset({"拿", "拿出", "抽", "抽出", "提", "提取", "划出", "取出", "分出", "切出"})
_BIDS = frozenset({"竞价", "竞拍", "拍卖", "出价", "起拍", "叫价", "竞买"})
_AGREED_ON = frozenset({"moment", "duration", "party", "at", "by", "recurrence", "must"})
_EVERY = frozenset({"全部", "所有", "相关", "其他", "有关", "其它"})
_OPENS_AT = (["从", "起拍"], ["以", "起拍"], ["按", "起拍"], ["由", "起拍"])
_LASTS = frozenset({"extend", "renew", "maintain", "provide", "occupy", "use", "lock", "supply"})
_FULL = frozenset({"满", "期满", "已满", "达", "超过", "达到", "提前", "逾期", "延迟"})
_WHO_AND_WHAT = frozenset({"party", "noun", "unknown", "latin", "de", "silent", "ordinal", "its"})
_COMES = frozenset({"卖", "卖出", "售出", "筹", "募", "卖掉", "销售"})
_YEARLY = ("费", "租", "租金", "房租", "价", "工资", "薪")
_PLACES = ("账上", "账户", "账户里", "手里", "钱包", "钱包里", "账号")
_BOUNDS = frozenset({"below", "reach", "above", "least", "most"})
_OPEN_FOR_A_TIME = frozenset({"拍卖", "竞拍", "众筹", "投票", "销售", "预售", "认购", "募集"})
_TELLS = frozenset({"报告", "公布", "发布", "记录", "提供", "显示", "测得", "播报", "报出"})
_THINGS = frozenset({"noun", "unknown", "latin"})


def in_plain_words(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a unit with turns of speech as the grammar reads them."""
    made = list(tokens)
    for turn in _TURNS:
        made = turn(made)
    return made


def _buys_for(tokens: list[Token]) -> list[Token]:
    """出3个ETH买这幅画 is to buy it for that price."""
    for at in range(len(tokens) - 2):
        first, paid, act = tokens[at : at + 3]
        spends = first.text in _SPENDS or (first.text == "用" and act.text in _BUYS)
        if spends and paid.kind == "amount" and _buys(act):
            by = Token("with", "以", first.start, first.end)
            of = Token("de", "的", paid.end, paid.end)
            price = Token("noun", "价格", paid.end, paid.end)
            return [*tokens[:at], by, paid, of, price, *tokens[at + 2 :]]
    return tokens


def _buys(act: Token) -> bool:
    """购买, 订阅, 租用: what money is paid for."""
    action = act.value.action if act.kind == "verb" and act.value else None
    return act.text in _BUYS or (action in _BOUGHT and len(act.text) > 1 and act.text != "用于")


def _valued_at(tokens: list[Token]) -> list[Token]:
    """将股权作价450万元转让: at that price."""
    for at in range(len(tokens) - 3):
        first, second, paid = tokens[at : at + 3]
        if first.text + second.text == "作价" and paid.kind == "amount":
            by = Token("with", "以", first.start, first.end)
            of = Token("de", "的", paid.end, paid.end)
            price = Token("noun", "价格", paid.end, paid.end)
            return [*tokens[:at], by, paid, of, price, *tokens[at + 3 :]]
    return tokens


def _untouched(tokens: list[Token]) -> list[Token]:
    """基金里的钱谁都不能动: nobody may use it."""
    made = list(tokens)
    last = len(tokens) - 1
    if last > 0 and tokens[last].text == "动" and tokens[last - 1].kind in {"must_not", "may"}:
        made[last] = Token("verb", "动用", tokens[last].start, tokens[last].end, VERBS["动用"])
    for at in range(1, last):
        none = tokens[at].text in {"都", "也"} and tokens[at - 1].text == "谁"
        if not none or tokens[at + 1].kind != "must_not":
            continue
        made[at - 1] = Token("party", "任何人", tokens[at - 1].start, tokens[at].end)
        made[at] = tokens[at].named("silent")
        things = tokens[: at - 1]
        if made[-1].kind == "verb" and all(one.kind in {*_THINGS, "de", "party"} for one in things):
            return [*made[at - 1 :], *things]
    return made


def _as_agreed(tokens: list[Token]) -> list[Token]:
    """约定2027年底前还清: that it was agreed says no more."""
    agreed = len(tokens) > 2 and tokens[0].text in {"约定", "说好", "商定", "讲好", "约好"}
    return tokens[1:] if agreed and tokens[1].kind in _AGREED_ON else tokens


def _all_of(tokens: list[Token]) -> list[Token]:
    """车辆及全部证件: the second thing, whatever there is of it; 协助办理 is to see to it."""
    made: list[Token] = []
    for at, token in enumerate(tokens):
        behind = tokens[at + 1] if at + 1 < len(tokens) else None
        named = behind is not None and behind.kind in {*_THINGS, "verb"}
        if made and made[-1].kind == "and" and token.text in _EVERY and named:
            continue
        if token.text == "协助" and behind is not None and behind.kind == "verb":
            continue
        made.append(token)
    return made


def _hands_part(tokens: list[Token]) -> list[Token]:
    """从手续费里拿20%分给用户: the part that is taken is handed on."""
    for at in range(len(tokens) - 2):
        first, part = tokens[at : at + 2]
        if first.text not in _SETS_ASIDE or part.kind not in {"amount", "counted"}:
            continue
        end = at + 2
        while end < len(tokens) and tokens[end].kind in _THINGS:
            end += 1
        act = tokens[end] if end < len(tokens) else first
        if act is not first and act.kind == "verb" and act.value and act.value.frame == "give":
            take = Token("take", "把", first.start, first.end)
            return [*tokens[:at], take, *tokens[at + 1 :]]
    return tokens


def _starts_at(tokens: list[Token]) -> list[Token]:
    """竞价从1 ETH起: the price at which bids begin."""
    kinds = [one.kind for one in tokens]
    opens = [one.text for one in tokens[-3:]][:1] + [one.text for one in tokens[-1:]]
    if opens in _OPENS_AT and kinds[-2] == "amount" and not {"verb", "party"} & set(kinds[1:]):
        name = Token("noun", "起拍价", tokens[-3].start, tokens[-3].end)
        return [name, tokens[-2]]
    if kinds[1:] == ["from", "amount", "after"] and tokens[0].text in _BIDS:
        name = Token("noun", "起拍价", tokens[0].start, tokens[1].end)
        return [name, tokens[2]]
    return tokens


def _comes_short(tokens: list[Token]) -> list[Token]:
    """门票卖不到200张: how many come to be sold."""
    for at in range(1, len(tokens) - 2):
        things = {one.kind for one in tokens[:at]} <= {*_THINGS, "silent", "de"}
        bound = tokens[at + 1].kind in {"below", "reach", "above"}
        if things and bound and tokens[at].text in _COMES:
            return [*tokens[:at], *tokens[at + 1 :]]
    return tokens


def _goes_on_for(tokens: list[Token]) -> list[Token]:
    """拍卖为期7天: it ends after them."""
    kinds = [one.kind for one in tokens[:3]]
    if kinds[1:] != ["silent", "duration"] or tokens[0].text not in _OPEN_FOR_A_TIME:
        return tokens
    if tokens[1].text not in {"为期", "持续"}:
        return tokens
    end = tokens[2].end
    at = Token("at", "于", tokens[1].start, tokens[1].end)
    ends = Token("verb", "结束", end, end, VERBS["结束"])
    return [tokens[0], at, tokens[2], Token("after", "后", end, end), ends, *tokens[3:]]


def _share_of_each(tokens: list[Token]) -> list[Token]:
    """每笔收入的60%归艺术家: a share of what comes in, and no condition."""
    kinds = [one.kind for one in tokens[:4]]
    each = tokens and tokens[0].text in {"每笔", "每一笔", "每次", "每"}
    if each and kinds[1:] == ["noun", "de", "amount"] and "%" in tokens[3].text:
        return tokens[1:]
    return tokens


def _no_longer(tokens: list[Token]) -> list[Token]:
    """会员停止缴费的: what is not done any more."""
    for at in range(len(tokens) - 2):
        stops, act, last = tokens[at], tokens[at + 1], tokens[-1]
        stopped = stops.text in {"停止", "不再", "停"} and act.kind == "verb"
        if stopped and last.kind in {"de", "when"}:
            denied = Token("not", "未", stops.start, stops.end)
            return [*tokens[:at], denied, *tokens[at + 1 :]]
    return tokens


def _raised(tokens: list[Token]) -> list[Token]:
    """筹得不少于50,000 USDC: what has come in."""
    for at in range(len(tokens) - 2):
        first, got, bound = tokens[at : at + 3]
        if first.text + got.text not in {"筹得", "募得"} or bound.kind not in _BOUNDS:
            continue
        sum_ = Token("noun", "筹款", first.start, got.end)
        return [*tokens[:at], sum_, *tokens[at + 2 :]]
    return tokens


def _outbid(tokens: list[Token]) -> list[Token]:
    """被超过的出价退还出价人: to whoever was outbid."""
    words = [one.text for one in tokens[:3]]
    if words[1:] != ["的", "出价"] or words[0] not in OVERBID:
        return tokens
    made = [
        Token("party", OUTBID, one.start, one.end) if one.text in BIDDERS else one
        for one in tokens[2:]
    ]
    if any(one.text == OUTBID for one in made):
        return made
    whose = Token("party", OUTBID, tokens[0].start, tokens[0].end)
    return [whose, tokens[1], tokens[2].named("noun"), *tokens[3:]]


def _fell_short(tokens: list[Token]) -> list[Token]:
    """未达到的: otherwise, where what was to be reached stands before it."""
    short = tokens and tokens[0].text in {"未达到", "没达到", "未能达到", "未达成"}
    if short and all(one.kind in {"de", "when"} for one in tokens[1:]):
        return [Token("otherwise", "否则", tokens[0].start, tokens[-1].end)]
    return tokens


def _named_source(tokens: list[Token]) -> list[Token]:
    """气象预言机: what it reports is a part of its name."""
    for at in range(len(tokens) - 1):
        first, second = tokens[at : at + 2]
        if first.kind in {"unknown", "noun"} and second.text == "预言机":
            named = Token("party", first.text + second.text, first.start, second.end)
            return [*tokens[:at], named, *tokens[at + 2 :]]
    return tokens


def _told_of_a_time(tokens: list[Token]) -> list[Token]:
    """预言机报告2027年7月降雨量低于20毫米: in July, the amount that it reports is below."""
    for at in range(1, len(tokens) - 3):
        tells = tokens[at].kind == "verb" and tokens[at].text in _TELLS
        if not tells or tokens[at - 1].kind not in {"party", "noun", "unknown"}:
            continue
        step = at + 1 + (tokens[at + 1].kind == "de")
        dated = tokens[step].kind == "moment"
        thing = step + dated
        thing += dated and thing < len(tokens) and tokens[thing].kind == "de"
        thing += thing + 1 < len(tokens) and tokens[thing].kind == "latin"
        compared = thing + 1 < len(tokens) and tokens[thing + 1].kind in {"below", "reach", "above"}
        if not compared or tokens[thing].kind not in _THINGS or (not dated and step > at + 1):
            continue
        when = [tokens[step]] if dated else []
        of = Token("de", "的", tokens[at].end, tokens[at].end)
        coin = [one for one in tokens[step:thing] if one.kind == "latin"]
        return [*tokens[: at - 1], *when, tokens[at - 1], tokens[at], of, *coin, *tokens[thing:]]
    return tokens


def _each_completed(tokens: list[Token]) -> list[Token]:
    """每服务满一个月: each month."""
    for at in range(len(tokens) - 3):
        each, act, full, length = tokens[at : at + 4]
        lasts = (
            full.text == "满"
            and length.kind == "duration"
            and act.kind in {"verb", "noun", "unknown"}
        )
        if each.text == "每" and lasts:
            every = Recurrence(length.value.iso)
            words = "".join(one.text for one in tokens[at : at + 4])
            return [
                *tokens[:at],
                Token("recurrence", words, each.start, length.end, every),
                *tokens[at + 4 :],
            ]
    return tokens


def _fee_each(tokens: list[Token]) -> list[Token]:
    """会员费一年365元: so much each year."""
    for at in range(len(tokens) - 2):
        name, length, paid = tokens[at : at + 3]
        fee = name.kind in {"noun", "unknown"} and name.text.endswith(_YEARLY)
        if fee and length.kind == "duration" and length.text[0] == "一" and paid.kind == "amount":
            every = Token(
                "recurrence", length.text, length.start, length.end, Recurrence(length.value.iso)
            )
            return [*tokens[: at + 1], every, *tokens[at + 2 :]]
    return tokens


def _late_by_one(tokens: list[Token]) -> list[Token]:
    """延迟发货一天: for each day that it is late."""
    for at in range(len(tokens) - 2):
        late, act, length = tokens[at : at + 3]
        ends = at + 3 == len(tokens) and length.kind == "duration" and length.text[0] in "一1"
        if late.kind == "late" and act.kind == "verb" and ends and "T" not in length.value.iso:
            every = Recurrence(length.value.iso, late=True)
            words = late.text + length.text
            each = Token("recurrence", words, late.start, late.end, every)
            return [*tokens[:at], each, act]
    return tokens


def _some_time_after(tokens: list[Token]) -> list[Token]:
    """收货七日后付款, 上线三个月后每月解锁: from the act on, and so much later."""
    for at in range(1, len(tokens) - 1):
        act, length, after = tokens[at - 1 : at + 2]
        if length.kind != "duration" or after.text not in {"后", "之后", "以后"}:
            continue
        start = next((i + 1 for i in range(at - 1, -1, -1) if tokens[i].kind == "at"), 0)
        before = {one.kind for one in tokens[start : at - 1] if one.text not in NOMINAL}
        if not _is_over(act) or not before <= _WHO_AND_WHAT:
            continue
        since = Token("from", "自", tokens[start].start, tokens[start].start)
        begun = Token("after", "之日起", act.end, act.end)
        opened = start - (start > 0)
        return [*tokens[:opened], since, *tokens[start:at], begun, *tokens[at:]]
    return tokens


def _is_over(act: Token) -> bool:
    """Whether a length behind it is how long ago it was, and not how long it lasts."""
    if act.kind == "signing":
        return True
    value = act.value if act.kind == "verb" else None
    return value is not None and value.action not in _LASTS and act.text not in _FULL


def _arrives(tokens: list[Token]) -> list[Token]:
    """稿费自动到作者钱包: money that comes to somebody is paid to them."""
    if any(one.kind in {"verb", "signing"} for one in tokens) or len(tokens) < 3:
        return tokens
    at = next((at for at, one in enumerate(tokens) if one.kind == "into" and one.text == "到"), 0)
    behind = tokens[at + 1 :]
    if not at or not behind or behind[0].kind != "party":
        return tokens
    if len(behind) > 1 and "".join(one.text for one in behind[1:]) not in _PLACES:
        return tokens
    verb = Token("verb", "打到", tokens[at].start, tokens[at].end, VERBS["打到"])
    by_itself = Token("silent", "自动", tokens[at].start, tokens[at].start)
    return [*tokens[:at], by_itself, verb, behind[0]]


def _granted_to(tokens: list[Token]) -> list[Token]:
    """给顾问的2万枚代币分12个月解锁: what is theirs, and released to them."""
    if not tokens or tokens[0].kind != "to" or tokens[0].text != "给":
        return tokens
    of = 1
    while of < len(tokens) and tokens[of].kind == "party":
        of += 1
    whom = of > 1 and of + 1 < len(tokens) and tokens[of].kind == "de"
    if not whom or tokens[of + 1].kind not in {"amount", "counted", "noun", "latin"}:
        return tokens
    acts = [one.value.action for one in tokens[of + 1 :] if one.kind == "verb"]
    if not acts or acts[0] not in {"lock", "release", "vest"}:
        return tokens
    held = Token("silent", "持有的", tokens[of].start, tokens[of].end)
    return [*tokens[1:of], tokens[of] if acts[0] == "lock" else held, *tokens[of + 1 :]]


_TURNS: tuple[Callable[[list[Token]], list[Token]], ...] = (
    _share_of_each,
    _no_longer,
    _raised,
    _outbid,
    _fell_short,
    _named_source,
    _told_of_a_time,
    _goes_on_for,
    _buys_for, _valued_at, _untouched, _as_agreed, by_the_hour, named_costs, made_up_of,
    for_each_person, _all_of,
    _hands_part, _starts_at, _comes_short, _each_completed, _fee_each, _arrives,
    _late_by_one, _some_time_after, _granted_to, reaches, paid_every, until_then, set_each,
    in_coin, named_by_acts, goal_reached, raises_sum,
    bought_by_each, sold_in_all,
)  # fmt: skip
