"""What a text's own counts and prices come to: "5 chairs at 30 each" is 150."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from assay.authoring.chinese.lexing.numerals import numeral

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"each|apiece|(?:an?|per)\s+(?!thousand|hundred|dozen|million)[a-z]\w*"
_ENGLISH = re.compile(
    rf"(?<![\w.])(?P<count>{_NUMBER})\s+(?:[A-Za-z][\w'-]*\s+){{1,4}}?(?:at|for|@|of)\s+"
    rf"[$€£]?(?P<price>{_NUMBER})(?:\s?[A-Z]{{2,8}})?(?:\s+(?:{_UNIT})|/[a-z]\w*)"
)
_TIMES = re.compile(
    rf"(?<![\w.])(?P<count>{_NUMBER})\s?[x×*]\s?(?P<price>{_NUMBER})(?=\s?[A-Z]{{3,8}}\b)"
)
_CHINESE = re.compile(
    r"(?P<count>[\d,]+|[一二两三四五六七八九十百千]+)\s?(?P<unit>[个把张件台本次页天套份瓶箱只块条辆间盒袋斤]"
    r"|小时|分钟|公斤|人次|课时)[^,,。;;\n\d]{0,12}?[,,、]?\s*"
    rf"(?:单价|均价|每(?P=unit))(?:为|是|价格?|收)?\s*(?P<price>{_NUMBER})"
)


def total_of_units(text: str) -> Decimal | None:
    """The sum of every count times its price; None where a text has no such pair."""
    found = [match for one in (_ENGLISH, _TIMES, _CHINESE) for match in one.finditer(text)]
    pairs = [(_number(match["count"]), _number(match["price"])) for match in found]
    products = [count * price for count, price in pairs if count is not None and price is not None]
    return sum(products, Decimal(0)) if products else None


def _number(written: str) -> Decimal | None:
    try:
        return Decimal(written.replace(",", ""))
    except InvalidOperation:
        return numeral(written)
