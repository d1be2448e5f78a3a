"""What a duration counts from."""

from __future__ import annotations

from assay.authoring.english.conditions.act_nouns import act_noun_at
from assay.authoring.english.conditions.consents import consent_at
from assay.authoring.english.conditions.marked import marked_by, tells_which
from assay.authoring.english.conditions.nominal import (
    gerund_act,
    noun_condition,
)
from assay.authoring.english.conditions.reading import one_condition
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.verbs import verb_named
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.parties.quorums import full_name
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.verb_groups import verb_group_at
from assay.authoring.english.times import reading as times
from assay.authoring.model import Comparator, Condition


def longest_match(context: Context, index: int, phrases: tuple[str, ...]) -> list[int]:
    """The indices after each of the phrases that stand at an index, the longest first."""
    first = context.text.lower(index)
    likely = (phrase for phrase in phrases if first and phrase.startswith(first))
    found = {after for phrase in likely if (after := context.text.match(index, phrase))}
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
    """What a duration counts from: "of delivery", "from signing"."""
    text = context.text
    period = period_end_at(context, index, draft)
    if period is not None:
        return period
    for after in longest_match(context, index, times.ANCHORS):
        at = text.skip(after, ("a", "an", "the", "initial"))
        if gives_notice(text, after):
            return index
        if text.kind(at) == "duration" and text.lower(at + 1) == "cliff":
            return index
        end = _anchor(context, index, after, draft)
        if end is not None:
            return end
    return text.match(index, "thereafter") or index


def gives_notice(text: Line, index: int) -> bool:
    """ "extend by two years upon giving 90 days' notice": an act beside it that nothing counts
    from."""
    given = text.lower(index) in ("giving", "serving")
    return given and "notice" in {text.lower(at) for at in range(index, index + 9)}


def period_end_at(context: Context, index: int, draft: Draft) -> int | None:
    """ "following the end of each calendar quarter", "after quarter end"."""
    text = context.text
    ended = _short_end_at(context, index, draft)
    if ended is not None:
        return ended
    found = text.match_any(index, ("after the end of", "following the end of", "of the end of",
                                   "from the end of", "after", "of"))  # fmt: skip
    if found is None or not found[0].endswith("end of"):
        return None
    pointed = text.match_any(found[1], _POINTED)
    if pointed is None and _recurs(text):
        pointed = text.match_any(found[1], ("the", "a"))
    unit = text.skip(pointed[1], ("calendar", "financial", "fiscal")) if pointed else found[1]
    if pointed is not None and text.lower(unit) in _UNITS and not by_name(draft):
        draft.deadline_from = f"{text.lower(unit)} end"
        return unit + 1
    if text.kind(found[1]) != "recurrence":
        return None
    draft.recurrence = str(text.nodes[found[1]].value)
    draft.deadline_from = f"{times.unit_name(text.nodes[found[1]])} end"
    return found[1] + 1


_POINTED = ("that", "such", "the said", "the relevant", "the same")
_UNITS = frozenset({"week", "month", "quarter", "year"})


def _short_end_at(context: Context, index: int, draft: Draft) -> int | None:
    """ "45 days after quarter end", where something is due each quarter."""
    text = context.text
    lead = text.match_any(index, ("after", "of", "following", "from"))
    if lead is None or not _recurs(text) or by_name(draft):
        return None
    unit = text.skip(lead[1], ("the", "each", "every", "calendar", "financial", "fiscal"))
    unit += text.kind(unit) == "punct" and text.lower(unit) == "-"
    if text.lower(unit) not in _UNITS or text.lower(unit + 1) != "end":
        return None
    draft.deadline_from = f"{text.lower(unit)} end"
    return unit + 2


def _recurs(text: Line) -> bool:
    """Whether something in a sentence happens again and again, so that each time has its end."""
    return any(node.kind == "recurrence" for node in text.nodes)


def by_name(draft: Draft) -> bool:
    """Whether a time's beginning is a name: in conditions, and where something is banned."""
    return draft.conditional or draft.group.force == "must_not"


def _anchor(context: Context, index: int, after: int, draft: Draft) -> int | None:
    text = context.text
    signing = signing_at(context, after)
    if signing is not None:
        return signing
    if by_name(draft):
        moment = times.moment_at(context, after, draft) if text.kind(after) != "clock" else None
        found = phrase_at(text, after, context.names)
        gerund = lemma_of(text.lower(after), "gerund") is not None
        inner = phrase_at(text, after + 1, context.names) if gerund else None
        if text.lower(after) == "being" and lemma_of(text.lower(after + 1), "participle"):
            draft.deadline_from = f"being {text.lower(after + 1)}"
            return text.match(after + 2, "to do so") or after + 2
        if gerund and inner is not None and inner[0].quantity is None:
            draft.deadline_from = f"{text.lower(after)} {inner[0].full}"
            return inner[1]
        if moment is None and found is not None and found[0].quantity is None:
            draft.deadline_from = found[0].full
            over = lemma_of(text.lower(found[1]), "third", "base", "past")
            if over in _OVER:
                draft.deadline_from = "end" if found[0].pronoun else f"{found[0].full} end"
                return found[1] + 1
            return found[1]
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
    done = lemma_of(text.lower(found[1] + 1), "participle")
    if text.lower(found[1]) == "being" and done is not None:
        span = text.span(index, found[1] + 2)
        draft.conditions.append(
            Condition(kind="event", text=context.words(span), span=span,
                      action=verb_named(done).action, asset=found[0].name)
        )  # fmt: skip
        return found[1] + 2
    draft.deadline_from = full_name(found[0])
    return found[1]


def signing_at(context: Context, index: int) -> int | None:
    at = context.text.skip(index, ("the", "date", "of", "this", "its"))
    for start in (index, at):
        found = context.text.match_any(start, times.SIGNING)
        if found is None or context.text.lower(found[1]) in ("'s", "up"):
            continue
        after = found[1]
        of = context.text.match_any(after, ("of this agreement", "of this contract", "hereof",
                                            "of the agreement", "of the contract",
                                            "this agreement", "this contract"))  # fmt: skip
        return of[1] if of else after
    return None


_OVER = frozenset({"end", "expire", "terminate", "lapse", "finish", "conclude"})


def _act_anchor(context: Context, index: int, after: int, draft: Draft) -> int | None:
    at = context.text.match(after, "the date of") or context.text.match(after, "date of") or after
    on_which = context.text.match_any(after, ("the date on which", "the day on which", "the date",
                                              "the day", "the moment"))  # fmt: skip
    if on_which is not None:
        parsed = context.clause_at(context, on_which[1], True)
        if parsed is not None:
            return _clause_anchor(context, index, draft, on_which[1])
    consent = consent_at(context, at, draft, index)
    if consent is not None:
        return consent
    act = act_noun_at(context, at)
    closes = verb_group_at(context.text, act.after) if act is not None else None
    if act is not None and closes is not None and closes.verb is not None and (
        closes.verb.lemma in ("arrive", "land", "come") and act.verb is not None
    ):  # fmt: skip
        draft.conditions.extend(noun_condition(context, act, index, negated=False))
        return closes.end
    which = act is not None and closes is not None and tells_which(context.text, act.after, closes)
    ends = closes is None or closes.force is not None or which
    if act is not None and (ends or act.verb is None):
        draft.conditions.extend(noun_condition(context, act, index, negated=False))
        return marked_by(context, act.after, act.thing, draft)
    arriving = _arriving(context, index, at, draft)
    if arriving is not None:
        return arriving
    gerund = gerund_act(context, at, draft, index)
    if gerund is not None:
        return gerund
    if context.text.lower(index) in ("after", "from", "of", "following"):
        return _clause_anchor(context, index, draft, after)
    return None


def _arriving(context: Context, index: int, at: int, draft: Draft) -> int | None:
    """ "within 7 days of the goods arriving": an act or a state by its gerund."""
    found = phrase_at(context.text, at, context.names)
    if found is None or found[0].quantity is not None or " " not in found[0].full:
        return None
    lemma = lemma_of(found[0].head, "gerund")
    thing = found[0].full.rsplit(maxsplit=1)[0]
    if lemma is None or context.text.lower(index) not in ("of", "after", "from", "following"):
        return None
    span = context.text.span(index, found[1])
    landed = lemma in ("arrive", "land", "come")
    draft.conditions.append(
        Condition(kind="event" if landed else "state", text=context.words(span), span=span,
                  action="deliver" if landed else None, asset=thing if landed else None,
                  subject=None if landed else thing, value=None if landed else found[0].head)
    )  # fmt: skip
    return found[1]


def _clause_anchor(context: Context, index: int, draft: Draft, start: int) -> int | None:
    return one_condition(context, start, draft, "when", index)
