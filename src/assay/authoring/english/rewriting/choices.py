"""Amounts of which one is due: "the greater of 500 USDC and 5 ETH", "300 USDC now or 350 in June".

Of two known amounts of one token the greater stands in their place; of others it is asked which
one is due, for both would be.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assay.authoring.english.drafts import Context, Doubt
from assay.authoring.english.lexing.made import is_money_amount
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.language.quantities import Quantity

_MORE = ("the greater of", "the higher of", "the larger of", "the greatest of", "the highest of")
_LESS = ("the lesser of", "the lower of", "the smaller of", "the least of", "the lowest of")
_ENDS = frozenset({",", ";", "."})
_IFS = frozenset({"if", "when", "once", "unless", "where", "after", "upon", "on", "for"})
_QUESTION = "Which of these, and who chooses?"


def chosen(context: Context) -> None:
    """Puts one of two amounts in their place, or asks which of them is due."""
    text = context.text
    amounts = sum(node.kind == "amount" for node in text.nodes)
    for index in range(len(text) - 4 if amounts else 0):
        if text.lower(index + 2) != "of":
            continue
        more, less = text.match_any(index, _MORE), text.match_any(index, _LESS)
        led = more or less
        if led is not None:
            _one_of(context, index, led[1], greater=more is not None)
            return
    if amounts > 1:
        _ask_between(context)


def _one_of(context: Context, index: int, first: int, *, greater: bool) -> None:
    """ "the greater of 1,000 USDC and 600 USDC" is 1,000 USDC."""
    text = context.text
    two = _both(text, first)
    if two is None:
        joint = next((at for at in range(first, len(text) - 1) if text.lower(at) == "and"), None)
        if joint is not None:
            _ask(context, index, joint + 2)
        return
    most = Decimal(two[0].amount or 0) >= Decimal(two[1].amount or 0)
    kept = text.nodes[first if most == greater else first + 2]
    start, end = text.span(index, first + 3)
    text.nodes[index : first + 3] = [replace(kept, start=start, end=end)]


def _both(text: Line, first: int) -> tuple[Quantity, Quantity] | None:
    """Two known amounts of one token with "and" or "or" between them."""
    if not (is_money_amount(text, first) and is_money_amount(text, first + 2)):
        return None
    one, other = text.nodes[first].value, text.nodes[first + 2].value
    if not (isinstance(one, Quantity) and isinstance(other, Quantity)):
        return None
    known = one.amount is not None and other.amount is not None and one.asset == other.asset
    return (one, other) if known and one.asset != "%" and _joined(text, first + 1) else None


def _joined(text: Line, index: int) -> bool:
    return text.lower(index) in ("and", "or")


def compared_amounts(text: Line) -> set[str]:
    """Amounts of which only the greater or the lesser is due, where both are known."""
    found: set[str] = set()
    for index in range(len(text) - 4):
        if text.lower(index + 2) != "of":
            continue
        led = text.match_any(index, _MORE) or text.match_any(index, _LESS)
        two = _both(text, led[1]) if led is not None else None
        found |= {one.amount for one in two or () if one.amount is not None}
    return found


def _ask_between(context: Context) -> None:
    """ "pays 300 USDC by 1 May or 350 USDC by 1 June": not both of them."""
    text = context.text
    for index in range(2, len(text) - 1):
        if text.lower(index) != "or" or not is_money_amount(text, index + 1):
            continue
        start = max((at for at in range(index - 1) if text.lower(at) in _ENDS - {","}), default=-1)
        paid = [at for at in range(start + 1, index) if is_money_amount(text, at)]
        if not paid or paid[-1] == index - 1 or _hangs(text, paid[-1], index):
            continue
        _ask(context, paid[-1], index + 2)
        return


def _hangs(text: Line, start: int, joint: int) -> bool:
    """Whether each amount has its condition: "300 USDC if it rains or 500 USDC if it snows"."""
    before = {text.lower(at) for at in range(start, joint)}
    behind = {text.lower(at) for at in range(joint + 1, len(text))}
    led = {text.lower(at) for at in range(max(0, start - 8), start)}
    return bool(before & _IFS and behind & _IFS) or bool(led & {"than", "least", "below", "above"})


def _ask(context: Context, start: int, end: int) -> None:
    span = context.text.span(start, min(end, len(context.text)))
    context.doubts.append(Doubt("alternative", _QUESTION, span))
