"""Deductions whose sum the contract knows: "the deposit is returned less any unpaid rent".

    with_deductions(specification)   # one obligation more, and one question less

How much is deducted and who says so is asked, unless it is what is overdue of payments that go
through the contract: then time and payments tell.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.sums import Pot, is_arrears
from assay.authoring.blocks.clauses.sums import pots as pots_of
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.held.arrears import series_of
from assay.authoring.model import Obligation, Question, Specification

_JOINING = ("及", "和", "与", "、", "或")
"""Behind these something else is deducted, of which the contract knows no sum."""

KIND = "deduction"
_COMMA = 2
"""Between a clause and what is deducted from it."""

_RETURNING = frozenset({"return", "refund", "release", "pay", "transfer"})


def with_deductions(specification: Specification) -> Specification:
    """The same, with what is overdue taken out before a deposit goes back."""
    specification = _with_takers(specification)
    for question in specification.questions:
        if question.kind == KIND and (debt := _debt(specification, question)) is not None:
            left = tuple(one for one in specification.questions if one != question)
            obligations = (*specification.obligations, debt)
            update = {"obligations": obligations, "questions": left}
            specification = specification.model_copy(update=update)
    return specification


def _debt(specification: Specification, question: Question) -> Obligation | None:
    """To whom the contract pays what is overdue, where a clause orders those payments."""
    start, end = question.span or (0, 0)
    if any(one in specification.text[start:end] for one in _JOINING):
        return None
    for pot in pots_of(specification):
        for _, duty in pot.outflows:
            beside = duty.span[0] <= start <= duty.span[1] + _COMMA
            back = beside and duty.amount is None and duty.action in _RETURNING
            if not back or duty.recipient not in (None, pot.deposit.actor):
                continue
            for payee in _payees(specification, pot):
                debt = Obligation(
                    actor="contract",
                    modality="must",
                    action="pay",
                    asset="rent",
                    recipient=payee,
                    conditions=duty.conditions,
                    span=(start, end),
                    clause=duty.clause,
                )
                if _is_known(specification, pot, debt):
                    return debt
    return None


def _with_takers(specification: Specification) -> Specification:
    """The same, where unpaid rent is deducted by nobody who is named: by whom it is owed to."""
    obligations = list(specification.obligations)
    for pot in pots_of(specification):
        payees = _payees(specification, pot)
        for index, duty in enumerate(obligations):
            if duty.action != "keep" or duty.actor not in (None, "contract") or len(payees) != 1:
                continue
            taken = duty.model_copy(update={"actor": payees[0]})
            if _is_known(specification, pot, taken):
                obligations[index] = taken
    return specification.model_copy(update={"obligations": tuple(obligations)})


def _payees(specification: Specification, pot: Pot) -> tuple[str, ...]:
    """Whom the depositor pays again and again."""
    names = (
        one.recipient
        for one in specification.obligations
        if one.recurrence is not None and one.actor == pot.deposit.actor
    )
    return tuple(dict.fromkeys(name for name in names if name not in (None, "contract")))


def _is_known(specification: Specification, pot: Pot, debt: Obligation) -> bool:
    if not is_arrears(specification, debt):
        return False
    try:
        series_of(specification, pot, debt)
    except NotBuildable:
        return False
    return True
