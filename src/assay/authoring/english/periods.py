"""Times that the text has given before: "during that time", "during the period of cover"."""

from __future__ import annotations

from assay.authoring.english.anchors import time_condition
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.phrases import phrase_at

_POINTING = ("during that time", "during that period", "during this time", "during this period",
             "within that time", "within that period", "within this period", "within this time",
             "during such period", "within such period", "during such time")  # fmt: skip


def known_period(context: Context, index: int, marker: tuple[str, int], draft: Draft) -> int | None:
    """The index after a time that is that of the act before, or that has a beginning and an end."""
    back = context.text.match_any(index, _POINTING)
    if back is not None and context.lasting is not None:
        draft.deadline, draft.deadline_from = context.lasting
        draft.time_comparator = "<="
        return back[1]
    if marker[0] not in ("during", "throughout", "within"):
        return None
    found = phrase_at(context.text, marker[1], context.names)
    if found is None:
        return None
    heads = {found[0].head, *found[0].full.split()}
    heads |= {found[0].of.head} if found[0].of is not None else set()
    spans = [span for name, span in context.names.periods.items() if name in heads]
    if len(spans) != 1:
        return None
    time_condition(context, draft, (index, found[1]), ">=", spans[0][0], None)
    time_condition(context, draft, (index, found[1]), "<=", spans[0][1], None)
    return found[1]
