"""What is paid for each, where the unit stands behind whoever pays: 甲方每场向乙方支付2000 USDC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.lexing.tokens import Token

_TAKES = frozenset({"claim", "keep", "pay"})
_THINGS = frozenset({"noun", "unknown", "latin"})
_GOES_ON = frozenset({"to", "must", "take"})


_ORDERS = frozenset({"单", "笔", "票", "场", "次", "局"})
_RATED = {"每笔": "笔", "每次": "次", "每一笔": "笔", "每笔交易": "交易"}


def with_rates_of_each(tokens: Sequence[Token]) -> list[Token]:
    """平台每单抽成3% is 平台抽成单的3%: a rate of each is a share of it."""
    made = list(tokens)
    for at in range(len(made) - 2):
        unit, end = _each(made[at : at + 2])
        if unit is None or at + end + 1 >= len(made):
            continue
        named = made[at + end]
        if unit.text in _ORDERS and named.kind in {"noun", "unknown"} and len(named.text) < 3:
            unit, end = named, end + 1
        rest = made[at + end :]
        takes = rest and rest[0].kind == "verb" and getattr(rest[0].value, "action", "") in _TAKES
        share = len(rest) > 1 and rest[1].kind == "amount" and rest[1].value.asset == "%"
        if takes and share and len(rest) < 4:
            of = Token("de", "的", unit.end, unit.end)
            return [*made[:at], rest[0], unit.named("noun"), of, *rest[1:]]
    return made


def _each(tokens: Sequence[Token]) -> tuple[Token | None, int]:
    """The unit of 每单 and 每笔, and how many tokens name it."""
    every, unit = tokens
    if every.text == "每" and unit.text in _ORDERS:
        return (replace(unit, text="订单") if unit.text == "单" else unit), 2
    named = _RATED.get(every.text)
    return (replace(every, text=named), 1) if named is not None else (None, 0)


def with_units_moved(tokens: Sequence[Token]) -> list[Token]:
    """甲方每场向乙方支付2000 USDC is 甲方向乙方支付每场2000 USDC."""
    made = list(tokens)
    for at in range(len(made) - 4):
        who, every, unit, then = made[at : at + 4]
        named = who.kind == "party" and every.text == "每" and unit.kind in _THINGS
        if not named or len(unit.text) > 2 or then.kind not in _GOES_ON:
            continue
        for place in range(at + 4, len(made)):
            if made[place].kind == "amount" and made[place].value.asset != "%":
                before = [*made[: at + 1], *made[at + 3 : place]]
                return [*before, every, unit, *made[place:]]
    return made
