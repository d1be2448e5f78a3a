"""Times by their names: "during the trial", "before the cliff", "until the lock-up has ended"."""

from __future__ import annotations

from assay.authoring.english.attaching.anchors import time_condition
from assay.authoring.english.attaching.periods import known_period
from assay.authoring.english.conditions.boundaries import verb_follows
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.markers import FINITE
from assay.authoring.english.lexicon.words import MODALS
from assay.authoring.english.parties.quorums import full_name
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.times import reading as times
from assay.authoring.english.times.vague import by_when
from assay.authoring.model import Comparator

_NAMED_TIMES = ("during", "throughout", "in the course of", "for the duration of",
                "at any time during", "before", "after", "until", "by", "on", "prior to", "at",
                "upon", "for", "no later than", "not later than", "on or before", "following",
                "within", "in that", "in this", *times.FROM_NAMED)  # fmt: skip
_TIME_NOUNS = frozenset("term period trial season cliff date day lifetime phase time deadline "
                        "duration hour lock-up lockup maturity closing month year week window "
                        "tenancy weekend summer winter holiday year-end month-end "
                        "quarter-end".split())  # fmt: skip


_EDGES = frozenset({"end", "expiry", "expiration", "start", "beginning"})
_ENDED = ("elapsed", "ended", "expired", "passed", "lapsed", "run out")
_OVER = (*(f"{has} {ended}" for has in ("has", "have") for ended in _ENDED), "is over", "are over",
         "is up", "ends", "expires", "elapses")  # fmt: skip


def during(context: Context, index: int, draft: Draft) -> int | None:
    """ "during the trial", "throughout the term", "before the cliff", "until the closing date"."""
    text = context.text
    marker = text.match_any(index, _NAMED_TIMES)
    if marker is None:
        return None
    opened = text.match_any(index, FINITE)
    if opened is not None and opened[1] > marker[1] + 1:
        return None
    known = known_period(context, index, marker, draft)
    if known is not None:
        return known
    found = phrase_at(text, marker[1], context.names)
    if found is None or found[0].quantity is not None or found[0].party or found[0].pronoun:
        return None
    phrase, after = found
    if phrase.name == "time" and phrase.of is None:
        return None
    if phrase.full == "day" and text.lower(marker[1]) in ("any", "each", "every"):
        return after
    if phrase.head == "period" and text.lower(after) in ("from", "between") and (
        context.text.kind(after + 1) == "date"
    ):  # fmt: skip
        return after
    joins = marker[0] in ("before", "after", "until", "by", "following", "for")
    joins = joins and not (phrase.head in _TIME_NOUNS | _EDGES and _acts(context, index, after))
    if joins and verb_follows(context, after) and text.lower(after) not in (*MODALS, "and"):
        return None
    if phrase.head in _EDGES and phrase.of is not None:
        late = marker[0] in ("after", "following", "upon") and phrase.head != "end"
        sign: Comparator = ">" if marker[0] in ("after", "following") or late else "="
        sign = "<" if marker[0] in ("before", "until", "prior to") else sign
        time_condition(context, draft, (index, after), sign, None, full_name(phrase))
        return after
    time_noun = phrase.head in _TIME_NOUNS
    time_noun = time_noun or phrase.full in ("year end", "month end", "quarter end", "season end")
    whole = marker[0] in ("during", "throughout", "in the course of", "for the duration of")
    begins = marker[0] in times.FROM_NAMED
    if (not time_noun and not whole) or (begins and phrase.head not in ("date", "day")):
        return None
    past = phrase.full.split(" ")[0] in ("preceding", "previous", "prior", "last", "immediately")
    if (text.lower(index - 1) in ("also", "even", "including") or past) and whole:
        return after
    if phrase.vague:
        times.ask(context, draft, "vague_time", by_when(phrase.full), text.span(index, after))
        return after
    dated = phrase.head in ("day", "date", "time") and phrase.of is not None
    name = full_name(phrase) if dated else phrase.full
    value = phrase.date
    if text.lower(after) == "of" and text.kind(after + 1) == "duration":
        counted = times.duration_value(context, after + 1, draft)
        value, after = counted if counted is not None else (None, after)
        over = text.match_any(after, _OVER)
        after = over[1] if over is not None else after
    comparator = times.side_of(marker[0])
    if phrase.date is not None and draft.group.force not in ("may", "must_not") and (
        comparator != ">" and not draft.conditional
    ):  # fmt: skip
        draft.deadline, draft.time_comparator = phrase.date, comparator
        return after
    time_condition(context, draft, (index, after), comparator, value,
                   None if phrase.date else name)  # fmt: skip
    return after


_PASSES = frozenset("end expire elapse lapse pass begin start commence run close open arrive come "
                    "occur be have".split())  # fmt: skip


def _acts(context: Context, index: int, after: int) -> bool:
    """ "an employee who leaves before the cliff forfeits": the verb is that of the main clause."""
    text = context.text
    who = any(text.lower(at) in ("who", "that", "which") for at in range(max(1, index - 5), index))
    lemma = lemma_of(text.lower(after), "third", "past")
    return who and lemma is not None and lemma not in _PASSES
