"""Which digits a prompt asks for, in English or Chinese.

>>> read_prompt("a seven")
(7,)
>>> read_prompt("the year 2026 in handwritten digits")
(2, 0, 2, 6)
>>> read_prompt("画一张手写的数字七")
(7,)

Digits are read one by one: "two six" and "26" are the same. Words that say nothing of the digit
are passed over; any other word is refused, for nobody should get a seven who asked for seven cats.
"""

from __future__ import annotations

import re
import unicodedata

from assay.generation.images.errors import PromptNotDrawable

MODEL = "assay-digits"
CAN_DRAW = (
    'the digits 0 to 9, up to 12 side by side: "a seven", "7", "2026", "three one four", "数字七"'
)
MOST_DIGITS = 12

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ENGLISH = {word: value for value, word in enumerate(_WORDS)}
_CHINESE = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **{character: value for value, character in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "貳": 2,
    "參": 3,
    "陸": 6,
    "两": 2,
    "兩": 2,
}
_PASSED_OVER = re.compile(
    "an?|the|of|in|on|with|and|please|me|my|draw|drew|drawn|drawing|paint|painted|painting|write|"
    "written|writing|handwritten|handwriting|hand|sketch|sketched|show|make|generate|create|"
    "picture|image|photo|photograph|illustration|digits?|numbers?|numerals?|figures?|year|code|"
    "single"
)
# Counting words come before the digit and are no digit themselves: 一张七 is "a seven".
_CHINESE_PASSED_OVER = (
    "一张|一張|一幅|一个|一個|一副|一位|一些|手写|手寫|手绘|手繪|数字|數字|数目|号码|號碼|阿拉伯|"
    "图片|圖片|图像|圖像|照片|年份|画出|畫出|写出|寫出|生成|绘制|繪製|请|請|画|畫|写|寫|图|圖|"
    "张|張|的|字|年|个|個|和|与|與"
)
_TOKEN = re.compile(
    r"(?P<sign>[-+\u2212](?=[0-9])|(?<=[0-9])[.,/:*-](?=[0-9]))"
    rf"|(?P<word>[a-z]+)|(?P<figure>[0-9])|(?P<rest>{_CHINESE_PASSED_OVER})|(?P<other>\S)"
)


def read_prompt(prompt: str) -> tuple[int, ...]:
    """The digits that a prompt asks for, in its order.

    Raises:
        PromptNotDrawable: it names no digit, more than `MOST_DIGITS`, or something else.
    """
    digits: list[int] = []
    # NFKC makes full-width figures plain ones.
    for match in _TOKEN.finditer(unicodedata.normalize("NFKC", prompt).lower()):
        kind, text = match.lastgroup, match.group()
        if kind == "figure":
            digits.append(int(text))
        elif kind == "word" and text in _ENGLISH:
            digits.append(_ENGLISH[text])
        elif kind == "other" and text in _CHINESE:
            digits.append(_CHINESE[text])
        elif not _says_nothing(kind, text):
            raise PromptNotDrawable(MODEL, prompt, f"it does not know {text!r}", CAN_DRAW)
    if not digits:
        raise PromptNotDrawable(MODEL, prompt, "it names no digit", CAN_DRAW)
    if len(digits) > MOST_DIGITS:
        raise PromptNotDrawable(MODEL, prompt, f"{len(digits)} digits are too many", CAN_DRAW)
    return tuple(digits)


def _says_nothing(kind: str | None, text: str) -> bool:
    if kind == "rest" or (kind == "word" and _PASSED_OVER.fullmatch(text)):
        return True
    return kind == "other" and unicodedata.category(text)[0] == "P"
