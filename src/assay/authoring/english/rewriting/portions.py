"""Portions that are told apart by order or by time, brought into clauses of their own.

"1,000 USDC in two equal parts, the first now, the second on delivery" is 500 USDC now and 500 USDC
on delivery; "900 USDC a month for the first year and 950 thereafter" is 950 USDC after a year.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.rewriting.restated import first_unit
from assay.authoring.language.numbers import decimal_text, terminates
from assay.authoring.language.quantities import Quantity

_ORDER = ("first", "second", "third", "fourth", "fifth", "sixth")
_PARTS = frozenset({"parts", "instalments", "installments", "payments", "halves", "tranches",
                    "portions", "thirds"})  # fmt: skip


def portioned(context: Context) -> None:
    """Rewrites the nodes of a sentence that speaks of portions."""
    first_unit(context.text)
    _on_dates(context)
    _in_order(context)
    _scheduled(context.text)
    told = _rising(context.text)
    if _thereafter(context.text) or told:
        _amounts_to(context)
    _received(context.text)
    _equal_each_time(context.text)


_EQUAL_PARTS = frozenset({"parts", "portions", "amounts", "shares", "tranches"})


def _equal_each_time(text: Line) -> None:
    """ "in equal parts every month": in equal monthly instalments."""
    for index in range(2, len(text) - 3):
        equal = text.lower(index) == "equal" and text.lower(index - 1) == "in"
        if equal and text.lower(index + 1) in _EQUAL_PARTS and text.kind(index + 2) == "recurrence":
            often, here = text.nodes[index + 2], text.nodes[index + 1]
            text.nodes[index + 1 : index + 3] = [often, word(here, "instalments")]
            return


def _in_order(context: Context) -> None:
    """ "in two equal parts, the first on signing and the second on delivery"."""
    text = context.text
    lead = next((at for at in range(2, len(text) - 4) if _begins(text, at)), None)
    if lead is None:
        return
    noun = next(at for at in range(lead, lead + 4) if text.lower(at) in _PARTS)
    starts = [_named(text, noun, order) for order in _ORDER]
    known = [at for at in starts if at is not None]
    count = text.nodes[lead + 1].value
    told = count.amount if isinstance(count, Quantity) else None
    if told != str(len(known)) or known != sorted(known) or not 2 <= len(known) <= len(_ORDER):
        return
    part = _part_of(context, lead, len(known))
    if part is None:
        return
    begin, head, tail, share = part
    said: list[Node] = []
    for place, start in enumerate(known):
        stop = known[place + 1] if place + 1 < len(known) else len(text)
        words = text.nodes[start + 2 : stop]
        while words and words[-1].lower in (",", "and", ";", "."):
            words.pop()
        words = [node for node in words if node.lower not in ("one", "half")]
        joint = [word(text.nodes[start], "and")] if place else []
        said += [*joint, *share, *(tail if not place else []), *words]
    text.nodes[begin:] = [*head, *said]


def _on_dates(context: Context) -> None:
    """ "in three instalments of 4,000 USDC each, due on 1 March, 1 June and 1 September 2028"."""
    text = context.text
    lead = next((at for at in range(2, len(text) - 4) if _begins(text, at)), None)
    count = text.nodes[lead + 1].value if lead is not None else None
    if lead is None or not isinstance(count, Quantity) or count.amount is None:
        return
    noun = next(at for at in range(lead, lead + 4) if text.lower(at) in _PARTS)
    each = noun + 2 if text.lower(noun + 1) == "of" and text.kind(noun + 2) == "amount" else None
    end = text.skip((each if each is not None else noun) + 1, ("each", ",", "due", "payable"))
    if text.lower(end) not in ("on", "by") or text.kind(end + 1) != "date":
        return
    dates, at = [end + 1], text.skip(end + 2, (",", "and"))
    while text.kind(at) == "date":
        dates, at = [*dates, at], text.skip(at + 1, (",", "and"))
    if str(len(dates)) != count.amount or len(dates) < 2:
        return
    begin, part = _each_part(context, lead, each, len(dates))
    if not part:
        return
    on, joint = text.nodes[end], word(text.nodes[end], "and")
    said: list[Node] = []
    for date in dates:
        said += [*([joint] if said else []), *part, on, text.nodes[date]]
    text.nodes[begin : dates[-1] + 1] = said


def _each_part(context: Context, lead: int, each: int | None, count: int) -> tuple[int, list[Node]]:
    """Where what is paid in parts begins, and one of its parts; none where it stays open."""
    text = context.text
    if each is None:
        parted = _part_of(context, lead, count)
        plain = parted is not None and not parted[1] and not parted[2]
        return (parted[0], parted[3]) if parted is not None and plain else (lead, [])
    wholes = (at for at in range(lead) if _whole(context, at, lead))
    start = next((at for at in wholes if _ends(context, at) == lead), lead)
    return start, [text.nodes[each]]


def _ends(context: Context, start: int) -> int:
    found = phrase_at(context.text, start, context.names)
    return found[1] if found is not None else start


def _scheduled(text: Line) -> None:
    """ "for 900 USDC, half now and half on delivery": for 900 USDC: half now."""
    for index in range(1, len(text) - 4):
        parts = [at for at in range(index + 2, len(text)) if _is_part(text, at)]
        priced = text.kind(index) == "amount" and text.lower(index - 1) in ("for", "of")
        later = any(text.lower(at - 1) in ("and", ",") for at in parts[1:])
        if priced and text.lower(index + 1) == "," and parts[:1] == [index + 2] and later:
            here = text.nodes[index + 1]
            text.nodes[index + 1] = replace(here, text=":", lower=":")
            return


def _is_part(text: Line, index: int) -> bool:
    """Whether a share of a whole stands at an index: half, 40 %, the rest."""
    value = text.nodes[index].value
    share = isinstance(value, Quantity) and value.asset == "%"
    return share or text.lower(index) == "half"


def _begins(text: Line, index: int) -> bool:
    led = text.lower(index) in ("in", "as", "into") and text.kind(index + 1) == "amount"
    near = [text.lower(at) for at in range(index + 2, index + 4)]
    return led and bool({*near} & _PARTS) and (near[0] in _PARTS or near[0] == "equal")


def _named(text: Line, start: int, order: str) -> int | None:
    """Where "the first" stands behind the word for the parts."""
    found = (at for at in range(start + 1, len(text) - 1) if text.match(at, f"the {order}"))
    return next(found, None)


def _part_of(
    context: Context, lead: int, count: int
) -> tuple[int, list[Node], list[Node], list[Node]] | None:
    """Where the amount begins, what stands before it, between it and the parts, and one part."""
    text = context.text
    before = text.nodes[lead - 1]
    value = before.value
    if isinstance(value, Quantity) and value.amount is not None and value.asset != "%":
        whole = Decimal(value.amount)
        if not terminates(int(whole * 10**6), count * 10**6):
            return None
        each = replace(value, amount=decimal_text(whole / count))
        return lead - 1, [], [], [replace(before, value=each)]
    if (counted := _counted_whole(context, lead, count)) is not None:
        return counted
    if not terminates(100, count):
        return None
    start = next((at for at in range(lead) if _whole(context, at, lead)), None)
    if start is None:
        return None
    thing = phrase_at(text, start, context.names)
    assert thing is not None
    percent = Quantity(decimal_text(Decimal(100) / count), "%")
    amount = replace(text.nodes[lead + 1], kind="amount", value=percent)
    named = text.nodes[start : thing[1]]
    share = [amount, word(before, "of"), *named]
    return start, [], text.nodes[thing[1] : lead], share


def _counted_whole(
    context: Context, lead: int, count: int
) -> tuple[int, list[Node], list[Node], list[Node]] | None:
    """ "The Price of 90,000 USDC shall be payable by the Buyer in three instalments"."""
    text = context.text
    thing = phrase_at(text, 0, context.names)
    value = thing[0].quantity if thing is not None else None
    if thing is None or value is None or value.amount is None or value.asset in (None, "%"):
        return None
    whole = Decimal(value.amount)
    due = text.lower(thing[1]) in ("is", "are", "shall", "will") and thing[1] < lead
    if not due or not terminates(int(whole * 10**6), count * 10**6):
        return None
    each = replace(value, amount=decimal_text(whole / count))
    share = [replace(text.nodes[thing[1] - 1], kind="amount", value=each)]
    return 0, [], text.nodes[thing[1] : lead], share


def _whole(context: Context, start: int, lead: int) -> bool:
    """Whether the thing that is paid in parts stands at an index."""
    found = phrase_at(context.text, start, context.names)
    if found is None or found[0].party is not None or found[0].quantity is not None:
        return False
    passive = start == 0 and context.text.lower(found[1]) in ("is", "are", "shall", "will")
    return bool(found[0].name) and (passive or found[1] == lead) and start != lead


_RISING = tuple(
    f"{lead} {way} {to}"
    for lead in ("", ",", "and", ", and", "but", ", which")
    for way in ("rising", "increasing", "falling", "decreasing", "stepping up", "going up",
                "dropping", "reducing", "rises", "increases", "falls", "decreases", "increased",
                "reduced", "stepping down", "going down", "rising thereafter",
                "increasing thereafter", "rising again", "then rising", "then increasing")
    for to in ("to",)
)  # fmt: skip


def _rising(text: Line) -> bool:
    """ "900 USDC a month, rising to 950 USDC in the second year": and 950 USDC a month then."""
    index, changed = 2, False
    while index < len(text) - 1:
        found = text.match_any(index, _RISING)
        index += 1
        if found is None or text.kind(found[1]) != "amount":
            continue
        if not any(text.kind(at) == "amount" for at in range(index - 1)):
            continue
        at, start = found[1], index - 1
        often = [node for node in text.nodes[:start] if node.kind == "recurrence"][-1:]
        again = often if text.kind(at + 1) != "recurrence" else []
        behind = at + 1 + (text.kind(at + 1) == "recurrence")
        here = text.nodes[start]
        if text.lower(behind) == "in" and text.lower(behind + 1) == "the":
            text.nodes[behind] = word(text.nodes[behind], "during")
        if text.lower(behind) == "on" and text.kind(behind + 1) == "date" and often:
            text.nodes[behind] = word(text.nodes[behind], "from")
        since = text.match_any(behind, _FROM)
        over = any(text.lower(step) in ("until", "till", "for") for step in range(start))
        dated = since is not None and text.kind(since[1]) == "date" and not over
        ends = [word(here, "until"), text.nodes[since[1]]] if since is not None and dated else []
        text.nodes[start : at + 1] = [*ends, word(here, "and"), text.nodes[at], *again]
        changed = True
    return changed


_FROM = ("from", "with effect from", "as from", "as of", "from and after", "on and from",
         "on and after", "starting", "starting on", "beginning", "beginning on",
         "commencing on")  # fmt: skip


def _amounts_to(context: Context) -> None:
    """ "The rent shall be 900 USDC and 950 USDC later": the rent of 900 USDC shall be paid."""
    text = context.text
    found = phrase_at(text, 0, context.names)
    if found is None or found[0].head not in MONEY_NOUNS or found[0].quantity is not None:
        return
    verb = text.match_any(found[1], ("shall be", "is", "will be", "shall amount to", "amounts to"))
    if verb is None or text.kind(verb[1]) != "amount":
        return
    here = text.nodes[found[1]]
    paid = [word(here, one) for one in ("shall", "be", "paid")]
    often = [node for node in text.nodes[: found[1]] if node.kind == "recurrence"]
    named = [node for node in text.nodes[: found[1]] if node.kind != "recurrence"]
    text.nodes[: verb[1] + 1] = [*named, word(here, "of"), text.nodes[verb[1]], *paid, *often]


_LATER = ("thereafter", "after that", "from then on", "afterwards", "after this", "from there on",
          "every month after that", "each month after that")  # fmt: skip


def _thereafter(text: Line) -> bool:
    """ "900 USDC a month for the first year and 950 USDC thereafter": 950 USDC after a year."""
    for index in range(4, len(text)):
        later = text.match_any(index, _LATER)
        if later is None or text.lower(later[1]) not in ("", ".", ",", ";"):
            continue
        amounts = [at for at in range(index) if text.kind(at) == "amount"]
        spans = [at for at in range(index) if text.kind(at) == "duration"]
        if len(amounts) < 2 or not spans or not amounts[0] < spans[-1] < amounts[-1]:
            continue
        often = [node for node in text.nodes[: spans[-1]] if node.kind == "recurrence"]
        own = any(node.kind == "recurrence" for node in text.nodes[amounts[-1] : index])
        here = text.nodes[index]
        again = often[-1:] if not own else []
        text.nodes[index : later[1]] = [*again, word(here, "after"), text.nodes[spans[-1]]]
        return True
    return False


_TAKEN_IN = ("that the contract receives", "which the contract receives", "the contract receives",
             "that the contract takes in", "that comes into the contract", "the contract gets",
             "that the contract gets", "that goes into the contract",
             "that is paid into the contract")  # fmt: skip


def _received(text: Line) -> None:
    """ "All USDC that the contract receives": received by the contract."""
    for index in range(1, len(text) - 1):
        found = text.match_any(index, _TAKEN_IN)
        if found is not None and text.kind(index - 1) == "word" and index < 6:
            here = text.nodes[index]
            said = ("received", "by", "the", "contract")
            text.nodes[index : found[1]] = [word(here, one) for one in said]
            return
