"""How a unit opens or closes: words that make it a condition, or say only that it is agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.units.cutting import Unit
from assay.authoring.model import Condition, Obligation

_SAYS_NOTHING = frozenset({
    "双方同意", "双方一致同意", "各方同意", "各方一致同意", "双方约定", "双方确认",
    "甲乙双方同意", "甲乙双方约定", "双方特此约定", "双方特此同意", "双方一致约定", "双方商定",
    "各方约定", "特此约定", "经协商", "经友好协商", "经充分协商", "经平等协商", "经双方协商",
    "经双方友好协商", "为避免歧义", "为避免疑义", "此外", "另外", "需要说明的是", "请注意",
})  # fmt: skip
_WHATEVER = ("无论", "不论", "不管")
_OR_NOT = ("是否", "如何", "何种", "什么", "与否", "何时", "多少")
THEREAFTER = frozenset({"之后", "此后", "其后", "随后", "期满后", "以后", "后", "届满后"})
"""When the time is over that was just named."""
_PROVIDED = frozenset({"前提", "条件", "前提条件", "先决条件"})
_AS_PROVIDED = frozenset({"为前提", "为条件"})
_CLAUSE_WORDS = frozenset({
    "verb", "not", "late", "violate", "reach", "above", "below", "at_or_below", "least", "most",
    "nobody", "quorum",
})  # fmt: skip
_MEASURES = frozenset({"reach", "above", "below", "at_or_below", "late", "violate"})
_CLOSERS = frozenset({"when", "after", "before", "during", "case"})
_ONLY_THEN = frozenset({"才", "才能", "才可", "才可以", "方可", "方能", "方"})
_TIMED = frozenset({"de", "when", "case", "after", "before", "moment", "during"})
_AGREES = frozenset({"同意", "承诺", "保证"})
_HAS = frozenset({"有", "负有", "负", "承担", "享有", "拥有"})
_BEFORE_AGREED = frozenset({
    "party", "silent", "and", "quote", "recurrence", "duration", "during", "moment", "its", "then",
})  # fmt: skip
_AFTER_AGREED = frozenset({
    "verb", "at", "take", "to", "with", "silent", "duration", "recurrence", "from", "moment",
    "late", "at_latest", "whole", "prompt", "instalments", "over", "not", "must_not", "vague",
})  # fmt: skip


def says_nothing(tokens: Sequence[Token]) -> bool:
    """双方约定, 无论是否续约: words before a duty that add nothing to it."""
    text = "".join(token.text for token in tokens)
    either = text.startswith(_WHATEVER) and any(word in text for word in _OR_NOT)
    return text in _SAYS_NOTHING or (either and tokens[0].kind != "if")


def says_only_then(tokens: Sequence[Token]) -> bool:
    """付清全款后,方有权提货: 方 before a modal word is 才, and nobody's name."""
    return tokens[0].text == "方" and len(tokens) > 1 and tokens[1].kind in {"must", "may"}


def provided(tokens: Sequence[Token]) -> list[Token] | None:
    """前提是X, 但以X为前提, 如果X: the words of X; None where a unit opens otherwise."""
    rest = [token for token in tokens if token.text != "其"]
    while rest and rest[0].kind in {"and", "silent"}:
        rest.pop(0)
    if len(rest) > 2 and rest[0].text in _PROVIDED and rest[1].kind == "equal":
        return rest[2:]
    if len(rest) > 2 and rest[0].text == "以" and rest[-1].text in _AS_PROVIDED:
        return rest[1:-1]
    return rest if len(rest) > 1 and rest[0].kind == "if" else None


def depending(duty: Obligation, found: Sequence[Condition]) -> Obligation:
    """A duty with the conditions behind it; who broke the contract pays, where nobody is named."""
    broke = [one.actor for one in found if one.kind == "breach" and one.actor]
    broke += [one.subject for one in found if (one.value or "").startswith("违") and one.subject]
    conditions = (*duty.conditions, *found)
    if duty.actor == "contract" and duty.action == "pay" and broke:
        return duty.model_copy(update={"conditions": conditions, "actor": broke[0]})
    return duty.model_copy(update={"conditions": conditions})


def ends_sentence(later: Sequence[Unit]) -> bool:
    """Whether no duty follows that a condition could belong to."""
    return not later or later[0].tokens[0].kind == "otherwise"


def opening(tokens: Sequence[Token], later: Sequence[Unit]) -> tuple[list[Token], bool] | None:
    """The clause that has to hold for what follows, and whether it must not hold yet."""
    if not later:
        return None
    if tokens[0].kind == "until":
        return (list(tokens[1:]), True) if tokens[-1].kind not in _TIMED else None
    if _only_if(tokens, later[0]):
        return list(tokens[1 + (tokens[1].kind == "at") :]), False
    if _act_before(tokens):
        undone = any(token.kind == "not" for token in tokens)
        return list(tokens[tokens[0].kind == "at" : -1]), not undone
    told = _circumstance(tokens)
    return (told, False) if told is not None else None


def _circumstance(tokens: Sequence[Token]) -> list[Token] | None:
    """在乙方逾期交货的情况下, 用户付款时: the clause that has to hold; None where it is none."""
    rest = list(tokens)
    if rest[-1].kind not in {"case", "when"} or rest[-1].text in {"当日", "当天", "时起"}:
        return None
    named = rest[-1].kind == "case"
    if rest[0].kind in {"at", "if"}:
        named = named or bool({token.kind for token in rest} & _MEASURES)
        rest.pop(0)
    while rest and rest[-1].kind in {"case", "when", "de"}:
        rest.pop()
    who = bool(rest) and rest[0].kind in {"party", "not", "late", "at_latest"}
    return rest if len(rest) > 1 and (named or who) and _tells(rest) else None


def _only_if(tokens: Sequence[Token], later: Unit) -> bool:
    """只有老板签字了,财务才能打款: without it the second may not be done."""
    then = later.then or any(token.text in _ONLY_THEN for token in later.tokens[:3])
    told = _tells(tokens) or any(token.kind == "signing" for token in tokens)
    return tokens[0].text in {"只有", "唯有"} and then and told


def _act_before(tokens: Sequence[Token]) -> bool:
    """甲方未付款之前, 摄影师交付全部照片前: as long as it is not done."""
    kinds = [token.kind for token in tokens]
    named = kinds[kinds[0] == "at" :]
    told = "verb" in kinds and not {"duration", "moment", "must", "must_not", "may"} & set(kinds)
    return kinds[-1] == "before" and len(kinds) > 2 and told and named[0] in {"party", "other"}


def as_modal(tokens: Sequence[Token]) -> list[Token]:
    """甲方同意于3日内付款: who agrees to an act must do it; 双方同意 before a name says no more."""
    tokens = _as_bound(tokens)
    at = next((at for at, token in enumerate(tokens) if token.text in _AGREES), None)
    if at is None or at + 1 >= len(tokens) or tokens[-1].kind in {"de", "when", "after", "case"}:
        return list(tokens)
    cut = max((i + 1 for i in range(at) if tokens[i].kind in _CLOSERS), default=0)
    before, following = tokens[cut:at], tokens[at + 1]
    bare = all(token.kind in _BEFORE_AGREED for token in before)
    behind = {token.kind for token in tokens[at + 1 :]}
    group = "".join(token.text for token in before) in {"双方", "甲乙双方", "各方", "双方一致"}
    if group and (following.kind == "party" or following.text == "由"):
        return list(tokens[at + 1 :])
    acts = following.kind in _AFTER_AGREED and bool(behind & {"verb", "after", "during", "before"})
    if not bare or not acts or not _acts_itself(tokens[at + 1 :]):
        return list(tokens)
    return [*tokens[:at], replace(tokens[at], kind="must", value=None), *tokens[at + 1 :]]


def _as_bound(tokens: Sequence[Token]) -> Sequence[Token]:
    """承租人有妥善保管租赁物的义务, 股东享有查阅账簿的权利: who must, or may."""
    at = next((at for at, token in enumerate(tokens) if token.text in _HAS), None)
    if at is None or len(tokens) < at + 4 or tokens[-2].kind != "de":
        return tokens
    kind = {"义务": "must", "责任": "must", "权利": "may"}.get(tokens[-1].text)
    if kind is None or not any(token.kind == "verb" for token in tokens[at + 1 : -2]):
        return tokens
    has = tokens[at]
    modal = Token(kind, {"must": "应", "may": "可"}[kind], has.start, has.end)
    return [*tokens[:at], modal, *tokens[at + 1 : -2]]


def _acts_itself(tokens: Sequence[Token]) -> bool:
    """Whether whoever agrees acts, and not somebody named before the verb: 同意乙方转租."""
    return tokens[0].kind != "verb" or len(tokens) > 1


def _tells(tokens: Sequence[Token]) -> bool:
    return any(token.kind in _CLAUSE_WORDS for token in tokens)
