"""Bids, sales and work as people speak of them, brought into the words that the rules expect.

"Whoever bids highest wins the painting", "bids below 500 USDC are ignored", "works 20 hours a
week", "for every ticket sold".
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.markers import COMPARING
from assay.authoring.english.lexicon.words import DETERMINERS, MODALS, PREPOSITIONS, singular
from assay.authoring.english.lexing.durations import UNITS
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.language.durations import iso_duration
from assay.authoring.language.quantities import Quantity


def sold_or_worked(context: Context) -> None:
    """Rewrites the nodes of a sentence about bids, sales or hours of work."""
    text = context.text
    _best_bid(text)
    _wins(context)
    _steps(text)
    _has_time(text)
    _sold_out(text)
    _worked(text)
    _ignored(context)
    _nth(text)
    _for_each_sold(context)
    _share_of_it(text)
    _do_so(context)
    _to_ratio(text)
    _is_due(context)
    _one_each(text)
    _lets(context)
    _stops_this(text)


def _said(here: Node, phrase: str) -> list[Node]:
    return [word(here, one) for one in phrase.split()]


_BEST = ("whoever bids highest", "whoever bids the highest", "whoever bids most",
         "whoever bids the most", "whoever offers the most", "whoever offers most",
         "whoever makes the highest bid", "whoever makes the highest offer",
         "whoever has the highest bid", "whoever places the highest bid", "the top bidder",
         "the best bidder", "the person with the highest bid", "the one with the highest bid",
         "the bidder with the highest bid", "whoever holds the highest bid",
         "the bidder who offers the most", "the bidder who bids the most")  # fmt: skip


def _best_bid(text: Line) -> None:
    """ "whoever bids highest by 6 pm": the highest bidder, at that time."""
    for index in range(len(text) - 1, -1, -1):
        found = text.match_any(index, _BEST)
        if found is not None:
            text.nodes[index : found[1]] = _said(text.nodes[index], "the highest bidder")
            _timed_subject(text, index)


def _timed_subject(text: Line, start: int) -> None:
    """ "the highest bidder by 6 pm on 3 April wins": by then, the highest bidder wins."""
    at = start + 3
    lead = text.match_any(at, ("when the auction ends", "when the auction closes",
                               "when bidding ends", "when bidding closes",
                               "at the end of the auction",
                               "at the close of the auction"))  # fmt: skip
    end = lead[1] if lead is not None else at
    if lead is None and text.lower(at) in ("by", "at", "on", "before"):
        end, zones = at + 1, ("on", "utc", "cet", "gmt")
        while text.kind(end) in ("date", "clock") or text.lower(end) in zones:
            end += 1
    if end <= at + 1 or start > 0:
        return
    comma = mark(text.nodes[at], ",")
    text.nodes[start:end] = [*text.nodes[at:end], comma, *text.nodes[start:at]]


def _wins(context: Context) -> None:
    """ "the highest bidder wins the painting": gets it; alone, what is sold."""
    text = context.text
    for index in range(1, len(text) - 1):
        wins = text.lower(index) in ("wins", "win")
        opens = index == 1 or text.lower(index - 2) in (",", ";", "then", ":", "otherwise")
        named = text.nodes[index - 1].text[:1].isupper() and text.kind(index - 1) == "word"
        named = named or text.lower(index - 1) in ("he", "she", "they")
        if wins and opens and named and text.lower(index + 1) in ("the", "a", "an"):
            text.nodes[index] = word(text.nodes[index], "gets")
        bids = wins and text.lower(index - 1) in ("bidder", "bid")
        if bids and text.lower(index + 1) in (".", ",", ";", "and") and context.goods is not None:
            here = text.nodes[index]
            text.nodes[index : index + 1] = _said(here, f"wins the {context.goods}")
        if bids and text.kind(index + 1) == "word":
            text.nodes[index] = word(text.nodes[index], "gets")
            if text.lower(index - 1) == "bid":
                text.nodes[index - 1] = word(text.nodes[index - 1], "bidder")


_STEPS = ("bids go up in steps of", "bids rise in steps of", "bids increase in steps of",
          "bids go up in increments of", "bids increase in increments of", "bids go up by",
          "bids are raised in steps of", "bids must go up by", "bids must rise by",
          "bids are made in steps of", "bids must increase by", "bids increase by",
          "bids must be raised by", "the bids go up by", "bidding goes up in steps of",
          "bidding goes up by", "bidding increases by")  # fmt: skip


def _steps(text: Line) -> None:
    """ "bids go up in steps of at least 0.1 ETH": the least raise."""
    for index in range(len(text) - 1):
        found = text.match_any(index, _STEPS)
        at = text.skip(found[1], ("at", "least", "a", "minimum", "of")) if found else index
        if found is not None and text.kind(at) == "amount":
            text.nodes[index:at] = _said(text.nodes[index], "minimum increment is")
            return


def _has_time(text: Line) -> None:
    """ "and has 24 hours to pay": must pay within 24 hours; to do anything else: may."""
    for index in range(len(text) - 4, 0, -1):
        joined = text.lower(index - 1) == "and" or text.lower(index - 2) == "and"
        has = text.lower(index) in ("has", "have", "gets", "get") and joined
        if not has or text.kind(index + 1) != "duration" or text.lower(index + 2) != "to":
            continue
        verb = text.nodes[index + 3]
        lemma = lemma_of(verb.lower, "base")
        if lemma is None:
            continue
        here, lasting = text.nodes[index], text.nodes[index + 1]
        stops = (at for at in range(index + 3, len(text)) if text.lower(at) in _ENDING)
        end = next(stops, len(text))
        text.nodes[end:end] = [word(here, "within"), lasting]
        modal = word(here, "must" if lemma in ("pay", "settle") else "may")
        text.nodes[index : index + 3] = [modal]


_ENDING = frozenset({",", ";", ".", "and", "if", "unless", "from", "after"})


_PARTS = frozenset({"commission", "share", "cut", "royalty", "fee"})


def _share_of_it(text: Line) -> None:
    """ "The gallery's share of each sale is 40%": the gallery receives 40% of each sale."""
    own = next((at for at in range(1, 5) if text.kind(at) == "possessive"), len(text))
    if text.lower(own + 1) not in _PARTS:
        return
    verb = next(
        (at for at in range(own + 3, len(text)) if text.lower(at) in ("is", "equals")), None
    )
    if text.lower(own + 2) != "of" or verb is None or text.kind(verb + 1) != "amount":
        return
    if "%" in text.nodes[verb + 1].text and text.lower(verb + 2) in ("", ".", ",", ";"):
        whole = text.nodes[own + 2 : verb]
        text.nodes[own : verb + 2] = [
            word(text.nodes[own], "receives"), text.nodes[verb + 1], *whole
        ]  # fmt: skip


def _sold_out(text: Line) -> None:
    """ "if the sale doesn't sell out": is not sold out."""
    for index in range(1, len(text) - 1):
        sells = text.lower(index) in ("sell", "sells") and text.lower(index + 1) == "out"
        if not sells:
            continue
        here = text.nodes[index]
        helped = text.lower(index - 1) in ("doesn't", "don't")
        start = index - 1 if helped else index - 2 if text.lower(index - 1) == "not" else index
        no = ["not"] if start < index else []
        text.nodes[start : index + 2] = [word(here, one) for one in ("is", *no, "sold-out")]
        return


def _worked(text: Line) -> None:
    """ "works 20 hours a week", "5 hours of support a month": hours are counted."""
    for index in range(1, len(text) - 1):
        node = text.nodes[index]
        count, _, unit = node.lower.partition(" ")
        of_work = text.lower(index + 1) == "of" and text.kind(index + 2) == "word"
        bound = next((low for low in range(index - 3, index) if _ends_at(text, low, index)), index)
        works = text.lower(bound - 1) in _WORKING
        if node.kind != "duration" or unit not in ("hours", "hour") or not count.isdigit():
            continue
        if text.lower(bound - 1) in PREPOSITIONS or not (
            (of_work and text.lower(index + 2) not in _OF_EVENTS)
            or (works and text.kind(index + 1) in ("recurrence", "duration"))
        ):  # fmt: skip
            continue
        amount = replace(node, kind="amount", value=Quantity(count, None))
        text.nodes[index : index + 1] = [amount, word(node, unit)]
        if works and text.lower(bound - 1) in _WORKED:
            plain = text.lower(bound - 2) in MODALS
            done = "perform" if plain else "performs"
            text.nodes[bound - 1] = word(text.nodes[bound - 1], done)
        _each_unit(text, index + 2)
        return


_WORKED = frozenset({"works", "work", "teaches", "teach"})
_WORKING = _WORKED | {"bill", "bills", "charge", "charges", "invoice", "invoices", "claim"}
_AT_MOST = ("at most", "up to", "no more than", "at least", "a maximum of")


def _ends_at(text: Line, start: int, index: int) -> bool:
    """Whether a bound on what follows stands right before an index."""
    bound = text.match_any(start, _AT_MOST)
    return bound is not None and bound[1] == index


def _each_unit(text: Line, start: int) -> None:
    """ "a month" behind hours that are counted: each month."""
    for at in range(start, min(start + 4, len(text))):
        lead, _, unit = text.lower(at).partition(" ")
        if text.kind(at) == "duration" and lead in ("a", "per") and unit in UNITS:
            every = iso_duration(Decimal(UNITS[unit][1]), UNITS[unit][0])
            text.nodes[at] = replace(text.nodes[at], kind="recurrence", value=every)
            return


_OF_EVENTS = frozenset("the a an being receipt delivery signing receiving notice such delay each "
                       "any its their completion payment".split())  # fmt: skip
_REFUSED = ("are ignored", "is ignored", "are not accepted", "is not accepted", "are invalid",
            "do not count", "don't count", "are disregarded", "will be ignored",
            "will not be accepted", "are not allowed", "is invalid", "does not count")  # fmt: skip


def _ignored(context: Context) -> None:
    """ "Bids below 500 USDC are ignored": none is accepted that is below."""
    text = context.text
    for at in range(1, min(6, len(text))):
        bound = text.match_any(at, COMPARING)
        refused = text.match_any(bound[1] + 1, _REFUSED) if bound is not None else None
        if bound is None or refused is None or text.kind(bound[1]) != "amount":
            continue
        here, named = text.nodes[0], text.nodes[:at]
        text.nodes[: refused[1]] = [
            *_said(here, "contract shall not accept"), *named, *_said(here, "if the"),
            *named[-1:], word(here, "is"), *text.nodes[at : bound[1] + 1],
        ]  # fmt: skip
        return


def _nth(text: Line) -> None:
    """ "20 USDC a month, due on the 5th": the 5th of each month."""
    monthly = next((at for at in range(len(text)) if text.nodes[at].value == "P1M"), None)
    for index in range(1, len(text) - 1):
        day = text.lower(index + 1)
        nth = text.lower(index) == "the" and day[:-2].isdigit() and day[-2:] in _ORDINAL
        ends = text.lower(index + 2) in ("", ".", ",", ";")
        if nth and ends and monthly is not None and text.lower(index - 1) in ("on", "by"):
            here = text.nodes[index + 1]
            text.nodes[index + 2 : index + 2] = [word(here, "of"), text.nodes[monthly]]
            return


_ORDINAL = frozenset({"st", "nd", "rd", "th"})


def _for_each_sold(context: Context) -> None:
    """ "For every ticket sold, 5% goes": whenever a ticket is sold."""
    text = context.text
    if text.lower(0) not in ("for", "with", "on") or text.lower(1) not in ("each", "every"):
        return
    found = phrase_at(text, 1, context.names)
    if found is None or lemma_of(text.lower(found[1]), "participle") is None:
        return
    if text.lower(found[1] + 1) in ("the", "a", "an", "each") and text.kind(found[1] - 1) == "word":
        text.nodes.insert(found[1] + 1, mark(text.nodes[found[1]], ","))
    if text.lower(found[1] + 1) == ",":
        here = text.nodes[0]
        text.nodes.insert(found[1], word(text.nodes[found[1]], "is"))
        text.nodes[:2] = _said(here, "whenever a")


def _do_so(context: Context) -> None:
    """ "the coach may end the deal; the player may do so too": may end it."""
    text = context.text
    so = next((at for at in range(3, len(text) - 1) if text.match(at, "do so")), None)
    if so is None or text.lower(so - 1) not in MODALS:
        return
    modal = next((at for at in range(1, so - 1) if text.lower(at) in MODALS), None)
    if modal is None or lemma_of(text.lower(modal + 1), "base") is None:
        return
    thing = phrase_at(text, modal + 2, context.names)
    end = thing[1] if thing is not None and thing[0].quantity is None else modal + 2
    text.nodes[so : so + 2] = text.nodes[modal + 1 : end]


def _to_ratio(text: Line) -> None:
    """ "share the income 70 to 30": a ratio."""
    for index in range(1, len(text) - 2):
        first, last = text.nodes[index].text, text.nodes[index + 2].text
        bare = first.isdigit() and last.isdigit() and text.lower(index + 1) == "to"
        if bare and int(first) + int(last) == 100:
            ratio = replace(text.nodes[index], kind="ratio", value=(first, last))
            text.nodes[index : index + 3] = [ratio]
            return


_DUE = ("is due", "are due", "shall be due", "will be due")


def _is_due(context: Context) -> None:
    """ "The report is due on 1 May": it is to be delivered; bids that are due are to be placed."""
    text = context.text
    found = phrase_at(text, 0, context.names)
    due = text.match_any(found[1], _DUE) if found is not None else None
    if found is None or due is None or found[0].quantity is not None or not found[0].head:
        return
    if found[0].party or found[0].pronoun or text.lower(due[1]) not in ("by", "on", "within", "at"):
        return
    noun = singular(found[0].head)
    said = "placed" if noun in ("bid", "offer") else "delivered" if noun in _HANDED_IN else None
    if said is not None:
        text.nodes[found[1] : due[1]] = _said(text.nodes[found[1]], f"shall be {said}")


_HANDED_IN = frozenset({"report", "draft", "design", "document", "manuscript", "goods", "work",
                        "deliverable", "version", "file", "translation", "plan", "article",
                        "prototype", "application", "submission"})  # fmt: skip


def _one_each(text: Line) -> None:
    """ "in four equal parts, one every three months": every three months."""
    for index in range(2, len(text) - 2):
        one = text.lower(index) == "," and text.lower(index + 1) == "one"
        if one and text.kind(index + 2) == "recurrence" and text.lower(index - 1) in _IN_PARTS:
            del text.nodes[index : index + 2]
            return


_IN_PARTS = frozenset({"parts", "instalments", "installments", "payments", "tranches", "portions",
                       "shares", "steps"})  # fmt: skip


_LETTING = frozenset({"rent", "lease", "hire", "let"})


def _lets(context: Context) -> None:
    """ "Rosa rents Tim a camera", "rents the flat to Tim": provides it to him."""
    text = context.text
    for index in range(1, len(text) - 2):
        if lemma_of(text.lower(index), "third", "base") not in _LETTING:
            continue
        at = index + 1 + (text.lower(index + 1) == "out")
        first = phrase_at(text, at, context.names)
        if first is None or first[0].quantity is not None or text.lower(index - 1) in DETERMINERS:
            continue
        second = phrase_at(text, first[1], context.names)
        named = first[0].party is not None or text.nodes[at].text[:1].isupper()
        given = second is not None and second[0].determined and not second[0].party and named
        handed = text.lower(first[1]) == "to" and not named
        if given or handed:
            third = text.lower(index).endswith("s")
            text.nodes[index:at] = [word(text.nodes[index], "provides" if third else "provide")]
            return


def _stops_this(text: Line) -> None:
    """ "Either side can stop this": can terminate the agreement."""
    for index in range(1, len(text) - 1):
        ends = text.lower(index) in ("stop", "end", "cancel", "terminate", "quit")
        if ends and text.lower(index + 1) == "this" and text.lower(index + 2) in _STOPS:
            text.nodes[index : index + 2] = _said(text.nodes[index], "terminate the agreement")
            return
        quits = text.lower(index) in ("stop", "quit", "leave") and text.lower(index - 1) in MODALS
        if text.lower(index) == "quit" and text.lower(index + 1) in (".", ""):
            return  # A member who may quit ends the membership.
        if quits and text.lower(index + 1) in ("with", "on", "at", "any", "anytime", ".", ""):
            text.nodes[index : index + 1] = _said(text.nodes[index], "terminate the agreement")
            return


_STOPS = frozenset({"with", "by", "at", ".", "", ",", "on", "if", "when", "any", "after"})
