"""Consent in other words than 经: 征得甲方同意后, 没有房东的书面同意, 转让须经董事会批准."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.lexicon.verbs import VERBS
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.predicates import Predicate

_GETS = frozenset({"征得", "取得", "获得", "得到", "获", "经过", "征求", "拿到"})
_CONSENTS = frozenset(
    {"同意", "批准", "许可", "授权", "认可", "核准", "审批", "书面同意", "书面批准", "书面许可"}
    | {"准许", "允许", "书面授权", "确认", "书面确认", "签字确认"}
)
_WHOSE = frozenset({"party", "other", "its", "silent", "de", "unknown", "noun"})
_LONGEST = 8


def with_consent(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with 经 where other words say that somebody consents."""
    if len(tokens) > 2 and tokens[0].text == "非" and tokens[1].text in {"经", "经过"}:
        return [tokens[0].named("not"), *tokens[1:]]
    for at, token in enumerate(tokens):
        got = token.text in _GETS
        lacking = token.kind == "not" and token.text in {"没有", "没", "无"}
        if not (got or lacking):
            continue
        if got and _is_denied_bare(tokens, at):
            given = tokens[at + 1]
            act = Token("verb", "同意", token.start, given.end, VERBS["同意"])
            return [*tokens[:at], act, *tokens[at + 2 :]]
        end = _consent_behind(tokens, at + 1)
        if end is None:
            continue
        whose = [one for one in tokens[at + 1 : end] if one.kind != "de"]
        place = token.end if lacking else token.start
        through = Token("by", "经", place, token.end)
        before = [*tokens[: at + 1]] if lacking else [*tokens[:at]]
        if len(before) > 1 and before[0].kind == "at":
            before = before[1:]
        elif before and before[0].kind == "at":
            before = []
        after = list(tokens[end + 1 :])
        if _is_missing_before(before, after):
            before.append(Token("not", "未", place, place))
        while after and after[0].kind in {"after", "before", "case", "de", "during"}:
            after = after[1:]
        return [*before, through, *whose, tokens[end], *after]
    return list(tokens)


def _is_denied_bare(tokens: Sequence[Token], at: int) -> bool:
    """10月31日前未取得同意的: a consent that another clause asks for, and that was not given."""
    denied = at > 0 and tokens[at - 1].kind == "not"
    behind = tokens[at + 1 : at + 3]
    bare = bool(behind) and behind[0].text in _CONSENTS
    return denied and bare and (len(behind) == 1 or behind[1].kind == "de")


def _is_missing_before(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """取得董事会批准之前: as long as they have not consented."""
    ahead = bool(after) and after[0].kind == "before"
    return ahead and not any(one.kind == "not" for one in before)


def _consent_behind(tokens: Sequence[Token], first: int) -> int | None:
    """Where the consent of somebody who is named right here stands."""
    for at in range(first, min(first + _LONGEST, len(tokens))):
        token = tokens[at]
        if token.text in _CONSENTS:
            named = any(one.kind in {"party", "other", "its"} for one in tokens[first:at])
            return at if named else None
        if token.kind not in _WHOSE:
            return None
    return None


def needs_consent(predicate: Predicate) -> bool:
    """转让股权须经董事会批准: what is said of the act is only that it needs consent."""
    if predicate.modality != "must" or not (predicate.approvals or predicate.quorums):
        return False
    if predicate.verb is None or predicate.negated:
        return False
    ends = [one.tokens[-1].end for one in predicate.approvals if one.tokens]
    ends += [token.end for token, _ in predicate.quorums]
    verb = predicate.verb
    last = predicate.tokens[-1].end if predicate.tokens else 0
    must = [token.start for token in predicate.tokens if token.kind in {"must", "must_soft"}]
    return bool(must) and verb.end <= must[0] and max(ends, default=0) >= last
