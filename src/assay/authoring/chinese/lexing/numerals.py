"""Chinese and Arabic numerals, small, capital and mixed, to decimals.

>>> numeral("三万五千"), numeral("壹佰万"), numeral("二〇二七")
(Decimal('35000'), Decimal('1000000'), Decimal('2027'))
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {character: value for value, character in enumerate("〇壹贰叁肆伍陆柒捌玖")}
_DIGITS |= {"两": 2, "叄": 3, "弌": 1, "弍": 2}
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE_UNITS = {"万": 10_000, "亿": 100_000_000}
HAN = "".join((*_DIGITS, *_SMALL_UNITS, *_LARGE_UNITS, "点半廿卅"))
ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
NUMERAL = rf"(?:{ARABIC}|(?!一次性)[{HAN}])+"
"""A pattern of what may be a number; `numeral` decides."""

_RATIO = re.compile(
    rf"(?:(?P<figures>{ARABIC}(?::{ARABIC})+)|(?P<words>[一二三四五六七八九]{{2,3}}|对半)(?=分|开|的?比例))"
    r"(?:的?比例)?(?:(?:来)?(?:分账|分成|分配|分润|分(?![给享])|开))?"
)
_PIECE = re.compile(rf"{ARABIC}|[{HAN}]")


def numeral(words: str) -> Decimal | None:
    """Give the number that the words spell, or None where they spell none."""
    words = words.replace("廿", "二十").replace("卅", "三十")
    if words == "半":
        return Decimal("0.5")
    whole, dot, fraction = words.partition("点")
    if dot:
        return _with_fraction(whole, fraction)
    if re.fullmatch(rf"[{''.join(_DIGITS)}]{{2,}}", words):
        return Decimal("".join(str(_DIGITS[character]) for character in words))
    return _positional(_PIECE.findall(words), "".join(words))


def ratio_at(text: str, place: int) -> tuple[tuple[Decimal, ...], int] | None:
    """3:7, 三七分, 对半开: the parts, and the place after them."""
    match = _RATIO.match(text, place)
    if match is None:
        return None
    if match["figures"]:
        return tuple(
            Decimal(one.replace(",", "")) for one in match["figures"].split(":")
        ), match.end()
    parts = (5, 5) if match["words"] == "对半" else tuple(_DIGITS[one] for one in match["words"])
    return (tuple(map(Decimal, parts)), match.end()) if sum(parts) == 10 else None


def _with_fraction(whole: str, fraction: str) -> Decimal | None:
    scale = Decimal(1)
    while fraction and fraction[-1] in _LARGE_UNITS:
        scale *= _LARGE_UNITS[fraction[-1]]
        fraction = fraction[:-1]
    front = numeral(whole)
    if front is None or not fraction or any(one not in _DIGITS for one in fraction):
        return None
    digits = "".join(str(_DIGITS[character]) for character in fraction)
    return (front + Decimal(f"0.{digits}")) * scale


def _positional(pieces: list[str], words: str) -> Decimal | None:
    """Sum digits by their units: 十 百 千 within 万 within 亿."""
    if not pieces or "".join(pieces) != words:
        return None
    total = section = Decimal(0)
    digit: Decimal | None = None
    last_unit = 0
    for index, piece in enumerate(pieces):
        if piece in _SMALL_UNITS:
            section += (Decimal(1) if digit is None else digit) * _SMALL_UNITS[piece]
            digit, last_unit = None, _SMALL_UNITS[piece]
        elif piece in _LARGE_UNITS:
            section += digit or 0
            if section == 0 and total == 0:
                return None
            if _LARGE_UNITS[piece] > 10_000:
                total, section = (total + section) * _LARGE_UNITS[piece], Decimal(0)
            else:
                total, section = total + section * _LARGE_UNITS[piece], Decimal(0)
            digit, last_unit = None, _LARGE_UNITS[piece]
        elif piece == "半":
            return None
        else:
            value = Decimal(_DIGITS[piece]) if piece in _DIGITS else Decimal(piece.replace(",", ""))
            if digit is not None and digit != 0:
                return None
            after_zero = index > 0 and pieces[index - 1] in "零〇"
            is_last = index == len(pieces) - 1
            if is_last and last_unit > 10 and not after_zero and piece in _DIGITS:
                value *= last_unit // 10
            digit = value
    return total + section + (digit or 0)
