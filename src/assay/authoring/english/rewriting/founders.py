"""Turns of people who write down what they are about to do, brought into plain clauses.

"I'm selling my car" is "I sell my car", "Sam can claim whenever he likes" is "Sam can claim", "what
has vested" are the vested tokens, "one member, one vote" gives each member a vote.
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.forms import forms_of, lemma_of
from assay.authoring.english.lexicon.verbs import VERBS
from assay.authoring.english.lexing.capitals import SUFFIX
from assay.authoring.english.lexing.made import is_money_amount, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.quantities import Quantity


def told_by_founders(context: Context) -> None:
    """Rewrites the nodes of a sentence about what somebody is doing, or may do at will."""
    text = context.text
    _named_aside(context)
    _named_thing(text)
    _seeks(text)
    _doing(context)
    _at_will(text)
    _vested(text)
    _one_each(text)
    _first_of_all(text)
    _notified(context)
    _costs(text)


def _said(here: Node, phrase: str) -> list[Node]:
    return [word(here, one) for one in phrase.split()]


def _named_aside(context: Context) -> None:
    """ "The Organiser, Harbour Theatre Ltd, seeks to": the name of who is spoken of already."""
    text = context.text
    who = phrase_at(text, 0, context.names) if text.lower(0) == "the" else None
    if who is None or who[0].party is None or text.lower(who[1]) != ",":
        return
    end = who[1] + 1
    while text.kind(end) == "word" and text.nodes[end].text[:1].isupper():
        end += 1
    if end > who[1] + 1 and text.lower(end - 1) in SUFFIX and text.lower(end) == ",":
        del text.nodes[who[1] : end + 1]


def _named_thing(text: Line) -> None:
    """ "my NFT “Moonrise”": the name of a thing says nothing more of it."""
    for index in range(2, len(text) - 2):
        opened = text.lower(index) in ('"', "“") and text.kind(index - 1) == "word"
        if not opened or text.lower(index - 2) not in ("my", "our", "a", "an", "the", "his", "her"):
            continue
        end = index + 1
        while text.kind(end) == "word" and text.nodes[end].text[:1].isupper():
            end += 1
        if index + 1 < end < index + 6 and text.lower(end) in ('"', "”"):
            del text.nodes[index : end + 1]
        return


_SEEKS = ("seeks to raise", "seek to raise", "is seeking to raise", "are seeking to raise",
          "intends to raise", "intend to raise", "wishes to raise", "wish to raise")  # fmt: skip
_FROM_LEAST = ("a minimum of", "at least", "a total of", "a minimum amount of", "the sum of")


def _seeks(text: Line) -> None:
    """ "The Organiser seeks to raise a minimum of 120,000 USDC from Contributors": wants to."""
    for index in range(1, min(6, len(text) - 2)):
        found = text.match_any(index, _SEEKS)
        if found is None:
            continue
        least = text.match_any(found[1], _FROM_LEAST)
        at = least[1] if least is not None else found[1]
        if is_money_amount(text, at):
            given = text.lower(at + 1) == "from" and text.kind(at + 2) == "word"
            behind = at + 1 + 2 * given
            until = text.match(behind, "on or before")
            raises = [*_said(text.nodes[index], "wants to raise"), text.nodes[at]]
            by = [word(text.nodes[behind], "by")] if until is not None else []
            text.nodes[index : until or behind] = [*raises, *by]
        return


_DEALS = frozenset("sell auction buy rent lend lease let hire offer borrow donate commission raise "
                   "license order purchase give pay lock deposit".split())  # fmt: skip
_AM = frozenset({"am", "are", "is"})


def _doing(context: Context) -> None:
    """ "I'm selling my car to Bob": I sell it."""
    text = context.text
    who = phrase_at(text, 0, context.names)
    if who is None or text.lower(who[1]) not in _AM:
        return
    at = who[1]
    gerund = next((lemma for lemma, tag in forms_of(text.lower(at + 1)) if tag == "gerund"), None)
    if gerund not in _DEALS or gerund not in VERBS or is_money_amount(text, at + 2):
        return
    third = next((form for form in (gerund + "s", gerund + "es") if lemma_of(form, "third")), None)
    verb = third if text.lower(at) == "is" and third is not None else gerund
    text.nodes[at : at + 2] = [word(text.nodes[at], verb)]


_WISHES = frozenset({"likes", "like", "wants", "want", "wishes", "wish", "pleases", "please",
                     "chooses", "choose"})  # fmt: skip
_MINDS = ("changes his mind", "changes her mind", "changes its mind", "changes their mind",
          "change their mind", "change my mind", "change our mind", "change your mind",
          "change our minds", "change their minds", "feels like it", "wants to", "want to",
          "so wishes", "so chooses", "so decides", "wants it", "want it")  # fmt: skip
_WHEN = frozenset({"if", "when", "whenever"})
_OWN = frozenset({"he", "she", "it", "they", "i", "we", "you"})


def _at_will(text: Line) -> None:
    """ "can claim whenever he likes", "can take it back if she changes her mind": just may."""
    for index in range(3, len(text) - 2):
        if text.lower(index) not in _WHEN or text.lower(index + 1) not in _OWN:
            continue
        mind = text.match_any(index + 2, _MINDS)
        end = mind[1] if mind is not None else index + 3
        wished = mind is not None or text.lower(index + 2) in _WISHES
        may = any(text.lower(at) in ("may", "can") for at in range(index))
        if wished and may and text.lower(end) in ("", ".", ";"):
            del text.nodes[index - (text.lower(index - 1) == ",") : end]
            return


_SUBJECTS = ("whatever", "what", "everything that", "anything that", "all that", "everything which",
             "any part that", "the part that", "the tokens that")  # fmt: skip
_VESTED = {
    **{f"{who} {has} vested": "the vested tokens" for who in _SUBJECTS
       for has in ("has", "is", "have", "has already", "is already")},
    **{f"{who} {has} vested": "the unvested tokens" for who in _SUBJECTS
       for has in ("hasn't", "has not", "has not yet", "hasn't yet", "isn't", "is not",
                   "is not yet", "have not", "haven't")},
    **{f"{who} {left}": "the unvested tokens"
       for who in ("anything", "everything", "whatever is", "what is")
       for left in ("not vested", "not yet vested", "unvested", "still unvested")},
}  # fmt: skip


def _vested(text: Line) -> None:
    """ "claim what has vested", "whatever hasn't vested goes back": the (un)vested tokens."""
    for index in range(len(text) - 2):
        found = text.match_any(index, _VESTED)
        if found is not None:
            text.nodes[index : found[1]] = _said(text.nodes[index], _VESTED[found[0]])
            return


def _one_each(text: Line) -> None:
    """ "One member, one vote": each member has one."""
    counted = [at for at in range(len(text)) if text.kind(at) == "amount"]
    joined = text.lower(2) in (",", "=") and text.match(4, "vote") is not None
    if counted != [0, 3] or not joined or text.lower(5) not in ("", "."):
        return
    value, people = text.nodes[0].value, text.nodes[1]
    if not isinstance(value, Quantity) or value.amount != "1" or people.kind != "word":
        return
    has = "carries" if people.lower in ("token", "coin", "share") else "has"
    text.nodes[:3] = [word(people, "each"), people, word(people, has)]


def _first_of_all(text: Line) -> None:
    """ "First, Mia pays", "Mia pays it in first": what comes next says so by itself."""
    if text.lower(0) in ("first", "firstly") and text.lower(1) == ",":
        del text.nodes[:2]
    last = len(text) - 1 - (text.lower(len(text) - 1) == ".")
    if last > 3 and text.lower(last) == "first" and text.lower(last - 1) in _HOLDING:
        del text.nodes[last]


_HOLDING = frozenset({"contract", "escrow", "account", "deposit"})


_TELLING = ("as notified by", "notified by", "as notified in writing by")
_UPON = frozenset({"upon", "on", "after", "following"})


def _notified(context: Context) -> None:
    """ "Upon termination of it, as notified by the Company,": when the Company confirms it."""
    text = context.text
    for index in range(3, len(text) - 2):
        found = text.match_any(index, _TELLING) if text.lower(index - 1) == "," else None
        who = phrase_at(text, found[1], context.names) if found is not None else None
        if found is None or who is None or who[0].party is None or text.lower(who[1]) != ",":
            continue
        if text.lower(0) not in _UPON or any(text.lower(at) == "," for at in range(1, index - 1)):
            return
        told = _said(text.nodes[index], "confirmation by")
        fact = [*_said(text.nodes[1], "of"), *text.nodes[1 : index - 1]]
        text.nodes[1 : who[1]] = [*told, *text.nodes[found[1] : who[1]], *fact]
        return


def _costs(text: Line) -> None:
    """ "One PASS token costs 25 USDC", "there are 500 PASS in total": each costs it, at most."""
    first = text.nodes[0] if len(text) > 3 else None
    value = first.value if first is not None else None
    one = isinstance(value, Quantity) and value.amount == "1" and value.asset is not None
    if first is not None and one and isinstance(value, Quantity):
        at = text.skip(1, ("token", "tokens", "nft"))
        if text.lower(at) in ("costs", "is") and is_money_amount(text, at + 1):
            text.nodes[:at] = [
                *_said(first, "each"),
                replace(
                    first,
                    kind="word",
                    text=str(value.asset),
                    lower=str(value.asset).lower(),
                    value=None,
                ),
                word(first, "token"),
            ]
    for index in range(len(text) - 3):
        there = text.match_any(index, ("there are", "there will be", "there will only be",
                                       "there are only"))  # fmt: skip
        if there is None or not is_money_amount(text, there[1]):
            continue
        end = text.skip(there[1] + 1, ("tokens", "passes"))
        total = text.match_any(end, ("in total", "altogether", "overall", "in all", "available"))
        if total is not None:
            here = text.nodes[index]
            sold = [*_said(here, "at most"), text.nodes[there[1]], *_said(here, "are sold")]
            text.nodes[index : total[1]] = sold
            return
