"""Amounts with what they are of: money, tokens, shares.

>>> found, after = amount_at(tokens("ten thousand (10,000) USDC"), 0)
>>> found.amount, found.asset, after
('10000', 'USDC', 6)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from assay.authoring.english.lexicon import money
from assay.authoring.english.lexicon.words import ROLES, singular
from assay.authoring.english.lexing.calendar import date_at
from assay.authoring.english.lexing.number_words import SMALL, number_at, ordinal_at
from assay.authoring.english.lexing.tokens import Token, tokens
from assay.authoring.language.numbers import decimal_text, terminates
from assay.authoring.language.quantities import Quantity

__all__ = ["amount_at", "asset_at", "tokens"]

_PERCENT = {"%", "percent", "pct"}
_FRACTION_NAMES = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4}
_FRACTION_NAMES |= {"fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10, "eighth": 8, "eighths": 8}
_FRACTION_NAMES |= {"fourth": 4, "fourths": 4, "sixth": 6, "sixths": 6}


_OF_WHOLE = {"of", "the", "its", "their", "upfront"}
_WHEN = {"now", "on", "when", "at", "upon", "after", "once", "each", "every", "goes", "if", "up",
         "to", "in", "within", "today", "before", "yearly", "annually", "per", "later"}  # fmt: skip


def _lower(found: Sequence[Token], index: int, count: int = 1) -> tuple[str, ...]:
    return tuple(token.lower for token in found[index : index + count])


def _code(token: Token) -> str | None:
    """The currency or token that a word in capitals names."""
    text = token.text
    if text in money.FIAT_CODES:
        return money.SAME_CODE.get(text, text)
    if text.upper() in money.KNOWN_TOKENS and (
        text.isupper() or text[0].islower() or text in {"stETH", "wETH", "wBTC"}
    ):
        return text if text not in ("eth", "btc", "usdc", "usdt", "dai") else text.upper()
    if text.lower() in ("usd", "eur", "gbp", "cny", "rmb"):
        return money.SAME_CODE.get(text.upper(), text.upper())
    return None


def _capitals(token: Token) -> bool:
    text = token.text
    return (
        token.kind == "word"
        and 2 <= len(text) <= 8
        and text[0].isalpha()
        and text.replace("-", "").isalnum()
        and sum(letter.isupper() for letter in text) >= 2
        and (text.isupper() or text[-1].isupper() or text[:1].islower())
        and text not in money.NOT_SYMBOLS
        and singular(token.lower) not in ROLES
    )


def asset_at(found: Sequence[Token], index: int) -> tuple[str, int] | None:
    """The currency or token at a token, and the index after it."""
    if index >= len(found):
        return None
    for count in (3, 2):
        words = _lower(found, index, count)
        if words in money.NATIONALITIES:
            return money.NATIONALITIES[words], index + count
    token = found[index]
    if token.lower in money.FIAT_WORDS:
        return money.FIAT_WORDS[token.lower], index + 1
    if token.lower in money.NATIVE:
        return money.NATIVE[token.lower], index + 1
    code = _code(token)
    if code is not None:
        return code, index + 1
    return (token.text, index + 1) if _capitals(token) else None


def _sign_at(found: Sequence[Token], index: int) -> tuple[str, int] | None:
    """A currency sign, perhaps with letters before it: "$", "US$", "HK$"."""
    if index >= len(found):
        return None
    token = found[index]
    if token.text in money.SIGNS:
        return money.SIGNS[token.text], index + 1
    after = _lower(found, index + 1)
    if after == ("$",) and found[index + 1].start == token.end:
        code = money.PREFIXED_DOLLARS.get(token.lower)
        if code is not None:
            return code, index + 2
    return None


def _percent_at(found: Sequence[Token], index: int) -> int | None:
    if index < len(found) and found[index].lower in _PERCENT:
        return index + 1
    if _lower(found, index, 2) == ("per", "cent"):
        dotted = _lower(found, index + 2) == (".",) and index + 3 < len(found)
        return index + 2 + dotted
    return None


def _rate(value: Decimal, found: Sequence[Token], after: int) -> tuple[Quantity, int] | None:
    """A percentage or basis points after a number."""
    percent = _percent_at(found, after)
    if percent is not None:
        return Quantity(decimal_text(value), "%"), percent
    if _lower(found, after, 2) == ("basis", "points") or _lower(found, after, 2) == (
        "basis",
        "point",
    ):
        return Quantity(decimal_text(value / 100), "%"), after + 2
    if _lower(found, after) in (("bps",), ("bp",)):
        return Quantity(decimal_text(value / 100), "%"), after + 1
    return None


def _fraction_at(found: Sequence[Token], index: int) -> tuple[Quantity, int] | None:
    """A share in words or as a fraction: "half", "one third", "3/4", each before "of"."""
    token = found[index]
    top, bottom, after = 0, 0, index
    if token.kind == "fraction":
        top, bottom = (int(part) for part in token.text.split("/"))
        after = index + 1
    elif token.lower == "half" or _lower(found, index, 2) == ("one", "half"):
        top, bottom, after = 1, 2, index + (1 if token.lower == "half" else 2)
    else:
        words = token.lower.split("-")
        if len(words) == 2:
            after = index + 1
        elif index + 1 < len(found):
            words, after = [token.lower, found[index + 1].lower], index + 2
        if len(words) == 2 and words[0] in {**SMALL, "a": 1} and words[1] in _FRACTION_NAMES:
            top, bottom = {**SMALL, "a": 1}[words[0]], _FRACTION_NAMES[words[1]]
    behind = _lower(found, after)[0] if after < len(found) else ""
    alone = token.lower == "half" or found[index].lower in ("a", "one", "two", "three")
    of_whole = behind in _OF_WHOLE or (alone and token.kind == "word" and behind in _WHEN)
    if not (top and bottom) or not of_whole:
        return None
    if terminates(top * 100, bottom):
        return Quantity(decimal_text(Decimal(top * 100) / bottom), "%"), after
    return Quantity(None, "%", problem="fraction", exact=Fraction(top, bottom)), after


_PARTS = {("half",): "0.5", ("half", "of"): "0.5", ("a", "half"): "0.5", ("one", "half"): "0.5",
          ("a", "quarter"): "0.25", ("quarter",): "0.25", ("a", "quarter", "of"): "0.25",
          ("one", "half", "of"): "0.5", ("a", "tenth", "of"): "0.1", ("a", "fifth", "of"): "0.2",
          ("one", "tenth", "of"): "0.1"}  # fmt: skip


def _part_of_one(found: Sequence[Token], index: int) -> tuple[Quantity, int] | None:
    """ "half an ether", "a quarter of a bitcoin", "half a dollar"."""
    for count in (1, 2, 3):
        part = _PARTS.get(_lower(found, index, count))
        one = index + count + (_lower(found, index + count) in (("a",), ("an",), ("one",)))
        unit = asset_at(found, one) if part is not None and one > index + count else None
        if unit is not None and part is not None:
            return Quantity(part, unit[0]), unit[1]
    return None


def _number(found: Sequence[Token], index: int) -> tuple[Decimal, int] | None:
    number = number_at(found, index)
    if number is None:
        return None
    value, after = number
    return (value, after) if ordinal_at(found, index) is None else None


def _repeated(found: Sequence[Token], after: int, value: Decimal) -> tuple[bool, int, str | None]:
    """A number or amount in parentheses that says the same again: whether it differs, the end, and
    the asset that it names."""
    if _lower(found, after) != ("(",):
        return False, after, None
    inner = _plain_amount(found, after + 1)
    if inner is None or _lower(found, inner[1]) != (")",) or inner[0].amount is None:
        return False, after, None
    differs = inner[0].amount != decimal_text(value)
    return differs, inner[1] + 1, inner[0].asset


def _names_somebody(found: Sequence[Token], index: int) -> bool:
    """Whether a word in capitals stands before an amount that has its own asset: "pay ACME 5 ETH",
    "the BROKER 2 %"."""
    if index >= len(found) or not _capitals(found[index]) or _code(found[index]) is not None:
        return False
    number = _number(found, index + 1)
    if number is None:
        return False
    after = number[1]
    return asset_at(found, after) is not None or _percent_at(found, after) is not None


def _plain_amount(found: Sequence[Token], index: int) -> tuple[Quantity, int] | None:
    """A number with an asset before or behind, or with a percent sign, or alone."""
    sign = _sign_at(found, index)
    code = None if sign or _names_somebody(found, index) else asset_at(found, index)
    start = sign[1] if sign else code[1] if code else index
    number = _number(found, start)
    if number is None:
        return None
    value, after = number
    rate = None if sign or code else _rate(value, found, after)
    if rate is not None:
        return rate
    small = money.SMALL_UNITS.get(found[after].lower) if after < len(found) else None
    if small is not None:
        return Quantity(decimal_text(value / 10 ** small[1]), small[0]), after + 1
    behind = asset_at(found, after)
    if sign or code:
        named = (sign or code or ("",))[0]
        if behind and behind[0] == named:
            after = behind[1]
        elif behind and named == "USD" and sign and behind[0] in money.FIAT_CODES:
            named, after = behind[0], behind[1]
        return Quantity(decimal_text(value), named), after
    plus = after < len(found) and found[after].text == "+" and (
        found[after].start == found[after - 1].end
    )  # fmt: skip
    if plus and asset_at(found, after + 1) is not None:
        named, after = asset_at(found, after + 1) or ("", after)
        return Quantity(decimal_text(value), named, limit="least"), after
    if behind:
        return Quantity(decimal_text(value), behind[0]), behind[1]
    return Quantity(decimal_text(value)), after


_GROUPED_BY_POINT = re.compile(r"[1-9]\d{0,2}\.\d\d0$")
"""Many write 1.000 for a thousand: so nobody has to guess, it is asked."""


def _with_repetition(found: Sequence[Token], index: int) -> tuple[Quantity, int] | None:
    first = _plain_amount(found, index)
    if first is None or first[0].amount is None:
        return first
    quantity, after = first
    if any(_GROUPED_BY_POINT.match(token.text) for token in found[index:after]):
        quantity = replace(quantity, problem="point")
    differs, after, named = _repeated(found, after, Decimal(first[0].amount))
    if quantity.asset is None:
        quantity = replace(quantity, asset=named)
    rate = _rate(Decimal(first[0].amount), found, after) if quantity.asset is None else None
    if rate is not None:
        quantity, after = rate
    if quantity.asset is None:
        behind = asset_at(found, after)
        if behind is not None:
            quantity, after = replace(quantity, asset=behind[0]), behind[1]
    if differs:
        quantity = replace(quantity, amount=None, problem="contradiction")
    return quantity, after


def _range_at(found: Sequence[Token], index: int) -> tuple[Quantity, int] | None:
    """ "between 100 and 200 USDC", "100-200 USDC", "100 to 200 USDC"."""
    between = found[index].lower == "between"
    low = _with_repetition(found, index + between)
    if low is None:
        return None
    joint = _lower(found, low[1])
    if joint not in ((("and",),) if between else (("-",), ("–",), ("to",))):
        return None
    high = _with_repetition(found, low[1] + 1)
    if high is None or low[0].asset not in (None, high[0].asset):
        return None
    if date_at(found, low[1] + 1) is not None:
        return None
    if not between and joint == ("to",) and high[0].asset is None:
        return None
    return Quantity(None, high[0].asset, problem="range"), high[1]


def amount_at(found: Sequence[Token], index: int) -> tuple[Quantity, int] | None:
    """The amount that begins at a token, and the index after it; None where there is none."""
    if index >= len(found):
        return None
    part = _part_of_one(found, index) or _fraction_at(found, index)
    return part or _range_at(found, index) or _with_repetition(found, index)
