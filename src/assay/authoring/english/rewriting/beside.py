"""What goes along with something, or stands between a verb and its object, in plain order.

"The car together with the service book" is "the car and the service book", "deduct from the
Deposit 15 USDC" is "deduct 15 USDC from the Deposit", "save that where A, B shall" is "; where A,
B shall", "pays Ann and Ben 50 USDC each" is "pays 50 USDC to Ann and Ben each".
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import markers
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.verbs import VERBS
from assay.authoring.english.lexicon.words import DETERMINERS, singular
from assay.authoring.english.lexing.made import is_money_amount, word
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.phrase_parts import limited_amount


def put_beside(context: Context) -> None:
    """Rewrites the nodes of a sentence that says what goes along with what."""
    _along(context)
    _taken_from(context)
    _saved(context.text)
    _several_receivers(context)


_ALONG = ("together with", "along with", "accompanied by", "coupled with")
_HANDING = frozenset({"deliver", "return", "transfer", "supply", "provide", "sell", "issue"})
_PAPERS = frozenset({"statement", "report", "invoice", "list", "receipt", "account", "breakdown",
                     "certificate", "calculation", "copy", "note", "confirmation"})  # fmt: skip


def _along(context: Context) -> None:
    """ "hands over the car together with the book": and the book; "pays 500 USDC together with a
    statement": and delivers one."""
    text = context.text
    for index in range(2, len(text) - 2):
        found = text.match_any(index, _ALONG)
        what = phrase_at(text, found[1], context.names) if found is not None else None
        if found is None or what is None or what[0].quantity or what[0].left_over:
            continue
        done = _action_before(text, index)
        paper = singular(what[0].head) in _PAPERS
        if done not in _HANDING and not (done in ("pay", "refund") and paper):
            continue
        here = text.nodes[index]
        start = index - (text.lower(index - 1) == ",")
        beside = [] if done in _HANDING else [replace(word(here, "deliver"), text="+")]
        text.nodes[start : found[1]] = [word(here, "and"), *beside]
        return


def _action_before(text: Line, index: int) -> str | None:
    """What the last verb before an index does."""
    for at in range(index - 1, -1, -1):
        spoken = text.lower(at)
        lemma = lemma_of(spoken, "base") or lemma_of(spoken, "third")
        lemma = lemma or lemma_of(spoken, "participle")
        known = VERBS.get(lemma) if lemma is not None else None
        led = text.lower(at - 1) not in ("the", "a", "an", "of")
        if known is not None and led and known.action in _HANDING | {"pay", "refund"}:
            return known.action
    return None


_TAKING = frozenset({"deduct", "withhold", "retain", "take", "pay", "release", "transfer",
                     "withdraw", "draw", "subtract"})  # fmt: skip


def _taken_from(context: Context) -> None:
    """ "deduct from the Deposit 15 USDC": 15 USDC from the Deposit."""
    text = context.text
    for index in range(1, len(text) - 3):
        if text.lower(index) != "from" or text.kind(index + 1) != "word":
            continue
        if lemma_of(text.lower(index - 1), "base", "third") not in _TAKING:
            continue
        ahead = range(index + 2, min(index + 8, len(text)))
        starts = next((at for at in ahead if limited_amount(text, at)), len(text))
        source = phrase_at(Line(text.nodes[:starts]), index + 1, context.names)
        if source is None or source[0].quantity is not None:
            continue
        what = phrase_at(text, source[1], context.names)
        if what is not None and what[0].quantity is not None:
            nodes = text.nodes
            nodes[index : what[1]] = [*nodes[source[1] : what[1]], *nodes[index : source[1]]]
            return


_SAVED = ("save that", "except that", "provided that", "provided however that", "provided always "
          "that", "but so that")  # fmt: skip


def _saved(text: Line) -> None:
    """ "the sale ends on D, save that where a bid is made late it is extended": a clause of its
    own with its condition."""
    for index in range(3, len(text) - 4):
        found = text.match_any(index, _SAVED)
        if found is None or text.match_any(found[1], markers.FINITE) is None:
            continue
        start = index - (text.lower(index - 1) in (",", ";"))
        here = text.nodes[index]
        text.nodes[start : found[1]] = [word(here, ";")]
        return


def _several_receivers(context: Context) -> None:
    """ "pays Ann and Ben 50 USDC each": pays 50 USDC to Ann and Ben each."""
    text = context.text
    for index in range(1, len(text) - 4):
        lemma = lemma_of(text.lower(index), "base", "third")
        known = VERBS.get(lemma) if lemma is not None else None
        gives = known is not None and known.action in ("pay", "transfer") and known.frame == "give"
        if not gives or text.lower(index - 1) in DETERMINERS or text.nodes[index].text.istitle():
            continue
        amount = next((at for at in range(index + 3, min(index + 14, len(text)))
                       if is_money_amount(text, at)), None)  # fmt: skip
        end = _line_of_people(context, index + 1, amount) if amount is not None else None
        if amount is None or end != amount:
            continue
        after = amount + 1 + (text.lower(amount + 1) in ("each", "apiece"))
        people = [word(text.nodes[index], "to"), *text.nodes[index + 1 : amount]]
        text.nodes[index + 1 : after] = [text.nodes[amount], *people,
                                         *text.nodes[amount + 1 : after]]  # fmt: skip
        return


def _line_of_people(context: Context, index: int, end: int) -> int | None:
    """The index after at least two people in a row, joined by commas and "and"."""
    text, count = Line(context.text.nodes[:end]), 0
    while index < end:
        who = phrase_at(text, index, context.names)
        named = text.nodes[index].text[:1].isupper() if who is not None else False
        if who is None or who[0].quantity is not None or not (who[0].party or named):
            return None
        after = text.skip(who[1], (",", "and"))
        if after == who[1] < end:
            return None
        count, index = count + 1, after
    return index if count > 1 else None
