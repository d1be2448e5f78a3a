"""Objects without a name: "any that do not conform", "what they have contributed"."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.conditions.relatives import relative_condition
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.phrases.noun_phrases import Phrase
from assay.authoring.model import Span


def any_that(context: Context, index: int, draft: Draft) -> int | None:
    """ "may reject any that do not conform": the things of the clause before."""
    text = context.text
    if text.lower(index) not in ("any", "those", "all", "such") or context.thing is None:
        return None
    if text.lower(index + 1) not in ("that", "which"):
        return None
    thing = context.thing
    after = relative_condition(context, index + 1, thing, draft)
    if after is not None:
        draft.objects.append(thing)
    return after


def whatever(context: Context, index: int, draft: Draft) -> int | None:
    """ "may reclaim what they have contributed": a thing that an act tells, without a name."""
    text = context.text
    if text.lower(index) not in ("what", "whatever") or draft.group.kind != "act":
        return None
    parsed = context.clause_at(context, index + 1, True)
    if parsed is None or parsed[0].group.force is not None or parsed[0].objects:
        return None
    return parsed[1]


def nothing_due(draft: Draft, span: Span) -> bool:
    """ "pays nothing", "the agent gets nothing": the act is not done; what is got is money."""
    verb = draft.group.verb
    if draft.group.force != "must" or not all(item.party or item.pronoun for item in draft.objects):
        return False
    draft.group, draft.turned = replace(draft.group, force="must_not"), True
    if verb is not None and verb.frame == "receive":
        draft.objects.append(Phrase(*span, name="money", full="money", head="money"))
    return True
