"""Times that the text has given before: "during that time", "during the period of cover"."""

from __future__ import annotations

from assay.authoring.english.attaching.anchors import time_condition
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.verbs import NOUNS, VERBS
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.lexing.number_words import ordinal_at
from assay.authoring.english.lexing.tokens import Token
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Condition, Obligation

_POINTING = ("during that time", "during that period", "during this time", "during this period",
             "within that time", "within that period", "within this period", "within this time",
             "during such period", "within such period", "during such time", "in that time",
             "in that period", "in this time", "in this period")  # fmt: skip


def known_period(context: Context, index: int, marker: tuple[str, int], draft: Draft) -> int | None:
    """The index after a time that is that of the act before, or that has a beginning and an end."""
    back = context.text.match_any(index, _POINTING)
    before = context.previous
    near = before is not None and before.deadline is not None and before.deadline.startswith("P")
    if back is not None and before is not None and near:
        draft.deadline, draft.deadline_from = (
            before.deadline,
            before.deadline_from or since_act(before),
        )
        draft.time_comparator = "<="
        return back[1]
    if back is not None and context.lasting is not None:
        draft.deadline, draft.deadline_from = context.lasting
        draft.time_comparator = "<="
        return back[1]
    if marker[0] not in ("during", "throughout", "within"):
        return None
    found = phrase_at(context.text, marker[1], context.names)
    if found is None:
        return None
    heads = {found[0].head, found[0].full, *found[0].full.split()}
    heads |= {found[0].of.head} if found[0].of is not None else set()
    spans = [span for name, span in context.names.periods.items() if name in heads]
    if len(spans) != 1:
        return None
    time_condition(context, draft, (index, found[1]), ">=", spans[0][0], None)
    time_condition(context, draft, (index, found[1]), "<=", spans[0][1], None)
    return found[1]


def time_given(duty: Obligation) -> tuple[str, str | None] | None:
    """The time that a later "within that period" means: the act's own, else its condition's."""
    if duty.deadline:
        return duty.deadline, duty.deadline_from
    given = {
        (one.value, one.subject)
        for one in duty.conditions
        if one.kind in ("event", "breach") and one.comparator in ("<", "<=") and one.value
    }
    return next(((str(value), since) for value, since in given), None) if len(given) == 1 else None


def since_act(before: Draft) -> str | None:
    """The noun of the act that the time of a clause counts from: "60 days after delivery"."""
    acts = [item.action for item in before.conditions if item.kind == "event" and item.action]
    return next((noun for noun, verb in NOUNS.items() if [VERBS[verb].action] == acts), None)


_STOPS = ("", ".", ",", ";", "and", "or", "but", "if", "unless")


def sooner(context: Context, index: int, draft: Draft) -> int | None:
    """ "anyone who withdraws earlier", "if we cancel earlier": before the time just given."""
    text = context.text
    found = text.match_any(index, ("before that", "before then", "earlier", "sooner"))
    led = text.lower(index - 1) in ("if", "or", "not", "no", "any", "the", "an")
    if found is None or led or index == 0:
        return None
    if text.lower(found[1]) not in _STOPS and lemma_of(text.lower(found[1]), "third") is None:
        return None
    before = context.previous
    given = (before.deadline, before.deadline_from) if before is not None else context.lasting
    dates = [item for item in (before.conditions if before is not None else []) if item.value]
    if (given is None or given[0] is None) and len(dates) == 1 and dates[0].kind in _TIMED:
        given = (dates[0].value, dates[0].subject)
    if given is None or given[0] is None:
        return None
    if draft.conditional:
        draft.deadline, draft.deadline_from = given
        draft.time_comparator = "<"
    else:
        time_condition(context, draft, (index, found[1]), "<", *given)
    return found[1]


_TIMED = ("event", "breach", "time")
_EACH_ANNIVERSARY = ("on each anniversary of", "on every anniversary of", "on each successive "
                     "anniversary of", "upon each anniversary of", "on each of the")  # fmt: skip


def _each_anniversary(context: Context, index: int, draft: Draft) -> int | None:
    """ "on each of the first four anniversaries of the Grant Date": every year, four times."""
    text = context.text
    found = text.match_any(index, _EACH_ANNIVERSARY)
    if found is None:
        return None
    at, often = found[1], None
    if found[0].endswith("of the"):
        at = text.skip(at, ("first", "next"))
        value = text.nodes[at].value if text.kind(at) == "amount" else None
        amount = value.amount if isinstance(value, Quantity) else None
        end = text.match(at + 1, "anniversaries of") or text.match(at + 1, "of")
        named = isinstance(value, Quantity) and (value.asset or "").startswith("anniversar")
        if amount is None or end is None or (text.lower(end - 2) != "anniversaries" and not named):
            return None
        at, often = end, int(float(amount))
    whole = phrase_at(text, at, context.names)
    if whole is None:
        return None
    draft.recurrence, draft.occurrences = "P1Y", often
    draft.deadline_from = whole[0].full
    return whole[1]


def _counted(text: Line, index: int) -> int | None:
    """The number that an ordinal at an index says."""
    if index >= len(text):
        return None
    ordinal = ordinal_at([Token("word", text.lower(index), text.lower(index), 0, 0)], 0)
    return ordinal[0] if ordinal is not None and ordinal[0] > 0 else None


def _between_anniversaries(context: Context, index: int, draft: Draft) -> int | None:
    """ "between the second and the fourth anniversary of the Grant Date"."""
    text = context.text
    if text.lower(index) not in ("between", "from"):
        return None
    first = text.skip(index + 1, ("the",))
    second = text.skip(first + 1, ("anniversary", "and", "to", "until", "the"))
    low, high = _counted(text, first), _counted(text, second)
    if low is None or high is None or not text.lower(second + 1).startswith("anniversar"):
        return None
    of = text.match(second + 2, "of")
    whole = phrase_at(text, of, context.names) if of is not None else None
    end, since = (whole[1], whole[0].full) if whole is not None else (second + 2, None)
    time_condition(context, draft, (index, second), ">=", f"P{low}Y", since)
    time_condition(context, draft, (second, end), "<=", f"P{high}Y", since)
    return end


_LETTERS = {"month": "M", "year": "Y", "week": "W"}


def _onwards(context: Context, index: int, draft: Draft) -> int | None:
    """ "from the seventh month onwards": when six months are over."""
    text = context.text
    lead = text.match_any(index, ("from the", "as from the", "starting with the", "as of the",
                                  "beginning with the", "starting from the"))  # fmt: skip
    count = _counted(text, lead[1]) if lead is not None else None
    letter = _LETTERS.get(text.lower(lead[1] + 1)) if lead is not None else None
    if lead is None or count is None or count < 2 or letter is None:
        return None
    end = text.skip(lead[1] + 2, ("onwards", "onward", "on"))
    if end == lead[1] + 2 and text.lower(end) not in ("", ".", ",", ";"):
        return None
    time_condition(context, draft, (index, end), ">", f"P{count - 1}{letter}")
    return end


def anniversary(context: Context, index: int, draft: Draft) -> int | None:
    """ "on the first anniversary of the Grant Date", "thereafter"."""
    each = _each_anniversary(context, index, draft) or _between_anniversaries(context, index, draft)
    each = each or _onwards(context, index, draft)
    if each is not None:
        return each
    text = context.text
    at = text.skip(index, ("on", "upon", "the", "at", "from", "after", "before", "until", "by",
                           "prior", "to", "following"))  # fmt: skip
    token = text.nodes[at] if at < len(text) else None
    ordinal = ordinal_at([Token("word", token.text, token.lower, 0, 0)], 0) if token else None
    if at == index or ordinal is None or text.lower(at + 1) != "anniversary":
        return None
    of = text.match(at + 2, "of")
    found = phrase_at(text, of, context.names) if of is not None else None
    value, since = f"P{max(ordinal[0], 1)}Y", found[0].full if found is not None else None
    end = found[1] if found is not None else at + 2
    lead = {text.lower(step) for step in range(index, at)}
    if lead & {"after", "following"}:
        time_condition(context, draft, (index, end), ">", value, since)
    elif draft.conditional and lead & {"before", "prior", "until"}:
        time_condition(context, draft, (index, end), "<", value, since)
    else:
        draft.deadline, draft.deadline_from = value, since
    return end


def thereafter(context: Context, index: int, draft: Draft) -> int | None:
    """ "thereafter": after the deadline of the clause before."""
    before = context.previous
    found = context.text.match_any(index, ("thereafter", "after that", "after this", "afterwards",
                                           "from then on"))  # fmt: skip
    if found is None or before is None:
        return None
    ended = [item for item in before.conditions if item.text.lower().startswith(("while ", "as l"))]
    if before.deadline is None and len(ended) == 1:  # "2% while it is valid and 1% afterwards"
        draft.conditions.append(ended[0].model_copy(update={"negated": not ended[0].negated}))
        return found[1]
    at = (index, found[1])
    if before.deadline is not None:
        time_condition(context, draft, at, ">", before.deadline, before.deadline_from)
        return found[1]
    period = next((item for item in before.conditions if names_period(item)), None)
    if period is None:
        return None
    time_condition(context, draft, at, ">", None, period.subject)
    return found[1]


def begins_after(context: Context, index: int, draft: Draft) -> None:
    """ "25% vests on D and the balance over the following two years": after D."""
    before, later = context.previous, ("over the following", "over the next", "over the subsequent",
                                       "over the ensuing", "over the remaining")  # fmt: skip
    if before is None or not context.text.match_any(index, later):
        return
    at = (index, index + 3)
    if before.deadline:
        time_condition(context, draft, at, ">", before.deadline, before.deadline_from)
        return
    begun = next((one for one in before.conditions if one.kind == "time" and one.value
                  and one.comparator == ">"), None)  # fmt: skip
    if begun is not None:
        time_condition(context, draft, at, ">", begun.value, begun.subject)


def names_period(item: Condition) -> bool:
    """Whether a condition is a time that is named: "during the first year"."""
    return item.kind == "time" and item.comparator == "=" and item.value is None


def is_over(item: Condition, period: Condition | str | None) -> bool:
    """Whether a condition begins when a named period, or a length, ends."""
    if item.kind != "time" or item.comparator != ">" or period is None:
        return False
    if isinstance(period, str):
        return item.value == period
    return names_period(period) and item.subject == period.subject
