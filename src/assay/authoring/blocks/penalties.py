"""What lateness costs: so many percent of a sum for each day, week or month of delay.

A day counts once it has begun, a longer period when it is complete. A late payment brings its fee
with it; what other delays cost is owed once the late act was done, when it is known.
"""

from __future__ import annotations

from assay.authoring.blocks import acts
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.duties import Duty, duties
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.moments import DAY_S, seconds
from assay.authoring.blocks.payments_made import meant
from assay.authoring.blocks.sums import base_of, share_units
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.expressions import Binary, Expression, Number


def is_late_fee(duty: Obligation) -> bool:
    """Whether a duty is to pay a share for each period of a delay."""
    breaches = [one for one in duty.conditions if one.kind == "breach"]
    grows = duty.asset == "%" and duty.recurrence is not None and duty.occurrences is None
    return duty.action == "pay" and duty.amount is not None and grows and len(breaches) == 1


def fees_for(specification: Specification, late: Obligation) -> tuple[Duty, ...]:
    """The duties to pay for being late with this one."""
    return tuple(
        (index, duty)
        for index, duty in duties(specification)
        if is_late_fee(duty) and _breaks(specification, duty, late)
    )


def is_owed_with_payment(specification: Specification, index: int) -> bool:
    """Whether it is the fee for a late payment, so that who pays whom is known."""
    return any(
        number == index
        for _, duty in duties(specification)
        if duty.action == "pay" and duty.asset != "%" and duty.recipient not in (None, "contract")
        for number, _ in fees_for(specification, duty)
    )


def is_cap(specification: Specification, duty: Obligation) -> bool:
    """Whether it bounds a late fee: "up to 10 % of the price"."""
    fees = [one for _, one in duties(specification) if is_late_fee(one)]
    same_payer = len(fees) == 1 and duty.actor in (None, fees[0].actor)
    bounds = duty.action == "pay" and duty.asset == "%" and duty.limit == "most"
    return bounds and same_payer and not duty.conditions and duty.recurrence is None


def fee(draft: Draft, duty: Obligation, name: str, late_s: Expression) -> Expression:
    """What a delay of so many seconds costs, in the asset of the sum that it is a share of.

    Raises:
        NotBuildable: a part of it is not said.
    """
    each = _share(draft, duty, f"{name} fee", f"{duty.amount} % for each {duty.recurrence}")
    owed: Expression = Binary("*", each, _periods(draft, duty, late_s))
    for _, other in duties(draft.specification):
        if is_cap(draft.specification, other):
            text = draft.specification.text[slice(*other.span)]
            owed = Binary("min", owed, _share(draft, other, f"{name} fee cap", text))
    return owed


def late_by(done: Expression, due: Expression) -> Expression:
    """Seconds of delay; 0 in time."""
    return Binary("-", Binary("max", done, due), due)


def _share(draft: Draft, duty: Obligation, name: str, text: str) -> Expression:
    base = base_of(draft.specification, duty.share_of, duty)
    decimals = draft.asset(base.asset).decimals
    units = share_units(str(duty.amount), int(base.amount.scaleb(decimals)))
    if units == 0:
        raise NotBuildable(text, "the share is less than the smallest unit")
    return draft.units(name, units, base.asset, text)


def _periods(draft: Draft, duty: Obligation, late_s: Expression) -> Expression:
    period = str(duty.recurrence)
    length = draft.duration(f"delay {period}", period)
    if seconds(period) > DAY_S:
        return Binary("/", late_s, length)
    return Binary("/", Binary("-", Binary("+", late_s, length), Number(1)), length)


def _breaks(specification: Specification, fee_: Obligation, late: Obligation) -> bool:
    (breach,) = (one for one in fee_.conditions if one.kind == "breach")
    movement = meant(specification, breach)
    return movement[1] == late if movement else acts.same(late, breach)
