"""Acts that are over, by 了, 完 or 好, before what follows them: 到货了给我尾款, 你译完书我付你钱.

Speech leaves out the 后 between the two; it is put in here.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.lexing.tokens import Token

_DONE = ("完了", "好了", "完", "好", "掉")
_OVER = frozenset({"了", *_DONE})
_OBJECT = frozenset({"noun", "unknown", "latin", "counted", "de", "ordinal"})
_STARTS = frozenset({"to", "take", "prompt", "must", "may", "whole", "late"})
_ADVERBS = frozenset({
    "先", "再", "直接", "自动", "全额", "原路", "全部", "统一", "一次性", "系统", "马上", "另外",
})  # fmt: skip
_AT_ONCE = frozenset({"直接", "再", "当场", "当即"})
_DOES = frozenset({"verb", "to", "take", "must", "may", "must_not", "not", "silent", "prompt"})
_HANDED = ("给", "至", "到", "予")


def over_before(tokens: Sequence[Token]) -> list[Token]:
    """Put 后 between an act that is over and the clause that goes on without a comma."""
    cut = _without_aspect(tokens)
    for at, token in enumerate(cut):
        over = token.text in _OVER if token.kind == "silent" else _tells_end(token)
        end = _begins_at(cut, at) if over and at else _received_before(cut, at)
        if end is not None:
            place = cut[end - 1].end
            return [*cut[:end], Token("after", "后", place, place), *cut[end:]]
    return cut


def _received_before(tokens: Sequence[Token], at: int) -> int | None:
    """卖家收到款立即发货: where what follows at once begins; None where nothing does."""
    token = tokens[at]
    if token.kind != "verb" or token.value is None or token.value.frame != "receive":
        return None
    end = at + 1
    while end < len(tokens) and tokens[end].kind in _OBJECT:
        end += 1
    rest = tokens[end:]
    starts = len(rest) > 1 and (rest[0].kind in {"take", "prompt"} or rest[0].text in _AT_ONCE)
    acts = any(one.kind == "verb" for one in rest)
    return end if starts and acts and end > at + 1 else None


def _tells_end(token: Token) -> bool:
    """干完, 做好: a verb with its end in it."""
    return token.kind == "verb" and token.text.endswith(_DONE)


def _without_aspect(tokens: Sequence[Token]) -> list[Token]:
    """翻译 + 完这本: what ends an act stands apart from the words behind it."""
    cut: list[Token] = []
    for token in tokens:
        before = cut[-1] if cut else None
        ends = next((one for one in _DONE if token.text.startswith(one)), None)
        acts = before is not None and before.kind == "verb" and before.end == token.start
        if not acts or token.kind != "unknown" or ends is None:
            cut.append(token)
            continue
        middle = token.start + len(ends)
        cut.append(Token("silent", ends, token.start, middle))
        if token.text != ends:
            cut.append(Token("unknown", token.text[len(ends) :], middle, token.end))
    return cut


def _begins_at(tokens: Sequence[Token], at: int) -> int | None:
    """Where the clause behind an act that is over begins; None where none does."""
    before = tokens[at] if tokens[at].kind == "verb" else tokens[at - 1]
    if before.kind not in {"verb", "signing", "unknown", "noun"}:
        return None
    first = at + 1
    while first < len(tokens) and tokens[first].kind in _OBJECT:
        first += 1
    rest = tokens[first:]
    describes = [one.kind for one in rest[:2]] == ["verb", "de"]
    if describes or len(rest) < 2 or not any(one.kind in {"verb", "amount"} for one in rest):
        return None
    paid = first > at + 1 and tokens[first - 1].text.endswith(("钱", "款", "金", "费"))
    gives = any(one.kind == "verb" and one.value and one.value.frame == "give" for one in rest)
    if paid and first == at + 2 and gives and rest[0].kind in {"verb", "silent", "prompt"}:
        return at + 1
    if rest[0].kind == "party":
        hands = before.kind == "verb" and before.text.endswith(_HANDED)
        given = hands and before.value.thing is None and first == at + 1
        return first if rest[1].kind in _DOES and not given else None
    if rest[0].kind in _STARTS:
        return first
    bare = first == at + 1 or before.kind != "verb"
    acts = rest[0].kind == "verb" or (rest[0].kind == "silent" and rest[0].text in _ADVERBS)
    return first if bare and acts else None
