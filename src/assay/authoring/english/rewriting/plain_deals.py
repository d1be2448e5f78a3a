"""Deals as people tell them: deposits, swaps, grants and goals, in the words of the rules.

"Alice puts 2 ETH in escrow for Bob" is "Alice deposits 2 ETH into escrow", "receives 1,000 tokens
that vest" is "receives 1,000 tokens; the tokens vest", "we want to raise 500 DAI by 1 May" is
"anyone may contribute DAI until 1 May", with 500 DAI for a goal.
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.words import MODALS, PRONOUNS
from assay.authoring.english.lexing.made import is_money_amount, mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.parties.referents import party_name
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.quantities import Quantity

_PUTS = {"puts": "deposits", "put": "deposit", "places": "deposits", "place": "deposit",
         "holds": "deposits", "leaves": "deposits", "pays": "deposits", "pay": "deposit",
         "sends": "deposits", "send": "deposit"}  # fmt: skip
_OWN = frozenset({"her", "his", "their", "its"})
_GIVING = frozenset(
    "pay pays paying give gives send sends wire wires owe owes lend lends refund "
    "refunds transfer transfers hand hands grant grants repay repays".split()
)
"""What "her" stands behind as the one who receives."""
_RAISING = ("want to raise", "wants to raise", "aim to raise", "aims to raise", "plan to raise",
            "plans to raise", "would like to raise", "are raising", "is raising", "seek to raise",
            "seeks to raise", "hope to raise", "hopes to raise")  # fmt: skip
_IN_RETURN = ("in return", "in exchange")
_SENDS = frozenset({"sends", "pays", "transfers", "deposits", "contributes", "gives"})
_GETS = frozenset({"receives", "gets", "obtains"})
_DATED = frozenset({"until", "till", "by", "before"})


def told_as_deals(context: Context) -> None:
    """Rewrites the nodes of a sentence that tells a deal."""
    _financed(context)
    _paid_in(context.text)
    _into_escrow(context)
    _back(context.text)
    _own_amount(context.text)
    _that_vest(context.text)
    _raised(context)
    _collected(context)
    _in_return(context.text)
    _named_day(context.text)
    _leaves(context)


_FINANCES = {"finances": "contributes", "sponsors": "contributes", "backs": "contributes",
             "finance": "contribute", "sponsor": "contribute", "back": "contribute",
             "supports": "contributes", "support": "contribute", "funds": "contributes",
             "fund": "contribute"}  # fmt: skip
_PAYS_IN = frozenset({"pays", "deposits", "transfers", "sends", "shall", "must", "will"})


def _financed(context: Context) -> None:
    """ "finances the film with 20,000 USDC": contributes 20,000 USDC."""
    text = context.text
    for at in range(1, len(text) - 3):
        gives = _FINANCES.get(text.lower(at))
        what = phrase_at(text, at + 1, context.names) if gives is not None else None
        if gives is None or what is None or text.lower(what[1]) != "with":
            continue
        if what[0].determined and is_money_amount(text, what[1] + 1):
            text.nodes[at : what[1] + 1] = [word(text.nodes[at], gives)]
            return


def _paid_in(text: Line) -> None:
    """ "contributes 900 USDC, which it pays into escrow by 1 May": pays 900 USDC into escrow."""
    for at in range(1, len(text) - 5):
        told = text.lower(at) in ("contributes", "invests", "contribute", "invest")
        paid = at + 4 if told and is_money_amount(text, at + 1) else len(text)
        which = text.lower(at + 2) == "," and text.lower(at + 3) == "which"
        if not which or text.lower(paid) not in PRONOUNS or text.lower(paid + 1) not in _PAYS_IN:
            continue
        into = next((step for step in range(paid + 2, len(text))
                     if text.lower(step) in ("into", "to", "in")), paid + 2)  # fmt: skip
        verb, amount = text.nodes[paid + 1 : into], text.nodes[at + 1]
        start = at - (text.lower(at - 1) in MODALS)
        text.nodes[start:into] = [*verb, amount]
        return


def _into_escrow(context: Context) -> None:
    """ "puts 2 ETH in escrow for Bob": deposits it; whom it is for is told where it goes out."""
    text = context.text
    for at in range(1, len(text) - 3):
        said = _PUTS.get(text.lower(at))
        if said is None or not is_money_amount(text, at + 1):
            continue
        held = text.match_any(at + 2, ("in escrow", "into escrow", "in the escrow",
                                       "into the escrow", "in the contract",
                                       "into the contract"))  # fmt: skip
        if held is None:
            continue
        text.nodes[at] = word(text.nodes[at], said)
        text.nodes[at + 2] = word(text.nodes[at + 2], "into")
        whom = phrase_at(text, held[1] + 1, context.names) if text.lower(held[1]) == "for" else None
        if whom is not None and whom[0].quantity is None and text.kind(whom[1]) in ("", "punct"):
            del text.nodes[held[1] : whom[1]]
        return


_COMES_BACK = {"deposit": "returned", "money": "refunded", "bond": "returned",
               "stake": "returned", "collateral": "returned"}  # fmt: skip
_BEHIND_BACK = frozenset({"if", "after", "when", "once", "at", "on", "within", "unless", "in", "by",
                          "to", "upon", ""})  # fmt: skip


def _back(text: Line) -> None:
    """ "deposit back after 7 days", "money back if": it is returned."""
    for index in range(len(text) - 1):
        opens = index == 0 or text.kind(index - 1) == "punct"
        at = text.skip(index, ("the", "full", "your", "my")) if opens else len(text)
        done = _COMES_BACK.get(text.lower(at))
        if done and text.lower(at + 1) == "back" and text.lower(at + 2) in _BEHIND_BACK:
            here = text.nodes[at + 1]
            named = [word(text.nodes[index], "the"), text.nodes[at]]
            text.nodes[index : at + 2] = [*named, word(here, "is"), word(here, done)]
            return


def _own_amount(text: Line) -> None:
    """ "gets her 2 ETH back", "her 900 tokens vest": the 2 ETH, the tokens."""
    for at in range(len(text) - 1):
        begins = text.kind(at - 1) in ("", "punct") and text.kind(at + 1) == "amount"
        given = text.lower(at) == "her" and text.lower(at - 1) in _GIVING
        if text.lower(at) in _OWN and (begins or is_money_amount(text, at + 1)) and not given:
            text.nodes[at] = word(text.nodes[at], "the")


def _that_vest(text: Line) -> None:
    """ "receives 1,000 tokens that vest over two years": two clauses."""
    for at in range(2, len(text) - 1):
        if text.lower(at) in ("that", "which") and text.lower(at + 1) in ("vest", "vests"):
            here = text.nodes[at]
            stop = mark(here, ";")
            start = at - 1 if text.lower(at - 1) == "," else at
            text.nodes[start : at + 1] = [stop, word(here, "the"), word(here, "tokens")]
            return


def _raised(context: Context) -> None:
    """ "We want to raise 500 DAI by 1 May": who wants to gives, and so much is the goal."""
    text = context.text
    for at in range(1, min(len(text), 6)):
        found = text.match_any(at, _RAISING)
        if found is None or not is_money_amount(text, found[1]):
            continue
        goal = text.nodes[found[1]].value
        after = found[1] + 1
        assert isinstance(goal, Quantity)
        if text.lower(after) not in _DATED or text.kind(after + 1) != "date":
            return
        context.names.values["goal"] = context.names.values["target"] = goal
        _mentioned(context, at)
        here = text.nodes[at]
        coin = Node("word", str(goal.asset), str(goal.asset).lower(), here.start, here.end)
        said = [*(word(here, one) for one in ("anyone", "may", "contribute")), coin,
                word(here, "until")]  # fmt: skip
        text.nodes[: after + 1] = said
        return


_COLLECTING = (*_RAISING, "raise", "raises", "collect", "collects", "are collecting",
               "is collecting", "crowdfund", "crowdfunds")  # fmt: skip
_GIVEN = frozenset({"money", "funds", "donations", "contributions", "capital"})


def _mentioned(context: Context, verb: int) -> None:
    """Who raises money may be meant later."""
    who = phrase_at(Line(context.text.nodes[:verb]), 0, context.names)
    if who is not None and who[0].pronoun is None:
        context.mention(party_name(who[0], context))


def _collected(context: Context) -> None:
    """ "We raise money for a garden until 1 May": anyone may contribute until then."""
    text = context.text
    for at in range(1, min(len(text), 4)):
        found = text.match_any(at, _COLLECTING)
        if found is None or text.lower(found[1]) not in _GIVEN:
            continue
        end = len(text) - (text.lower(len(text) - 1) in (".", ";"))
        dated = end - 2 if text.lower(end - 2) in _DATED and text.kind(end - 1) == "date" else end
        behind = range(found[1] + 1, dated)
        purpose = text.lower(found[1] + 1) in ("for", "to") and len(behind) < _SHORT
        plain = all(text.kind(step) == "word" and text.lower(step) != "from" for step in behind)
        if plain and (purpose or not behind):
            here = text.nodes[at]
            _mentioned(context, at)
            text.nodes[:dated] = [word(here, one) for one in ("anyone", "may", "contribute")]
        return


_SHORT = 8


def _in_return(text: Line) -> None:
    """ "The user sends 1 ETH and receives 10 tokens in return": when they send it, they do."""
    end = next((at for at in range(4, len(text)) if text.match_any(at, _IN_RETURN)), None)
    joint = next((at for at in range(3, len(text) - 1)
                  if text.lower(at) == "and" and text.lower(at + 1) in _GETS), None)  # fmt: skip
    sends = next((at for at in range(1, joint or 0) if text.lower(at) in _SENDS), None)
    if end is None or joint is None or sends is None or end < joint:
        return
    who = list(text.nodes[:sends])
    comma = mark(text.nodes[joint], ",")
    del text.nodes[end : end + 2]
    text.nodes[joint : joint + 1] = [comma, *who]
    text.nodes.insert(0, word(text.nodes[0], "when"))


def _named_day(text: Line) -> None:
    """ "until his birthday on 3 March 2030": until that day."""
    for at in range(len(text) - 4):
        if text.lower(at) not in _DATED or text.lower(at + 1) not in _OWN:
            continue
        for on in (at + 3, at + 4):
            if text.lower(on) == "on" and text.kind(on + 1) == "date":
                del text.nodes[at + 1 : on + 1]
                return


def _leaves(context: Context) -> None:
    """ "Money leaves the vault only if": the vault may pay money."""
    text = context.text
    start = text.skip(0, ("the", "any"))
    if text.lower(start) not in ("money", "funds") or text.lower(start + 1) not in (
        "leaves", "leave", "may", "can",
    ):  # fmt: skip
        return
    leave = start + 1 + (text.lower(start + 1) in ("may", "can"))
    only = text.lower(leave) == "only"
    leave += only
    if text.lower(leave) not in ("leaves", "leave"):
        return
    place = phrase_at(text, leave + 1, context.names)
    if place is None or place[0].quantity is not None:
        return
    here = text.nodes[start]
    said = [
        *text.nodes[leave + 1 : place[1]],
        *(word(here, one) for one in ("may", "pay", "money")),
    ]
    text.nodes[: place[1]] = said + ([word(here, "only")] if only else [])
