"""The steps by which clauses complete each other: each adds what one tells of another."""

from __future__ import annotations

from collections.abc import Callable

from assay.authoring.checking.known_tokens import (
    with_divided_tokens,
    with_known_decimals,
    with_stated_decimals,
)
from assay.authoring.completing.accepted import with_accepted_things
from assay.authoring.completing.after_ending import (
    with_endings_first,
    with_own_notices,
    without_spent_waivers,
)
from assay.authoring.completing.confirmed import with_confirmed_things
from assay.authoring.completing.contributions import with_contributions
from assay.authoring.completing.deductions import with_deductions
from assay.authoring.completing.deemed import with_deemed_acts
from assay.authoring.completing.finished_work import with_finished_work
from assay.authoring.completing.income import with_income
from assay.authoring.completing.last_days import with_last_days
from assay.authoring.completing.named_sums import (
    with_held_payers,
    with_held_sums,
    with_named_sums,
)
from assay.authoring.completing.paid_in import with_paid_in_sums
from assay.authoring.completing.party_names import with_one_name_for_each_person
from assay.authoring.completing.payees import with_payees
from assay.authoring.completing.reported_lengths import with_counted_lengths
from assay.authoring.completing.rests import with_rests
from assay.authoring.completing.rungs import with_shared_spans
from assay.authoring.completing.series import with_counted_series
from assay.authoring.completing.token_names import with_one_name_each
from assay.authoring.completing.unanswered import with_unanswered
from assay.authoring.model import Specification

_STEPS: tuple[Callable[[Specification], Specification], ...] = (
    with_one_name_for_each_person,
    with_one_name_each,
    with_deemed_acts,
    with_finished_work,
    with_last_days,
    with_contributions,
    with_own_notices,
    with_endings_first,
    with_accepted_things,
    with_confirmed_things,
    with_unanswered,
    with_rests,
    with_income,
    with_divided_tokens,
    with_stated_decimals,
    with_counted_lengths,
    with_counted_series,
    with_known_decimals,
    with_payees,
    with_shared_spans,
    with_paid_in_sums,
    with_held_payers,
    with_held_sums,
    with_named_sums,
    with_deductions,
    without_spent_waivers,
)
"""What one clause tells of another, in the order in which they build on each other."""


def completed(specification: Specification) -> Specification:
    """Takes a specification through every step, in order."""
    for step in _STEPS:
        specification = step(specification)
    return specification
