"""Lists of things or acts under one lead: 应提交下列文件:(一)...;(二)..., 不得有下列行为:...

The words of the lead are said of each part again, as if it stood in the place of 下列文件.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assay.authoring.chinese.lexing.tokens import Token
from assay.authoring.chinese.units.cutting import Unit

_BELOW = frozenset({"下列", "以下", "下述", "如下", "下列各项", "以下各项"})
_ACTS = ("行为", "义务", "职责", "责任", "工作", "事项", "活动", "权利", "权限", "承诺", "事务")
_DOES = frozenset({
    "从事", "实施", "进行", "履行", "承担", "享有", "行使", "负责", "完成", "遵守", "有", "作出",
    "做出", "办理", "采取", "拥有",
})  # fmt: skip
_HANDS = frozenset({"deliver", "provide", "return"})
_MODALS = frozenset({"must", "may", "must_not"})
_ALLOWS = ("权利", "权限")


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands above a list, and is said of each of its parts.

    Attributes:
        before: the units of its sentence in front of it, its conditions.
        lead: the tokens that each part goes on from.
    """

    before: tuple[Unit, ...]
    lead: tuple[Token, ...]

    def part(self, units: Sequence[Unit]) -> list[Unit]:
        """The sentence that a part of the list means."""
        first, *rest = units
        tokens = list(first.tokens)
        while tokens and tokens[0].kind in {"and", "quote"}:
            tokens.pop(0)
        whole = Unit((*self.lead, *tokens), first.leads)
        return [*self.before, whole, *rest]


def listing_of(units: Sequence[Unit]) -> tuple[int, Listing] | None:
    """The place of the unit that leads a list of things or acts, and what it says of them."""
    for at, unit in enumerate(units):
        lead = _lead_of(unit.tokens) if unit.leads else None
        if lead is not None:
            return at, Listing(tuple(units[:at]), lead)
    return None


def _lead_of(tokens: Sequence[Token]) -> tuple[Token, ...] | None:
    modal = next((one for one in tokens if one.kind in _MODALS), None)
    last = tokens[-1]
    hands = last.kind == "verb" and last.value.action in _HANDS and last.value.thing is None
    hands = hands and modal is not None
    if hands or (last.kind in _MODALS and len(tokens) > 1):
        return tuple(tokens)
    if [one.kind for one in tokens if one.kind != "de"] == ["party", "noun"] and _is_acts(last):
        return (tokens[0], _modal_of(last))
    if last.kind == "cases":
        acts = modal is not None and last.text.endswith("行为")
        return _without_doing(tokens[:-1]) if acts else None
    return _pointing(tokens, last, modal=modal is not None)


def _pointing(tokens: Sequence[Token], last: Token, *, modal: bool) -> tuple[Token, ...] | None:
    """提交下列文件, 享有以下权利: what stands before the words that point at the list."""
    below = next((at for at, one in enumerate(tokens) if one.text in _BELOW), None)
    if below is None or below < 2 or below < len(tokens) - 2 or below == len(tokens) - 1:
        return None
    if _is_acts(last) and tokens[below - 1].text in _DOES:
        bare = _without_doing(tokens[:below])
        return bare if modal else (*bare, _modal_of(last))
    hands = tokens[below - 1].kind == "verb" and last.kind in {"noun", "unknown"}
    return tuple(tokens[:below]) if hands and not _is_acts(last) else None


def _is_acts(last: Token) -> bool:
    return last.text.endswith(_ACTS)


def _modal_of(last: Token) -> Token:
    """Rights are what somebody may do, duties and work what they must."""
    if last.text.endswith(_ALLOWS):
        return Token("may", "可", last.start, last.start)
    return Token("must", "应", last.start, last.start)


def _without_doing(tokens: Sequence[Token]) -> tuple[Token, ...]:
    return tuple(tokens[:-1]) if tokens and tokens[-1].text in _DOES else tuple(tokens)
