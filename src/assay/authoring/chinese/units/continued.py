"""Clauses that a comma cuts behind their modal verb: 不得在合同终止后三年内,披露商业秘密.

What stands before the comma says who, whether and when, and what behind it is to be done; both are
one clause, or the verb would lose the modal that it is under.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.chinese.units.cutting import Unit
from assay.authoring.chinese.walking.walk import read_predicates

_OPENS = frozenset({"if", "unless", "otherwise", "until", "then", "party"})
_CLOSERS = frozenset({"after", "before", "when", "case"})
_MODALS = frozenset({"must", "may", "must_not", "must_soft", "no_need"})


def continued(units: Sequence[Unit]) -> list[Unit]:
    """The units of a sentence, each without a verb behind its modal joined to the one after."""
    joined: list[Unit] = []
    for unit in units:
        before = joined[-1] if joined else None
        waits = before is not None and _waits(before) and _acts(unit) and not _asked(before, unit)
        asks = before is not None and _needs(before, unit)
        if before is not None and (waits or asks or _is_open(before, unit)):
            joined[-1] = Unit((*before.tokens, *unit.tokens), unit.leads, before.then)
        else:
            joined.append(unit)
    return joined


def _needs(unit: Unit, after: Unit) -> bool:
    """公司向供应商支付8000 USDC,须经两名董事同意: an act by itself, and what it needs."""
    kinds = [token.kind for token in after.tokens]
    asked = (["must", "quorum"], ["must", "by", "quorum"], ["must", "by", "party", "verb"])
    consents = kinds in asked
    consents = consents and (kinds[-1] == "quorum" or after.tokens[-1].value.action == "approve")
    told = {token.kind for token in unit.tokens} & {*_MODALS, *_CLOSERS, "if", "de", "unless"}
    if not consents or told or unit.then or unit.leads or unit.tokens[0].kind != "party":
        return False
    predicates = read_predicates(unit.tokens)
    return len(predicates) == 1 and predicates[0].verb is not None


def _is_open(unit: Unit, after: Unit) -> bool:
    """在甲方付清货款,且乙方完成交付之后: what 在 begins ends behind the comma."""
    ends = after.tokens[-1].kind in _CLOSERS and after.tokens[0].kind == "and"
    begins = unit.tokens[0].kind == "at"
    return ends and begins and not {token.kind for token in unit.tokens} & {*_CLOSERS, *_MODALS}


def _waits(unit: Unit) -> bool:
    """Whether a unit names who and whether, and nothing that is done."""
    if unit.leads or not any(token.kind in _MODALS for token in unit.tokens):
        return False
    if unit.tokens[-1].kind in {"de", "except", "case"}:
        return False
    predicates = read_predicates(unit.tokens)
    head = predicates[0]
    told = head.verb or head.comparisons or head.objects or head.unread or head.late
    return len(predicates) == 1 and head.modality is not None and not told


def _asked(before: Unit, unit: Unit) -> bool:
    """应事先经对方同意, 费用由乙方承担: the consent is a duty, and somebody else is named."""
    asks = any(one.kind == "must" for one in before.tokens)
    asks = asks and bool(read_predicates(before.tokens)[0].approvals)
    return asks and read_predicates(unit.tokens)[0].agent is not None


def _acts(unit: Unit) -> bool:
    """Whether a unit is the rest of such a clause: a verb, and nobody who acts."""
    if unit.then or unit.tokens[0].kind in _OPENS or unit.tokens[-1].kind == "de":
        return False
    if any(token.kind in _MODALS for token in unit.tokens):
        return False
    head = read_predicates(unit.tokens)[0]
    return head.verb is not None and (head.subject is None or head.subject.party is None)
