"""Conditions in a word or two, as chats have them: "once live", "at kickoff"."""

from __future__ import annotations

from assay.authoring.english.conditions.boundaries import verb_follows
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import forms_of, lemma_of
from assay.authoring.english.lexicon.money import LEFT_OVER, MONEY_NOUNS
from assay.authoring.english.lexicon.verbs import NOUNS, VERBS
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.parties.quorums import full_name
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.times import reading as times
from assay.authoring.model import Condition

_LEADS = {
    "against": "noun","once": "when", "when": "when", "after": "when", "upon": "when", "if": "when",
          "as soon as": "when", "only when": "when", "only once": "when", "only if": "when",
          "on": "noun", "with": "noun", "at": "noun", "post": "noun", "until": "until",
          "till": "until",
          "unless": "until", "if not": "until", "once it is": "when",
          "before": "until", "for": "noun"}  # fmt: skip
_STATES = frozenset(
    "live done ready complete completed finished over online final up closed open fixed working "
    "happy satisfied successful deployed merged launched listed hit reached met resolved "
    "signed-off settled shown no-show offline overdue unreachable insolvent paused "
    "delisted".split()
)
_STOPS = frozenset({"", ",", ";", ".", ":", "and", "or", "then", "-", "–", "—", ")", "to", "by",
                    "plus", "but", "("})  # fmt: skip


_GUARDING = frozenset({"insure", "protect", "secure", "guard", "hedge", "safeguard", "defend",
                       "warrant", "cover"})  # fmt: skip


def is_guarding(draft: Draft) -> bool:
    """Whether what is said with "against" is a peril: "shall insure it against theft"."""
    return draft.group.verb is not None and draft.group.verb.lemma in _GUARDING


def short_condition(context: Context, index: int, draft: Draft) -> int | None:
    """ "once live", "after delivery report", "if not shipped by 1 May 2027"."""
    text = context.text
    lead = text.match_any(index, _LEADS)
    if lead is None:
        return None
    kind = _LEADS[lead[0]]
    if kind != "noun":
        found = _word_of_state(context, index, lead[1], draft, kind)
        if found is not None:
            return found
    if lead[0] == "against":
        return _against(context, index, lead[1], draft)
    if lead[0] == "with" and not {text.lower(lead[1]), text.lower(lead[1] + 1)} & _WITH:
        return None
    if lead[0] in ("with", "on", "at", "post", "after", "upon", "once"):
        return occasion_at(context, index, lead[1], draft)
    return None


def _against(context: Context, index: int, start: int, draft: Draft) -> int | None:
    """ "paid against the bill of lading": a payment for a document."""
    found = phrase_at(context.text, start, context.names)
    verb = draft.group.verb
    if found is not None and is_guarding(draft):
        after = found[1]
        while context.text.lower(after) in (",", "and", "or"):
            more = phrase_at(context.text, after + 1, context.names)
            if more is None or verb_follows(context, more[1]) is not None:
                break
            after = more[1]
        return after
    if found is None or verb is None or verb.action not in ("pay", "release", "deliver"):
        return None
    phrase, after = found
    if phrase.quantity is not None or phrase.party is not None or not phrase.name:
        return None
    span = context.text.span(index, after)
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, subject=full_name(phrase))
    )
    return after


_WITH = frozenset({"order", "booking", "application", "delivery", "invoice", "reservation"})


def _word_of_state(context: Context, index: int, at: int, draft: Draft, kind: str) -> int | None:
    text = context.text
    at = text.skip(at, ("fully", "both", "all", "successfully", "it", "is", "are", "has", "been"))
    spoken, after = text.lower(at), at + 1
    if text.lower(after) not in _STOPS:
        return None
    lemma = lemma_of(spoken, "participle")
    action = VERBS[lemma].action if lemma in VERBS else None
    limit = times.moment_at(context, after + 1, draft) if text.lower(after) == "by" and (
        times.is_time(context, after + 1)
    ) else None  # fmt: skip
    after = limit[1] if limit is not None else after
    span = text.span(index, after)
    until = kind == "until"
    if action is not None and action != "perform" and spoken not in _STATES:
        missed = until and limit is not None
        draft.conditions.append(
            Condition(kind="breach" if missed else "event", text=context.words(span), span=span,
                      action=action, negated=until and not missed,
                      comparator="<=" if limit else None, value=limit[0] if limit else None)
        )  # fmt: skip
        return after
    if limit is not None or spoken not in _STATES:
        return None
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, value=spoken, negated=until)
    )
    return after


def occasion_at(context: Context, index: int, start: int, draft: Draft) -> int | None:
    """ "(at) kickoff", "(after) audit report": something happens, and a payment waits for it."""
    text = context.text
    verb = draft.group.verb
    if verb is None or verb.action not in ("pay", "release", "vest", "transfer", "refund", "issue"):
        return None
    start = text.skip(start, ("the", "a", "an", "each"))
    end = start
    while end < len(text) and _names_occasion(context, end):
        end += 1
    if not 1 <= end - start <= 3 or text.lower(end) not in _STOPS:
        return None
    span = text.span(index, end)
    name = " ".join(text.lower(step) for step in range(start, end))
    lemma = NOUNS.get(name)
    if lemma is not None and lemma in VERBS:
        draft.conditions.append(
            Condition(kind="event", text=context.words(span), span=span, action=VERBS[lemma].action)
        )
        return end
    draft.conditions.append(
        Condition(kind="state", text=context.words(span), span=span, subject=name)
    )
    return end


_PLAIN = frozenset({"today", "first", "each", "total", "more", "afterwards", "thereafter", "later",
                    "then", "instead", "elsewhere", "again", "twice", "once"})  # fmt: skip


def _names_occasion(context: Context, index: int) -> bool:
    word, kind = context.text.lower(index), context.text.kind(index)
    known = (words.PREPOSITIONS | words.CONJUNCTIONS | words.MODALS | words.BE | words.HAVE
             | words.FILLERS | words.AT_ONCE | _PLAIN
             | words.PRONOUNS | words.DETERMINERS | words.SUBORDINATORS | MONEY_NOUNS)  # fmt: skip
    if kind == "amount":
        return context.text.kind(index - 1) == "word" and word.isdigit()
    return (
        kind == "word"
        and word not in known
        and word not in words.SPEAKERS
        and context.names.role(word) is None
        and context.names.party(word, context.text.nodes[index].text) is None
        and not any(tag in ("third", "past") for _, tag in forms_of(word) if word not in NOUNS)
    )


def receiver_of_share(context: Context, index: int, draft: Draft) -> int | None:
    """ "60% Lena, 40% Oskar" where something is split: the name is who receives."""
    text = context.text
    if draft.whole is None or text.kind(index) not in ("word",):
        return None
    found = phrase_at(text, index, context.names)
    closed = found is not None and text.lower(found[1]) in _STOPS
    named = found is not None and (found[0].party or text.nodes[index].text[:1].isupper() or closed)
    if found is None or not named or found[0].quantity is not None:
        return None
    draft.recipients = [found[0]]
    return found[1]


def amount_behind_name(text: Line, index: int) -> bool:
    """Whether a name with its share stands at an index: "me 60", "Lena: 40%"."""
    at = text.skip(index + 1, (":", "-", "=", "gets"))
    given = text.kind(at) == "amount" or text.lower(text.skip(at, ("the",))) in LEFT_OVER
    return text.kind(index) == "word" and given
