"""Clauses of one condition that 且 or 或者 joins: 租期届满且租客已搬离, 温度超过38度或湿度低于20%.

What somebody does next the walk reads itself; here begin the clauses that have a subject of their
own, or hold the same subject against a second bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from assay.authoring.chinese.lexicon.verb_places import NOMINAL
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import Noun
from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.chinese.walking.walk import read_predicates
from assay.authoring.model import Condition

_BOTH = frozenset({"且", "并且", "而且", "同时", "并", "而"})
_EITHER = frozenset({"或", "或者"})
_JOINERS = _BOTH | _EITHER | {"、"}
_BOUNDS = frozenset({"above", "reach", "below", "at_or_below", "least", "most"})
_STATES = _BOUNDS | {"verb", "not", "late", "signing", "violate", "quorum"}
_NAMES = frozenset({
    "noun", "unknown", "latin", "party", "its", "other", "ordinal", "quote", "reference",
})  # fmt: skip
_WITHIN_NAMES = _NAMES | {"de", "silent", "amount", "counted", "number", "with"}
_BEFORE_THINGS = frozenset({"de", "noun", "unknown", "latin", "verb", "and"})
_COMES_TO_BE = frozenset({"noun", "unknown", "party", "verb", "latin"})
_HAS = ("无", "有", "存在")
"""How words begin that say of the noun before them what it has or lacks."""


def joined_predicates(tokens: Sequence[Token]) -> list[Predicate]:
    """Read the words of a condition, clause by clause."""
    read: list[Predicate] = []
    for clause, word in _clauses_of(tokens):
        about = _about(read[-1]) if read and clause[0].text.startswith("无") else []
        lasting = _lasting(clause)
        found = [lasting] if lasting is not None else read_predicates([*about, *clause])
        if read:
            found[0].joined, found[0].alternative = True, word in _EITHER
            bound = found[0].subject is None and clause[0].kind in _BOUNDS
            found[0].subject = read[-1].subject if bound else found[0].subject
        read += found
    return read


def _about(before: Predicate) -> list[Token]:
    """项目 of 项目上线满30天且无重大故障: the thing that both clauses tell of."""
    tokens = before.subject.tokens if before.subject is not None else ()
    return list(takewhile(lambda one: one.kind != "verb", tokens))


def _lasting(clause: Sequence[Token]) -> Predicate | None:
    """验收合格满两年, 项目上线满30天: how long it is since something came to be."""
    if len(clause) < 3 or clause[-1].kind != "duration" or clause[-2].text != "满":
        return None
    before = [one for one in clause[:-2] if one.kind != "silent"]
    if not before or {one.kind for one in before} - _COMES_TO_BE or before[-1].kind != "verb":
        return None
    since = Noun(tuple(before), text="".join(one.text for one in before))
    length = Noun((clause[-1],), text=clause[-1].text)
    return Predicate(tuple(clause), subject=since, verb=clause[-2], objects=[length])


def told_apart(parts: Sequence[Sequence[Condition]]) -> bool:
    """Whether each of several clauses gave conditions with words of their own."""
    spans = [sorted({one.span for one in part if one.span is not None}) for part in parts]
    return all(spans) and all(first[-1][1] <= second[0][0] for first, second in pairwise(spans))


def _clauses_of(tokens: Sequence[Token]) -> list[tuple[list[Token], str]]:
    """The clauses of a condition, each with the word that joins it to the one before."""
    tokens = [one for at, one in enumerate(tokens) if not _says_again(one, tokens[at + 1 : at + 2])]
    clauses: list[tuple[list[Token], str]] = []
    begins, word = 0, ""
    for at, token in enumerate(tokens):
        joins = token.kind == "and" and token.text in _BOTH | _EITHER
        joins = joins or (token.text == "、" and _acts_itself(tokens[at + 1 : at + 3]))
        told = tokens[begins:at]
        if joins and _states(told) and _opens(tokens[at + 1 :], token.text, told):
            clause = list(tokens[begins:at])
            clauses.append((clause[:-1] if clause[-1].kind == "and" else clause, word))
            begins, word = at + 1, token.text
    return [*clauses, (list(tokens[begins:]), word)]


def _states(clause: Sequence[Token]) -> bool:
    """Whether words are a clause, and not only a thing that one tells of: 乙方交付的货物."""
    told = [
        at for at, one in enumerate(clause) if one.kind in _STATES and not _is_thing(clause, at)
    ]
    heads = [at for at, one in enumerate(clause[:-1]) if one.kind == "de"]
    return len(told) > len(heads)


def _says_again(token: Token, behind: Sequence[Token]) -> bool:
    """有 in 房屋有漏水 and 有一位董事反对 says no more than what became of it, or who did it."""
    if token.text == "有" and behind and behind[0].kind in {"counted", "party"}:
        return True
    own = bool(behind) and behind[0].kind == "verb" and behind[0].value is not None
    return token.text == "有" and own and behind[0].value.frame == "own"


def _is_thing(clause: Sequence[Token], at: int) -> bool:
    """开发的服务, 提交付款: a verb at the end that only names a thing."""
    named = clause[at].text in NOMINAL and at == len(clause) - 1 and at > 0
    return named and clause[at - 1].kind in _BEFORE_THINGS


def _acts_itself(behind: Sequence[Token]) -> bool:
    """双方签署验收证书、乙方交付源代码: who is named behind the comma of a list acts at once."""
    kinds = [one.kind for one in behind]
    return kinds in (["party", "verb"], ["party", "signing"], ["party", "silent"])


def _opens(after: Sequence[Token], word: str, told: Sequence[Token]) -> bool:
    """Whether a clause of its own begins, up to the next word that joins."""
    ends = next((at for at, one in enumerate(after) if one.text in _JOINERS), len(after))
    clause = after[:ends]
    if len(clause) > 1 and clause[0].kind in _BOUNDS:
        return word not in _EITHER or clause[1].kind in {"amount", "counted", "number"}
    if clause and clause[0].text == "经":
        return told[0].kind in {"late", "above", "reach"}
    if clause and clause[0].text.startswith("无") and clause[0].kind in {"unknown", "noun"}:
        return True
    if len(clause) < 2 or clause[0].kind not in _NAMES or clause[0].text == "者":
        return False
    first = next((at for at, one in enumerate(clause) if one.kind not in _WITHIN_NAMES), None)
    if first is None:
        done = clause[-1].kind == "silent" and clause[-1].text.startswith("已")
        return done or any(one.text.startswith(_HAS) for one in clause[1:])
    lasts = clause[first].kind == "duration" and first == len(clause) - 1 > 1
    return lasts or (clause[first].kind in _STATES and _states(clause))
