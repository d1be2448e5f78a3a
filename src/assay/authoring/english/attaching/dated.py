"""Things of one verb that each have a time: "phase 1 by 31 March and phase 2 by 30 June"."""

from __future__ import annotations

from assay.authoring.english.attaching.deadlines import adjunct_at
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.parties.referents import settled
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import Group


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
    if (plain and given) or own_time(context, index, draft) is not None:
        return True
    paid = last.quantity is not None and (further[0].quantity or further[0].left_over)
    return bool(paid) and not draft.conditional and _waits_apart(context, index, further[1])


_LEADS = frozenset({"upon", "on", "after", "following", "once", "when", "at", "as"})
"""What begins a moment at which something falls due."""


def _waits_apart(context: Context, index: int, after: int) -> bool:
    """ "Upon A he pays 20 %, and a further 30 % upon B": a part with a moment of its own."""
    text = context.text
    moments = text.lower(0), text.lower(after)
    if not {*moments} <= _LEADS:
        return False
    parted = text.lower(index - 2) == "," or moments[0] == moments[1]
    further = text.lower(index + 1) in _FURTHER or text.lower(index) in _FURTHER
    return (parted or further) and adjunct_at(context, after, Draft(Group(after))) is not None


_FURTHER = frozenset({"further", "another", "additional"})


def leads_amount(context: Context, index: int) -> bool:
    """Whether a moment stands before an amount of its own: "(pays 4,000 USDC on A,) on B 6,000"."""
    text = context.text
    if text.lower(index) not in _LEADS:
        return False
    probe = Draft(Group(index))
    after = adjunct_at(context, index, probe)
    told = probe.conditions or probe.deadline
    if after is None or not told or probe.recurrence:
        return False
    what = phrase_at(text, after, context.names)
    return what is not None and bool(what[0].quantity or what[0].left_over)


def due_apart(context: Context, index: int, shell: Draft, draft: Draft) -> bool:
    """Whether a further part waits for a moment of its own and not for the one that leads the
    sentence: "upon A he pays 20 %, and a further 30 % upon B"."""
    leads = [item.text.lower().split()[0] for item in shell.conditions if item.text]
    own = [item for item in draft.conditions if item.span and item.span[0] > draft.start]
    if not draft.fragment or not own or shell.start != -1 or not {*leads} <= _LEADS:
        return False
    first, text = own[0].text.lower().split()[0], context.text
    parted = text.lower(index - 2) == "," or text.lower(index + 1) in _FURTHER
    return first in _LEADS and (parted or first in leads)


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
