"""What a clause leaves out because one before it in the sentence said it: to whom, and of what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assay.authoring.model import Obligation

_ALL = re.compile("^(?:全部|所有|一切|全体)(?:的)?(?=.)")
_REST = ("其余", "余下", "剩余", "剩下")
_END = re.compile("[。!?\n]")


def completed(text: str, obligations: Sequence[Obligation]) -> list[Obligation]:
    """The same, with receivers of the clause before and without "all" before what is divided."""
    done: list[Obligation] = []
    for one in obligations:
        whole = _ALL.sub("", one.share_of) if one.share_of else None
        changed = {"share_of": whole} if whole != one.share_of else {}
        if done and _is_alike(text, done[-1], one):
            changed["recipient"] = done[-1].recipient
        done.append(one.model_copy(update=changed) if changed else one)
    return done


def _is_alike(text: str, before: Obligation, one: Obligation) -> bool:
    """Whether both pay out of one hand, in one sentence, and only the first says to whom."""
    rest = text[slice(*one.span)].startswith(_REST) and one.action in {"return", "refund"}
    same = (before.actor, before.asset) == (one.actor, one.asset) and before.action == "pay"
    paid = (one.action == "pay" or rest) and None not in (one.amount, before.amount, one.actor)
    open_ = one.recipient is None and before.recipient is not None and one.otherwise is None
    between = text[before.span[0] : one.span[0]]
    return same and paid and open_ and not _END.search(between)
