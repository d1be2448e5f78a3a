"""Whether something comes off the amount that a text names: a deposit, a credit note, a discount.

Nobody can tell from "324 ASSAY. Deposit paid: 100 ASSAY" whether the deposit is in the 324 already.
Only where the text's own figures add up, 324 - 100 = 224, is the amount of the request plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from assay.authoring.payments.found import LABELLED, Sum

_LESS = re.compile(
    r"\b(?:deposit|advance|down[- ]?payment|part[- ]?payment|pre-?payment|retainer|pre-?paid"
    r"|credit(?:ed|s)?(?!\s+(?:cards?|checks?|reports?|insurance))(?:\s+notes?)?|vouchers?|rebates?"
    r"|cashback|discount(?:s|ed)?|reductions?|reduced|refunds?|deduct\w*|set[- ](?:it )?off|offset"
    r"|comes off|taken off|subtract\w*|retain(?!er)\w*|retention|withh[eo]ld\w*"
    r"|less\s+(?:an?|our|your|any|what|the)|count(?:s|ed)? (?:towards|against))\b"
    r"|(?:已付|已收|已缴|预付|预支|抵扣|抵销|抵减|冲抵|冲销|红字|优惠|折扣|减免|立减|返还|退款|扣留"
    r"|代扣|预扣"
    r"|质保金|定金|订金|押金|代金券|优惠券)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:款|金|费)?\s*(?:payment|of|is|for|:|为|共|计)?\s*(?:exactly|the sum of)?\s*"
)
_PURPOSE = re.compile(
    r"\bfor\s[^,.;(\n]*?(?=\b(?:less|minus|after|with|where|which|but|as|net)\b|[,.;(\n]|$)"
    r"|用于[^,。;\n]*",
    re.IGNORECASE,
)
_PAID_IN = re.compile(r"\b(?:paid|received|made|already|credited)\b|已", re.IGNORECASE)
_MOST = 10


def leaves_open(text: str, sums: list[Sum], amount: str) -> bool:
    """Whether a deduction is told that may or may not be in the amount to pay."""
    said = _PURPOSE.sub(lambda match: " " * len(match.group()), text)
    words = [one for one in _LESS.finditer(said) if not _is_paid_itself(text, one, sums, amount)]
    return bool(words) and not _adds_up(text, words, sums, Decimal(amount))


def balance(text: str, sums: list[Sum]) -> Sum | None:
    """Of two labelled amounts the one that is left of the other behind what was paid before."""
    labelled = [one for one in sums if one.rank == LABELLED and one.quantity.amount]
    if len({one.quantity.amount for one in labelled}) != 2:
        return None
    least = min(labelled, key=lambda one: Decimal(one.quantity.amount or 0))
    whole = max(Decimal(one.quantity.amount or 0) for one in labelled)
    taken = [value for value in _taken(text, _LESS.finditer(text), sums) if value != whole]
    left = whole - sum(taken, Decimal(0))
    return least if taken and left == Decimal(least.quantity.amount or 0) else None


def _is_paid_itself(text: str, word: re.Match[str], sums: list[Sum], amount: str) -> bool:
    """Whether the deposit or advance is what is to be paid: "a deposit of 300 ASSAY"."""
    if _PAID_IN.search(word.group()):
        return False
    behind = _BETWEEN.match(text, word.end())
    place = behind.end() if behind else word.end()
    return any(
        one.quantity.amount == amount and one.rank and word.end() <= one.start <= place + 1
        for one in sums
    )


def _taken(text: str, words: Iterable[re.Match[str]], sums: list[Sum]) -> list[Decimal]:
    """The first amount behind each word of a deduction, in its clause."""
    found: dict[int, Decimal] = {}
    for word in words:
        for one in sorted(sums, key=lambda one: one.start):
            if one.start >= word.end() and one.quantity.amount is not None:
                if not re.search(r"[;。\n]|[.]\s", text[word.end() : one.start]):
                    found[one.start] = Decimal(one.quantity.amount)
                break
    return list(found.values())


def _adds_up(text: str, words: list[re.Match[str]], sums: list[Sum], amount: Decimal) -> bool:
    """Whether the amount is what other figures of the text come to, less every deduction."""
    taken = _taken(text, words, sums)
    others = [Decimal(one.quantity.amount) for one in sums if one.quantity.amount is not None]
    for value in (*taken, amount):
        if value in others:
            others.remove(value)
    if not taken or len(others) > _MOST:
        return False
    wanted = amount + sum(taken, Decimal(0))
    return any(
        sum(some, Decimal(0)) == wanted
        for count in range(1, len(others) + 1)
        for some in combinations(others, count)
    )
