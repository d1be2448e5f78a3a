"""What a text's own counts and prices come to: "5 chairs at 30 each" is 150."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from assay.authoring.chinese.lexing.numerals import numeral

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"each|apiece|(?:an?|per)\s+(?!thousand|hundred|dozen|million)[a-z]\w*"
_ENGLISH = re.compile(
    rf"(?<![\w.])(?P<count>{_NUMBER})\s+(?:[A-Za-z][\w'-]*\s+){{1,4}}?(?:at|for|@|of)\s+"
    rf"[$€£]?(?P<price>{_NUMBER})(?:\s?[A-Z]{{2,8}})?(?:\s+(?:{_UNIT})|/[a-z]\w*)"
)
_TIMES = re.compile(
    rf"(?<![\w.])(?P<factors>{_NUMBER}(?:\s?[x×*]\s?{_NUMBER})+)(?=\s?[A-Z]{{3,8}}\b)"
)
_FACTOR = re.compile(_NUMBER)
_CHINESE = re.compile(
    r"(?P<count>[\d,]+|[一二两三四五六七八九十百千]+)\s?(?P<unit>[个把张件台本次页天套份瓶箱只块条辆间盒袋斤]"
    r"|小时|分钟|公斤|人次|课时)[^,,。;;\n\d]{0,12}?[,,、]?\s*"
    rf"(?:单价|均价|每(?P=unit))(?:为|是|价格?|收)?\s*(?P<price>{_NUMBER})"
)


@dataclass(frozen=True, slots=True)
class CountedPrices:
    """Every count with its price.

    Attributes:
        total: the sum of their products.
        places: where they stand in the text, as (start, end).
    """

    total: Decimal
    places: tuple[tuple[int, int], ...]


def counted_prices(text: str) -> CountedPrices | None:
    """What a text counts out; None where it has no pair of count and price."""
    found = list(_products(text))
    if not found:
        return None
    total = sum((product for _, product in found), Decimal(0))
    return CountedPrices(total, tuple(place for place, _ in found))


def _products(text: str) -> Iterator[tuple[tuple[int, int], Decimal]]:
    for pattern in (_ENGLISH, _CHINESE):
        for match in pattern.finditer(text):
            count, price = _number(match["count"]), _number(match["price"])
            if count is not None and price is not None:
                yield match.span(), count * price
    for match in _TIMES.finditer(text):
        factors = [_number(one) for one in _FACTOR.findall(match["factors"])]
        yield match.span(), math.prod((one for one in factors if one is not None), start=Decimal(1))


def _number(written: str) -> Decimal | None:
    try:
        return Decimal(written.replace(",", ""))
    except InvalidOperation:
        return numeral(written)
