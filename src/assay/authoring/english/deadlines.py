"""By when and from when: the rules that fill a clause's deadline, and conditions on time."""

from __future__ import annotations

from assay.authoring.english import times
from assay.authoring.english.conditions import finite_condition, full_name, one_condition
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.nominal import act_noun_at, noun_condition, nominal_condition
from assay.authoring.english.phrases import phrase_at
from assay.authoring.model import Comparator, Condition


def _longest(context: Context, index: int, phrases: tuple[str, ...]) -> list[int]:
    """The indices after each of the phrases that stand at an index, the longest first."""
    found = {after for phrase in phrases if (after := context.text.match(index, phrase))}
    return sorted(found, reverse=True)


def time_condition(context: Context, draft: Draft, at: tuple[int, int], comparator: Comparator,
                   value: str | None, subject: str | None = None) -> None:  # fmt: skip
    """Adds a condition on time."""
    span = context.text.span(*at)
    draft.conditions.append(
        Condition(kind="time", text=context.words(span), span=span, comparator=comparator,
                  value=value, subject=subject)
    )  # fmt: skip


def anchored(context: Context, index: int, draft: Draft) -> int:
    """What a duration counts from: "of delivery", "after the goods are delivered", "from signing"."""
    text = context.text
    for after in _longest(context, index, times.ANCHORS):
        end = _anchor(context, index, after, draft)
        if end is not None:
            return end
    return text.match(index, "thereafter") or index


def _anchor(context: Context, index: int, after: int, draft: Draft) -> int | None:
    text = context.text
    signing = _signing(context, after)
    if signing is not None:
        return signing
    if text.lower(index) in ("after", "from", "following", "since", "of", "upon"):
        act = _act_anchor(context, index, after, draft)
        if act is not None:
            return act
    moment = times.moment_at(context, after, draft) if text.kind(after) != "clock" else None
    if moment is not None:
        draft.deadline_from = moment[0]
        return moment[1]
    found = phrase_at(text, after, context.names)
    if found is None or found[0].quantity is not None or text.lower(index) == "on":
        return None
    draft.deadline_from = full_name(found[0])
    return found[1]


def _signing(context: Context, index: int) -> int | None:
    at = context.text.skip(index, ("the", "date", "of", "this", "its"))
    for start in (index, at):
        found = context.text.match_any(start, times.SIGNING)
        if found is None or context.text.lower(found[1]) == "'s":
            continue
        after = found[1]
        of = context.text.match_any(after, ("of this agreement", "of this contract", "hereof",
                                            "of the agreement", "of the contract"))  # fmt: skip
        return of[1] if of else after
    return None


def _act_anchor(context: Context, index: int, after: int, draft: Draft) -> int | None:
    at = context.text.match(after, "the date of") or context.text.match(after, "date of") or after
    on_which = context.text.match_any(after, ("the date on which", "the day on which", "the date",
                                              "the day", "the moment"))  # fmt: skip
    if on_which is not None:
        parsed = context.clause_at(context, on_which[1], True)
        if parsed is not None:
            return _clause_anchor(context, index, draft, on_which[1])
    act = act_noun_at(context, at)
    if act is not None and act.state != "signed":
        draft.conditions.extend(noun_condition(context, act, index, negated=False))
        return act.after
    if context.text.lower(index) in ("after", "from", "of", "following"):
        return _clause_anchor(context, index, draft, after)
    return None


def _clause_anchor(context: Context, index: int, draft: Draft, start: int) -> int | None:
    return one_condition(context, start, draft, "when", index)


def within(context: Context, index: int, draft: Draft) -> int | None:
    """ "within 30 days of delivery", "no later than 5 business days after the auction ends"."""
    for after in _longest(context, index, times.WITHIN):
        lasting = times.duration_value(context, after, draft)
        if lasting is not None:
            draft.deadline = lasting[0]
            return anchored(context, lasting[1], draft)
    return None


def after_duration(context: Context, index: int, draft: Draft) -> int | None:
    """ "30 days after delivery", "14 days before the end", "after 12 months"."""
    text = context.text
    for after in _longest(context, index, (*times.AFTER, *times.FROM)):
        lasting = times.duration_value(context, after, draft)
        if lasting is not None:
            end = _from_what(context, lasting[1])
            subject, end = end if end else (None, lasting[1])
            time_condition(context, draft, (index, end), ">", lasting[0], subject)
            return end
    at = text.match_any(index, ("at least", "not less than", "no less than", "exactly", "by",
                                "upon", "not later than", "no later than", "at"))  # fmt: skip
    start = at[1] if at else index
    if text.kind(start) != "duration":
        return None
    lasting = times.duration_value(context, start, draft)
    if lasting is None:
        return None
    before = _longest(context, lasting[1], times.BEFORE)
    if before:
        return _ahead(context, index, draft, lasting[0], before[0])
    end = anchored(context, lasting[1], draft)
    if end == lasting[1]:
        return None
    draft.deadline = lasting[0]
    return end


def _from_what(context: Context, index: int) -> tuple[str | None, int] | None:
    for after in _longest(context, index, times.ANCHORS):
        signing = _signing(context, after)
        if signing is not None:
            return None, signing
        found = phrase_at(context.text, after, context.names)
        if found is not None and found[0].quantity is None:
            return full_name(found[0]), found[1]
    return None


def _ahead(context: Context, index: int, draft: Draft, value: str | None, at: int) -> int | None:
    """ "14 days before the end of the term": a point before another, which becomes a condition."""
    moment = times.moment_at(context, at, draft)
    if moment is not None:
        subject, end = moment
    else:
        found = phrase_at(context.text, at, context.names)
        if found is None:
            return None
        subject, end = full_name(found[0]), found[1]
    time_condition(context, draft, (index, end), "<=", value, f"before {subject}")
    return end


def by_date(context: Context, index: int, draft: Draft) -> int | None:
    """ "by 31 December 2026", "no later than 5 p.m. UTC on 1 May 2027", "until 1 May 2027"."""
    for after in _longest(context, index, times.BY):
        moment = times.moment_at(context, after, draft)
        if moment is None:
            continue
        until = context.text.lower(index) in ("until", "till", "before", "prior", "through", "up")
        if until and draft.group.force == "must_not":
            time_condition(context, draft, (index, moment[1]), "<", moment[0])
        else:
            draft.deadline = moment[0]
        return moment[1]
    return None


def on_date(context: Context, index: int, draft: Draft) -> int | None:
    """ "on 1 May 2027", "after 1 May 2027", "from 1 May 2027", "tomorrow", "Friday"."""
    text = context.text
    for phrases, comparator in ((times.FROM, ">="), (times.AFTER, ">"), (times.ON, "=")):
        for after in _longest(context, index, phrases):
            moment = times.moment_at(context, after, draft)
            if moment is None:
                continue
            if comparator == "=" and draft.group.force not in ("may", "must_not"):
                draft.deadline = moment[0]
            else:
                time_condition(context, draft, (index, moment[1]), comparator, moment[0])  # type: ignore[arg-type]
            return moment[1]
    if text.kind(index) in ("date", "clock"):
        moment = times.moment_at(context, index, draft)
        if moment is not None:
            draft.deadline = moment[0]
            return moment[1]
    if text.lower(index) in ("tomorrow", "today", "tonight"):
        times.ask(context, draft, "date", "Which date is this?", text.span(index, index + 1))
        return index + 1
    return None


def between_dates(context: Context, index: int, draft: Draft) -> int | None:
    """ "between 1 May 2027 and 31 May 2027", "from 1 May 2027 to 31 May 2027"."""
    text = context.text
    if text.lower(index) not in ("between", "from"):
        return None
    first = (
        times.moment_at(context, index + 1, draft) if times.is_time(context, index + 1) else None
    )
    if first is None or text.lower(first[1]) not in ("and", "to", "until", "through"):
        return None
    second = times.moment_at(context, first[1] + 1, draft)
    if second is None:
        return None
    time_condition(context, draft, (index, first[1]), ">=", first[0])
    time_condition(context, draft, (first[1], second[1]), "<=", second[0])
    return second[1]


def lasting(context: Context, index: int, draft: Draft) -> int | None:
    """ "for 12 months", "over a period of 24 months after signing": how long it goes on."""
    for after in _longest(context, index, times.FOR):
        duration = times.duration_value(context, after, draft)
        if duration is not None:
            draft.deadline = duration[0]
            return anchored(context, duration[1], draft)
    return None


def during(context: Context, index: int, draft: Draft) -> int | None:
    """ "during the trial", "throughout the term", "before the cliff", "until the closing date"."""
    text = context.text
    marker = text.match_any(index, ("during", "throughout", "in the course of", "for the duration of",
                                    "at any time during", "before", "after", "until", "by", "on",
                                    "prior to", "at", "upon", "for", "no later than",
                                    "not later than", "on or before", "following",
                                    "within"))  # fmt: skip
    if marker is None:
        return None
    found = phrase_at(text, marker[1], context.names)
    if found is None or found[0].quantity is not None or found[0].party or found[0].pronoun:
        return None
    phrase, after = found
    time_noun = phrase.head in ("term", "period", "trial", "season", "cliff", "date", "day", "lifetime",
                                "phase", "time", "deadline", "vesting", "sale", "duration", "hours",
                                "lock-up", "lockup", "auction", "expiry", "completion", "maturity",
                                "closing", "end", "month", "year", "start", "beginning", "week",
                                "tenancy", "window", "hour", "lease")  # fmt: skip
    if not time_noun:
        return None
    name = full_name(phrase)
    if marker[0] in ("by", "no later than", "not later than", "on or before", "at", "on", "within"):
        times.ask(context, draft, "date", f"When is the {name}?", text.span(index, after))
        return after
    comparator: Comparator = "="
    if marker[0] in ("before", "until", "prior to"):
        comparator = "<"
    elif marker[0] in ("after", "upon", "following"):
        comparator = ">"
    time_condition(context, draft, (index, after), comparator, None, name)
    return after


RULES = (between_dates, within, after_duration, by_date, on_date, times.vague_time, times.recurring,
         lasting, finite_condition, nominal_condition, during)  # fmt: skip
"""Rules for what says when and if, in the order in which they are tried."""


def adjunct_at(context: Context, index: int, draft: Draft) -> int | None:
    """Reads one phrase that says when or under which condition; the index after it, or None."""
    for rule in RULES:
        kept = (len(draft.conditions), len(draft.doubts))
        after = rule(context, index, draft)
        if after is not None and after > index:
            return after
        del draft.conditions[kept[0] :], draft.doubts[kept[1] :]
    return None
