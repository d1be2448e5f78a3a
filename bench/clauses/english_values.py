"""Other amounts, assets and dates, and other spellings of the same ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from .corpus import Item
from .rewording import Rewording, of_text, of_words, strings, with_values

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
          "eighteen", "nineteen")  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: number for number, word in enumerate(_UNITS)} | {
    word: 10 * number for number, word in enumerate(_TENS) if word
}
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_UNIT = r"(day|week|month|year|hour)s?"


def other_amounts(item: Item) -> Item | None:
    """Each amount of money as another, all by the same factor."""

    def changed(amount: str) -> str:
        return format((Decimal(amount) * 3).normalize(), "f")

    written = re.compile(
        r"(?<![\d.,/-])(\d[\d,]*(?:\.\d+)?)(?= (?:USDC|USDT|DAI|ETH|EURC|EUR|GBP)\b)"
    )
    amounts = {one.replace(",", "") for one in written.findall(item.text)}
    plain = {format(Decimal(one).normalize(), "f") for one in amounts}
    expected = strings(list(item.obligations), frozenset({"amount", "value"}))
    rest = {one.replace(",", "") for one in re.findall(r"\d[\d,]*(?:\.\d+)?",
                                                       written.sub("", item.text))}  # fmt: skip
    if not plain or not plain <= expected or plain & rest:
        return None
    text = written.sub(lambda m: f"{Decimal(changed(m[1].replace(',', ''))):,}", item.text)
    return with_values(item, text, lambda one: changed(one) if one in plain else one)


def other_asset(old: str, new: str) -> Callable[[Item], Item | None]:
    """Another symbol for the same amounts."""

    def reword(item: Item) -> Item | None:
        if old not in item.text or new in item.text:
            return None
        return with_values(item, re.sub(rf"\b{old}\b", new, item.text),
                           lambda one: re.sub(rf"\b{old}\b", new, one))  # fmt: skip

    return reword


def other_dates(item: Item) -> Item | None:
    """Another day, month and year; the end of a month stays one."""
    dates = {f"{year}-{_MONTHS.index(month) + 1:02}-{int(day):02}"
             for day, month, year in _DATE.findall(item.text)}  # fmt: skip
    if (
        not dates
        or "between" in item.text
        or not dates
        <= strings(list(item.obligations), frozenset({"deadline", "value", "deadline_from"}))
    ):
        return None

    def later(match: re.Match[str]) -> str:
        month = _MONTHS[(_MONTHS.index(match[2]) + 4) % 12]
        return f"{min(int(match[1]) + 3, 28)} {month} {int(match[3]) + 1}"

    def expected(value: str) -> str:
        if value not in dates:
            return value
        year, month, day = (int(part) for part in value.split("-"))
        return f"{year + 1}-{(month + 3) % 12 + 1:02}-{min(day + 3, 28):02}"

    return with_values(item, _DATE.sub(later, item.text), expected)


def _date(form: Callable[[int, str, str], str]) -> Callable[[str], str]:
    return lambda text: _DATE.sub(lambda m: form(int(m[1]), m[2], m[3]), text)


def _ordinal(day: int) -> str:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th") if day not in {11, 12, 13} else "th"
    return f"{day}{suffix}"


def words_of(number: int) -> str:
    """A number under a thousand in words."""
    if number < 20:
        return _UNITS[number]
    if number < 100:
        tens, units = divmod(number, 10)
        return _TENS[tens] + (f"-{_UNITS[units]}" if units else "")
    hundreds, rest = divmod(number, 100)
    return f"{_UNITS[hundreds]} hundred" + (f" and {words_of(rest)}" if rest else "")


def _amount_in_words(match: re.Match[str]) -> str:
    number = int(match[1].replace(",", ""))
    thousands, rest = divmod(number, 1000)
    if number >= 1_000_000 or (thousands and rest and rest < 100):
        return match[0]
    words = f"{words_of(thousands)} thousand" if thousands else ""
    return f"{words}{' ' if words and rest else ''}{words_of(rest) if rest else ''} ({match[1]})"


def _digits(text: str) -> str:
    words = "|".join(sorted(_WORDS, key=len, reverse=True)[:-1])
    return re.sub(rf"(?<![-\w] )(?<!-)\b({words})(?:-({words}))? (?={_UNIT}\b)", lambda m: (
        f"{_WORDS[m[1]] + (_WORDS[m[2]] if m[2] else 0)} "), text)  # fmt: skip


_LENGTH = rf"(?<![-.,\d])(?<!\()\b(\d{{1,3}}) (?={_UNIT}\b)"
_MONEY = r"(?<![\d.,$€£-])(\d{1,3}(?:,\d{3})+|\d{1,3})(?= (?:USDC|USDT|DAI|ETH|EURC)\b)"
_PERCENT = r"(?<![\d.(])(\d{1,2}) ?%(?! of\b.*%)"
VALUES: tuple[Rewording, ...] = (
    Rewording("other amounts", other_amounts),
    Rewording("DAI for USDC", other_asset("USDC", "DAI")),
    Rewording("PYUSD for USDC", other_asset("USDC", "PYUSD")),
    Rewording("XAUT for ETH", other_asset("ETH", "XAUT")),
    Rewording("GBP for EUR", other_asset("EUR", "GBP")),
    Rewording("other dates", other_dates),
    of_text("date as March 1, 2027", _date(lambda d, m, y: f"{m} {d}, {y}")),
    of_text("date as 1st March 2027", _date(lambda d, m, y: f"{_ordinal(d)} {m} {y}")),
    of_text(
        "date as the 1st of March 2027", _date(lambda d, m, y: f"the {_ordinal(d)} of {m} {y}")
    ),
    of_text("date as 2027-03-01", _date(lambda d, m, y: f"{y}-{_MONTHS.index(m) + 1:02}-{d:02}")),
    of_text("date as 1 Mar 2027", _date(lambda d, m, y: f"{d} {m[:3]} {y}")),
    of_words("length in words", _LENGTH, lambda m: f"{words_of(int(m[1]))} "),
    of_words("length in words and figures", _LENGTH, lambda m: f"{words_of(int(m[1]))} ({m[1]}) "),
    of_text("length in figures", _digits),
    of_words("calendar days", r"(?<=\d )days\b", "calendar days"),
    of_words("amount without separators", _MONEY, lambda m: m[1].replace(",", "")),
    of_words("amount with cents", _MONEY, r"\1.00"),
    of_words("amount in words and figures", _MONEY, _amount_in_words),
    of_words("amount behind its asset", _MONEY + r" (\w+)", r"\2 \1"),
    of_words("amount in thousands", r"(?<![\d.,$€£-])(\d{1,3}),000(?= (?:USDC|USDT|DAI))", r"\1k"),
    of_words("the sum of", rf"\b(pays?|refund|return|transfer) {_MONEY}", r"\1 the sum of \2"),
    of_words("an amount of", rf"\b(pays?|refund|return|transfer) {_MONEY}", r"\1 an amount of \2"),
    of_words("5 %", _PERCENT, r"\1 %"),
    of_words("5%", _PERCENT, r"\1%"),
    of_words("5 per cent", _PERCENT, r"\1 per cent"),
    of_words("5 percent", _PERCENT, r"\1 percent"),
    of_words("five per cent", _PERCENT, lambda m: f"{words_of(int(m[1]))} per cent"),
    of_words("five percent (5%)", _PERCENT, lambda m: f"{words_of(int(m[1]))} percent ({m[1]}%)"),
)
