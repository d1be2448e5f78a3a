"""Who owes what lateness costs: 逾期支付租金的, 每日支付0.5%, is for whoever owes the rent.

The clause before may be about somebody else, whose name must not be carried over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assay.authoring.chinese.phrases.predicates import Predicate
from assay.authoring.model import Obligation

_CHARGES = frozenset({"加收", "计收", "收取", "征收", "收"})
_FINES = frozenset({"罚", "罚款"})
_ENDS = frozenset({"cancel", "terminate"})
CEASES = frozenset({"停止", "停", "停掉", "暂停", "中止", "关闭", "冻结", "封停"})
"""What is done to whoever did not keep a duty, and not by them."""


_OUT_OF = re.compile(
    r"(?:合约|合同账户|从[^,，。；;]{0,6}(?:押金|保证金|定金|质保金|履约金)[中里内]?)[^,，。；;]{0,12}"
    r"(?:支付|付给|赔付|扣)"
)
"""合约从保证金中向采购方支付: what the contract itself pays, out of what it holds."""


def with_late_payers(text: str, obligations: Sequence[Obligation]) -> list[Obligation]:
    """Penalties with the party that is late, where one duty alone can be late."""
    return [
        one
        if one.actor == "contract" and _OUT_OF.search(text[slice(*one.span)])
        else _owed_by_debtor(one, obligations)
        for one in obligations
    ]


def _owed_by_debtor(one: Obligation, obligations: Sequence[Obligation]) -> Obligation:
    late = [each for each in one.conditions if each.kind == "breach"]
    if one.action != "pay" or one.recurrence is None or len(late) != 1:
        return one
    (breach,) = late
    carried = breach.actor is None or breach.actor not in breach.text
    debts = [
        other
        for other in obligations
        if other.modality == "must"
        and other.action == breach.action
        and other.actor not in (None, "contract")
        and not any(each.kind == "breach" for each in other.conditions)
    ]
    debtors = {other.actor for other in debts}
    if not carried or len(debtors) != 1 or one.actor in debtors:
        return one
    payees = {other.recipient for other in debts} - {None, "contract"}
    recipient = payees.pop() if one.recipient is None and len(payees) == 1 else one.recipient
    (debtor,) = debtors
    conditions = tuple(
        each.model_copy(update={"actor": debtor}) if each is breach and breach.actor else each
        for each in one.conditions
    )
    update = {"actor": debtor, "recipient": recipient, "conditions": conditions}
    return one.model_copy(update=update)


def charged(predicate: Predicate, made: Obligation, kept: Obligation) -> Obligation:
    """租客每月支付房租,逾期加收滞纳金: who is late pays what somebody unnamed charges or keeps."""
    verb = predicate.verb.text if predicate.verb is not None else ""
    unnamed = predicate.subject is None and predicate.agent is None
    ended = made.action in _ENDS or verb in CEASES
    if unnamed and made.actor == kept.actor and (made.action == "keep" or ended):
        return made.model_copy(update={"actor": None})
    if unnamed and verb in _FINES and made.actor is None:
        return made.model_copy(update={"actor": kept.actor, "recipient": kept.recipient})
    if predicate.subject is not None or made.action != "claim" or verb not in _CHARGES:
        return made
    return made.model_copy(
        update={"action": "pay", "actor": kept.actor, "recipient": kept.recipient}
    )
