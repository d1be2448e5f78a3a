"""Conditions that no comma and no 的 ends: 每卖一张平台抽5%, 不满30人全额退款, 满50份发货."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.lexicon.verb_places import EVERY_TIME, NOMINAL
from assay.authoring.chinese.lexing.tokens import Token

_COUNTS = frozenset({"amount", "counted", "number"})
_THING = frozenset({"noun", "unknown", "latin", "counted", "amount", "silent", "times", "ordinal"})
_BEFORE_BOUND = frozenset({"noun", "unknown", "latin", "party", "silent", "at", "moment", "during"})
_BOUNDS = frozenset({"below", "above", "reach"})
_ADVERBS = frozenset({"silent", "prompt", "whole"})
_FOLLOWS = frozenset({
    "pay", "claim", "keep", "issue", "transfer", "refund", "release", "distribute", "return",
    "deliver", "cancel", "terminate", "burn", "sell", "buy", "deposit", "lock", "extend",
})  # fmt: skip
_MODALS = frozenset({"must", "may", "must_not"})
_SHORT_OF = frozenset(
    {
        "不满",
        "不足",
        "不到",
        "未满",
        "未达到",
        "未达",
        "不够",
        "没满",
        "没到",
        "没达到",
        "达不到",
        "没达成",
    }
)
_CLAIMS = frozenset({"领取", "认领", "申领", "提取", "赎回", "兑换", "领", "提领"})
_FORMS = frozenset({"成团", "开团", "拼成", "成班", "开班", "成行", "发车"})
GETS = frozenset({"得", "得到", "获得", "拿", "拿到", "返", "奖", "送", "赚"})


def ends_unmarked(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether the words before a token are a condition, and the token begins what follows."""
    if not before or before[0].kind in {"if", "unless", "only"}:
        return False
    if after[0].text == "谁" and any(one.text == "谁" for one in before):
        return any(one.kind == "verb" for one in before)
    undone = [one.kind for one in before] == ["not", "verb"] and before[1].value is not None
    if undone and before[1].value.frame == "own" and after[0].kind == "party":
        return _acts(after[1:])
    return _comes_to(before, after) or _every_time(before, after) or _became(before, after)


def _became(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """弄丢了不退: what became of it, and one act."""
    if len(before) < 2 or before[-1].text != "了" or before[-2].kind != "verb":
        return False
    own = before[-2].value is not None and before[-2].value.frame == "own"
    act = after[0].kind == "verb" and after[0].value.frame != "own"
    return own and act and (len(after) == 1 or after[1].kind == "comma")


def carried_over(before: Sequence[Token], after: Sequence[Token]) -> tuple[Token, ...]:
    """What opens the words behind an unmarked condition: 骑手 before 得, 场地费 before 谁付."""
    who = next((at for at, one in enumerate(before) if one.text == "谁"), None)
    if after[0].text == "谁" and who is not None:
        return tuple(before[:who])
    return (before[0],) if after[0].text in GETS and before[0].kind == "party" else ()


def left_unclaimed(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """30天未领取的奖励退回金库: what nobody claimed, before what becomes of it."""
    words = [one for one in before if one.kind not in {"silent", "duration", "during", "late"}]
    claims = len(words) == 2 and words[0].kind == "not" and words[1].text in _CLAIMS
    thing = len(after) > 2 and after[0].kind == "de"
    if not claims or not thing or after[1].kind not in {"noun", "unknown", "latin", "verb"}:
        return False
    return any(one.kind == "verb" for one in after[2:])


def names_bound(tokens: Sequence[Token]) -> Token | None:
    """30人成团, 满20人开团: how many it takes, and nothing that is to be done."""
    words = [one for one in tokens if one.kind != "silent" and one.text not in {"满", "才", "就"}]
    alone = len(words) == 2 and words[0].kind == "counted" and words[1].text in _FORMS
    return words[0] if alone else None


def bounds_again(tokens: Sequence[Token], bound: Token) -> tuple[list[Token], list[Token]] | None:
    """不满退款 after 满50份发货: the number that is not reached, and what follows.

    Args:
        bound: the number that the words before it named.
    """
    negated = len(tokens) > 1 and tokens[0].kind == "not" and tokens[1].text in {"满", "到", "达到"}
    first = 2 if negated else 1
    if not negated and (not tokens or tokens[0].text not in _SHORT_OF):
        return None
    rest = list(tokens[first:])
    while rest and rest[0].text in {"的", "就", "则", "了", "人"}:
        rest.pop(0)
    if rest and not _acts(rest) and rest[0].kind != "party":
        return None
    below = Token("below", "不满", tokens[0].start, tokens[first - 1].end)
    place = tokens[first - 1].end
    return [below, bound, Token("de", "的", place, place)], rest


def _comes_to(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """不满30人全额退款: a number that something comes to, and at once an act."""
    kinds = [one.kind for one in before]
    bound = len(kinds) > 1 and (kinds[-2] in _BOUNDS or before[-2].text == "满")
    if not bound or kinds[-1] not in _COUNTS | {"duration"}:
        return False
    lasted = (kinds[-1] == "duration" and len(kinds) < 3) or _went_on(before[:-2])
    opened = before[:-2] if not _went_on(before[:-2]) else before[:-3]
    kinds_before = {one.kind for one in opened}
    if kinds_before - _BEFORE_BOUND - {"late"} or before[0].text.startswith("每"):
        return False
    if after[0].kind == "party":
        return len(after) > 1 and after[1].kind in _MODALS
    if kinds[-1] == "duration" and not (lasted and after[0].kind == "verb"):
        return False
    return _acts(after) and after[0].kind in {"verb", *_ADVERBS}


def _went_on(tokens: Sequence[Token]) -> bool:
    """航班延误超过2小时: what went on for so long."""
    last = tokens[-1] if tokens else None
    return last is not None and (
        last.text == "延误" or (last.kind == "verb" and last.value.frame == "own")
    )


def _every_time(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """每卖一张图平台抽5%, 骑手每送一单得2 USDC: an act, and what is due each time."""
    every = next((at for at, one in enumerate(before) if one.text in EVERY_TIME), None)
    if every is None or {one.kind for one in before[:every]} - {"party", "silent"}:
        return False
    inner = before[every + 1 :]
    verbs = [at for at, one in enumerate(inner) if one.kind == "verb"]
    if verbs[:1] != [0] or len(verbs) > 1:
        return False
    counted = len(inner) > 1 and inner[-1].kind == "counted"
    people = len(inner) > 2 and inner[-1].kind == "party" and inner[-2].kind == "counted"
    if {one.kind for one in inner[1 : len(inner) - people]} - _THING:
        return False
    told = (
        len(inner) > 1
        or before[every].text != "每"
        or inner[0].text in NOMINAL
        or inner[0].value.frame == "own"
    )
    first = after[0]
    if first.kind == "party" and not counted and first.text not in {"合约", "合同"}:
        gives = inner[0].value.frame in {"give", "inform"} and inner[0].text.endswith("给")
        gets = len(after) > 2 and after[1].text in GETS and after[2].kind in _COUNTS
        modal = len(after) > 1 and after[1].kind in _MODALS
        return told and not gives and (gets or modal or _acts(after[1:]))
    acts = any(one.kind == "verb" for one in after[1:])
    if first.kind in {"may", "must"} and acts and (counted or people):
        return True
    paid = first.text in GETS or (first.value.action in _FOLLOWS if first.kind == "verb" else False)
    behind = after[1].kind if len(after) > 1 else ""
    return told and paid and behind in {"amount", "counted", "whole", "party", "to"}


def _acts(tokens: Sequence[Token]) -> bool:
    """Whether an act of money or things begins here."""
    for at, token in enumerate(tokens):
        if token.kind in _ADVERBS:
            continue
        if token.kind != "verb" or token.value is None or token.value.action not in _FOLLOWS:
            return False
        return at + 1 >= len(tokens) or tokens[at + 1].kind != "de"
    return False
