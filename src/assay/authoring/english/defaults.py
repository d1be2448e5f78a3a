"""What joins two acts by "or": a choice, or what follows where the first is not done."""

from __future__ import annotations

from assay.authoring.english.acts.handing import LOSING
from assay.authoring.english.drafts import Doubt, Draft

_PENALTIES = frozenset({"penalty", "fine", "damages", "compensation", "surcharge", "forfeit"})


def in_default(before: Draft, draft: Draft, joint: str) -> bool:
    """Whether an act is due where the one before is not done: "or lose the deposit". Of two acts
    that somebody might choose it is asked which are due."""
    if joint != "or" or not _is_choice(before, draft):
        return False
    verb = draft.group.verb
    losing = verb is not None and verb.lemma in LOSING
    late = draft.delayed is not None
    if losing or late or any(one.head in _PENALTIES for one in draft.objects):
        return True
    question = "May this be done instead, or does it follow only where the first is not done?"
    span = (draft.start, max(draft.start, draft.end))
    answers = ("either may be done", "only where the first is not done")
    draft.doubts.append(Doubt("alternative", question, span, None, answers))
    return False


def _is_choice(before: Draft, draft: Draft) -> bool:
    """Whether somebody must do one of two things: "shall deliver or pay"."""
    first, second = before.group.verb, draft.group.verb
    due = before.group.force == draft.group.force == "must"
    same = first is not None and second is not None and first.action == second.action
    return draft.continued and due and not same
