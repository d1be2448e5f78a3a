"""Interest as lawyers write it, brought into a share of what bears it.

"Interest on the Loan at the rate of 7 %" is "7 % of the Loan", and so is a late fee that accrues;
what is paid "together with" it is a payment of its own.
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.drafts import Context
from assay.authoring.english.lexicon import words
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexing.made import word
from assay.authoring.english.lexing.nodes import Line, Node
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.phrases.phrase_parts import limit_at
from assay.authoring.language.quantities import Quantity

_RATES = ("at", "at the rate of", "at a rate of", "at a fixed rate of", "at the fixed rate of",
          "at an annual rate of", "at the annual rate of", "at the default rate of",
          "at a simple rate of", "calculated at", "calculated at the rate of", "accruing at",
          "at a rate equal to", "at the monthly rate of", "at a monthly rate of", "accruing at the "
          "rate of", "at the simple rate of", "computed at the rate of", "calculated at a rate of",
          "at the contractual rate of", "of")  # fmt: skip
_ACCRUES = ("shall accrue", "accrues", "accrue", "will accrue", "shall be payable", "is payable",
            "runs", "shall be charged", "is charged", "shall be paid", "shall run", "is due",
            "will be charged", "shall be due")  # fmt: skip
_KINDS = frozenset({"default", "late", "overdue", "simple", "annual", "contractual", "additional"})


_LATE_FEES = ("late fee of", "late charge of", "penalty of", "late payment fee of", "surcharge of",
              "late-payment fee of", "default charge of", "late payment charge of")  # fmt: skip


def _late_fee(text: Line) -> None:
    """ "A late fee of 1 % a week accrues on what is overdue": interest does."""
    fee = text.match_any(text.skip(0, words.DETERMINERS), _LATE_FEES)
    share = text.nodes[fee[1]].value if fee is not None and fee[1] < len(text) else None
    if fee is None or not isinstance(share, Quantity) or share.asset != "%":
        return
    if {"accrues", "accrue"} & {node.lower for node in text.nodes[fee[1] : fee[1] + 4]}:
        here = text.nodes[0]
        text.nodes[: fee[1]] = [word(here, "interest"), word(here, "of")]


def interest_said(context: Context) -> None:
    """ "interest on the Loan at the rate of 7 %", "interest shall accrue thereon at 7 %": so much
    of the Loan."""
    text = context.text
    _late_fee(text)
    _charged(context)
    _bounded_rate(text)
    _often_behind(context)
    index = next((at for at in range(len(text)) if text.lower(at) == "interest"), None)
    if index is None:
        return
    start = index
    while start and text.lower(start - 1) in _KINDS | words.DETERMINERS:
        start -= 1
    end = next((at for at in range(index + 1, min(len(text), index + 16)) if _rate(text, at)), None)
    if end is None:
        _without_rate(text, index, start)
        return
    ahead = Line(text.nodes[:end])
    at, whole, said = index + 1, _bearing(context, index), []
    if whole:
        start, said = _bearer(context, index), _paid(text.nodes[index])
    while at < end:
        accrues = text.match_any(at, _ACCRUES)
        payer = phrase_at(ahead, at + 1, context.names)
        on = phrase_at(ahead, at + 1, context.names) if text.lower(at) in ("on", "upon") else None
        if accrues is not None and not said:
            said, at = _paid(text.nodes[at]), accrues[1]
        elif on is not None and on[0].quantity is None and not whole:
            whole, at = text.nodes[at + 1 : on[1]], on[1]
        elif text.lower(at) == "thereon" and not whole:
            whole, at = _thing_before(text, start), at + 1
        elif text.lower(at) == "accruing":
            at += 1
        elif text.lower(at) == "by" and said and payer is not None and payer[0].party is not None:
            said, at = [*said, *text.nodes[at : payer[1]]], payer[1]
        else:
            return
    rate = last = _rate(text, end)
    often: list[Node] = []
    if not whole:
        told = any(node.lower == "by" for node in said)
        whole, last, often = _accruing_on(context, rate, told=told)
        said = said or (_paid(text.nodes[index]) if whole else [])
    if whole:
        share = [word(text.nodes[index], "of"), *whole]
        start, joint = _joined(text, start) if not said else (start, [])
        text.nodes[start : last + 1] = [*joint, text.nodes[rate], *share, *said, *often]


_CHARGING = frozenset({"charge", "charges", "charging"})


def _charged(context: Context) -> None:
    """ "charges the client interest at 2 % a year": charges the client 2 % a year."""
    text = context.text
    for index in range(2, len(text) - 2):
        if text.lower(index) != "interest":
            continue
        charge = next((at for at in range(index) if text.lower(at) in _CHARGING), None)
        led = text.match_any(index + 1, _RATES)
        if charge is None or led is None:
            continue
        whom = phrase_at(Line(text.nodes[:index]), charge + 1, context.names)
        bounded = text.kind(limit_at(text, led[1])[1]) == "amount"
        if whom is not None and whom[0].party is not None and whom[1] == index and bounded:
            del text.nodes[index : led[1]]
            return


def _bounded_rate(text: Line) -> None:
    """ "at a rate of no more than 8 %", "at a rate not exceeding 8 %": a rate that is bounded."""
    for index in range(1, len(text) - 2):
        if text.lower(index) != "rate":
            continue
        begin = text.skip(index + 1, ("of",))
        limit, at, vague = limit_at(text, begin)
        value = text.nodes[at].value if text.kind(at) == "amount" else None
        if vague or at == begin or not isinstance(value, Quantity) or value.asset != "%":
            continue
        bounded = replace(text.nodes[at], value=replace(value, limit=limit))
        text.nodes[index + 1 : at + 1] = [word(text.nodes[begin], "of"), bounded]
        return


def _often_behind(context: Context) -> None:
    """ "5 % per annum of the balance": 5 % of the balance per annum."""
    text = context.text
    for index in range(len(text) - 3):
        value = text.nodes[index].value
        share = isinstance(value, Quantity) and value.asset == "%" and value.share_of is None
        if not share or text.kind(index + 1) != "recurrence" or text.lower(index + 2) != "of":
            continue
        found = phrase_at(text, index + 3, context.names)
        if found is not None and found[0].quantity is None:
            often = text.nodes[index + 1]
            text.nodes[index + 1 : found[1]] = [*text.nodes[index + 2 : found[1]], often]
            return


_AFTER = ("accrued thereon", "accrued but unpaid thereon", "accrued and unpaid thereon", "thereon",
          "accrued to the date of payment", "accrued to the date of repayment", "accrued",
          "accrued to date", "accrued up to that date", "accrued to that date",
          "accruing thereon", "then accrued", "accrued on it")  # fmt: skip


def _without_rate(text: Line, index: int, start: int) -> None:
    """ "together with all interest accrued thereon": and pay the accrued interest."""
    while start and text.lower(start - 1) in {"accrued", "unpaid", "and", "but"} | _KINDS | (
        words.DETERMINERS
    ):  # fmt: skip
        start -= 1
    after = text.match_any(index + 1, _AFTER)
    end = after[1] if after is not None else index + 1
    accrued = after is not None or any(text.lower(at) == "accrued" for at in range(start, index))
    accrued = accrued or (text.lower(start - 1) == "with" and end == index + 1)
    start, joint = _joined(text, start) if accrued else (start, [])
    if joint:
        here = text.nodes[index]
        text.nodes[start:end] = [*joint, *(word(here, one) for one in ("the", "accrued")), here]


_BESIDE = ("together with", "along with", "plus", "with", "in addition to", ", together with",
           ", plus", ", with", ", along with")  # fmt: skip
_REPAYING = frozenset({"repay", "return", "redeem", "refund"})


def _joined(text: Line, start: int) -> tuple[int, list[Node]]:
    """ "repay the Loan together with 7 % of it": and pay them."""
    ends = ((at, text.match_any(at, _BESIDE)) for at in range(max(0, start - 3), start))
    led = next((at for at, found in ends if found is not None and found[1] == start), None)
    back = any(lemma_of(text.lower(at), "base", "third") in _REPAYING for at in range(start))
    if led is None and back and text.lower(start - 1) == "and":
        led = start - 1
    if not led:
        return start, []
    here = text.nodes[led]
    return led, [word(here, "and"), replace(word(here, "pay"), text="+")]


def _accruing_on(context: Context, rate: int, *, told: bool) -> tuple[list[Node], int, list[Node]]:
    """ "interest at 7 % per annum shall be payable on the Price": what bears it, the index of its
    last node, and how often."""
    text = context.text
    at = rate + 1 + (text.kind(rate + 1) == "recurrence")
    accrues = text.match_any(at, _ACCRUES)
    on = accrues[1] if accrues is not None else at
    found = phrase_at(text, on + 1, context.names) if text.lower(on) in ("on", "upon") else None
    if (accrues is None and not told) or found is None or found[0].quantity is not None:
        return [], rate, []
    return text.nodes[on + 1 : found[1]], found[1] - 1, text.nodes[rate + 1 : at]


def _paid(here: Node) -> list[Node]:
    return [word(here, one) for one in ("shall", "be", "paid")]


def _rate(text: Line, index: int) -> int:
    """The index of the percentage behind "at the rate of"; 0 where there is none."""
    found = text.match_any(index, _RATES)
    value = text.nodes[found[1]].value if found and text.kind(found[1]) == "amount" else None
    known = isinstance(value, Quantity) and value.asset == "%"
    return found[1] if found is not None and known else 0


_BEARS = (("shall", "bear"), ("will", "bear"), ("shall", "carry"), ("will", "carry"),
          ("shall", "accrue"), ("will", "accrue"), ("shall", "attract"))  # fmt: skip
_BEAR = frozenset({"bears", "carries", "bear", "carry", "accrue", "accrues", "attracts"})


def _bearer(context: Context, index: int) -> int:
    """Where the words for what bears interest begin, "the Loan shall bear interest"; -1: none."""
    text = context.text
    end = index - 2 if (text.lower(index - 2), text.lower(index - 1)) in _BEARS else index - 1
    if end == index - 1 and text.lower(end) not in _BEAR:
        return -1
    for start in range(max(0, end - 8), end):
        opens = start == 0 or text.lower(start - 1) in (",", ";", "and", ":")
        found = phrase_at(Line(text.nodes[:end]), start, context.names) if opens else None
        if found is not None and found[1] == end and found[0].party is None:
            return start
    return -1


def _bearing(context: Context, index: int) -> list[Node]:
    start, text = _bearer(context, index), context.text
    if start < 0:
        return []
    end = index - 2 if (text.lower(index - 2), text.lower(index - 1)) in _BEARS else index - 1
    return text.nodes[start:end]


def _thing_before(text: Line, index: int) -> list[Node]:
    """The noun that "thereon" points to: "the Loan, together with interest thereon"."""
    joint = index
    while joint and text.lower(joint - 1) in ("together", "plus", "with", "and", ","):
        joint -= 1
    modal = next((at for at in range(joint) if text.lower(at) in words.MODALS), 0)
    first = next((at for at in range(modal, joint) if text.lower(at) in words.DETERMINERS), None)
    if first is None:
        return []
    end = first + 1
    while end < joint and text.kind(end) == "word" and text.lower(end) not in words.PREPOSITIONS:
        end += 1
    return text.nodes[first:end] if end > first + 1 else []
