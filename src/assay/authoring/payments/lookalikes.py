"""Names and addresses that are made to be taken for others.

>>> skeleton("Аcrne") == skeleton("Acme")
True
>>> is_poisoned("0x1234" + "0" * 32 + "abcd", "0x1234" + "f" * 32 + "abcd")
True
"""

from __future__ import annotations

import re
import unicodedata

_LATIN = str.maketrans(
    {
        **dict(zip("авекмнорстухіјѕԁһӏɡԛԝ", "abekmhopctyxijsdhlgqw", strict=True)),
        **dict(zip("αβεικνορτυχηω", "abeiknoptuxnw", strict=True)),
        **dict(zip("01|ıßþøł", "ollibpol", strict=True)),
    }
)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"))
LEGAL_FORM = (
    r"(?:ltd|limited|inc|incorporated|llc|llp|plc|gmbh|ag|sa|sarl|bv|co|corp|corporation|"
    r"company|pty|pte|kg|oy|ab|srl|spa)"
)
_SUFFIX = re.compile(rf"[\s,]+{LEGAL_FORM}\.?$")
_CHINESE_SUFFIX = re.compile(r"(?:股份|有限|责任|集团|公司)+$")
_ENDS = 4  # characters that people compare at either end of an address


def normal(name: str) -> str:
    """One spelling of a name: case, width, spaces and final points apart."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(folded.split()).strip(" .,;:'\"")


def bare(name: str) -> str:
    """The name without its legal form."""
    found, before = normal(name), ""
    while found != before:
        before, found = found, _SUFFIX.sub("", found)
    return _CHINESE_SUFFIX.sub("", found) or found


def skeleton(name: str) -> str:
    """What the eye sees: confusable characters are one, accents and signs are none."""
    plain = unicodedata.normalize("NFKD", bare(name).translate(_LATIN))
    plain = "".join(one for one in plain if one.isalnum())
    plain = plain.replace("i", "l")
    for two, one in _PAIRS:
        plain = plain.replace(two.replace("i", "l"), one)
    return plain


def distance(left: str, right: str, most: int) -> int:
    """How many characters are added, dropped, changed or swapped; `most` + 1 for more than that."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        row, last, before = [i], row, before or []
        for j, other in enumerate(right, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (one != other))
            if i > 1 and j > 1 and one == right[j - 2] and left[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = last
    return min(row[-1], most + 1)


def resembles(name: str, other: str) -> bool:
    """Whether two different names may be taken for each other."""
    left, right = skeleton(name), skeleton(other)
    if left == right:
        return True
    shorter = min(len(left), len(right))
    if not left.isascii():  # a Chinese character is as much as a word
        return shorter >= 4 and distance(left, right, 1) <= 1
    most = 2 if shorter >= 9 else 1
    return shorter >= 4 and distance(left, right, most) <= most


def is_poisoned(address: str, other: str) -> bool:
    """Whether two different addresses look the same where people look: at both ends."""
    left, right = address.lower()[2:], other.lower()[2:]
    if left == right:
        return False
    return (left[:_ENDS], left[-_ENDS:]) == (right[:_ENDS], right[-_ENDS:]) or (
        distance(left, right, 3) <= 3
    )


def mixes_scripts(word: str) -> bool:
    """Whether Latin letters stand in one word with Cyrillic or Greek ones."""
    scripts = {unicodedata.name(one, "?").split()[0] for one in word if one.isalpha()}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
