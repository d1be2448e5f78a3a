"""The same Chinese sentence in another dress: numbers and words before it, signs, characters."""

from __future__ import annotations

import re

from assay.authoring.chinese.lexicon.traditional import SIMPLIFIED

from .corpus import Item
from .rewording import Joining, Rewording, joined, of_text, of_words

_LEADS = ("第三条 ", "3.1 ", "一、", "（一）", "（2）", "3. ", "第三条 付款\n", "1、", "- ", "① ")
_OPENINGS = (
    "双方约定，", "双方同意，", "双方特此约定，", "经协商，", "为避免歧义，",
    "此外，", "另外，", "特此约定：", "双方约定：", "经友好协商，双方同意，",
)  # fmt: skip
_NEXT = (
    "本合同一式两份，双方各执一份。", "本条款适用中国法律。", "双方应友好协商解决争议。",
    "特此说明。",
    "以上内容双方已知悉。", "本合同自双方签字之日起生效。",
)  # fmt: skip
_BRACKETS = ("（含税）", "（不含税）", "（大写金额见附件）")
_ENDS = ("", "！", ".", "；", "\n", "。 ", ";")
_REFERS = re.compile("：|第[一二三四五六七八九十]+条")
_NO_LEAD = ("第", "本合同", "双方", "除非", "（", "(")
_TRADITIONAL = str.maketrans({simple: full for full, simple in reversed(SIMPLIFIED.items())})
_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x30, 0x3A)} | {"%": "％"})
_NARROW = str.maketrans("，；：（）", ",;:()")


def _led(words: str) -> Rewording:
    return of_text(
        f"begins: {words!r}",
        lambda text: None if text.startswith(_NO_LEAD) or _REFERS.search(text) else words + text,
    )


def _ended(words: str) -> Rewording:
    return of_text(f"ends: {words!r}", lambda text: text.rstrip("。") + words)


def _followed(words: str) -> Rewording:
    return of_text(f"goes on: {words}", lambda text: f"{text.rstrip('。')}。{words}")


def _behind_amounts(words: str) -> Rewording:
    return of_words(
        f"brackets: {words}", r"(?<=\d)(元|\s?USDC|\s?ETH)(?=，|。|给|作|$)", r"\g<0>" + words
    )


def _names_who(item: Item) -> bool:
    """Whether every duty of an item says who acts, so that nothing before it can lend somebody."""
    acts = [one.get("actor") for one in item.obligations]
    return bool(acts) and all(one and item.text.startswith(one) for one in acts[:1])


def _joined(name: str, joint: str) -> Joining:
    def apply(first: Item, second: Item) -> Item | None:
        if not (_names_who(first) and _names_who(second)):
            return None
        return joined(first, second, first.text.removesuffix("。") + joint + second.text)

    return Joining(name, apply)


DRESSES: tuple[Rewording, ...] = (
    *map(_led, (*_LEADS, *_OPENINGS)),
    *map(_ended, _ENDS),
    *map(_followed, _NEXT),
    *map(_behind_amounts, _BRACKETS),
    of_text("traditional characters", lambda text: text.translate(_TRADITIONAL)),
    of_text("full width digits", lambda text: text.translate(_WIDE)),
    of_text("half width signs", lambda text: text.translate(_NARROW)),
    of_words("no comma behind 后", r"(?<=[后时])，(?=[一-鿿]{2}[应须可将])", ""),
    of_words("comma behind 后", r"(?<=[后时])(?=[甲乙买卖][方家](?:应|须|可|支付))", "，"),
)
JOININGS: tuple[Joining, ...] = (
    _joined("two sentences", "。"),
    _joined("two lines", "。\n"),
    _joined("joined by ；", "；"),
)
