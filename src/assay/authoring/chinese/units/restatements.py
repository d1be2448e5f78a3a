"""A sum that says in figures what a share before it comes to: 合同总价的30%,计人民币90000元."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assay.authoring.chinese.phrases.noun_phrases import Noun, is_money
from assay.authoring.chinese.units.cutting import Unit

_THAT_IS = frozenset({"即", "计", "合计", "共计", "折合", "合", "总计", "约合", "也就是", "整"})


def without_restated(units: Sequence[Unit]) -> list[Unit]:
    """The units without those that only restate a share in figures."""
    kept: list[Unit] = []
    for unit in units:
        if kept and _restates(unit) and _names_money(kept[-1]):
            amount = next(token for token in unit.tokens if token.kind == "amount")
            kept[-1] = replace(kept[-1], tokens=(*kept[-1].tokens, amount))
        elif not (kept and _restates(unit) and _shares(kept[-1])):
            kept.append(unit)
    return kept


def _restates(unit: Unit) -> bool:
    said = [token for token in unit.tokens if token.text not in _THAT_IS]
    sums = [token for token in said if token.kind == "amount" and token.value.asset != "%"]
    return len(said) < len(unit.tokens) and len(said) == len(sums) == 1


def _names_money(unit: Unit) -> bool:
    """支付当季租金,计36000元: a sum that has a name and no amount yet."""
    kinds = {token.kind for token in unit.tokens}
    last = unit.tokens[-1]
    named = last.kind == "noun" and is_money(Noun((last,), text=last.text))
    return named and "verb" in kinds and not kinds & {"amount", "counted"}


def _shares(unit: Unit) -> bool:
    amounts = [token for token in unit.tokens if token.kind == "amount"]
    return len(amounts) == 1 and amounts[0].value.asset == "%"
