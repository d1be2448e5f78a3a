"""What several share alike: 奖金由张三和李四平分, 利润咱俩对半分, 运费双方平摊."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.lexing.names import is_name
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import Noun, normal_party
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.walking.walk import read_predicates
from assay.authoring.language.numbers import decimal_text, terminates
from assay.authoring.language.quantities import Quantity

_ALIKE = frozenset({
    "平分", "均分", "平摊", "均摊", "分摊", "瓜分", "平均分", "平均分配", "平均分摊", "平均承担",
    "平均分担", "平均负担", "对半分", "对半", "对半开", "对半摊", "五五分", "五五开", "各一半",
    "各半", "一人一半", "各占一半", "各拿一半", "各得一半", "各出一半", "各付一半", "各分一半",
    "各承担一半", "各负担一半", "各分担一半", "AA", "AA制", "AA分摊",
})  # fmt: skip
_TWO = {
    "甲乙双方": ("甲方", "乙方"), "甲乙两方": ("甲方", "乙方"), "甲乙": ("甲", "乙"),
    "你我": ("你", "我"), "咱俩": ("你", "我"), "我俩": ("你", "我"), "我们俩": ("你", "我"),
    "咱们俩": ("你", "我"), "我们两个": ("你", "我"), "咱们两个": ("你", "我"),
    "你我双方": ("你", "我"), "买卖双方": ("买方", "卖方"), "双方": ("双方",), "两方": ("双方",),
    "两人": ("双方",), "两家": ("双方",), "我们双方": ("双方",), "我们两家": ("双方",),
}  # fmt: skip
_COSTS = (
    "费", "费用", "成本", "税", "税款", "开支", "支出", "亏损", "损失", "房租", "租金", "水电",
    "花销",
)  # fmt: skip
_COUNTS = ("两人", "二人", "三人", "四人", "五人", "两个人", "三个人", "四个人", "三方", "四方")
_AND = frozenset({"、", "和", "与", "跟", "及"})
_LONGEST = 11


def equal_parts(tokens: Sequence[Token], context: Context) -> list[Predicate]:
    """A predicate for each of those who share something alike; none where nobody does."""
    kept = [token for token in tokens if token.text not in {"来", "了", "都", "就", "全部"}]
    end = _alike_at(kept)
    found = _sharers(kept[:end]) if end is not None else None
    if end is None or found is None:
        return []
    start, names = found
    before = [
        one for at, one in enumerate(kept[:start])
        if one.kind != "de" or kept[at - 1].kind != "recurrence"
    ]  # fmt: skip
    verb = Token("verb", "分给", kept[end].start, kept[-1].end, VERBS["分给"])
    read = read_predicates([*before, verb])
    only = read[-1]
    thing = only.taken or only.subject
    if len(read) != 1 or only.recipient or (thing is not None and thing.party):
        return []
    whole = thing.text if thing is not None and thing.text else context.whole
    counted = thing is not None and thing.quantity is not None
    count = 2 if names in _TWO.values() else len(names)
    if whole is None and not counted:
        return []
    only = replace(only, tokens=tuple(tokens), subject=None, taken=None)
    if count == 1:
        return [_handed(only, names[0], thing)] if thing is not None else []
    if counted or not terminates(100, count):
        context.reject(tuple(tokens), "the parts have no exact decimal")
        return []
    share = Quantity(decimal_text(Decimal(100) / count), "%", share_of=whole)
    costs = (whole or "").endswith(_COSTS) and whole != "版税"
    context.restated |= {one.value[0] for one in kept[start:end] if one.kind == "counted"}
    return [_part(only, name, share, costs=costs) for name in names]


def _alike_at(tokens: Sequence[Token]) -> int | None:
    """Where the words begin that say that it is shared alike."""
    for length in (4, 3, 2, 1):
        words = "".join(token.text for token in tokens[-length:])
        if length < len(tokens) and words in _ALIKE:
            return len(tokens) - length
    return None


def _sharers(tokens: Sequence[Token]) -> tuple[int, tuple[str, ...]] | None:
    """Where those who share begin, and their names; two of a kind are one group."""
    best: tuple[int, tuple[str, ...]] | None = None
    for start in range(len(tokens) - 1, max(-1, len(tokens) - _LONGEST), -1):
        names = _names(tokens[start:])
        if names is not None:
            best = start, names
    if best is None:
        return None
    start, names = best
    marked = start > 0 and tokens[start - 1].text in {"由", "归", "给"}
    return start - marked, names


def _names(tokens: Sequence[Token]) -> tuple[str, ...] | None:
    words = "".join(token.text for token in tokens)
    if words in _TWO:
        return _TWO[words]
    if len(tokens) == 1 and tokens[0].kind == "party":
        return (normal_party(words),)
    while len(tokens) > 2 and tokens[-1].text in _COUNTS:
        tokens = tokens[:-1]
    members, joints = tokens[::2], tokens[1::2]
    if len(members) != len(joints) + 1 or any(one.text not in _AND for one in joints):
        return None
    named = all(one.kind == "party" or is_name(one.text) for one in members)
    if not named:
        return None
    *first, last = (normal_party(one.text) for one in members)
    ends = [last.removesuffix(one) for one in _COUNTS if first and last.endswith(one)]
    return (*first, *(ends[:1] or [last]))


def _handed(predicate: Predicate, name: str, thing: Noun) -> Predicate:
    """奖池由早期测试者平分: all of it, to all of them."""
    contract, whom = Noun((), party="contract"), Noun((), party=name)
    return replace(predicate, agent=contract, recipient=whom, objects=[thing])


def _part(predicate: Predicate, name: str, share: Quantity, *, costs: bool) -> Predicate:
    who, contract = Noun((), party=name), Noun((), party="contract")
    part = Noun(predicate.tokens, quantity=share)
    if not costs:
        return replace(predicate, agent=contract, recipient=who, objects=[part])
    assert predicate.verb is not None
    pays = replace(predicate.verb, value=VERBS["支付"])
    return replace(predicate, agent=who, verb=pays, objects=[part])
