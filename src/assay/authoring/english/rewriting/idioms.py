"""Set phrases of contract-grade prose, put into the plain verbs that they stand for.

"Brings the Agreement to an end" is "terminates the Agreement", "the fee is borne by A and B in
equal shares" is half of the fee from each, "or part of a day" adds nothing to "every day".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexing.durations import UNITS
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.rewriting.dense import said
from assay.authoring.language.numbers import decimal_text
from assay.authoring.language.quantities import Quantity


def idioms_told(context: Context) -> None:
    """Rewrites the nodes of a sentence with set phrases."""
    text = context.text
    _or_part(text)
    _or_allow(text)
    _on_which_date(text)
    _demanded_or_not(text)
    _held_as_security(text)
    _ended(context)
    _remains(context)
    _placed(text)
    _in_equal_shares(context)


def _or_part(text: Line) -> None:
    """ "for every day or part of a day": for every day."""
    for at in range(len(text) - 3, 0, -1):
        opened = text.lower(at - 1) == "("
        if text.lower(at) not in ("or", "and") or text.lower(at + 1) != "part":
            continue
        unit = text.skip(at + 3, ("a", "any", "such")) if text.lower(at + 2) == "of" else 0
        spanned = text.lower(unit) in UNITS or text.kind(unit) in ("duration", "recurrence")
        end = unit + 1 if unit and spanned else None
        end = at + 3 if text.lower(at + 2) == "thereof" else end
        counted = text.kind(at - 1 - opened) == "recurrence"
        if end is not None and counted and (not opened or text.lower(end) == ")"):
            del text.nodes[at - opened : end + opened]


def _or_allow(text: Line) -> None:
    """ "shall pay or allow to the Employer", "be withdrawn therefrom": words that add nothing."""
    for at in range(len(text) - 2, 0, -1):
        paid = text.lower(at - 1) in ("pay", "pays")
        if paid and text.match(at, "or allow to") is not None:
            del text.nodes[at : at + 2]
        elif text.lower(at) == "therefrom":
            del text.nodes[at]


_LEADS = frozenset({"before", "until", "till", "on", "by", "to"})


def _on_which_date(text: Line) -> None:
    """ "until 1 May 2028, on which date it is released": on 1 May 2028."""
    for at in range(2, len(text) - 3):
        which = text.match_any(at, (", on which date", ", on which day", ", upon which date"))
        start = next((step for step in range(at - 1, max(at - 9, 0), -1)
                      if text.lower(step) in _LEADS), None)  # fmt: skip
        if which is None or start is None:
            continue
        date = text.nodes[start + 1 : at]
        here = text.nodes[at]
        text.nodes[at : which[1]] = [mark(here, ";"), word(here, "on"), *date]
        return


_OR_NOT = ("whether formally demanded or not", "whether legally demanded or not",
           "whether demanded or not", "whether or not demanded", "whether lawfully demanded or not",
           "whether or not formally demanded", "whether or not legally demanded")  # fmt: skip


def _demanded_or_not(text: Line) -> None:
    """ ", whether formally demanded or not": it changes nothing."""
    for at in range(1, len(text)):
        found = text.match_any(at, _OR_NOT)
        if found is not None:
            del text.nodes[at - (text.lower(at - 1) == ",") : found[1]]
            return


_SECURITY = ("as security", "as a security", "by way of security", "as a deposit", "as collateral",
             "as a security deposit")  # fmt: skip
_GIVING = frozenset({"deposit", "deposits", "lodge", "lodges", "pay", "pays", "place", "places"})


def _held_as_security(text: Line) -> None:
    """ "shall lodge 500 USDC, to be held as security for the rent": what the money is for."""
    for at in range(2, len(text) - 3):
        held = text.match(at, ", to be held") or text.match(at, "to be held")
        found = text.match_any(held, _SECURITY) if held is not None else None
        if found is None or not {node.lower for node in text.nodes[:at]} & _GIVING:
            continue
        stops = range(found[1], len(text))
        stop = next((step for step in stops if text.lower(step) in (",", ";", ".")), len(text))
        del text.nodes[at:stop]
        return


_BRING = {"bring": "terminate", "brings": "terminates", "bringing": "terminating"}
_PUT = {"put": "terminate", "puts": "terminates"}
_COME = {"come": "terminate", "comes": "terminates", "brought": "terminated"}
_WHOLE = frozenset({"lease", "agreement", "tenancy", "licence", "license", "contract",
                    "employment", "engagement", "hiring"})  # fmt: skip


def _ended(context: Context) -> None:
    """ "bring this Agreement to an end", "determine this Lease": terminate it."""
    text = context.text
    for at in range(len(text) - 2, -1, -1):
        here = text.lower(at)
        thing = phrase_at(text, at + 1, context.names) if here in _BRING else None
        if thing is not None and (end := text.match(thing[1], "to an end")) is not None:
            del text.nodes[thing[1] : end]
            text.nodes[at] = word(text.nodes[at], _BRING[here])
        elif here in _PUT and (end := text.match(at + 1, "an end to")) is not None:
            text.nodes[at:end] = [word(text.nodes[at], _PUT[here])]
        elif here in _COME and (end := text.match(at + 1, "to an end")) is not None:
            text.nodes[at:end] = [word(text.nodes[at], _COME[here])]
        elif here in ("determine", "determines") and text.lower(at + 2) in _WHOLE:
            ends = "terminate" if here == "determine" else "terminates"
            text.nodes[at] = word(text.nodes[at], ends)


_STAYS = frozenset({"remain", "remains", "stay", "stays"})
_IN_CUSTODY = frozenset({"escrow", "vault", "custody", "safe"})


def _remains(context: Context) -> None:
    """ "title remains vested in the Seller": with it; "remain in escrow": are locked."""
    text = context.text
    for at in range(1, len(text) - 2):
        if text.lower(at) not in _STAYS:
            continue
        vested = text.match(at + 1, "vested in") or text.match(at + 1, "vested with")
        if vested is not None:
            text.nodes[at + 1 : vested] = [word(text.nodes[at + 1], "with")]
            return
        owned = text.match(at + 1, "the property of")
        start = _subject_start(text, at)
        if owned is not None:
            text.nodes[at + 1 : owned] = [word(text.nodes[at + 1], "with")]
            text.nodes[start:start] = said(text.nodes[start], "title to")
            return
        place = text.skip(at + 2, ("the",))
        if text.lower(at + 1) == "in" and text.lower(place) in _IN_CUSTODY:
            locked = "be locked" if text.lower(at - 1) in words.MODALS else "are locked"
            text.nodes[at : place + 1] = said(text.nodes[at], locked)
            return


def _subject_start(text: Line, index: int) -> int:
    while index and text.lower(index - 1) not in (",", ";", ".", "and", "but"):
        index -= 1
    return index


_PEOPLE = words.ROLES | frozenset({"person", "persons", "people", "anyone", "anybody", "company",
                                   "companies", "entity", "entities", "individual", "individuals",
                                   "addressee", "resident"})  # fmt: skip
_PLACED = frozenset({"resident", "located", "domiciled", "established", "situated", "based",
                     "residing", "incorporated", "ordinarily"})  # fmt: skip


def _placed(text: Line) -> None:
    """ "a person resident in the Territory": who is resident in it."""
    for at in range(len(text) - 2, 0, -1):
        placed = text.lower(at) in _PLACED and "in" in (text.lower(at + 1), text.lower(at + 2))
        who = text.lower(at - 1)
        if placed and who in _PEOPLE and text.lower(at + 1) != "is":
            many = who == "people" or who != words.singular(who)
            text.nodes[at:at] = said(text.nodes[at], "who are" if many else "who is")


_BORNE = tuple(f"{be} {done}" for be in ("shall be", "will be", "is", "are", "must be")
               for done in ("borne", "paid", "shared", "payable", "met", "split"))  # fmt: skip
_EQUALLY = ("in equal shares", "in equal parts", "in equal proportions", "equally",
            "equally between them", "in equal measure", "half each", "in equal halves")  # fmt: skip


def _in_equal_shares(context: Context) -> None:
    """ "the fee of 500 USDC shall be borne by A and B in equal shares": each pays 250 USDC."""
    text = context.text
    what = phrase_at(text, 0, context.names)
    borne = text.match_any(what[1], _BORNE) if what is not None else None
    if what is None or borne is None:
        return
    early = text.match_any(borne[1], _EQUALLY)
    at = early[1] if early is not None else borne[1]
    if text.lower(at) not in ("by", "between"):
        return
    first = phrase_at(text, at + 1, context.names)
    joined = first is not None and text.lower(first[1]) == "and"
    second = phrase_at(text, first[1] + 1, context.names) if first is not None and joined else None
    if first is None or first[0].party is None or (joined and second is None):
        return
    end = second[1] if second is not None else first[1]
    late = text.match_any(end, _EQUALLY)
    if early is None and late is None:
        return
    both = first[0].party == "parties"
    if not (both or (second is not None and second[0].party is not None)):
        return
    end = late[1] if late is not None else end
    payers = [text.nodes[at + 1 : first[1]]]
    payers += [text.nodes[first[1] + 1 : second[1]]] if second is not None else []
    text.nodes[:end] = _halves(text.nodes[: what[1]], what[0].quantity, payers)


def _halves(
    what: Sequence[Node], quantity: Quantity | None, payers: list[list[Node]]
) -> list[Node]:
    """Half of something from each of those who pay."""
    here = what[-1]
    counted = quantity is not None and quantity.amount is not None and quantity.asset != "%"
    if counted and quantity is not None:
        half = replace(quantity, amount=decimal_text(Decimal(str(quantity.amount)) / 2))
        share = [replace(here, kind="amount", value=half)]
    else:
        part = replace(here, kind="amount", value=Quantity("50", "%"))
        share = [part, word(here, "of"), *what]
    told: list[Node] = []
    for payer in payers:
        told += [*([mark(here, ";")] if told else []), *payer, *said(here, "shall pay"), *share]
    return told
