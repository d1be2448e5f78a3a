"""Whether a text asks for several payments at a time, also where their amounts are the same."""

from __future__ import annotations

import re
from itertools import pairwise

from assay.authoring.payments import chinese_words, english_words
from assay.authoring.payments.found import LABELLED, Sum

_SEVERAL = re.compile(
    r"\b(?:twice|thrice|(?:two|three|four|five|\d+) times|double|in two (?:goes|payments)"
    r"|(?:two|three|four|five|\d) (?:separate |equal |more )*(?:payments|transfers|instal?ments))\b"
    r"|(?<![\w.])\d+[ ]?[x×*][ ]?(?=[\d$€£])|[x×*][ ]?\d+(?![\w.])"
    r"|\d(?:[ ]?[A-Za-z]{2,8})?[ ]?(?:each|apiece)\b|\beach (?:invoice|one|of them)\b"
    r"|\bsame (?:sum |amount )?(?:for|to|also|as well)\b|\blikewise\b|\bditto\b"
    r"|(?:两|二|三|四|五|\d)(?:次|遍|笔)|各(?=[\d付转给]|支付|自|一)|分别|双倍|加倍|每(?:张|份|笔|单)"
    r"|第[一二三四五]笔|再(?:支付|付|转|打|汇)|另(?:外|行)?(?:再)?(?:支付|付给|付|转|打|汇)"
    r"|同样(?:的)?(?:付|转|支付|一笔)|也(?:支付|付|转|打|汇)(?=[\d给])",
    re.IGNORECASE,
)
_RESTATED = re.compile(
    r"(?:\b(?:the|these|those|this|that|said|its?|i\.e\.|of|totals?|totall?ing|amounts?(?: due)?"
    r"|sum|in words|figures|namely|altogether|is|are|was)|合计|共计?|总计|总共|该|上述|即"
    r"|这笔?|此|大写|金额为?|应付|等于|[=(])\s*[:]?\s*$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^[ \t>]*(?:subject|re|主题)[ \t]*:[^\n]*$", re.IGNORECASE)
_ENDS = re.compile(r"[.!?;](?=\s)|[。!?;\n]")


def asks_for_several(text: str, sums: list[Sum]) -> bool:
    """Whether more than one payment is asked for, of one amount or of one that is to be added up.

    An amount that is named twice is one payment where the second is told as the first again ("the
    250 ASSAY"), or the first only says what an invoice is about.
    """
    counted = sorted((one for one in sums if one.rank), key=lambda one: one.start)
    if any(one.rank == LABELLED for one in counted):
        return False
    if _SEVERAL.search(text):
        return True
    counted = [one for one in counted if not _SUBJECT.match(_line(text, one.start))]
    return any(
        not _RESTATED.search(text[first.end : second.start])
        and (_is_ordered(text, first) or not _is_ordered(text, second))
        for first, second in pairwise(counted)
    )


def _line(text: str, place: int) -> str:
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else len(text)]


def _is_ordered(text: str, one: Sum) -> bool:
    """Whether a verb of paying stands before an amount in its sentence."""
    before = _ENDS.split(text[: one.start])[-1]
    verb = rf"\b{english_words.VERB}\b|(?<![垫应已]){chinese_words.PAY}"
    return re.search(verb, before, re.IGNORECASE) is not None
