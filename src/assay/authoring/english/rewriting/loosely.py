"""Loose turns of phrase about held money and auctions brought into the words of the rules.

"any money not released by 30 June shall be returned": what is left then; "whoever is outbid": the
outbid bidder; "a payment of 5 ETH to Ann is made": 5 ETH are paid; "loses 10 % to": pays it.
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.dates import Moment
from assay.authoring.language.quantities import Quantity

_OUTBID = ("whoever is outbid", "whoever has been outbid", "anyone who is outbid",
           "anyone who has been outbid", "anybody who is outbid", "everyone who is outbid",
           "a bidder who is outbid", "bidders who are outbid", "those who are outbid",
           "people who are outbid",
           "everyone who was outbid", "anyone who was outbid", "whoever was outbid",
           "bidders who were outbid", "those who were outbid",
           "whoever gets outbid", "anyone who gets outbid")  # fmt: skip
_LET_OUT = ("released", "paid out", "used", "claimed", "spent", "withdrawn", "collected",
            "disbursed", "drawn", "distributed", "handed out", "taken out",
            "transferred")  # fmt: skip
_LEFT = (*(f"not {been}{done}" for been in ("", "yet ", "been ", "yet been ") for done in _LET_OUT),
         *("unreleased", "unspent", "unclaimed", "unused", "left over", "left", "held",
           "still held", "still there", "there", "remaining"))  # fmt: skip
_ALL = frozenset({"any", "all", "whatever", "everything", "anything", "what"})
_HEADLESS = frozenset({"whatever", "everything", "anything", "what"})
_BY = frozenset({"by", "on", "after", "at", "before", "until"})
_GOES = frozenset({*words.MODALS, "is", "are", "goes", "go", "returns", "return", "reverts",
                   "revert", "flows", "flow", "falls", "belongs", "comes"})  # fmt: skip
_ENDS = frozenset({"ends", "closes", "finishes", "stops", "ending", "closing"})
_MADE = ("is made", "shall be made", "will be made", "are made", "must be made")
_LOSES = frozenset({"loses", "lose", "forfeits", "forfeit"})


def said_loosely(context: Context) -> None:
    """Rewrites the nodes of a sentence in which held money or bids are spoken of loosely."""
    text = context.text
    _outbid(text)
    _bidding(text)
    _left_by(context)
    _payment_made(context)
    _forfeited_to(context)
    _loses(text)
    _ever(text)
    _covers(context)
    _each_of_them(context)
    _divided_for(text)
    _cliff(text)
    _after_that(context)
    _at_start(text)
    _touched(context)
    _before_that(text)
    _leaves(text)


def _said(here: Node, phrase: str) -> list[Node]:
    return [word(here, one) for one in phrase.split()]


_HELD = frozenset({"money", "funds", "fund", "tokens", "coins", "cash", "assets", "usdc", "eth",
                   "token", "coin", "capital"})  # fmt: skip
_STORES = frozenset({"vault", "treasury", "account", "wallet", "escrow", "contract", "pool", "safe",
                     "pot", "fund"})  # fmt: skip


def _leaves(text: Line) -> None:
    """ "no money leaves the vault", "the funds may leave the account": are transferred from it."""
    for index in range(1, len(text) - 2):
        if text.lower(index) not in ("leave", "leaves"):
            continue
        modal = next((at for at in (index - 1, index - 2) if text.lower(at) in words.MODALS), index)
        ahead = range(index + 1, min(index + 5, len(text)))
        store = next((at for at in ahead if text.lower(at) in _STORES), None)
        if text.lower(modal - 1) not in _HELD or store is None:
            continue
        here = text.nodes[index]
        be = "be" if modal < index else "is"
        text.nodes[index : store + 1] = [word(here, be), word(here, "transferred")]
        return


def _outbid(text: Line) -> None:
    for index in range(len(text) - 2):
        found = text.match_any(index, _OUTBID)
        if found is not None:
            text.nodes[index : found[1]] = _said(text.nodes[index], "the outbid bidder")
            return


def _bidding(text: Line) -> None:
    """ "Bidding starts at 10 USDC and ends on 12 April": it runs until then."""
    if text.lower(text.skip(0, ("the",))) not in ("bidding", "bids"):
        return
    for index in range(3, len(text) - 3):
        ends = text.lower(index) == "and" and text.lower(index + 1) in _ENDS
        if ends and text.kind(text.skip(index + 2, ("on", "at"))) == "date":
            last = text.skip(index + 2, ("on", "at"))
            text.nodes[index:last] = [word(text.nodes[index], "until")]
            return


def _left_by(context: Context) -> None:
    """ "Any money not released by 30 June shall be returned to X": what is left, after it."""
    text = context.text
    if text.lower(0) not in _ALL:
        return
    found = _told_left(text, 1) if text.lower(0) in _HEADLESS else None
    head = "balance"
    if found is None:
        thing = phrase_at(text, text.skip(1, ("of", "the")), context.names)
        if thing is None or thing[0].quantity is not None:
            return
        found = _told_left(text, thing[1])
        if thing[0].head not in MONEY_NOUNS and thing[0].name not in ("it", "this"):
            head = thing[0].head
        if head not in ("balance", "token", "coin", "fund", "share"):
            return
    if found is None or text.kind(found + 1) != "date" or text.lower(found + 2) not in _GOES:
        return
    here, date = text.nodes[0], text.nodes[found + 1]
    comma = mark(here, ",")
    balance = [word(here, "after"), date, comma, *_said(here, f"the remaining {head}")]
    text.nodes[: found + 2] = balance
    _agreed(text, len(balance))


def _told_left(text: Line, index: int) -> int | None:
    """The index of the word before a date by which something is left: "that is left on 1 May"."""
    at = text.skip(index, ("that", "which", "is", "are", "has", "have", "still", "was"))
    found = text.match_any(at, _LEFT)
    if found is None:
        return None
    where = text.match_any(found[1], ("in the contract", "in it", "in the escrow", "in escrow"))
    last = where[1] if where is not None else found[1]
    return last if text.lower(last) in _BY else None


_OF_ONE = {"are": "is", "go": "goes", "return": "returns", "revert": "reverts", "flow": "flows"}


def _agreed(text: Line, index: int) -> None:
    """The verb of a balance, which is one."""
    if text.lower(index) in _OF_ONE:
        text.nodes[index] = word(text.nodes[index], _OF_ONE[text.lower(index)])


def _payment_made(context: Context) -> None:
    """ "A payment of 5,000 USDC to the Builder is made once": it is paid."""
    text = context.text
    start = text.skip(0, ("a", "the", "one"))
    if text.lower(start) != "payment" or text.lower(start + 1) != "of":
        return
    payee = phrase_at(text, start + 4, context.names) if text.lower(start + 3) == "to" else None
    found = text.match_any(payee[1], _MADE) if payee is not None else None
    if text.kind(start + 2) != "amount" or payee is None or found is None:
        return
    to = text.nodes[start + 3 : payee[1]]
    sum_, here = text.nodes[start + 2], text.nodes[start]
    text.nodes[: found[1]] = [*_said(here, "the contract pays"), sum_, *to]


_FORFEITED = frozenset({"deposit", "bond", "stake", "collateral", "security", "escrow", "pledge"})


def _forfeited_to(context: Context) -> None:
    """ "shall forfeit 250 USDC of the deposit to the Employer": who gets them keeps them."""
    text = context.text
    at = next((one for one in range(1, len(text) - 4) if text.lower(one) in _LOSES), None)
    if at is None or text.kind(at + 1) != "amount" or text.lower(at + 2) != "of":
        return
    held = phrase_at(text, at + 3, context.names)
    if held is None or held[0].head not in _FORFEITED or text.lower(held[1]) != "to":
        return
    to = phrase_at(text, held[1] + 1, context.names)
    start = next((one for one in range(at) if _ends_at(context, one, at)), None)
    if to is None or to[0].party is None or start is None:
        return
    keeper, kept = text.nodes[held[1] + 1 : to[1]], text.nodes[at + 1 : held[1]]
    text.nodes[start : to[1]] = [*keeper, *_said(text.nodes[at], "shall keep"), *kept]


def _ends_at(context: Context, start: int, verb: int) -> bool:
    """Whether somebody is named from an index up to a verb, or up to the modal before it."""
    who = phrase_at(context.text, start, context.names)
    named = who is not None and (who[0].party is not None or who[0].pronoun is not None)
    return named and who is not None and context.text.skip(who[1], words.MODALS) == verb


def _loses(text: Line) -> None:
    """ "loses 10 % of the stake to the treasury": pays it."""
    for index in range(1, len(text) - 2):
        to = "to" in {text.lower(at) for at in range(index + 2, len(text))}
        if text.lower(index) in _LOSES and text.kind(index + 1) == "amount" and to:
            plain = "pay" if text.lower(index).endswith(("e", "t")) else "pays"
            text.nodes[index] = word(text.nodes[index], plain)
        elif text.lower(index) in ("loses", "lose") and text.kind(index + 1) == "amount":
            _keeps_part(text, index)


def _keeps_part(text: Line, index: int) -> None:
    """ "he loses half of the deposit": the contract keeps half of the deposit."""
    start = index
    while start and text.lower(start - 1) not in (",", ";", "and", "but", "then", ":"):
        start -= 1
    spoken = {text.lower(at) for at in range(start, index)}
    if text.lower(index + 2) == "of" and not spoken & _IN_CONDITION and not any(
        text.kind(at) != "word" for at in range(start, index)
    ):  # fmt: skip
        here = text.nodes[start]
        text.nodes[start : index + 1] = _said(here, "the contract keeps")


_IN_CONDITION = frozenset("if when once unless until who which that where should may can "
                          "not would".split())  # fmt: skip


def _covers(context: Context) -> None:
    """ "The Insurer covers the Traveller": insures, where somebody and no cost is covered."""
    text = context.text
    for index in range(1, len(text) - 1):
        if text.lower(index) in ("covers", "cover"):
            who = phrase_at(text, index + 1, context.names)
            if who is not None and who[0].party is not None:
                text.nodes[index] = word(text.nodes[index], "insures")
            return


_EACH = ("each of them", "both of them", "all of them", "each of the parties", "each one of them",
         "every one of them", "each of these")  # fmt: skip
_EACH_ONE = (*_EACH, "each", "every one")


def _each_of_them(context: Context) -> None:
    """ "Each of them can withdraw": each party; "members may buy, and each may": each member."""
    text = context.text
    found = text.match_any(0, _EACH)
    if found is not None:
        text.nodes[: found[1]] = _said(text.nodes[0], "each party")
    who = phrase_at(text, text.skip(0, ("only",)), context.names)
    if who is None or not who[0].head or who[0].quantity is not None or who[0].group:
        return
    for index in range(who[1], len(text) - 2):
        each = text.match_any(index, _EACH_ONE)
        joined = text.lower(index - 1) in ("and", "but", ";", ",")
        if each is not None and joined and text.lower(each[1]) in words.MODALS:
            here = text.nodes[index]
            text.nodes[index : each[1]] = _said(here, f"each {words.singular(who[0].head)}")
            return


_CLIFF = ("there is a cliff of", "there is an initial cliff of", "the cliff is", "cliff :",
          "there will be a cliff of", "the cliff lasts", "cliff of")  # fmt: skip


def _cliff(text: Line) -> None:
    """ "There is a cliff of six months": before, nothing vests."""
    found = text.match_any(0, _CLIFF)
    if found is not None and text.kind(found[1]) == "duration":
        text.nodes[: found[1]] = _said(text.nodes[0], "nothing vests in the first")


_THEREAFTER = ("after that date", "after that", "from then on", "after this date", "after this",
               "once that date has passed", "from that date on", "from that day on",
               "thereafter")  # fmt: skip


def _after_that(context: Context) -> None:
    """ "After that Sam can withdraw it": after the date of the sentence before."""
    text = context.text
    found = text.match_any(0, _THEREAFTER)
    date = next((one.deadline for one in reversed(context.done) if one.deadline), None)
    if found is None or date is None or not date[:4].isdecimal():
        return
    here = text.nodes[0]
    comma = mark(here, ",")
    rest = text.skip(found[1], (",",))
    said = replace(here, kind="date", value=Moment(date))
    text.nodes[:rest] = [word(here, "after"), said, comma]


_DIVIDED = frozenset("split splits divide divides divided distribute distributes distributed share "
                     "shares shared".split())  # fmt: skip


def _divided_for(text: Line) -> None:
    """ "splits it: 55 % for Nina, 45 % for Omar": to them."""
    if not _DIVIDED & {text.lower(at) for at in range(len(text))}:
        return
    for index in range(1, len(text) - 1):
        share = text.nodes[index - 1].value
        if text.lower(index) == "for" and isinstance(share, Quantity) and share.asset == "%":
            text.nodes[index] = word(text.nodes[index], "to")


_TOUCHES = frozenset({"touch", "access", "touches", "accesses"})


def _touched(context: Context) -> None:
    """ "nobody may touch the money": withdraw it."""
    text = context.text
    for index in range(1, len(text) - 1):
        if text.lower(index) in _TOUCHES and text.lower(index - 1) in words.MODALS:
            thing = phrase_at(text, index + 1, context.names)
            money = thing is not None and (
                thing[0].pronoun in ("it", "them") or thing[0].head in MONEY_NOUNS | _HOLDINGS
            )  # fmt: skip
            if money:
                text.nodes[index] = word(text.nodes[index], "withdraw")
            return


_HOLDINGS = frozenset({"token", "coin", "fund", "saving"})
_THAT = ("that date", "that day", "then", "this date", "that time")


def _before_that(text: Line) -> None:
    """ "after 12 August, and nobody may touch it before": before that date; "but not before" says
    nothing more."""
    dates = [at for at in range(len(text)) if text.kind(at) == "date"]
    for index in range(2, len(text)):
        earlier = [at for at in dates if at < index]
        if text.lower(index) != "before" or not earlier:
            continue
        that = text.match_any(index + 1, _THAT)
        after = that[1] if that is not None else index + 1
        if text.lower(after) not in ("", ".", ";", ","):
            continue
        if text.lower(index - 1) == "not" and text.lower(index - 2) in ("but", "and"):
            start = index - 3 if text.lower(index - 3) == "," else index - 2
            del text.nodes[start:after]
        else:
            text.nodes[index + 1 : after] = [text.nodes[earlier[-1]]]
        return


_START = ("at the start", "at the beginning", "at the outset", "right at the start",
          "at the very start", "at the very beginning", "from the start", "on day one",
          "on the first day", "on day 1")  # fmt: skip


def _at_start(text: Line) -> None:
    """ "deposits it at the start": up front, where nothing is said that starts."""
    for index in range(2, len(text)):
        found = text.match_any(index, _START)
        if found is not None and text.lower(found[1]) in ("", ".", ",", ";", "and"):
            text.nodes[index : found[1]] = _said(text.nodes[index], "up front")
            return


def _ever(text: Line) -> None:
    """ "may ever be issued": may be."""
    for index in range(1, len(text) - 1):
        if text.lower(index) == "ever" and text.lower(index - 1) in words.MODALS:
            del text.nodes[index]
            return
