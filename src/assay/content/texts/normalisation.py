"""One spelling for texts that read the same, so that cosmetic changes do not hide a copy.

Every character is folded on its own, until nothing changes any more:

1. invisible characters go: zero-width, bidirectional and other format controls (Cf), control
   characters that are no white space, variation selectors, joiners and blank fillers;
2. compatibility decomposition (NFKD) and case folding: full-width forms, ligatures, styled
   mathematical letters, capitals;
3. combining diacritics go, so that an accent can be neither added nor taken away unnoticed;
4. Cyrillic, Greek and other letters that look like a Latin one become that letter (the idea of the
   skeletons in UTS 39; for cased letters the lower-case look decides);
5. apostrophes go; other punctuation and modifier symbols become a space; symbols with a meaning of
   their own (+, =, currency, emoji) stay.

Then runs of white space become one space, and the spaces around characters of scripts that are
written without them (Chinese, Japanese, Thai, ...) go. Folding character by character keeps the
time linear for any input: decomposing a whole text reorders long runs of marks in quadratic time.

Not folded: traditional and simplified Chinese, digits that pose as letters, letters set apart by
spaces.

>>> normalise("  Ｈｅｌｌｏ,\\u200b wоrld — “café”!")
'hello world cafe'
>>> normalise("你好，  世界！用 Python 写。")
'你好世界用python写'
"""

from __future__ import annotations

import re
import unicodedata

# Thai to Tibetan, Myanmar, Khmer, then radicals, kana, bopomofo and all Han blocks.
UNSPACED = (
    "\u0e01-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u312f"
    "\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_SPACE_BESIDE_UNSPACED = re.compile(f"(?<=[{UNSPACED}]) | (?=[{UNSPACED}])")
_DIACRITIC = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_APOSTROPHES = frozenset("'\u2018\u2019\u201b\u2032\u02bc\u02b9\u02bb\u0060\u00b4\u055a\ua78c")
# Blank or joining characters that are not of category Cf.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_LOOKALIKES = str.maketrans(
    # Cyrillic
    "авекмнорстухіјѕһԁԛԝѵӏьɩ"
    # Greek
    "αβγεικνορτυχω"
    # Armenian, IPA and other Latin letters, script forms without a decomposition
    "օսհոցզքılɑɡɪʏʙʜʟɴʀᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜰꜱ",
    "abekmhopctyxijshdqwvlbiabyeikvoptuxwouhngzqilagiybhlnracdejkmoptuvwzfs",
)
_LARGEST_FOLD_ROUNDS = 6


def normalise(text: str) -> str:
    """The text as above; idempotent, linear in its length. Empty: there is nothing to read."""
    folded = text.translate({ord(char): fold_character(char) for char in set(text)})
    return _SPACE_BESIDE_UNSPACED.sub("", " ".join(folded.split()))


def fold_character(char: str) -> str:
    """What one character becomes: the characters, one space, or nothing."""
    for _ in range(_LARGEST_FOLD_ROUNDS):
        folded = "".join(_fold_once(part) for part in char)
        if folded == char:
            break
        char = folded
    return char


def _fold_once(char: str) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in {"Cf", "Cc"} or char in _INVISIBLE or _is_variation_selector(char):
        return ""
    if char in _APOSTROPHES:
        return ""
    if category.startswith("P") or category == "Sk":
        return " "
    plain = unicodedata.normalize("NFKD", char).casefold()
    return _DIACRITIC.sub("", plain).translate(_LOOKALIKES)


def _is_variation_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
