"""Notice that somebody gives before an act."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon.verbs import Verb
from assay.authoring.english.parties.referents import party_name
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.times import reading as times
from assay.authoring.model import Condition

_BEING_TOLD = ("being given", "having been given", "being served with", "having been served with",
               "receiving", "having received", "being served", "having been served")  # fmt: skip
_PLAIN = frozenset("a at least not less no than minimum of prior the written formal advance 's ' "
                   "previous further in".split())  # fmt: skip


def notice_had(context: Context, index: int, draft: Draft, start: int) -> int | None:
    """ "after being given 14 days' notice by the Landlord": that somebody else gave it."""
    text = context.text
    lead = text.match_any(index, _BEING_TOLD)
    at = text.skip(lead[1], _PLAIN) if lead is not None else index
    period = times.duration_value(context, at, draft) if text.kind(at) == "duration" else None
    at = text.skip(period[1], _PLAIN) if period is not None else at
    if lead is None or period is None or text.lower(at) not in ("notice", "notification"):
        return None
    at = text.match(at + 1, "in writing") or at + 1
    found = phrase_at(text, at + 1, context.names) if text.lower(at) in ("by", "from") else None
    giver = party_name(found[0], context) if found is not None else None
    span = text.span(start, found[1] if found is not None else at)
    draft.conditions.append(
        Condition(kind="event", text=context.words(span), span=span, action="notify", actor=giver,
                  value=period[0])
    )  # fmt: skip
    return found[1] if found is not None else at


_AHEAD = ("in advance", "beforehand", "ahead of time", "before", "in advance thereof")


def ahead(context: Context, index: int, draft: Draft) -> int | None:
    """ "if it notifies the Buyer at least 30 days in advance": how long before."""
    text, verb = context.text, draft.group.verb
    if not draft.conditional or verb is None or verb.action != "notify" or draft.deadline:
        return None
    at = text.skip(index, _PLAIN)
    period = times.duration_value(context, at, draft) if text.kind(at) == "duration" else None
    told = text.match_any(period[1], _AHEAD) if period is not None else None
    if period is None or told is None or text.kind(told[1]) == "word":
        return None
    draft.deadline = period[0]
    return told[1]


def notice(context: Context, index: int, draft: Draft) -> int | None:
    """ "on thirty days' written notice (to the Landlord)", "by giving the other party 3 months'
    notice": an act before the act."""
    text = context.text
    lead = text.match_any(index, ("only after giving", "only upon giving", "only on",
    "only by giving",
    "only with", "after", "upon giving", "by giving", "on giving", "after giving",
    "subject to",
                                  "upon", "on", "with", "by", "giving", "at", "provided it gives",
                                  "by providing", "by serving", "by means of", "having given",
                                  "without", "upon at least",
                                  "in which case it gives"))  # fmt: skip
    gives = draft.group.verb is not None and draft.group.verb.lemma in ("give", "serve", "provide")
    if lead is None and not gives:
        return None
    lead = lead or ("", index)
    at = text.skip(lead[1], ("a", "giving"))
    receiver = None
    if "giv" in lead[0] or lead[0] in ("by providing", "by serving"):
        at = at + 1 if text.lower(at) == "to" else at
        found = phrase_at(text, at, context.names)
        if found is not None and (found[0].party or found[0].pronoun) and found[0].quantity is None:
            receiver, at = found[0], found[1]
    at = text.skip(at, ("at", "least", "not", "less", "no", "than", "a", "minimum", "of", "prior"))
    period = times.duration_value(context, at, draft) if text.kind(at) == "duration" else None
    at = text.skip(period[1] if period else at, ("prior", "advance", "written", "'s", "'", "in",
                                                 "formal", "previous"))  # fmt: skip
    if text.lower(at) not in ("notice", "notification"):
        return None
    tail = text.match_any(
        at + 1, ("in writing", "in advance", "of termination", "of non-renewal", "of cancellation")
    )
    at = tail[1] if tail is not None else at + 1
    if text.lower(at) == "to":
        found = phrase_at(text, at + 1, context.names)
        if found is not None:
            receiver, at = found[0], found[1]
    if (given := _given_by(context, index, at, period[0] if period else None, draft)) is not None:
        return given
    verb = draft.group.verb
    if verb is not None and verb.lemma in ("give", "serve", "provide", "send"):
        draft.group = replace(draft.group, verb=Verb("give notice", "notify", "inform"))
        if draft.conditional and period is not None:
            draft.deadline = period[0]
            return at
        times.ask(context, draft, "lead_time", "Counted back from when?", text.span(index, at))
        return at
    draft.notices.append((context.text.span(index, at), period[0] if period else None, receiver,
                          lead[0] == "without"))  # fmt: skip
    return at


def _given_by(
    context: Context, index: int, at: int, period: str | None, draft: Draft
) -> int | None:
    """ "upon notice from the Buyer", "on 30 days' notice by the Landlord": who gives it."""
    text = context.text
    found = phrase_at(text, at + 1, context.names) if text.lower(at) in ("by", "from") else None
    if found is None or found[0].party is None:
        return None
    span = text.span(index, found[1])
    draft.conditions.append(
        Condition(kind="event", text=context.words(span), span=span, action="notify",
                  actor=party_name(found[0], context, ""), value=period)
    )  # fmt: skip
    return found[1]
