"""One normal form for each kind of value, so that two spellings of the same compare equal.

>>> moment("P1Y") == moment("P12M"), moment("PT24H") == moment("P1D")
(True, True)
>>> same_noun("final purchase price", "purchase price"), same_noun("price", "deposit")
(True, False)
>>> same_party("the Directors", "director")
True
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

_DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
)
_ARTICLE = re.compile(r"^(?:the|an?|this|such|each|every|any|all)\s+|^[该本各每此]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SYMBOL = re.compile(r"[A-Z][A-Z0-9]+|%")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SIGNING = re.compile(r"\bsign|签[订署约]")
_EMPTY_WORDS = {
    "of",
    "the",
    "a",
    "an",
    "is",
    "has",
    "been",
    "to",
    "by",
    "in",
    "on",
    "be",
    "的",
    "被",
}
_AFTERWARDS = re.compile(r"\s+(?:\w{2,}[^e]ed|sold|due|paid|owed|payable|outstanding|held)$")
# What the verb alone says already: 付款 is to pay, 发货 to deliver.
_VERB_OBJECTS = {"款", "款项", "货", "钱", "票", "money", "payment"}


def moment(value: str | None) -> Hashable:
    """A duration as months and seconds, a time as an instant, anything else as it is."""
    if value is None or value == "P0D":
        return None
    if (match := _DURATION.fullmatch(value)) and value != "P":
        years, months, weeks, days, hours, minutes, seconds = (int(n or 0) for n in match.groups())
        total_days = 7 * weeks + days
        return (12 * years + months, ((total_days * 24 + hours) * 60 + minutes) * 60 + seconds)
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        return quantity(value)
    if "T" not in value:
        return value
    return time.astimezone(UTC) if time.tzinfo else time


def repetitions(deadline: str | None, recurrence: str | None) -> int | None:
    """How often something recurs in a duration, from twice on; None where that is not whole."""
    whole, part = moment(deadline), moment(recurrence)
    if not isinstance(whole, tuple) or not isinstance(part, tuple):
        return None
    for longer, shorter, rest in ((whole[0], part[0], whole[1]), (whole[1], part[1], whole[0])):
        if shorter and not rest and longer >= 2 * shorter and longer % shorter == 0:
            return int(longer // shorter)
    return None


def is_date(value: str | None) -> bool:
    """Whether it is a date or a date-time."""
    return value is not None and bool(_DATE.match(value))


def is_signing(start: str) -> bool:
    """Whether a duration counts from the signing, which goes without saying."""
    return bool(_SIGNING.search(start))


def quantity(value: str | None) -> Hashable:
    """A decimal without its percent sign, or a lower-case word."""
    if value is None:
        return None
    try:
        return Decimal(value.removesuffix("%"))
    except InvalidOperation:
        return value.casefold()


def same_party(first: str | None, second: str | None) -> bool:
    """Names in any case, with or without article, plural, and a following "of ..."."""
    if first is None or second is None:
        return first is second
    one, other = _name(first), _name(second)
    return one == other or one.split(" of ")[0] == other.split(" of ")[0]


def words_before(longer: str | None, shorter: str | None) -> str | None:
    """What stands before a name in a longer one: "verified" of a "verified wallet"."""
    if longer is None or shorter is None:
        return None
    one, other = _name(longer), _name(shorter)
    space = "" if _CHINESE.search(one) else " "
    return one.removesuffix(space + other).strip() or None if one.endswith(space + other) else None


def same_noun(first: str | None, second: str | None) -> bool:
    """Symbols exactly but for case; nouns where one is the other with more words before it.

    A participle that follows is one of these: "the funds raised", "the raised funds".
    """
    one = None if first in _VERB_OBJECTS else first
    other = None if second in _VERB_OBJECTS else second
    if one is None or other is None:
        return one is other
    if is_symbol(one) or is_symbol(other):
        return one.casefold() == other.casefold()
    if _CHINESE.search(one) or _CHINESE.search(other):
        return one in other or other in one
    if " of " in one or " of " in other:
        return share_words(one, other)
    a, b = (_name(_AFTERWARDS.sub("", noun)).split() for noun in (one, other))
    shorter, longer = sorted((a, b), key=len)
    return longer[-len(shorter) :] == shorter


def is_symbol(asset: str | None) -> bool:
    """Whether it is a token, a currency or a share, and no common noun."""
    return asset is not None and bool(_SYMBOL.fullmatch(asset))


def share_words(first: str | None, second: str | None, share: float = 0.0) -> bool:
    """Whether more than `share` of the words of the first (by their stem) are in the second.

    In Chinese the characters are the words.
    """
    wanted, there = stems(first), stems(second)
    if not wanted:
        return True
    return len(wanted & there) > share * len(wanted)


def stems(text: str | None) -> set[str]:
    """The first four letters of every word, and every Chinese character."""
    if text is None:
        return set()
    words = re.findall(r"[a-z0-9.]+|[\u4e00-\u9fff]", text.casefold())
    return {word[:4] for word in words if word not in _EMPTY_WORDS}


def _name(text: str) -> str:
    words = _ARTICLE.sub("", text.strip().casefold())
    return " ".join(_singular(word) for word in words.split())


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
