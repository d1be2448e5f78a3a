"""Turns that clauses of whole agreements are full of, brought into plain words.

"Pledges the tokens by transferring them to the contract" is "pledges the tokens to the contract",
"shall, at the Buyer's option, repair or replace" is "shall repair or replace", "places an order" is
"orders".
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.words import BE, HAVE
from assay.authoring.english.lexing.calendar import MONTHS
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.parties.quorums import FRACTIONS
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.dates import Moment
from assay.authoring.language.quantities import Quantity


def drafted(context: Context) -> None:
    """Rewrites the nodes of a sentence in the manner of an agreement."""
    text = context.text
    index = 0
    while index < len(text):
        rule = _RULES.get(text.lower(index))
        if rule is not None:
            rule(context, index)
        index += 1


_HANDING = frozenset({"transferring", "paying", "sending", "depositing", "delivering", "assigning",
                      "placing", "putting"})  # fmt: skip
_THEM = ("it", "them", "the same", "this amount", "that amount", "such amount", "such tokens")


def _by_handing(context: Context, index: int) -> None:
    """ "by transferring them to the contract": to the contract."""
    text = context.text
    what = text.match_any(index + 2, _THEM) if text.lower(index + 1) in _HANDING else None
    if what is not None and index > 1 and text.lower(what[1]) in ("to", "into", "in"):
        del text.nodes[index : what[1]]


_CHOICE = frozenset({"option", "choice", "election", "discretion", "selection"})


_HELPING = frozenset({"is", "are", "shall", "will", "be", "gets"})


def _at_end(context: Context, index: int) -> None:
    """ "what is left at the end of each quarter is split": at that time, what is left is."""
    text = context.text
    end = text.match(index, "at the end of")
    often = end is not None and text.kind(end) == "recurrence"
    if end is None or not often or index == 0 or text.lower(end + 1) not in _HELPING:
        return
    if text.lower(text.skip(end + 1, _HELPING)) in _DIVIDED:
        moved = text.nodes[index : end + 1]
        del text.nodes[index : end + 1]
        text.nodes[:0] = [*moved, mark(moved[-1], ",")]


def _at_choice(context: Context, index: int) -> None:
    """ ", at the Customer's option,": who chooses is asked with the alternative itself."""
    text = context.text
    _at_end(context, index)
    who = phrase_at(text, index + 1, context.names)
    apart = text.lower(index - 1) == ","
    noun = text.skip(who[1], ("'s", "’s", "sole", "own", "absolute")) if who is not None else 0
    at = noun if text.lower(noun) in _CHOICE else noun - 1
    if who is None or text.lower(at) not in _CHOICE or not apart or text.lower(at + 1) != ",":
        return
    del text.nodes[index - 1 : at + 2]


_ORDERS = {"place": "order", "places": "orders", "placed": "ordered", "placing": "ordering"}


def _order(context: Context, index: int) -> None:
    """ "places an order for 50 chairs": orders 50 chairs; without what, it orders an order."""
    text = context.text
    after = text.skip(index + 1, ("a", "an", "the", "each", "any", "every", "its", "his", "her"))
    if text.lower(after) not in ("order", "orders") or text.lower(index - 1) in BE | HAVE:
        return
    text.nodes[index] = word(text.nodes[index], _ORDERS[text.lower(index)])
    if text.lower(after + 1) == "for" and text.kind(after + 2) == "amount":
        del text.nodes[index + 1 : after + 2]


def _payable(context: Context, index: int) -> None:
    """ "the rent is 950 USDC per month and is payable on the first": payable on the first."""
    text = context.text
    due = text.skip(index + 1, ("is", "are", "shall", "be"))
    told = text.kind(index - 1) in ("amount", "recurrence") and due > index + 1
    stated = any(text.lower(at) in ("is", "be", "are") for at in range(index))
    if told and stated and text.lower(due) in ("payable", "due"):
        del text.nodes[index : due + 1]


def _of_us(context: Context, index: int) -> None:
    """ "both of us": both parties."""
    text = context.text
    if text.lower(index + 1) == "of" and text.lower(index + 2) in ("us", "them", "you"):
        text.nodes[index + 1 : index + 3] = [word(text.nodes[index + 2], "parties")]


_ANY_DAY = ("on any day of", "on any day in", "on any day during", "on any one day of",
            "on any given day of", "on any given day in", "on any single day in",
            "on any single day of", "on any day within")  # fmt: skip


def _any_day(context: Context, index: int) -> None:
    """ "a temperature reported on any day of the Cover Period", "... in May 2028": within it."""
    text = context.text
    found = text.match_any(index, _ANY_DAY)
    if found is None or text.lower(found[1]) in MONTHS:
        return
    here, month = text.nodes[index], text.nodes[found[1]].value
    said = [word(here, "during")]
    if isinstance(month, Moment) and month.begins is not None:
        first = replace(text.nodes[found[1]], value=Moment(month.begins))
        said = [word(here, "between"), first, word(here, "and")]
    text.nodes[index : found[1]] = said
    _behind_condition(context, index, len(said))


def _during(context: Context, index: int) -> None:
    _behind_condition(context, index, 1)


def _behind_condition(context: Context, index: int, count: int) -> None:
    """ "If, during the Cover Period, the Station reports less": where it does during it."""
    text = context.text
    if text.lower(index - 1 - (text.lower(index - 1) == ",")) not in ("if", "where", "when"):
        return
    found = phrase_at(text, index + count, context.names)
    end = index + count + 1 if text.kind(index + count) == "date" else found[1] if found else 0
    stops = range(end + 1, len(text))
    stop = next((at for at in stops if text.lower(at) in (",", ";", ".")), None)
    if not end or stop is None:
        return
    start = index - (text.lower(index - 1) == ",")
    moved = text.nodes[index:end]
    after = end + (text.lower(end) == ",")
    text.nodes[start:stop] = [*text.nodes[after:stop], *moved]


_BOUNDS = (("at", "least"), ("more", "than"), ("no", "less", "than"), ("not", "less", "than"))


def _takes_part(context: Context, index: int) -> None:
    """ "if at least 15% of all tokens take part": if the turnout is at least 15%."""
    text = context.text
    near = range(max(0, index - 5), index)
    share = next((at for at in near if text.kind(at) == "amount"), None)
    value = text.nodes[share].value if share is not None else None
    if share is None or not isinstance(value, Quantity) or value.asset != "%":
        return
    lead = next((len(one) for one in _BOUNDS if _said_before(context, share, one)), 0)
    led = text.lower(share - lead - 1) in ("if", "when", "where", "and", "provided", "that")
    if text.lower(share + 1) != "of" or not led or text.lower(index + 1) not in ("part", "and"):
        return
    here = text.nodes[share - lead]
    stop = index + 1 + (text.lower(index + 1) == "part")
    bound = text.nodes[share - lead : share + 1]
    if text.lower(stop) == "and":
        text.nodes[stop + 1 : stop + 1] = [word(text.nodes[stop], "if")]
    text.nodes[share - lead : stop] = [word(here, "turnout"), word(here, "is"), *bound]


def _said_before(context: Context, index: int, said: tuple[str, ...]) -> bool:
    start = index - len(said)
    return all(context.text.lower(start + at) == one for at, one in enumerate(said))


_VOTING = frozenset({"vote", "votes", "agree", "agrees", "approve", "approves", "consent"})


def _of_voters(context: Context, index: int) -> None:
    """ "if two thirds vote in favour": two thirds of the voters."""
    text = context.text
    part = text.match_any(index, FRACTIONS)
    if part is not None and text.lower(part[1]) in _VOTING:
        text.nodes[part[1] : part[1]] = [
            word(text.nodes[part[1]], one) for one in ("of", "the", "voters")
        ]


_DIVIDED = frozenset({"split", "divided", "shared", "distributed", "allocated"})


def _goes(context: Context, index: int) -> None:
    """ "is split: 60% goes to Mara": 60% to Mara."""
    text = context.text
    said = {text.lower(at) for at in range(index)}
    divided = ":" in said and bool(said & _DIVIDED)
    if divided and text.kind(index - 1) == "amount" and text.lower(index + 1) == "to":
        del text.nodes[index]


def _delay(context: Context, index: int) -> None:
    """ "if a delay exceeds 30 days": is more than 30 days."""
    text = context.text
    if text.lower(index - 1) == "delay" and text.kind(index + 1) == "duration":
        here = text.nodes[index]
        text.nodes[index : index + 1] = [word(here, one) for one in ("is", "more", "than")]


def _behind(context: Context, index: int) -> None:
    """ "two tickets at most": at most two tickets."""
    text = context.text
    if text.lower(index - 1) != "at" or text.lower(index + 1) not in ("", ".", ",", ";", "and"):
        return
    first = max(index - 5, 0)
    at = next((step for step in range(index - 2, first - 1, -1)
               if text.kind(step) == "amount"), None)  # fmt: skip
    if at is None or any(text.lower(step) in (",", ";", "and") for step in range(at, index)):
        return
    between = text.nodes[at : index - 1]
    text.nodes[at : index + 1] = [*text.nodes[index - 1 : index + 1], *between]


_PRESENT = frozenset({"current", "outstanding", "applicable", "prevailing", "unpaid", "remaining",
                      "existing"})  # fmt: skip


def _then(context: Context, index: int) -> None:
    """ "the then outstanding principal": the outstanding one."""
    text = context.text
    if text.lower(index - 1) in ("the", "any", "its") and text.lower(index + 1) in _PRESENT:
        del text.nodes[index]


def _title(context: Context, index: int) -> None:
    """ "title to and risk in the Goods": title and risk in them."""
    text = context.text
    if text.match(index, "title to and risk in") is not None:
        text.nodes[index + 1 : index + 2] = []


def _liable(context: Context, index: int) -> None:
    """ "is responsible for the payment of the rent": for paying it."""
    text = context.text
    led = text.match_any(index + 1, ("for the payment of", "for payment of"))
    if led is not None:
        here = text.nodes[index]
        text.nodes[index + 1 : led[1]] = [word(here, "for"), word(here, "paying")]


_RULES = {
    "by": _by_handing, "at": _at_choice, "both": _of_us, "goes": _goes, "go": _goes,
    "exceeds": _delay, "and": _payable, "on": _any_day, "during": _during, "take": _takes_part,
    **dict.fromkeys((one.split()[0] for one in FRACTIONS), _of_voters),
    "vote": _takes_part, "participate": _takes_part,
    **dict.fromkeys(_ORDERS, _order),
    "most": _behind, "least": _behind, "then": _then, "title": _title, "responsible": _liable,
    "liable": _liable,
}  # fmt: skip
