"""What a clause leaves out because one before it in the sentence said it: to whom, and of what."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from assay.authoring.model import Obligation

_ALL = re.compile("^(?:全部|所有|一切|全体)(?:的)?(?=.)")
_REST = ("其余", "余下", "剩余", "剩下")
_OWED = ("损失", "违约金", "余款", "尾款", "利息", "补偿", "差额", "补偿金", "赔偿金")
"""What is owed to whoever got the payment before it."""
_PART_END = re.compile("[;；]")
_END = re.compile("[。!?\n]")


_RENT = re.compile("租金|房租|月租|年租")
_LESSEES, _LESSORS = ("承租", "租客", "租户"), ("出租", "房东")


def completed(
    text: str, obligations: Sequence[Obligation], parties: Collection[str]
) -> list[Obligation]:
    """The same, with receivers of the clause before and without "all" before what is divided."""
    done: list[Obligation] = []
    for one in obligations:
        whole = _ALL.sub("", one.share_of) if one.share_of else None
        changed = {"share_of": whole} if whole != one.share_of else {}
        rents = _RENT.search(text[slice(*one.span)]) is not None
        if rents and (one.actor, one.action, one.recipient) == ("contract", "pay", None):
            changed |= _rented(parties)
        if done and _is_alike(text, done[-1], one):
            changed["recipient"] = done[-1].recipient
        done.append(one.model_copy(update=changed) if changed else one)
    return _without_wholes(text, done)


_PARTS = re.compile("^[,，、;；:：\\s]*其中")


def _without_wholes(text: str, obligations: Sequence[Obligation]) -> list[Obligation]:
    """支付9,000,其中3,000于签约时,6,000于交货时: the parts are the whole, and not beside it."""
    kept = list(obligations)
    for whole in obligations:
        at = next(place for place, one in enumerate(kept) if one is whole)
        parts = _parts_of(whole, kept[at + 1 :], text)
        total = sum(Decimal(one.amount or 0) for one in parts)
        if parts and whole.amount is not None and total == Decimal(whole.amount):
            kept.pop(at)
    return kept


def _parts_of(whole: Obligation, after: Sequence[Obligation], text: str) -> list[Obligation]:
    """What is paid of the same money in the same sentence, where 其中 stands before the first."""
    gap = text[whole.span[1] : after[0].span[1]] if after else ""
    found: list[Obligation] = []
    if not (_PARTS.match(gap) or (after and _PARTS.match(text[slice(*after[0].span)]))):
        return found
    for one in after:
        same = (one.action, one.asset) == (whole.action, whole.asset) and one.amount is not None
        if not same or _END.search(text[whole.span[0] : one.span[0]]):
            break
        found.append(one)
    return found


def _rented(parties: Collection[str]) -> dict[str, str]:
    """Who pays rent to whom, where each side of the lease is named once: 出租方, 承租方."""
    lessees = [one for one in parties if one.startswith(_LESSEES)]
    lessors = [one for one in parties if one.startswith(_LESSORS)]
    if len(lessees) != 1 or len(lessors) != 1:
        return {}
    return {"actor": lessees[0], "recipient": lessors[0]}


def _is_alike(text: str, before: Obligation, one: Obligation) -> bool:
    """Whether both pay out of one hand, in one sentence, and only the first says to whom."""
    words = text[min(before.span[1], one.span[0]) : one.span[1]].lstrip(",，;；、")
    rest = words.startswith(_REST) and one.action in {"return", "refund"}
    same = before.actor == one.actor and before.action == "pay" and one.actor is not None
    counted = one.asset == before.asset and None not in (one.amount, before.amount)
    between = text[before.span[0] : one.span[0]]
    owed = (one.asset or "").endswith(_OWED) or (one.asset or "").startswith(_REST)
    owed = one.asset == "%" or (owed and not _PART_END.search(between))
    paid = (one.action == "pay" and (counted or owed)) or (rest and counted)
    open_ = one.recipient is None and before.recipient is not None and one.otherwise is None
    return same and paid and open_ and not _END.search(between)
