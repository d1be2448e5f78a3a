"""What is so while something recurs: "for every week by which completion is delayed"."""

from __future__ import annotations

from assay.authoring.english.conditions.boundaries import duty_follows, verb_follows
from assay.authoring.english.conditions.complements import content_words
from assay.authoring.english.conditions.reading import one_condition
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import words
from assay.authoring.english.parties.referents import party_name
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.times import reading as times
from assay.authoring.model import Condition

_LASTING = frozenset({"lease", "tenancy", "term", "agreement", "contract", "rental", "licence",
                      "license", "subscription", "membership", "loan", "engagement"})  # fmt: skip
"""What runs from its beginning to its end: "for each month of the lease" is each month."""


def each_time(context: Context, index: int, draft: Draft) -> int | None:
    """ "for every week by which completion is delayed": as long as it is so."""
    after = times.recurring(context, index, draft)
    which = ("by which", "in which", "during which", "for which", "on which", "that")
    if after is None:
        return None
    lead = context.text.match_any(after, which)
    doing = phrase_at(context.text, after + 1, context.names)
    counted = context.text.lower(index) == "for" and context.text.lower(after) == "of"
    if counted and doing is not None and doing[0].head in _LASTING and (
        context.text.lower(doing[1]) == "," or duty_follows(context, doing[1])
    ):  # fmt: skip
        return doing[1]
    hours = context.text.lower(after - 1).endswith("hour")
    if (
        counted
        and not hours
        and doing is not None
        and not doing[0].quantity
        and not doing[0].determined
    ):
        span = context.text.span(index, doing[1])
        draft.conditions.append(
            Condition(kind="state", text=context.words(span), span=span, value=doing[0].full)
        )
        return doing[1]
    if lead is None and not (context.text.lower(index) == "for" and _is_so(context, after)):
        return None
    start = lead[1] if lead is not None else after
    held = len(draft.conditions)
    end = one_condition(context, start, draft, "if", index)
    whole = end is not None and (
        context.text.lower(end) in (",", ";", ".", "") or duty_follows(context, end)
    )
    if whole and len(draft.conditions) == held + 1:
        return end
    del draft.conditions[held:]
    return _in_its_words(context, index, start, draft)


_STAYING = frozenset({"remains", "remain", "stays", "stay"})


def _is_so(context: Context, index: int) -> bool:
    """Whether something is said to be so without a word that joins it: "the goods are late"."""
    found = phrase_at(context.text, index, context.names)
    if found is None or found[0].quantity is not None:
        return False
    if context.text.lower(found[1]) in words.BE | _STAYING:
        return True
    end = found[1]
    while end < len(context.text) and context.text.lower(end) not in (",", ";", "."):
        end += 1
    behind = {context.text.lower(at) for at in range(found[1], end)}
    return (
        bool(behind & {"late", "beyond", "overdue"}) and verb_follows(context, found[1]) is not None
    )


def _in_its_words(context: Context, index: int, start: int, draft: Draft) -> int | None:
    """ "that he stays beyond 31 August": up to the comma, what is so in the words themselves."""
    found = phrase_at(context.text, start, context.names)
    if found is None or verb_follows(context, found[1]) is None:
        return None
    end = found[1]
    while end < len(context.text) and context.text.lower(end) not in (",", ";", "."):
        end += 1
    said = context.words(context.text.span(found[1], end))
    span = context.text.span(index, end)
    who = found[0].full
    if found[0].pronoun is not None or found[0].party is not None:
        who = party_name(found[0], context) or who
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, subject=who,
                  value=content_words(said))
    )  # fmt: skip
    return end
