"""Suggestions and answers in Chinese, where the specification itself has words of English.

suggested(question)          # 退款 where an English text is offered `refund`
meant("三十天" or "30天")     # P30D
"""

from __future__ import annotations

import re

from assay.authoring.chinese.lexing.numerals import NUMERAL, numeral
from assay.authoring.model import Question

_WORDS = {
    "contract": "合约",
    "none": "无",
    "refund": "退款",
    "issued": "新发行",
    "issuer": "发行人",
    "grantor": "授予人",
    "must": "应当",
    "may": "可以",
    "must_not": "不得",
    "instead": "替代",
    "on top": "另加",
    "at once": "立即",
}
_KEYS = {
    chinese: english for english, chinese in _WORDS.items() if english not in ("issuer", "grantor")
} | {
    "不产生义务": "no duty",
    "合同": "contract",
    "满足其一即可": "one is enough",
    "须全部满足": "all have to hold",
}
_UNITS = {"天": "D", "日": "D", "周": "W", "个星期": "W", "个月": "M", "月": "M", "年": "Y"}
_LENGTH = re.compile(rf"(\d+|{NUMERAL})(天|日|周|个星期|个月|月|年|小时)")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def suggested(question: Question) -> Question:
    """The same question with its suggestions in Chinese."""
    words = tuple(_WORDS.get(one, one) for one in question.suggestions)
    return question.model_copy(update={"suggestions": words})


def meant(answer: str) -> str:
    """What an answer is in the spelling of a specification; others stay as they are."""
    text = answer.strip()
    if text in _KEYS:
        return _KEYS[text]
    if found := _DATE.fullmatch(text):
        year, month, day = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    if found := _LENGTH.fullmatch(text):
        count = found[1] if found[1].isdecimal() else numeral(found[1])
        return f"PT{count}H" if found[2] == "小时" else f"P{count}{_UNITS[found[2]]}"
    return answer
