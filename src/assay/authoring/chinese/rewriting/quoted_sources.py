"""Who tells a fact, in brackets behind it: 航班延误超过3小时(以航空公司公布的数据为准)的."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.lexing.tokens import Token

_TELLS = frozenset({"以", "按", "按照", "依据", "根据", "据"})
_STANDS = ("准", "为准", "为依据", "为据", "计算", "数据", "公告", "报告", "记录", "信息")
_COMMA = "comma"


def with_sources_apart(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with such brackets as a clause of their own behind the one that they are in."""
    made = list(tokens)
    for at, token in enumerate(tokens):
        if token.kind != "open":
            continue
        close = next((i for i in range(at, len(tokens)) if tokens[i].kind == "close"), None)
        inner = tokens[at + 1 : close] if close is not None else ()
        if close is None or not _names_source(inner):
            continue
        rest = list(tokens[close + 1 :])
        end = next((i for i, one in enumerate(rest) if one.kind == _COMMA), len(rest))
        inner = _standing(inner)
        comma = replace(token, kind=_COMMA, text=",")
        return [*tokens[:at], *rest[:end], comma, *inner, *with_sources_apart(rest[end:])]
    return made


def _standing(inner: Sequence[Token]) -> Sequence[Token]:
    """The words with 为准 where 根据 alone names the source."""
    if inner[-1].text.endswith("准"):
        return inner
    stands = replace(inner[-1], kind="unknown", text="准", start=inner[-1].end)
    return [*inner, stands]


def _names_source(inner: Sequence[Token]) -> bool:
    """以气象局公布的数据为准, 据航空公司公告."""
    told = len(inner) > 2 and inner[0].text in _TELLS
    return told and inner[-1].text.endswith(_STANDS)
