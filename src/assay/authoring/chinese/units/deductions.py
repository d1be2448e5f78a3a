"""What is taken out of a security before it goes back: 押金扣除欠付租金后退还承租人.

How much that is and who says so is asked; what is overdue of payments that the contract sees is
known without an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.context import Context
from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.units.cutting import Unit

_TAKES = frozenset({"扣除", "扣减", "抵扣", "抵充", "冲抵", "扣掉", "扣去", "减去", "扣"})
_SECURITY = ("押金", "保证金", "定金", "订金", "质保金", "履约金", "担保金", "托管款", "托管款项")
_REST = frozenset({
    "余额", "余款", "剩余部分", "剩余款项", "剩余", "剩下的", "部分", "差额", "余下部分", "其余",
    "其余部分", "剩余金额", "剩余押金", "剩余保证金",
})  # fmt: skip
_BACK = frozenset({"refund", "return", "release"})
_THINGS = frozenset({"noun", "unknown", "de", "silent", "and", "its", "not", "late", "verb"})


def without_deductions(units: Sequence[Unit], context: Context) -> list[Unit]:
    """The units of a sentence without what is deducted, which is asked instead."""
    words = [token for unit in units for token in unit.tokens]
    backs = [one for one in words if one.kind == "verb" and one.value.action in _BACK]
    if not backs or not any(one.text.endswith(_SECURITY) for one in words):
        return list(units)
    made: list[Unit] = []
    for unit in units:
        found = _deduction(unit.tokens)
        if found is None:
            made.append(unit)
            continue
        begin, end = found
        context.ask("deduction", unit.tokens[begin].start, unit.tokens[end - 1].end)
        left = _without(list(unit.tokens), begin, end)
        if left:
            made.append(replace(unit, tokens=tuple(left)))
    return made


def _deduction(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Where 扣除欠付租金 stands before 后; None where nothing is deducted so."""
    for at, token in enumerate(tokens):
        if token.text not in _TAKES or token.kind != "verb":
            continue
        end = at + 1
        while end < len(tokens) and tokens[end].kind in _THINGS:
            end += 1
        if end > at + 1 and end < len(tokens) and tokens[end].kind == "after":
            return at, end
    return None


def _without(tokens: list[Token], begin: int, end: int) -> list[Token]:
    """押金退还承租人, of 押金在扣除欠付租金后的余额退还承租人."""
    before, behind = tokens[:begin], tokens[end + 1 :]
    if before and before[-1].kind == "at":
        before.pop()
    while behind and behind[0].kind == "de":
        behind.pop(0)
    named = any(one.text.endswith(_SECURITY) for one in before)
    while named and behind and (behind[0].text in _REST or behind[0].kind == "de"):
        behind.pop(0)
    return [*before, *behind]
