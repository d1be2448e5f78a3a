"""Prices, auctions, shares and measures in plain words, brought into those of the rules.

"One token costs 2 USDC" is "tokens cost 2 USDC each", "the auction lasts until" is "the auction
ends on", "to the band (80%) and the label (20%)" is "80% to the band and 20% to the label".
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import markers
from assay.authoring.english.lexicon.money import KNOWN_TOKENS
from assay.authoring.english.lexing.made import is_money_amount, mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.quantities import Quantity

_LASTS = ("lasts until", "runs until", "is open until", "stays open until", "continues until",
          "remains open until", "is held until", "runs to", "goes on until", "will run until",
          "shall run until", "is open till", "runs till", "lasts till")  # fmt: skip
_BIDDING = frozenset({"auction", "bidding", "sale", "presale", "campaign", "offering", "voting",
                      "vote", "crowdfunding", "fundraiser", "poll"})  # fmt: skip
_INCOME = frozenset({"revenue", "revenues", "income", "royalties", "proceeds", "profit", "profits",
                     "earnings"})  # fmt: skip
_OWED = frozenset({"unpaid", "outstanding", "overdue", "owed", "unsettled"})
_RUNS = ("runs for", "lasts for", "lasts", "is open for", "stays open for", "runs", "goes on for",
         "will run for", "shall run for", "takes")  # fmt: skip
_OPENS = ("starts at", "begins at", "opens at", "starts from", "starts with")
_COSTS = frozenset({"costs", "cost"})


def said_in_plain_terms(context: Context) -> None:
    """Rewrites the nodes of a sentence that says a term plainly."""
    text = context.text
    _at_once(text)
    _negative(text)
    _opening(text)
    _lasting(text)
    _price_of_one(context)
    _held_coins(text)
    _days_of(text)
    _or_later(text)
    _income(text)
    _deducted(text)
    _shares_in_brackets(context)


_AT_ONCE = ("at once", "right away", "straight away", "straightaway", "on the spot", "instantly")


def _at_once(text: Line) -> None:
    """ "is returned at once", but not "vests all at once": immediately."""
    for index in range(len(text) - 1):
        found = text.match_any(index, _AT_ONCE)
        if found is not None and text.lower(index - 1) != "all":
            text.nodes[index : found[1]] = [word(text.nodes[index], "immediately")]


def _negative(text: Line) -> None:
    """ "below -5 °C": a number below zero, where a comparison stands before it."""
    for index in range(len(text) - 2, 0, -1):
        value = text.nodes[index + 1].value
        if text.lower(index) not in ("-", "−", "–") or not isinstance(value, Quantity):
            continue
        compared = any(text.match(index - len(one.split()), one) for one in markers.COMPARING)
        if compared and value.amount is not None and not value.amount.startswith("-"):
            below = replace(value, amount=f"-{value.amount}")
            text.nodes[index : index + 2] = [replace(text.nodes[index + 1], value=below)]


def _lasting(text: Line) -> None:
    """ "the auction lasts until 1 June": it ends on this day."""
    for index in range(1, len(text) - 1):
        found = text.match_any(index, _LASTS)
        if found is not None and text.lower(index - 1) in _BIDDING:
            here = text.nodes[index]
            text.nodes[index : found[1]] = [word(here, "ends"), word(here, "on")]
        runs = text.match_any(index, _RUNS)
        if runs is not None and text.lower(index - 1) in _BIDDING and (
            text.kind(runs[1]) == "duration" and text.lower(runs[1] + 1) != "from"
        ):  # fmt: skip
            here = text.nodes[index]
            text.nodes[index : runs[1]] = [word(here, "ends"), word(here, "after")]


def _opening(text: Line) -> None:
    """ "the auction runs for 7 days and starts at 1 ETH": two terms, each with its own subject."""
    if not {text.lower(index) for index in range(3)} & {"auction", "bidding"}:
        return
    for index in range(1, len(text) - 2):
        found = text.match_any(index, _OPENS)
        if found is None or not is_money_amount(text, found[1]):
            continue
        here = text.nodes[index]
        stop = mark(here, ";")
        after = found[1] + 1
        if text.lower(index - 1) in ("and", ","):
            said = [stop, word(here, "bidding"), word(here, "starts"), word(here, "at")]
            text.nodes[index - 1 : found[1]] = said
        elif text.lower(after) == "and" and text.kind(after + 1) == "word":
            text.nodes[after : after + 1] = [stop, word(here, "the"), word(here, "auction")]
            text.nodes[index - 1] = word(text.nodes[index - 1], "bidding")
        return


def _income(text: Line) -> None:
    """ "all revenue in USDC": USDC revenue."""
    for index in range(len(text) - 1, -1, -1):
        if text.lower(index) not in _INCOME:
            continue
        coin = text.nodes[index + 2] if index + 2 < len(text) else None
        coined = text.lower(index + 1) == "in" and coin is not None and coin.text in KNOWN_TOKENS
        if coined and coin is not None:
            text.nodes[index : index + 3] = [coin, text.nodes[index]]
        start = index - (text.nodes[index - 1].text in KNOWN_TOKENS)
        if text.lower(start - 1) in ("all", "any"):
            del text.nodes[start - 1]


_COME_IN = ("it holds", "it has", "it has received", "it receives", "the contract holds",
            "the contract has received", "the contract receives", "received by the contract",
            "received by it", "held by the contract", "held by it", "it then holds", "received",
            "that it holds", "that it has received", "that it receives")  # fmt: skip
_ELSEWHERE = frozenset({"from", "by", "under", "for", "as", "on", "in", "upon"})


def _held_coins(text: Line) -> None:
    """ "in USDC received", "the USDC it holds": in USDC, the USDC; no other asset."""
    for index in range(len(text) - 2, -1, -1):
        if text.nodes[index].text not in KNOWN_TOKENS or text.lower(index - 1) == "no":
            continue
        told = text.match_any(index + 1, _COME_IN)
        if told is not None and text.lower(told[1]) not in _ELSEWHERE:
            del text.nodes[index + 1 : told[1]]


def _days_of(text: Line) -> None:
    """ "for the day of 3 May": for this date."""
    for index in range(len(text) - 1, 0, -1):
        if text.match(index, "the day of") == index + 3 and text.kind(index + 3) == "date":
            del text.nodes[index : index + 3]


def _or_later(text: Line) -> None:
    """ "on 1 May or later": from this date on."""
    for index in range(len(text) - 2, 0, -1):
        told = text.match_any(index + 1, ("or later", "or after", "or thereafter"))
        ends = told is not None and text.lower(told[1]) in ("", ".", ",", ";")
        if ends and told is not None and text.kind(index) == "date":
            text.nodes[index + 1 : told[1]] = []
            lead = text.nodes[index - 1]
            text.nodes[index - 1 : index] = (
                [word(lead, "from")] if lead.lower == "on" else [lead, word(lead, "from")]
            )


def _deducted(text: Line) -> None:
    """ "minus any unpaid rent": a sum that nobody names, and so words that no rule reads."""
    for index in range(1, len(text) - 2):
        after = text.skip(index + 1, ("any", "all", "the"))
        owed = text.lower(after) in _OWED and text.kind(after + 1) == "word"
        if text.lower(index) not in ("minus", "less") or not owed:
            continue
        start, end = text.nodes[index].start, text.nodes[after + 1].end
        said = " ".join(text.nodes[at].text for at in range(index, after + 2))
        whole = replace(word(text.nodes[index], said), start=start, end=end)
        text.nodes[index : after + 2] = [whole]
        return


def _price_of_one(context: Context) -> None:
    """ "One token costs 2 USDC", "the price per token is 2 USDC": tokens cost 2 USDC each."""
    text = context.text
    value = text.nodes[0].value if len(text) else None
    one = (isinstance(value, Quantity) and value.amount == "1") or text.lower(0) in ("a", "each")
    if one and text.lower(2) in _COSTS and is_money_amount(text, 3):
        _cost(text, text.nodes[1], 3)
        return
    at = text.match(text.skip(0, ("the",)), "price")
    lead = text.match_any(at, ("per", "of one", "of each", "for each", "for one", "of a", "for a",
                               "of every")) if at is not None else None  # fmt: skip
    thing = lead[1] if lead is not None else 0
    verb = thing + 1
    if lead is None or text.kind(thing) != "word" or not text.lower(verb):
        return
    if text.lower(verb) in ("is", ":", "=", "of") and is_money_amount(text, verb + 1):
        _cost(text, text.nodes[thing], verb + 1)


def _cost(text: Line, thing: Node, amount: int) -> None:
    plural = word(thing, f"{thing.lower}s")
    said = [plural, word(thing, "cost"), text.nodes[amount], word(text.nodes[amount], "each")]
    text.nodes[: amount + 1] = said


def _bracketed(text: Line, index: int) -> bool:
    """Whether "(80%)" stands at an index."""
    share = text.nodes[index + 1].value if index + 2 < len(text) else None
    bracketed = text.lower(index) == "(" and text.lower(index + 2) == ")"
    return bracketed and isinstance(share, Quantity) and share.asset == "%"


def _shares_in_brackets(context: Context) -> None:
    """ "to the band (80%) and the label (20%)": 80% to the band and 20% to the label."""
    text = context.text
    index = 0
    while index < len(text) and any(_bracketed(text, at) for at in range(index, len(text))):
        found = phrase_at(text, index, context.names)
        after = found[1] if found is not None else index
        if found is None or not _bracketed(text, after):
            index += 1
            continue
        who = text.nodes[index:after]
        here = text.nodes[index]
        start = index - (text.lower(index - 1) in ("to", "between", "among", "amongst"))
        between = text.lower(start) in ("between", "among", "amongst")
        colon = [mark(here, ":")] if between else []
        said = [*colon, text.nodes[after + 1], word(here, "to"), *who]
        text.nodes[start : after + 3] = said
        index = start + len(said)
