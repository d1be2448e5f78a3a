"""Caps, floors and rates brought into the words that the rules expect.

"capped at 400 USDC", "with a ceiling of 400 USDC" and "but never above 400 USDC" are all "but at
most 400 USDC"; "40 USDC an hour" is 40 USDC for each hour.
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import markers
from assay.authoring.english.lexicon.words import BE, MODALS
from assay.authoring.english.lexing.made import mark, word
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.phrase_parts import limit_at
from assay.authoring.language.quantities import Quantity

_CAPS = (
    "capped at", "limited to", "and limited to", "but capped at", "and capped at",
    "with a cap of", "with a maximum of",
    "with an upper limit of", "with a ceiling of", "subject to a cap of", "up to a cap of",
    "subject to a maximum of", "up to a maximum of", "up to a ceiling of", "up to a total of",
    "subject to an upper limit of", "but never more than", "and never more than",
    "never more than", "but never above", "but not above", "but in no case more than",
    "but in no event more than", "but in any case no more than", "but not exceeding",
    "and no more than", "but limited to", "subject to a ceiling of", "but never over",
    "but it never exceeds", "but only up to", "but only up to a maximum of",
    "but up to a maximum of", "but with a cap of", "but with a maximum of", "with a limit of",
    "and not more than", "but no higher than", "but it is capped at", "and is capped at",
    "but is capped at", "which is capped at", "to a maximum of", "cap :", "maximum :",
)  # fmt: skip
_FLOORS = (
    "with a minimum of", "and a minimum of", "subject to a minimum of", "but never less than",
    "and never less than", "with a floor of", "but a minimum of", "but not below",
    "and a floor of", "but in any case at least", "and at least", "but never below",
    "but with a minimum of", "but not less than", "and not less than",
)  # fmt: skip
_HELPING = BE | MODALS
_HEADED = ("of", "a", "the", "total", "sum")


def bounded(context: Context) -> None:
    """Rewrites bounds that stand behind an amount, and rates for an hour."""
    _sums(context.text)
    _hours(context.text)
    _each_cap(context.text)
    _units(context.text)
    _due_each(context.text)
    _both_bounds(context)
    _bounds(context.text)


_PAID_OUT = frozenset({"payments", "payouts", "pay-outs", "disbursements", "payment"})
_EXCEED = ("may not exceed", "shall not exceed", "must not exceed", "will not exceed",
           "can not exceed", "cannot exceed", "may never exceed", "shall never exceed",
           "must never exceed", "do not exceed", "are limited to", "are capped at",
           "shall be limited to")  # fmt: skip


def _sums(text: Line) -> None:
    """ "Total payments to a farmer may not exceed 500 USDC": no more than this may be paid."""
    at = text.skip(0, ("the", "all", "any", "total", "aggregate", "combined", "these", "such",
                       "of", "sum", "amount"))  # fmt: skip
    if text.lower(at) not in _PAID_OUT:
        return
    found = next(((step, one) for step in range(at + 1, at + 9)
                  if (one := text.match_any(step, _EXCEED))), None)  # fmt: skip
    if found is None or text.kind(found[1][1]) != "amount":
        return
    start = text.skip(at + 1, ("together", "made", "combined"))
    policy = text.match_any(start, markers.WEIGHTLESS)
    start = policy[1] if policy is not None else start
    if text.lower(start) == "under" and text.kind(start + 1) == "reference":
        start += 2
        while text.lower(start) in ("and", "or", ",") and text.kind(start + 1) == "amount":
            start += 2
    if start != found[0] and text.lower(start) != "to":
        return
    here = text.nodes[found[0]]
    most = [word(here, one) for one in ("no", "more", "than")]
    paid = [word(here, one) for one in ("may", "be", "paid")]
    amount = found[1][1]
    receiver = text.nodes[start : found[0]]
    text.nodes[: amount + 1] = [*most, text.nodes[amount], *paid, *receiver]


def _bounds(text: Line) -> None:
    """ "1% a week, capped at 5%": but at most 5%."""
    index = 0
    while (index := index + 1) < len(text) - 1:
        most = text.match_any(index, _CAPS)
        found = most or text.match_any(index, _FLOORS)
        amount = text.skip(found[1], _HEADED) if found is not None else len(text)
        if found is None or text.kind(amount) != "amount" or not _measured(text, index):
            continue
        start = index
        if text.lower(start - 1) == "(":
            end = next((at for at in range(amount, len(text)) if text.lower(at) == ")"), None)
            if end is None:
                continue
            del text.nodes[end]
            start -= 1
        start -= text.lower(start - 1) == ","
        here = text.nodes[index]
        comma = mark(here, ",")
        said = ("but", "at", "most") if most is not None else ("but", "at", "least")
        bound = [comma, *(word(here, one) for one in said)]
        inserted = text.lower(amount + 1) == "," and text.lower(amount + 2) in _HELPING
        if not inserted:
            text.nodes[start:amount] = bound
            continue
        bound.append(text.nodes[amount])
        stop = len(text) - (text.lower(len(text) - 1) == ".")
        text.nodes[stop:stop] = bound
        del text.nodes[start : amount + 2]


def _measured(text: Line, index: int) -> bool:
    """Whether an amount stands before, in the same part of the sentence."""
    for at in range(index - 1, -1, -1):
        if text.lower(at) in (";", "."):
            return False
        if text.kind(at) == "amount":
            return True
    return False


def _both_bounds(context: Context) -> None:
    """ "at least 10 and at most 40 crates a month": at least 10 crates a month."""
    text = context.text
    for index in range(len(text) - 3, 0, -1):
        joint = text.skip(index + 1, (",", "and", "but"))
        first, after = text.nodes[index].value, limit_at(text, joint)[1]
        second = text.nodes[after].value if after < len(text) else None
        if not isinstance(first, Quantity) or not isinstance(second, Quantity):
            continue
        floor = any(limit_at(text, index - step)[:2] == ("least", index) for step in (1, 2, 3, 4))
        if not floor or joint == index + 1 or first.asset is not None or after == joint:
            continue
        if limit_at(text, joint)[0] != "most":
            continue
        node = text.nodes[index]
        unit = []
        if second.asset is None:
            thing = phrase_at(text, after, context.names)
            unit = text.nodes[after + 1 : thing[1]] if thing is not None else []
        end = after + 1 + len(unit)
        unit += [text.nodes[end]] if text.kind(end) == "recurrence" else []
        given = replace(node, value=replace(first, asset=second.asset))
        comma = mark(node, ",")
        text.nodes[index:after] = [given, *unit, comma,
                                   *(word(node, one) for one in ("but", "at", "most"))]  # fmt: skip


_FURTHER = frozenset({"extra", "additional", "further", "full", "started", "commenced", "whole",
                      "completed", "billable"})  # fmt: skip
_TIMED = frozenset({"hour", "night", "minute", "page", "word"})


_LATENESS = frozenset({"delay", "lateness", "default", "the", "such", "late"})
_DELAYS = frozenset({"of", "or", "for", "that", "until", "late", "after", "by"})


_SPENT = frozenset("worked spent taught flown driven used".split())


def _worked(text: Line, index: int) -> int | None:
    """The index after what an hour is of: "for each hour of lessons", "for every hour worked"."""
    if text.lower(index) in _SPENT:
        return index + 1
    lost = text.lower(index + 1) in _LATENESS or text.lower(index + 1) in _DELAYS
    ends = text.kind(index + 2) in ("", "punct") or text.lower(index + 2) in ("by", "within", "on")
    plain = text.lower(index) == "of" and text.kind(index + 1) == "word" and not lost
    return index + 2 if plain and ends else None


def _hours(text: Line) -> None:
    """ "40 USDC per hour", "40 USDC an hour": an hour is what the amount is for."""
    for index in range(len(text) - 1, 0, -1):
        node = text.nodes[index]
        value = text.nodes[index - 1].value
        money = isinstance(value, Quantity) and value.asset not in (None, "%")
        hourly = node.kind == "recurrence" and node.value == "PT1H"
        start = index - (text.lower(index - 1) == "for")
        end = _worked(text, index + 1) if hourly and text.kind(start - 1) == "amount" else None
        if end is not None:
            text.nodes[start:end] = [word(node, "per"), word(node, "hour")]
            continue
        if not (money and hourly) or text.lower(index + 1) in _DELAYS:
            continue
        if node.lower in ("every hour", "each hour", "hourly"):
            continue
        text.nodes[index : index + 1] = [word(node, "per"), word(node, "hour")]
    for index in range(len(text) - 4, 0, -1):
        led = text.match_any(index, ("for each", "for every", "per", "for any"))
        unit = text.skip(led[1], _FURTHER) if led is not None else index
        if led is not None and unit > led[1] and text.lower(unit) in _TIMED and (
            text.kind(index - 1) == "amount" and text.lower(unit + 1) not in _DELAYS
        ):  # fmt: skip
            text.nodes[index:unit] = [word(text.nodes[index], "per")]
    for index in range(len(text) - 2, -1, -1):
        node, behind = text.nodes[index], text.lower(index + 2)
        lead, _, often = node.lower.partition(" ")
        counts = node.kind == "recurrence" and lead in ("each", "every")
        counts = counts and often in ("hour", "day")
        starts = text.lower(index - 1) in ("", ",", ";", "and", "but")
        if counts and starts and text.lower(index + 1) == "of" and behind not in _LATENESS:
            text.nodes[index : index + 1] = [word(node, lead), word(node, often)]


_CAP_NOUNS = frozenset({"cap", "maximum", "limit", "ceiling"})


def _each_cap(text: Line) -> None:
    """ "with a monthly cap of 6,000 USDC": with a cap of 6,000 USDC a month."""
    for index in range(2, len(text) - 4):
        lead = text.match_any(index, ("with a", "with an", "subject to a", "up to a"))
        often = lead[1] if lead is not None else index
        if lead is None or text.kind(often) != "recurrence" or text.lower(often + 2) != "of":
            continue
        if text.lower(often + 1) in _CAP_NOUNS and text.kind(often + 3) == "amount":
            node = text.nodes.pop(often)
            text.nodes.insert(often + 3, node)
            return


_MEASURES = frozenset(
    "litre liter kilo kg kilogram tonne ton piece copy bottle bag box crate unit ticket page word "
    "metre km mile seat head visit session call".split()
)


def _units(text: Line) -> None:
    """ "0.45 USDC a litre": for each litre."""
    for index in range(1, len(text) - 1):
        value = text.nodes[index - 1].value
        money = isinstance(value, Quantity) and value.asset not in (None, "%")
        if money and text.lower(index) in ("a", "an") and text.lower(index + 1) in _MEASURES:
            text.nodes[index] = word(text.nodes[index], "per")


_DUE = ("is due", "is payable", "are due", "are payable", "is charged", "will be charged",
        "falls due", "becomes due")  # fmt: skip


def _due_each(text: Line) -> None:
    """ "25 USDC per month is due": is payable each month."""
    for index in range(1, len(text) - 1):
        due = text.match_any(index + 1, _DUE) if text.kind(index) == "recurrence" else None
        if due is not None and text.kind(index - 1) == "amount":
            here, often = text.nodes[index + 1], text.nodes[index]
            text.nodes[index : due[1]] = [word(here, "is"), word(here, "payable"), often]
            return
