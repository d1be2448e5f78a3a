"""What lateness costs: a share of a sum, or an amount, for each day, week or month of delay.

A day counts once it has begun, a longer period when it is complete. A late payment brings its fee
with it; what other delays cost is owed once the late act was done, when it is known. A sum without
a period, for being late with one of many payments, is owed for each that is late.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses import acts
from assay.authoring.blocks.clauses.duties import Duty, duties, is_late_fee
from assay.authoring.blocks.clauses.remembering import remembered_of_each
from assay.authoring.blocks.clauses.sums import base_of, share_units
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.delaying import is_delay
from assay.authoring.blocks.guards.payments_made import meant
from assay.authoring.blocks.moments import DAY_S, seconds
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.expressions import Binary, Expression, Number


@remembered_of_each
def fees_for(specification: Specification, late: Obligation) -> tuple[Duty, ...]:
    """The duties to pay for being late with this one."""
    return tuple(
        (index, duty)
        for index, duty in duties(specification)
        if is_late_fee(duty) or is_flat_fee(specification, duty)
        if _breaks(specification, duty, late)
    )


def is_flat_fee(specification: Specification, duty: Obligation) -> bool:
    """Whether it is a sum for being late with a payment of a series: "a late fee of 20 USDC"."""
    once = duty.recurrence is None and not duty.spread and duty.limit == "exact"
    owed = duty.action == "pay" and duty.modality == "must" and duty.amount is not None
    if not once or not owed or [one.kind for one in duty.conditions] != ["breach"]:
        return False
    paid = meant(specification, duty.conditions[0])
    if paid is None or paid[1].recurrence is None or is_late_fee(paid[1]):
        return False
    people = (paid[1].actor, paid[1].recipient)
    return duty.actor in (None, people[0]) and duty.recipient in (None, people[1])


def late_from(draft: Draft, fee_: Obligation, due: Expression) -> Expression:
    """After which a payment costs a fee: when it was due, or so much later as the words leave."""
    (breach,) = (one for one in fee_.conditions if one.kind == "breach")
    if fee_.recurrence is not None or not is_delay(breach):
        return due
    delay = str(breach.value)
    return draft.later(due, f"delay of {delay}", delay, breach.text)


def is_owed_with_payment(specification: Specification, index: int) -> bool:
    """Whether it is the fee for a late payment, so that who pays whom is known."""
    all_ = duties(specification)
    fees = [
        one
        for number, one in all_
        if number == index and (is_late_fee(one) or is_flat_fee(specification, one))
    ]
    return bool(fees) and any(
        _breaks(specification, fee_, duty)
        for _, duty in all_
        if duty.action == "pay" and duty.asset != "%" and duty.recipient not in (None, "contract")
        for fee_ in fees
    )


def is_cap(specification: Specification, duty: Obligation) -> bool:
    """Whether it bounds a late fee: "up to 10 % of the price", "at most 400 USDC"."""
    bounds = duty.action == "pay" and duty.limit == "most" and duty.amount is not None
    if not bounds or duty.recurrence is not None:
        return False
    fees = [one for _, one in duties(specification) if is_late_fee(one)]
    breaches = [one for fee_ in fees for one in fee_.conditions if one.kind == "breach"]
    # It may say again for which delay it is.
    if duty.conditions and len(breaches) != 1:
        return False
    if any(one.kind != "breach" or not acts.same(one, breaches[0]) for one in duty.conditions):
        return False
    same_payer = len(fees) == 1 and duty.actor in (None, fees[0].actor)
    return same_payer and duty.asset in ("%", fees[0].asset)


def fee(draft: Draft, duty: Obligation, name: str, late_s: Expression) -> Expression:
    """What a delay of so many seconds costs, in the asset that `asset_of` names.

    Raises:
        NotBuildable: a part of it is not said.
    """
    words = f"{duty.amount} {duty.asset} for each {duty.recurrence}"
    each = _share(draft, duty, f"{name} fee", words)
    if duty.recurrence is None:
        return Binary("*", each, Binary("min", late_s, Number(1)))
    owed: Expression = Binary("*", each, _periods(draft, duty, late_s))
    for _, other in duties(draft.specification):
        if is_cap(draft.specification, other):
            text = draft.specification.text[slice(*other.span)]
            owed = Binary("min", owed, _share(draft, other, f"{name} fee cap", text))
    return owed


def asset_of(specification: Specification, duty: Obligation) -> str:
    """In what a fee is paid: its own asset, or that of the sum that it is a share of.

    Raises:
        NotBuildable: it is not clear which sum that is.
    """
    if duty.asset == "%":
        return base_of(specification, duty.share_of, duty).asset
    return str(duty.asset)


def late_by(done: Expression, due: Expression) -> Expression:
    """Seconds of delay; 0 in time."""
    return Binary("-", Binary("max", done, due), due)


def _share(draft: Draft, duty: Obligation, name: str, text: str) -> Expression:
    if duty.asset != "%":
        return draft.amount(name, str(duty.amount), str(duty.asset), text)
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
