"""What is overdue of a series of payments, taken out of the security that was given for it.

"The landlord may deduct unpaid rent from the deposit": of the deposit as much as is overdue by then
goes to whom it is owed, and counts as paid; what is given back is the rest. How much is overdue
follows from the time and from what was paid through the contract, and nobody is asked.
"""

from __future__ import annotations

import re

from assay.authoring.blocks.clauses.duties import Duty, duties, is_late_fee
from assay.authoring.blocks.clauses.remembering import remembered_of_each
from assay.authoring.blocks.clauses.sums import Pot, gains_of_arrears, is_arrears, pots
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.payments_made import loan_of, name_of
from assay.authoring.blocks.guards.periods import PERIODS
from assay.authoring.blocks.guards.series import payments_due
from assay.authoring.blocks.moments import is_duration
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.expressions import Binary, Expression, Name, Number
from assay.authoring.program.model import If, Let, Push, Set, Statement

OVERDUE, BACK, _TAKEN = Name("overdue"), Name("back"), Name("taken")

_UNKNOWN = "how much is owed follows from no series of payments that the contract sees"
_HINT = "Give the payments an amount, a period and a number, all through the contract."


@remembered_of_each
def debts_of(specification: Specification, pot: Pot) -> tuple[Duty, ...]:
    """The ways out that take what is overdue."""
    return tuple(one for one in pot.outflows if is_arrears(specification, one[1]))


def is_net(specification: Specification, pot: Pot, duty: Obligation) -> bool:
    """Whether it gives back what arrears leave, to who had paid it in."""
    back = duty.recipient or (pot.deposit.actor if duty.action in ("refund", "return") else None)
    rest = duty.amount is None and not is_arrears(specification, duty)
    return rest and back == pot.deposit.actor and bool(debts_of(specification, pot))


def series_of(specification: Specification, pot: Pot, debt: Obligation) -> Duty:
    """The payments that it speaks of.

    Raises:
        NotBuildable: there are none, or it is not clear how many are due at a moment.
    """
    payee = gains_of_arrears(debt)
    found = [
        one
        for one in duties(specification)
        if _is_counted(one[1])
        and loan_of(specification, one[1]) is None
        and (one[1].actor, one[1].recipient) == (pot.deposit.actor, payee)
        and one[1].asset == pot.deposit.asset
    ]
    words = specification.text[slice(*debt.span)]
    if len(found) != 1:
        raise NotBuildable(words, _UNKNOWN, hint=_HINT)
    for _, other in pot.outflows:
        if other.amount is not None:
            reason = "a fixed sum leaves the same deposit, of which arrears may leave less"
            raise NotBuildable(words, reason)
    return found[0]


def secured(specification: Specification, series: Duty) -> bool:
    """Whether some deposit can be used for what is overdue of these payments."""
    return any(
        series_of(specification, pot, debt) == series
        for pot in pots(specification)
        for _, debt in debts_of(specification, pot)
    )


def overdue(draft: Draft, series: Duty) -> tuple[Let, ...]:
    """Names for how much is overdue now; the last is `OVERDUE`."""
    duty, name = series[1], name_of(draft.specification, *series)
    count, covered = _count(draft, series), covered_of(draft, series)
    due, owed = Name("due"), Name("owed")
    unpaid = Binary("-", Binary("max", due, count), count)
    return (
        *payments_due(draft, name, duty),
        Let(owed.name, Binary("*", unpaid, sum_of(draft, series))),
        Let(OVERDUE.name, Binary("-", Binary("max", owed, covered), covered)),
    )


def counted_as_paid(draft: Draft, series: Duty, part: Expression) -> tuple[Let | Set, ...]:
    """That a part of a deposit has paid for it: whole payments, and what is left for the next."""
    towards, payments = Name("towards"), Name("payments")
    count, covered, each = _count(draft, series), covered_of(draft, series), sum_of(draft, series)
    return (
        Let(towards.name, Binary("+", covered, part)),
        Let(payments.name, Binary("/", towards, each)),
        Set(count.name, Binary("+", count, payments)),
        Set(covered.name, Binary("-", towards, Binary("*", payments, each))),
    )


def settled(draft: Draft, pot: Pot, rest: Expression) -> tuple[Statement, ...]:
    """What is overdue comes out of the rest, and counts as paid; `BACK` is what goes back."""
    series = _only_series(draft.specification, pot)
    return (
        *overdue(draft, series),
        Let(_TAKEN.name, Binary("min", OVERDUE, rest)),
        Let(BACK.name, Binary("-", rest, _TAKEN)),
        *counted_as_paid(draft, series, _TAKEN),
    )


def sent(draft: Draft, pot: Pot, recipient: Expression) -> tuple[Statement, ...]:
    """What is settled so, to whom it is owed and back."""
    series = _only_series(draft.specification, pot)
    asset = draft.asset(str(pot.deposit.asset)).name
    payee = Name(draft.party(str(series[1].recipient)))
    return tuple(
        If(Binary("!=", part, Number(0)), (Push(asset, who, part),))
        for part, who in ((_TAKEN, payee), (BACK, recipient))
    )


def _only_series(specification: Specification, pot: Pot) -> Duty:
    """What the debts are of, which is the same for all of them."""
    debts = debts_of(specification, pot)
    found = [series_of(specification, pot, one) for _, one in debts]
    if any(one != found[0] for one in found):
        words = specification.text[slice(*debts[0][1].span)]
        raise NotBuildable(words, "it is for the debts of more than one series of payments")
    return found[0]


def covered_of(draft: Draft, series: Duty) -> Name:
    """What a deposit has paid towards the next payment."""
    name = name_of(draft.specification, *series)
    return draft.variable(f"{name}Covered", text="what the deposit has paid towards the next")


def sum_of(draft: Draft, series: Duty) -> Name:
    """One payment of the series."""
    duty, name = series[1], name_of(draft.specification, *series)
    words = draft.specification.text[slice(*duty.span)]
    return draft.amount(f"{name} sum", str(duty.amount), str(duty.asset), words)


def _count(draft: Draft, series: Duty) -> Name:
    name = name_of(draft.specification, *series)
    return draft.variable(f"{name}Count", text="how often it was paid")


def _is_counted(duty: Obligation) -> bool:
    """Whether it follows from the time alone how many payments were due."""
    again = duty.action == "pay" and duty.modality == "must" and duty.recurrence is not None
    plain = duty.amount is not None and not duty.spread and duty.limit == "exact"
    if not again or not plain or is_late_fee(duty) or duty.share_of is not None:
        return False
    ends = any(one.comparator in ("<", "<=") for one in duty.conditions)
    dated = all(
        one.kind == "time" and one.subject is None and not is_duration(one.value or "P")
        for one in duty.conditions
    )
    named = duty.deadline_from or ""
    begins = named in PERIODS or re.match(r"\d{4}", named) is not None
    return dated and begins and (duty.occurrences is not None or not ends)
