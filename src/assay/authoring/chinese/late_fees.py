"""Who owes what lateness costs: 逾期支付租金的, 每日支付0.5%, is for whoever owes the rent.

The clause before may be about somebody else, whose name must not be carried over.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.model import Obligation


def with_late_payers(obligations: Sequence[Obligation]) -> list[Obligation]:
    """Penalties with the party that is late, where one duty alone can be late."""
    return [_owed_by_debtor(one, obligations) for one in obligations]


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
