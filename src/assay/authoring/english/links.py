"""Words that link a clause to the one before."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.acts.roles import roles_of
from assay.authoring.english.attaching.periods import names_period
from assay.authoring.english.conditions.boundaries import subjects_at, verb_follows
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import Group
from assay.authoring.model import Condition, Span

FOLLOWING = ("in which case", "whereupon", "thereupon", "upon which", "in which event",
             "after which", "following which", "at which point",
             "in consideration of which", "in exchange for which",
             "in return for which", *markers.IN_THAT_CASE)  # fmt: skip


def told_before(context: Context) -> list[Condition]:
    """ "In that case" at the head of a sentence: what the sentence before has told.

    That is the right that it gives, as an act that is done, or else what its duty waits for, or
    else that duty. Nothing where the sentence points at nothing, or at what was not read.
    """
    text = context.text
    places = (at for at in range(len(text)) if text.match_any(at, markers.IN_THAT_CASE))
    at = next(places, None)
    found = text.match_any(at, markers.IN_THAT_CASE) if at is not None else None
    joined = at is not None and text.lower(at - 1) in (",", ";", "and", "but", ":") and at > 1
    if at is None or found is None or joined or not context.done:
        return []
    rights = [one for one in context.done if one.modality == "may"]
    told, span = (rights or context.done)[0 if rights else -1], text.span(at, found[1])
    del text.nodes[at : text.skip(found[1], (",",))]
    if told.modality != "may" and told.conditions:
        return list(told.conditions)
    return [
        Condition(kind="event", text=context.words(span), span=span, actor=told.actor,
                  action=told.action, amount=told.amount, asset=told.asset,
                  recipient=told.recipient)
    ]  # fmt: skip


def done_before(context: Context, before: Draft, span: Span) -> list[Condition]:
    """ "in which case": the act of the clause before has been done."""
    pointing = ("whereupon", "upon which", "thereupon")
    told = any(context.text.lower(step) in pointing for step in range(len(context.text)))
    if before.group.force != "may" and not told:
        return []
    return [
        Condition(kind="event", text=context.words(span), span=span, actor=roles.actor,
                  action=roles.action, amount=roles.amount, asset=roles.asset,
                  recipient=roles.recipient)
        for roles in roles_of(before, context)[:1]
    ]  # fmt: skip


def after_which(context: Context, before: Draft, span: Span) -> list[Condition]:
    """ "after which": when the time of the clause before is over, or else its act has been done."""
    if before.deadline is None:
        return done_before(context, replace(before, group=replace(before.group, force="may")), span)
    return [Condition(kind="time", text=context.words(span), span=span, comparator=">",
                      value=before.deadline, subject=before.deadline_from)]  # fmt: skip


def afterwards(context: Context, before: Draft, draft: Draft, index: int) -> None:
    """ "locked for 72 hours, then": after the time of the clause before."""
    action = before.group.verb.action if before.group.verb is not None else None
    span = context.text.span(index - 1, index)
    later = context.text.lower(index - 1) in ("thereafter", "afterwards")
    ban = next((item for item in before.conditions if _ends_ban(before, item)), None)
    value, subject = (ban.value, ban.subject) if ban is not None else (
        before.deadline, before.deadline_from
    )  # fmt: skip
    lasting = action in ("lock", "keep", "maintain", "use", "occupy")
    period = next((item for item in before.conditions if names_period(item)), None)
    if value is None and later and period is not None:
        subject = period.subject
    elif value is None or not (later or lasting):
        return
    draft.conditions.insert(
        0, Condition(kind="time", text=context.words(span), span=span, comparator=">",
                     value=value, subject=subject)
    )  # fmt: skip


def _ends_ban(before: Draft, item: Condition) -> bool:
    """Whether a ban is over at a time: "for three months no rent is payable"."""
    banned = before.group.force == "must_not"
    return banned and item.kind == "time" and item.comparator in ("<", "<=") and bool(item.value)


def otherwise_at(context: Context, index: int) -> int | None:
    """The index after words that begin what follows where a duty is not kept."""
    text = context.text
    marker = text.match_any(index, markers.OTHERWISE)
    if marker is not None and marker[0] == "or":
        found = subjects_at(context, index + 1)
        clause = found is not None and verb_follows(context, found[1]) is not None
        bare = lemma_of(text.lower(index + 1), "base") is not None
        if bare and found is not None and found[0][0].party is None:
            return None
        return marker[1] if clause else None
    named = marker is not None and marker[0] == "in default" and text.lower(marker[1]) == "of"
    denies = marker is not None and marker[0].endswith((" not", " fails"))
    goes_on = marker is not None and denies and not _ends(context, marker[1])
    if marker is not None and not (named or goes_on or is_idiom(text, marker[1])):
        return marker[1]
    lead = text.match_any(
        index,
        (
            "if",
            "should",
            "in the event that",
            "where",
            "in case",
            "in the case that",
            "in the event",
            "when",
        ),
    )
    who = phrase_at(text, lead[1], context.names) if lead is not None else None
    if who is None or not (who[0].party or who[0].pronoun):
        return None
    points = text.match_any(who[1], ("does not", "do not", "doesn't", "don't", "fails to do so",
                                     "fail to do so", "does not do so", "fails", "has not done so",
                                     "do not do so", "fails to comply", "does not comply",
                                     "is late", "fails so to do", "have not done so", "did not",
                                     "doesn't do so", "fails to do this", "fails to"))  # fmt: skip
    return points[1] if points is not None and _ends(context, points[1]) else None


def _ends(context: Context, index: int) -> bool:
    """Whether "if he does not" ends before an index: "object" behind it is what he does not do."""
    found = subjects_at(context, index)
    clause = found is not None and verb_follows(context, found[1]) is not None
    return clause or context.text.lower(index) in (",", "then", "")


def is_idiom(text: Line, index: int) -> bool:
    """ "unless otherwise agreed", "as otherwise provided" are no alternatives."""
    return text.lower(index) in (
        "agreed",
        "provided",
        "stated",
        "specified",
        "required",
        "directed",
    )


def link(context: Context, before: Draft, draft: Draft, index: int) -> None:
    """ "then", "thereafter", "thereupon" before a clause or behind its modal."""
    text = context.text
    if text.lower(index - 1) in ("then", "thereafter", "afterwards"):
        afterwards(context, before, draft, index)
    soon = [text.lower(step) for step in range(index, index + 5)]
    until = any(
        item.negated and item.text.startswith(("until", "till")) for item in before.conditions
    )
    turned = draft.group.passive and not before.group.passive and before.group.force == "must"
    waits = (
        "thereupon" in soon
        or ("then" in soon and turned)
        or ("then" in soon and (until or before.group.force == "may"))
    )
    inside = next((step for step in range(index, index + 5)
                   if text.lower(step) in ("thereafter", "then")
                   and text.lower(step - 1) in words.MODALS | words.BE), None)  # fmt: skip
    if inside is not None and not waits:
        afterwards(context, before, draft, inside + 1)
    answers = before.group.force == "may" and "then" in soon and not before.group.passive
    if (draft.continued and waits) or (answers and before.subjects and not draft.continued):
        said = next((step for step in range(index, index + 5) if text.lower(step) == "then"), index)
        _follow(context, before, draft, said)


def _follow(context: Context, before: Draft, draft: Draft, index: int) -> None:
    """ "shall thereupon release it": when the act before, or what it waits for, has been done."""
    waited = [item for item in before.conditions if item.negated and item.kind != "time"]
    if waited:
        done = [item.model_copy(update={"negated": False}) for item in waited]
    else:
        done = done_before(context, before, context.text.span(index, index + 1))
    draft.conditions = [*done, *draft.conditions]


def since(context: Context, lead: str, index: int, before: Draft) -> list[Condition]:
    """ "in which case", "after which": what the clause before has to do with the next one."""
    said = {*lead.split()}
    if said & {"consideration", "exchange", "return"}:
        return []
    told = after_which if said & {"after", "following"} else done_before
    found = told(context, before, context.text.span(index - 1, index))
    return found or (list(before.conditions) if said & {"case", "event", "so"} else [])


def spoken_of(text: Line, index: int, before: Draft, group: Group) -> list[Phrase]:
    """Who a further verb speaks of: ", to be released to the Seller" is said of what was handed
    over, and not of who did."""
    things = [item for item in before.objects if item.party is None]
    said = group.passive and text.match(index, "to be") is not None
    return things[-1:] if said and things and not before.group.passive else list(before.subjects)


def ask_whether_apart(context: Context, draft: Draft, index: int) -> None:
    """ "keeps the car the player drives": a clause that nothing joins to the one before may only
    tell which thing is meant."""
    text = context.text
    behind = text.kind(index - 1) in ("word", "amount") and text.lower(index - 1) not in _JOINING
    named = bool(draft.subjects) and draft.subjects[0].party != "anyone"
    own = named and not (draft.imperative or draft.continued or draft.fragment)
    if behind and own and text.lower(index) not in _JOINING:
        span = (draft.start, max(draft.start, draft.end))
        question = "Is this a duty of its own, or does it tell which thing is meant?"
        draft.doubts.append(Doubt("run_on", question, span))


_JOINING = words.CONJUNCTIONS | frozenset(
    "then also plus while whereas thereafter afterwards thereupon otherwise provided that "
    "however".split()
)


def in_list(text: Line, index: int) -> bool:
    return any(text.lower(step) in (":",) for step in range(index))
