"""What joins two acts by "or": a choice, or what follows where the first is not done."""

from __future__ import annotations

from assay.authoring.english.drafts import Doubt, Draft
from assay.authoring.english.handing import LOSING

_PENALTIES = frozenset({"penalty", "fine", "damages", "compensation", "surcharge", "forfeit"})


def chosen(before: Draft, draft: Draft) -> bool:
    """Whether somebody must do one of two things: "shall deliver or pay"."""
    first, second = before.group.verb, draft.group.verb
    due = before.group.force == draft.group.force == "must"
    same = first is not None and second is not None and first.action == second.action
    return draft.continued and due and not same


def in_default(draft: Draft) -> bool:
    """ "or lose the deposit", "or pay a penalty": nobody would choose it."""
    verb = draft.group.verb
    losing = verb is not None and verb.lemma in LOSING
    return losing or any(one.head in _PENALTIES for one in draft.objects)


def which(draft: Draft) -> Doubt:
    """Asks whether the second act may be chosen, or follows where the first is not done."""
    question = "May this be done instead, or does it follow only where the first is not done?"
    return Doubt("alternative", question, (draft.start, max(draft.start, draft.end)), None,
                 ("either may be done", "only where the first is not done"))  # fmt: skip
