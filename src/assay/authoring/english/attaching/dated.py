"""Things of one verb that each have a time: "phase 1 by 31 March and phase 2 by 30 June"."""

from __future__ import annotations

from assay.authoring.english.attaching.deadlines import adjunct_at
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.parties.referents import settled
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at


def own_time(context: Context, index: int, draft: Draft) -> tuple[Phrase, int] | None:
    """A further thing with a time of its own, behind one that has a time already."""
    last = [*draft.objects, *draft.subjects][:1]
    timed = draft.deadline is not None or any(item.kind == "time" for item in draft.conditions)
    if not timed or not last or draft.conditional or draft.group.kind != "act":
        return None
    found = phrase_at(context.text, index, context.names)
    if found is None or found[0].party or found[0].pronoun or not found[0].name:
        return None
    trial = Draft(draft.group, subjects=draft.subjects)
    after = adjunct_at(context, found[1], trial)
    told = trial.deadline or any(item.kind == "time" for item in trial.conditions)
    return found if after is not None and told and trial.recurrence is None else None


def begins_own(context: Context, index: int, draft: Draft, last: Phrase) -> bool:
    """Whether what stands here has a time, or with its receiver an amount, of its own: "takes 70 %
    and the runner-up 30 %"."""
    further = phrase_at(context.text, index, context.names)
    if further is None:
        return False
    plain = further[0].quantity is None and bool(further[0].name)
    share = phrase_at(context.text, further[1], context.names)
    what = context.text.kind(further[1]) == "amount" or (share is not None and share[0].left_over)
    given = last.quantity is not None and what
    return (plain and given) or own_time(context, index, draft) is not None


def dated_at(context: Context, index: int, before: Draft) -> tuple[Draft, int] | None:
    """The clause that such a thing makes with the verb of the clause before."""
    found = own_time(context, index, before)
    if found is None:
        return None
    thing = settled(found[0], context, None, before)
    draft = Draft(before.group, subjects=list(before.subjects), recipients=list(before.recipients),
                  imperative=before.imperative, fragment=True)  # fmt: skip
    draft.start = context.text.nodes[index].start
    if before.group.passive:
        draft.subjects = [thing]
    else:
        draft.objects = [*(item for item in before.objects if item.party), thing]
    return draft, context.arguments(context, found[1], draft)
