"""Fees for a delay that are taken out of held money: "for each day of delay 50 USDC go back".

Whose delay it is follows from the clause before; who keeps a part of what is held is who gets it.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.model import Condition, Obligation

Duty = tuple[int, Obligation]

_DELAY = frozenset({"delay", "delayed", "late", "延迟", "迟延", "逾期", "延误"})
_HANDING = frozenset({"pay", "return", "refund", "release", "transfer", "keep"})


def left_over(duty: Obligation) -> Obligation:
    """ "Money that is not released by 30 November goes back": what is left does, after it."""
    back = duty.action in ("return", "refund", "withdraw", "claim") and duty.amount is None
    unused = [one for one in duty.conditions if _is_unused(one)]
    if not back or len(unused) != 1 or len(duty.conditions) != 1:
        return duty
    (one,) = unused
    after = Condition(kind="time", text=one.text, span=one.span, comparator=">", value=one.value)
    return duty.model_copy(update={"conditions": (after,)})


def _is_unused(one: Condition) -> bool:
    moved = one.action in ("release", "pay", "claim", "withdraw", "refund")
    said = one.kind == "breach" and moved and one.actor in (None, "contract") and not one.negated
    dated = one.value is not None and one.value[:4].isdecimal() and one.comparator == "<="
    return said and dated and one.asset in _SUMS


_SUMS = frozenset({"money", "fund", "funds", "amount", "balance", "deposit", "remainder", "rest"})


def with_delays(all_: Sequence[Duty]) -> tuple[Duty, ...]:
    """The same, where a fee for a delay names what is late, and who gets it."""
    keepers = {one.actor for _, one in all_ if _grows(one) and _is_kept(one)}
    return tuple(
        (index, _told(duty, all_[:place]) if _grows(duty) else _capped(duty, keepers))
        for place, (index, duty) in enumerate(all_)
    )


def _capped(duty: Obligation, keepers: set[str | None]) -> Obligation:
    """What bounds a fee that somebody keeps bounds what the contract pays."""
    if duty.limit != "most" or not _is_kept(duty) or duty.actor not in keepers:
        return duty
    return duty.model_copy(update={"action": "pay", "actor": "contract"})


def _grows(duty: Obligation) -> bool:
    growing = duty.recurrence is not None and duty.occurrences is None and not duty.spread
    known = duty.amount is not None and duty.limit == "exact" and duty.modality != "must_not"
    return growing and known and duty.action in _HANDING


def _told(duty: Obligation, before: Sequence[Duty]) -> Obligation:
    late = next((one for one in duty.conditions if _is_delay(one)), None)
    due = next((one for _, one in reversed(before) if _is_due(one, duty)), None)
    if late is not None and due is not None:
        breach = Condition(
            kind="breach",
            text=late.text,
            span=late.span,
            actor=due.actor,
            action=due.action,
            asset=due.asset,
        )
        conditions = tuple(breach if one is late else one for one in duty.conditions)
        duty = duty.model_copy(update={"conditions": conditions})
    if not any(one.kind == "breach" for one in duty.conditions):
        return duty
    kept = _is_kept(duty)
    if not kept and duty.actor != "contract":
        return duty
    recipient = duty.actor if kept else duty.recipient
    update = {"action": "pay", "actor": "contract", "recipient": recipient}
    return duty.model_copy(update=update)


def _is_kept(duty: Obligation) -> bool:
    """Whether a party keeps a part of what is held."""
    alone = duty.recipient is None and not duty.occurrences
    return duty.action == "keep" and alone and duty.actor not in (None, "contract")


def _is_delay(one: Condition) -> bool:
    return one.kind == "state" and one.value in _DELAY and one.subject is None and not one.negated


def _is_due(duty: Obligation, fee: Obligation) -> bool:
    """Whether it is to be done by a time, by who pays for its delay or not by who gains by it."""
    dated = duty.modality == "must" and duty.deadline is not None and duty.recurrence is None
    if not dated or duty.actor in (None, "contract"):
        return False
    gains = fee.actor if _is_kept(fee) else fee.recipient
    pays = None if _is_kept(fee) else fee.actor
    return duty.actor == pays if pays not in (None, "contract") else duty.actor != gains
