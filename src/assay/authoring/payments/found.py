"""What the readers of both languages hand over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assay.authoring.language.quantities import Quantity
from assay.authoring.payments.model import OpenQuestion


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in the text.

    Attributes:
        rank: how sure the words make it that this is to be paid; 0 for a subtotal or the like.
        ordered: whether a verb of paying stands before it in its sentence.
    """

    quantity: Quantity
    start: int
    end: int
    rank: int = 0
    ordered: bool = False


@dataclass(slots=True)
class Fields:
    """The fields of a request as one language's words give them.

    Attributes:
        labelled: whether the payee stands behind a label, or is who asks for itself.
    """

    payees: list[str] = field(default_factory=list)
    labelled: bool = False
    sums: list[Sum] = field(default_factory=list)
    due: str | None = None
    reason: str | None = None
    reference: str | None = None
    questions: list[OpenQuestion] = field(default_factory=list)


LABELLED, ASKED, MENTIONED = 3, 2, 1
"""Ranks: behind a label such as "Total", beside a verb of paying, anywhere."""


def chosen(sums: list[Sum]) -> tuple[Quantity | None, OpenQuestion | None]:
    """The amount to pay, or what has to be asked about it."""
    if not sums:
        return None, OpenQuestion(field="amount", text="No amount is named.")
    best = max(one.rank for one in sums)
    if not best:
        what = "Only the price of one unit, or a part, is named: name the amount to pay."
        values = tuple(dict.fromkeys(one.quantity.amount or "?" for one in sums))
        return None, OpenQuestion(field="amount", text=what, suggestions=values)
    rivals = [one for one in sums if _counts(one, best)]
    first = {(one.quantity.amount, one.quantity.asset): one for one in rivals}
    if len({amount for amount, _ in first}) == 1:
        assets = {asset for _, asset in first if asset}
        amount, quantity = next(iter(first))[0], rivals[0].quantity
        if len(assets) <= 1 and amount is not None and quantity.limit == "exact":
            return Quantity(amount, next(iter(assets), None)), None
    values = tuple(f"{amount or '?'} {asset or ''}".strip() for amount, asset in first)
    return None, OpenQuestion(
        field="amount",
        text="The text leaves open which amount is to be paid.",
        suggestions=values,
    )


def is_ambiguous(text: str, found: Sum) -> bool:
    """Whether figures may be thousands or decimals: people read 1.000 and 1,00 both ways."""
    written = re.match(r"\D{0,6}([\d.,' ]*\d)", text[found.start :])
    figures = written[1] if written else ""
    return re.fullmatch(r"[1-9]\d{0,2}\.\d{3}|\d+,\d{1,2}", figures) is not None


def _counts(one: Sum, best: int) -> bool:
    """Whether an amount may be the one to pay: beside a total, only what a verb asks for."""
    if one.rank == best:
        return True
    return one.rank > 0 and (best < LABELLED or one.ordered)


_APART = (
    r"(?-i:(?!(?:ASSAY|USD[CT]?|EURC?|GBP|CNY|RMB|DAI|ETH|BTC|NET|DUE|FOR|NO|NR|OF|IS|AND|THE|A|I"
    r"|DATED?|OVER|BY|ON)\b)[A-Z]{1,5}|[b-hj-z])[ \t]*-?[ \t]*(?=\d)[\d/.-]*\d(?!\w|[ \t]?[A-Z]{3})"
)
REFERENCE = rf"(?P<value>(?=[\w/.-]*\d)[A-Za-z0-9][\w/.-]*[A-Za-z0-9]|\d|{_APART})"
"""What a number of a document looks like: at least one digit in it."""
