"""Sentences and units: where a clause is cut before its grammar is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assay.authoring.chinese.lexicon.money import DOWN_PAYMENTS
from assay.authoring.chinese.lexicon.verb_places import BELONGS, NOMINAL, SETTLES
from assay.authoring.chinese.lexing.lexer import tokens_of
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import is_money, read_noun
from assay.authoring.chinese.rewriting.campaign_turns import FALLS_SHORT
from assay.authoring.chinese.rewriting.compounds import is_given_thing
from assay.authoring.chinese.rewriting.contrasts import both_hold
from assay.authoring.chinese.rewriting.earliest import not_before
from assay.authoring.chinese.rewriting.handed_out import given_to_each
from assay.authoring.chinese.rewriting.held_places import without_places
from assay.authoring.chinese.rewriting.quoted_sources import with_sources_apart
from assay.authoring.chinese.rewriting.sequences import spelled_out
from assay.authoring.chinese.rewriting.unmarked import (
    bounds_again,
    carried_over,
    ends_unmarked,
    left_unclaimed,
    names_bound,
)
from assay.authoring.chinese.rewriting.years import with_years

_SENTENCE = re.compile(r"[^。;!?\n]+")
_ITEM = re.compile(
    r"^(?:\(?[一二三四五六七八九十\d]{1,3}\)|[①-⑳]|[一二三四五六七八九十\d]{1,2}、|\d{1,2}\.(?!\d))"
)
_LABELS = {"noun", "unknown", "verb", "latin", "silent", "late"}
_VALUES = {"amount", "counted", "duration", "moment", "from", "least", "most", "recurrence"}
_TERMS = (
    "费", "费用", "价", "价格", "金", "款", "期", "期限", "时间", "日期", "日", "额", "量", "率",
    "比例", "上限", "下限", "目标", "幅度", "金额", "租", "息", "硬顶", "软顶", "数",
)  # fmt: skip
_NUMBERS = frozenset({"counted", "amount"})
_THEN = {"则", "那么", "就", "便", "即", "方", "才"}
_DONE_ALONE = frozenset({"confirm", "accept", "reject", "approve", "inspect", "vote"})
_SPEAKERS = frozenset({"我", "你", "您", "我们", "你们", "他", "她"})
_BECOMES = frozenset({
    "通过", "中标", "中签", "竞得", "成功", "到场", "参加", "入选", "及格", "合格", "达标", "完成",
})  # fmt: skip
"""What becomes of somebody, and of no money: 没通过的押金归学校."""
_DEEMS = {"视为", "视作", "视同"}
_PARTICLES = frozenset("哈啊吧呢哦呀嘛啦喔哟咯哒噢嗯")
_LATER_MAY = {"方可", "方能", "才能", "始得", "即可", "便可", "就可以", "才可以", "才可"}


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands between two commas.

    Attributes:
        leads: whether a list follows it (a colon).
        then: whether it opens with 则 or 就, so that what came before is its condition.
    """

    tokens: tuple[Token, ...]
    leads: bool = False
    then: bool = False


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a folded clause start and end; item numbers are left out."""
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        start = without_number(text, start, end)
        if text[start:end].strip():
            yield start, end


def without_number(text: str, start: int, end: int) -> int:
    """Where the words of an item start, after its number."""
    item = _ITEM.match(text[start:end])
    return start + item.end() if item else start


def units_of(  # noqa: C901, PLR0912 - one branch for each place to cut
    text: str, start: int, end: int, names: Mapping[str, str]
) -> list[Unit]:
    """Cut a sentence at its commas, colons and 则."""
    tokens = with_sources_apart(without_places(tokens_of(text, names, start, end)))
    tokens = _without_brackets(tokens)
    tokens = given_to_each(both_hold(not_before(with_years(text, tokens))))
    units: list[Unit] = []
    current: list[Token] = []
    then = False

    def close(*, leads: bool = False) -> None:
        nonlocal current, then
        if current and current[-1].kind == "unknown" and not set(current[-1].text) - _PARTICLES:
            current.pop()
        if current:
            units.append(Unit(tuple(spelled_out(current)), leads, then))
        current, then = [], False

    for at, token in enumerate(tokens):
        if token.kind == "colon" and _labels(current, tokens[at + 1 : at + 2]):
            current.append(Token("equal", "为", token.start, token.end))
        elif token.kind == "colon" and _names_payment(current, tokens[at + 1 :]):
            continue
        elif token.kind in {"comma", "colon"}:
            close(leads=token.kind == "colon")
        elif token.kind == "then" and token.text in _THEN and not _sums_up(tokens[at:]):
            if _is_clause(current) and not (token.text in {"才", "方"} and _is_only_one(current)):
                last = current.pop() if _names_who_follows(current) else None
                close()
                current = [last] if last is not None else []
            then = True
        elif _ends_without_mark(current, tokens[at:]):
            carried = carried_over(current, tokens[at:])
            if token.text == "谁":
                current = current[len(carried) :]
            current.append(Token("de", "的", token.start, token.start))
            close()
            current = [*carried, token]
        elif _is_over(current, tokens[at:]):
            close()
            current.append(token)
        elif token.kind == "until":
            if any(one.kind == "verb" for one in current):
                close()
            current.append(token.named("at") if current else token)
        elif (
            token.text == "的话"
            or _ends_case(current, tokens[at:])
            or left_unclaimed(current, tokens[at:])
        ):
            current.append(token)
            close()
        elif _begins_duty(token, current):
            close()
            then = True
            current.append(token)
        else:
            current.append(token)
    close()
    return _with_bounds(units)


def _has_lasted(before: Sequence[Token]) -> bool:
    """自交付之日起满六个月且: a length that is over, before the next thing that has to be so."""
    kinds = [one.kind for one in before]
    full = len(before) > 2 and before[-2].text == "满" and kinds[-1] == "duration"
    return full and (kinds[0] == "from" or kinds[-3] in {"after", "noun"})


def _sums_up(after: Sequence[Token]) -> bool:
    """即人民币65万元 says the same in figures."""
    return after[0].text == "即" and len(after) > 1 and after[1].kind == "amount"


def _labels(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """单价:每公斤6 USDC: the name of a term and what it is set to."""
    if not before or not after or any(one.kind not in _LABELS for one in before):
        return False
    value = after[0].kind in _VALUES or after[0].text.startswith("每")
    return value and before[-1].text.endswith(_TERMS)


def _ends_without_mark(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether a case ends before a token, though nothing marks it."""
    return (
        _breaks_off(before, after[:2])
        or _fails(before, after[:2])
        or ends_unmarked(before, after)
        or (after[0].text in {"且", "并且"} and _has_lasted(before))
    )


def _names_payment(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """首付:30%, 尾款:交付后7天内付清: what is paid, and how much or when."""
    if len(before) != 1 or not before[0].text.endswith((*DOWN_PAYMENTS, "尾款", "余款")):
        return False
    following = []
    for one in after:
        if one.kind in {"comma", "colon"}:
            break
        following.append(one)
    alone = [one.kind for one in following] == ["amount"]
    settles = bool(following) and following[-1].text in SETTLES
    named = any(one.kind in {"party", "amount"} for one in following)
    return alone or (settles and not named)


def _breaks_off(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """不续费自动失效: what is not done, and at once what follows."""
    token = after[0]
    kinds = [one.kind for one in before if one.text not in {"自动", "就", "直接"}]
    acts = token.text in NOMINAL and len(after) > 1 and after[1].kind == "verb"
    named = token.kind in {"noun", "party"} or acts
    if kinds == ["late"] and named and token.start == before[0].end:
        return before[0].text in {"逾期", "超期"}
    while kinds and kinds[0] in {"party", "duration"} and before[-1].text in {"自动", "就", "直接"}:
        kinds.pop(0)
    marked = bool(before) and before[-1].text in {"自动", "就", "直接"}
    if marked and kinds[-2:] == ["not", "verb"] and "de" not in kinds and token.kind == "verb":
        return True
    if kinds != ["not", "verb"] or token.kind != "verb" or token.value is None:
        return False
    marked = len(kinds) < len(before)
    return token.value.frame == "own" or (marked and token.value.action is not None)


def _fails(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """逾期未答复视为同意: what was not done, and at once what counts as so; or a penalty for it."""
    counts = after[0].text in _DEEMS and {"not", "late"} & {one.kind for one in before}
    return bool(counts) or _is_penalised(before, after)


def _is_penalised(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """晚交房租每天罚10U, 超过15天我有权收回: a breach, and at once what follows from it."""
    kinds = [one.kind for one in before if one.kind != "silent"]
    if kinds in (["above", "duration"], ["reach", "duration"]):
        return after[0].kind in {"party", "may", "must"}
    broken = kinds[:1] in (["late"], ["not"]) or kinds[:2] in (["party", "late"], ["party", "not"])
    follows = len(after) > 1 and after[1].kind in {"verb", "silent", "must", "with"}
    return broken and "verb" in kinds and after[0].kind == "recurrence" and follows


def _is_over(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """锁定半年后按月释放: a lock of a length, and what comes when it is over."""
    if after[0].kind != "after" or len(before) < 2 or before[-1].kind != "duration":
        return False
    lock = before[-2]
    locks = lock.kind == "verb" and lock.value is not None and lock.value.action == "lock"
    return locks and any(one.kind == "verb" for one in after)


def _ends_case(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """未中标的全额退还: 的 ends a case where a verb and not a thing follows."""
    if after[0].kind != "de" or not before or before[0].kind not in {"not", "late"}:
        return False
    if not any(token.kind == "verb" for token in before):
        return False
    following = next((token for token in after[1:] if token.kind not in {"silent", "whole"}), None)
    if is_given_thing(after):
        return False
    people = before[-1].text in _BECOMES and bool(after[1:]) and is_money(read_noun(after[1:2]))
    if people and any(one.text in {*BELONGS, "不退", "没收", "退还"} for one in after[2:]):
        return True
    gives = following is not None and following.kind == "verb" and following.value.frame == "give"
    return gives or (following is not None and following.kind in {"must", "may", "must_not"})


def _begins_duty(token: Token, before: Sequence[Token]) -> bool:
    """Whether a modal word begins a duty whose condition stands before it without a comma."""
    if token.text in _LATER_MAY and _is_clause(before) and not _is_only_one(before):
        return True
    if (token.kind == "may" and _is_earned(before)) or _has_acted(token, before):
        return True
    return token.kind in {"must", "may"} and _is_condition(before)


def _has_acted(token: Token, before: Sequence[Token]) -> bool:
    """租客提前退租须支付违约金: the act of somebody stands before what they owe for it."""
    said = [one for one in before if one.kind != "silent"]
    kinds = [one.kind for one in said]
    harmed = kinds == ["party", "verb", "noun"] and said[1].value.frame == "own"
    acted = kinds == ["party", "verb"] and before[-1].text not in NOMINAL
    return token.kind == "must" and (acted or harmed)


def _is_earned(before: Sequence[Token]) -> bool:
    """每支付1 USDC可获得20个代币, 出资满200 USDC可获得海报: what earns it stands before 可."""
    kinds = [one.kind for one in before]
    acts = "verb" in kinds and bool({"amount", "counted"} & set(kinds[kinds.index("verb") :]))
    marked = "reach" in kinds or any(one.text.startswith(("每", "满")) for one in before)
    return acts and marked and not {"least", "most", "de"} & set(kinds)


def _is_only_one(tokens: Sequence[Token]) -> bool:
    """只有通过认证的地址才可以, 持有代币的成员方可: who may, not when."""
    heads = [at for at, token in enumerate(tokens) if token.kind == "de"]
    who = tokens[heads[-1] + 1 :] if heads else ()
    if who and all(token.kind == "party" for token in who) and tokens[0].kind == "verb":
        return True
    return tokens[0].kind == "only" and (bool(heads) and heads[-1] < len(tokens) - 1)


def _is_condition(tokens: Sequence[Token]) -> bool:
    """如有毁损应照价赔偿: the duty follows its condition without a comma."""
    opened = any(token.kind == "if" and token.text != "当" for token in tokens[:2])
    return opened and any(token.kind == "verb" for token in tokens)


def _is_clause(tokens: Sequence[Token]) -> bool:
    kinds = {token.kind for token in tokens}
    if len(tokens) < 2:
        own = tokens[0].value.frame == "own" if tokens and tokens[0].kind == "verb" else False
        short = bool(tokens) and tokens[0].text in FALLS_SHORT
        return own or short or bool(kinds & {"late", "quorum"})
    states = bool(kinds & {"verb", "reach", "above", "below", "late", "not", "quorum"})
    return states and tokens[-1].kind not in {"after", "when"}


def _names_who_follows(before: Sequence[Token]) -> bool:
    """你把货发了我就付尾款, 没付款订单就取消: who or what stands before 就, behind an act."""
    if len(before) < 3 or before[-1].kind not in {"party", "noun", "unknown"}:
        return False
    last = before[-2]
    over = last.text == "了" and before[-3].kind == "verb"
    if before[-1].kind != "party":
        return over or (last.kind == "verb" and bool(last.value and last.value.thing))
    if before[-1].text in _SPEAKERS and last.kind in {"noun", "unknown"}:
        return any(one.kind == "verb" for one in before[:-2])
    if before[-1].text in _SPEAKERS and _is_done_alone(last):
        return True
    own = last.kind == "verb" and last.value is not None and last.value.thing is not None
    return own or last.kind == "amount" or last.text in {"了", "完", "好", "到账", "到"}


def _is_done_alone(verb: Token) -> bool:
    """你不点确认我就不发货: nobody is told or given anything by it."""
    acts = verb.value.action if verb.kind == "verb" and verb.value is not None else None
    return acts in _DONE_ALONE and not verb.text.endswith(("给", "予"))


def _without_brackets(tokens: list[Token]) -> list[Token]:
    """Brackets whose words carry no duty go; others stay to be refused."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind == "open":
            close = next((i for i in range(at, len(tokens)) if tokens[i].kind == "close"), None)
            if close is not None:
                inner = tokens[at + 1 : close]
                if all(token.kind in {"silent", "quote", "noun", "ordinal"} for token in inner) or (
                    len(inner) == 1 and inner[0].kind in {"party", "latin", "number"}
                ):
                    at = close + 1
                    continue
        kept.append(tokens[at])
        at += 1
    return kept


def _with_bounds(units: Sequence[Unit]) -> list[Unit]:
    """满50份发货, 不满退款: the second number is the first."""
    made: list[Unit] = []
    bound: Token | None = None
    for at_unit, unit in enumerate(units):
        named = names_bound(unit.tokens)
        again = [one for one in units[at_unit + 1 :] if _falls_short(one, named)]
        if named is not None and again:
            bound = named
            continue
        short = bounds_again(unit.tokens, bound) if bound is not None else None
        if short is None:
            made.append(unit)
        else:
            made.append(Unit(tuple(short[0])))
            made += [Unit(tuple(short[1]))] if short[1] else []
        reached = [one.text == "满" or one.kind == "reach" for one in unit.tokens]
        for at, is_bound in enumerate(reached):
            behind = [one for one in unit.tokens[at + 1 : at + 3] if one.kind in _NUMBERS]
            bound = behind[0] if is_bound and behind else bound
    return made


def _falls_short(unit: Unit, bound: Token | None) -> bool:
    """不满30人 or 没满 after 30人成团."""
    if bound is None:
        return False
    below = [at for at, one in enumerate(unit.tokens[:-1]) if one.kind == "below"]
    same = any(unit.tokens[at + 1].value == bound.value for at in below)
    return same or bounds_again(unit.tokens, bound) is not None
