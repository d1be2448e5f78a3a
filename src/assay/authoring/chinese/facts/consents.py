"""What needs consent, told of the act: 超过10000 USDC的付款须经五名董事中的三名批准.

That is a ban on the act without the consent.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.facts.statements import quorum_of
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.phrases.noun_phrases import normal_party
from assay.authoring.model import Comparator, Condition, Obligation

_NEEDS = frozenset({"must"})
_DETERMINERS = frozenset({"任何", "单笔", "每笔", "金额", "所有", "一切", "单次", "大额"})
_GETS = frozenset({"经", "经过", "获得", "取得", "得到", "征得", "获", "由", "事先经", "有"})
_ABOVE: dict[str, Comparator] = {"above": ">", "reach": ">=", "least": ">=", "or_more": ">="}
_FILLING = {"silent", "de", "quote"}
_ACTS = frozenset({
    "pay", "transfer", "withdraw", "sell", "assign", "disclose", "issue", "buy", "release", "use",
})  # fmt: skip
_OTHER_ACTS = {
    "支出": "pay",
    "开支": "pay",
    "付款": "pay",
    "转账": "transfer",
    "拨款": "pay",
    "动用": "use",
    "支取": "withdraw",
}


def ban_without(
    tokens: Sequence[Token], context: Context, *, start: int, clause: str | None
) -> Obligation | None:
    """The ban that a sentence on needed consent states; None where it states something else."""
    at = next((at for at, token in enumerate(tokens) if token.kind in _NEEDS), None)
    if at is None or at == 0:
        return None
    act = [token for token in tokens[:at] if token.kind not in _FILLING]
    consent = [token for token in tokens[at + 1 :] if token.kind not in _FILLING]
    while consent and consent[0].text in _GETS:
        consent = consent[1:]
    approval = _approval(consent, context)
    doer = normal_party(act.pop(0).text) if act and act[0].kind == "party" else None
    if approval is None or not act:
        return None
    if len(act) > 1 and act[0].text in _DETERMINERS:
        act = act[1:]
    if act[0].kind == "verb" or _other_act(act[0]) is not None:
        act = [*act[1:], act[0]]
    head, bound = act[-1], act[:-1]
    named = [
        one for one in bound if one.kind in {"noun", "unknown"} and one.text not in _DETERMINERS
    ]
    bound = [one for one in bound if one not in named]
    action = _other_act(head) or (head.value.action if head.kind == "verb" else None)
    conditions = _bound(bound, head, context)
    if action not in _ACTS or conditions is None or context.terms.get(head.text):
        return None
    asset = head.value.thing if head.kind == "verb" and action not in {"pay"} else None
    asset = "".join(one.text for one in named) or asset
    return Obligation(
        actor=doer,
        modality="must_not",
        action=action,
        asset=asset,
        conditions=(*conditions, approval),
        span=context.folded.span(start, tokens[-1].end),
        clause=clause or None,
    )


def _other_act(token: Token) -> str | None:
    """The act that a word like 单笔支出 names."""
    return next((act for word, act in _OTHER_ACTS.items() if token.text.endswith(word)), None)


def asked_act(
    act: Sequence[Token], consent: Sequence[Token], context: Context
) -> list[Token] | None:
    """The act in 单笔支出超过1000 USDC的, 须经3名理事同意: a ban in two clauses; else None."""
    bare = [token for token in act if token.kind not in {"if", "de", "when", "quote"}]
    asked = (
        bool(consent)
        and consent[0].kind in _NEEDS
        and (act[0].kind == "if" or act[-1].kind == "de" or _is_act(act, consent))
    )
    if not asked or not bare:
        return None
    ban = ban_without([*bare, *consent], context, start=act[0].start, clause=None)
    return bare if ban is not None else None


def _is_act(act: Sequence[Token], consent: Sequence[Token]) -> bool:
    """股东转让股份, 须先经其他股东同意: an act of somebody, and whose consent it needs."""
    behind = [token for token in consent[1:] if token.kind not in _FILLING]
    kinds = [token.kind for token in act if token.kind not in _FILLING]
    bare = kinds[:2] == ["party", "verb"] and set(kinds[2:]) <= {"noun", "unknown"}
    asks = bool(behind) and (behind[0].text in _GETS or behind[0].kind == "quorum")
    return bare and asks


def _approval(words: Sequence[Token], context: Context) -> Condition | None:
    """A quorum, or somebody and a verb of consent."""
    if len(words) == 1 and words[0].kind == "quorum":
        return quorum_of(words[0], context, negated=True)
    if len(words) < 2 or words[0].kind not in {"party", "counted"}:
        return None
    approves = words[-1].kind == "verb" and words[-1].value.action == "approve"
    if not approves and words[-1].text not in {
        "签字",
        "签名",
        "授权",
        "确认",
    }:
        return None
    counted = words[0] if words[0].kind == "counted" else None
    who = words[1:-1] if counted is not None else words[:-1]
    people = counted is not None and counted.value[1] in {"人", "名", "位"}
    if not (who or people) or any(one.kind not in {"party", "noun"} for one in who):
        return None
    return Condition(
        kind="approval",
        text=context.words(tuple(words)),
        span=context.folded.span(words[0].start, words[-1].end),
        subject=normal_party("".join(one.text for one in who)) if who else None,
        value=counted.value[0] if counted is not None else None,
        negated=True,
    )


def _bound(words: Sequence[Token], head: Token, context: Context) -> tuple[Condition, ...] | None:
    """超过10000 USDC: from which amount on; None where other words stand there."""
    kept = [
        one for one in words if one.text not in {"任何", "单笔", "每笔", "金额", "所有", "一切"}
    ]
    if not kept:
        return ()
    compared = [one for one in kept if one.kind in _ABOVE]
    amounts = [one for one in kept if one.kind == "amount"]
    if len(kept) != 2 or len(compared) != 1 or len(amounts) != 1 or not amounts[0].value.amount:
        return None
    quantity = amounts[0].value
    found = Condition(
        kind="comparison",
        text=context.words(tuple(words)),
        span=context.folded.span(words[0].start, words[-1].end),
        subject=head.text,
        comparator=_ABOVE[compared[0].kind],
        value=quantity.amount,
        asset=quantity.asset,
    )
    return (found,)
