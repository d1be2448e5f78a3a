"""Bargains and spans of days as people say them, brought into the words that the rules expect.

"Contribute 100 USDC and you get a mug" says what you get if you contribute; "from 3 to 10 June
2027" names two days of one month.
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.verbs import VERBS
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.verb_groups import verb_group_at
from assay.authoring.language.dates import Moment


def bargained(context: Context) -> None:
    """Rewrites the nodes of a sentence that says a bargain, or the span of a sale."""
    _days(context.text)
    _bargain(context)
    _and_will(context)
    _lost(context.text)
    _for_a_period(context.text)
    _raised(context)
    _to_start(context.text)
    _in_one(context.text)
    _final_and(context.text)


def _said(here: Node, phrase: str) -> list[Node]:
    return [word(here, one) for one in phrase.split()]


def _days(text: Line) -> None:
    """ "from 3 to 10 June 2027": both are days of June."""
    for index in range(1, len(text) - 2):
        first, last = text.nodes[index], text.nodes[index + 2]
        joint = text.lower(index + 1) in ("to", "until", "till", "-", "–", "through")
        led = text.lower(index - 1) in ("from", "open", ":")
        value = last.value if last.kind == "date" else None
        if not (joint and led and first.lower.removesuffix("th").isdigit()):
            continue
        if (
            not isinstance(value, Moment)
            or value.iso is None
            or len(value.iso) != len("2027-06-10")
        ):
            continue
        day = int(first.lower.removesuffix("th"))
        if 0 < day < int(value.iso[-2:]):
            start = replace(value, iso=f"{value.iso[:-2]}{day:02}")
            text.nodes[index] = replace(first, kind="date", value=start)
            text.nodes[index + 1] = word(text.nodes[index + 1], "to")


_WE = frozenset({"you", "we", "i", "u", "they", "your"})


def _bargain(context: Context) -> None:
    """ "Cancel within 14 days and we refund you": if you cancel."""
    text = context.text
    lemma = lemma_of(text.lower(0), "base")
    if lemma not in VERBS or text.lower(0) in _WE or text.match_any(0, markers.FINITE):
        return
    for index in range(2, len(text) - 2):
        if text.lower(index) in (",", ";", ".", ":"):
            return
        if text.lower(index) != "and" or text.lower(index + 1) not in _WE:
            continue
        who = phrase_at(text, index + 1, context.names)
        group = verb_group_at(text, who[1]) if who is not None else None
        if group is None or (group.kind != "act" and not group.passive):
            return
        comma = mark(text.nodes[index], ",")
        text.nodes[index] = comma
        text.nodes[:0] = _said(text.nodes[0], "if you")
        return


_STATES = ("costs", "cost", "is", "are", "amounts to", "comes to")
_HELPED = words.MODALS | {"is", "are"}


def _and_will(context: Context) -> None:
    """ "the plan costs 12 USDC a month and renews": what renews is the plan."""
    text = context.text
    found = phrase_at(text, 0, context.names)
    verb = text.match_any(found[1], _STATES) if found is not None else None
    if found is None or verb is None or found[0].quantity or text.kind(verb[1]) != "amount":
        return
    at = verb[1]
    while text.kind(at) in ("amount", "recurrence") or text.lower(at) in ("per", "each"):
        at += 1
    joint = at + (text.lower(at) == ",")
    acts = text.lower(joint + 1) in _HELPED or lemma_of(text.lower(joint + 1), "third")
    if text.lower(joint) in ("and", "but") and acts:
        comma = mark(text.nodes[joint], ";")
        text.nodes[at : joint + 1] = [comma, *(replace(node) for node in text.nodes[: found[1]])]


_HELD = frozenset({"deposit", "bond", "stake", "collateral", "money", "prepayment"})


_PERIODS = {
    **{f"for {lead} period {more}": ("for", "more", "than")
       for lead in ("a", "any", "a continuous", "an uninterrupted", "a consecutive")
       for more in ("exceeding", "in excess of", "longer than", "which exceeds", "of over")},
    **{f"for {lead} period of": ("for",)
       for lead in ("a continuous", "an uninterrupted", "a consecutive", "an unbroken",
                    "a total", "a full", "an entire")},
}  # fmt: skip


def _for_a_period(text: Line) -> None:
    """ "for a period exceeding 60 days": for more than 60 days."""
    for index in range(1, len(text) - 3):
        found = text.match_any(index, _PERIODS) if text.lower(index) == "for" else None
        if found is not None and text.kind(found[1]) == "duration":
            said = _PERIODS[found[0]]
            text.nodes[index : found[1]] = [word(text.nodes[index], one) for one in said]
            return


def _lost(text: Line) -> None:
    """ "the deposit is lost": it is forfeited."""
    for index in range(2, len(text)):
        gone = text.lower(index) in ("lost", "gone") and text.lower(index - 1) in ("is", "are")
        led = any(text.match_any(at, markers.FINITE) for at in range(max(0, index - 5), index))
        if gone and text.lower(index - 2) in _HELD and not led:
            text.nodes[index] = word(text.nodes[index], "forfeited")


_EARNED = {"earns": "earnings", "earn": "earnings", "makes": "earnings", "make": "earnings",
           "sells": "sales", "sell": "sales", "wins": "winnings", "win": "winnings"}  # fmt: skip
_RAISED = ("what is raised", "what we raise", "whatever is raised", "what was raised",
           "everything raised", "all that is raised", "the money raised", "what has been raised",
           "the total raised")  # fmt: skip


def _raised(context: Context) -> None:
    """ "5% of what is raised", "of whatever we sell": of the funds raised, of the sales."""
    text = context.text
    for index in range(1, len(text)):
        found = text.match_any(index, _RAISED)
        if found is not None and text.lower(index - 1) == "of":
            text.nodes[index : found[1]] = _said(text.nodes[index], "the funds raised")
            return
        led = text.lower(index) in ("whatever", "what") and text.lower(index - 1) == "of"
        who = phrase_at(text, index + 1, context.names) if led else None
        noun = _EARNED.get(text.lower(who[1])) if who is not None else None
        if who is not None and noun is not None:
            text.nodes[index : who[1] + 1] = _said(text.nodes[index], f"the {noun}")
            return


_AT_FIRST = ("to start with", "to start", "to begin with", "to begin", "for starters",
             "at the outset", "to get going", "to kick off", "to kick things off")  # fmt: skip


def _to_start(text: Line) -> None:
    """ "1 ETH to start, 2 ETH later": 1 ETH now."""
    for index in range(1, len(text)):
        found = text.match_any(index, _AT_FIRST) if text.kind(index - 1) == "amount" else None
        if found is not None and text.lower(found[1]) in ("", ",", ".", ";", "and", "then"):
            text.nodes[index : found[1]] = [word(text.nodes[index], "now")]
            return


_SINGLE = ("in one", "in a single", "in any one", "within one")
_ORDERS = frozenset({"order", "transaction", "purchase", "trade", "wallet", "bid", "payment"})


def _in_one(text: Line) -> None:
    """ "at most 5,000 tokens in one order": per order."""
    for index in range(2, len(text) - 1):
        found = text.match_any(index, _SINGLE)
        if found is not None and text.lower(found[1]) in _ORDERS:
            text.nodes[index : found[1]] = [word(text.nodes[index], "per")]
            return


def _final_and(text: Line) -> None:
    """ "Purchases are final and can't be refunded": the latter says what it means."""
    for index in range(1, len(text) - 3):
        stated = text.lower(index) in ("is", "are") and text.lower(index + 1) in (
            "final",
            "binding",
        )
        if stated and text.lower(index + 2) == "and" and text.lower(index + 3) in words.MODALS:
            del text.nodes[index : index + 3]
            return
