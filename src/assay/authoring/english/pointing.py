"""Objects without a name: "any that do not conform", "what they have contributed"."""

from __future__ import annotations

from assay.authoring.english.conditions import relative_condition
from assay.authoring.english.drafts import Context, Draft


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
