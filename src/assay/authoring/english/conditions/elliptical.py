"""Conditions that leave out what they speak of: "once paid", "if not delivered by 1 May"."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.conditions.complements import own_time
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.verb_groups import verb_group_at


def elliptical(context: Context, index: int) -> tuple[Draft, int] | None:
    """ "once paid", "if not delivered by", "when completed": the thing is the one before."""
    group = verb_group_at(context.text, index) if context.text.lower(index) != "having" else None
    if group is None or group.kind != "act" or group.force is not None or group.end == index:
        return None
    word = context.text.lower(group.end - 1)
    if lemma_of(word, "participle", "past") is None or lemma_of(word, "base", "third"):
        return None
    draft = Draft(replace(group, passive=True))
    thing = context.thing
    asked = group.verb is not None and group.verb.action in ("claim", "approve", "notify")
    ended = group.verb is not None and group.verb.action in ("cancel", "terminate", "inspect")
    asked = asked or (ended and thing is not None and thing.quantity is not None)
    sum_ = thing.quantity.asset if thing is not None and thing.quantity is not None else None
    money = sum_ is not None and sum_ != sum_.lower()  # "refunds 50 USDC if not delivered by"
    apart = money and group.verb is not None and group.verb.action in ("deliver", "repair")
    draft.subjects = [thing] if thing is not None and not (asked or apart) else []
    after = context.text.match_any(group.end, ("in writing", "expressly in writing", "in full"))
    agent = phrase_at(context.text, (after[1] if after else group.end) + 1, context.names)
    timed = own_time(context, after[1] if after else group.end, draft)
    if timed is not None:
        return draft, timed
    by = context.text.lower(after[1] if after else group.end) == "by"
    if by and agent is not None and agent[0].quantity is None and agent[0].date is None:
        draft.agent = agent[0]
        return draft, agent[1]
    return draft, group.end
