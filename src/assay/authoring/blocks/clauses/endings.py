"""What an end of the whole agreement ends: its payments, and how long notice is given of it.

"Either party may terminate on 30 days' notice" is one act: to give notice, which fixes the end 30
days later. Payments for each period stop with it; what pays back a loan, or a price in parts, is
owed whoever ends what.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.duties import Duty, duties, is_late_fee
from assay.authoring.blocks.clauses.remembering import remembered_of_each
from assay.authoring.blocks.clauses.rights import notice_of, rights_to
from assay.authoring.blocks.clauses.several import NOT_ONE, is_right_to_end
from assay.authoring.blocks.clauses.sums import is_moved
from assay.authoring.model import Act, Condition, Obligation, Specification

_AGREEMENTS = frozenset(
    {"agreement", "contract", "lease", "tenancy", "rental", "rent", "subscription", "service"}
    | {"services", "membership", "plan", "retainer", "engagement", "employment", "arrangement"}
    | {"hire", "letting", "deal", "term"}
)
_AGREEMENTS_CHINESE = (
    *(
        "合同",
        "协议",
        "租约",
        "租赁",
        "服务",
        "订阅",
        "合约",
        "会员",
        "聘用",
        "雇佣",
        "合作",
        "租期",
    ),
)
_LOANS = ("loan", "lend", "lent", "borrow", "借款", "贷款", "出借", "借给")
"""An agreement with one of these may be about money that is owed whoever ends it."""

_OWED_ANYWAY = (
    *("repay", "instalment", "installment", "interest"),
    *("还款", "归还", "偿还", "分期", "利息"),
)
"""By these a payment is for what was had before, and not for a period."""


@remembered_of_each
def on_grounds(duty: Obligation) -> Obligation:
    """A right to end with what it depends on beside the notice; anything else as it is."""
    notice = notice_of(duty)
    if notice is None:
        return duty
    conditions = tuple(one for one in duty.conditions if one is not notice)
    return duty.model_copy(update={"conditions": conditions})


def notice_period(duty: Obligation) -> str | None:
    """How long after it is used the end comes; None where it comes at once."""
    notice = notice_of(duty)
    return notice.value if notice is not None else None


def gives_notice(specification: Specification, act: Act) -> bool:
    """Whether the end that an act means may come some time after it was made known."""
    return any(notice_period(right) is not None for _, right in rights_to(specification, act))


def can_be_ended(specification: Specification, act: Condition, party: str | None) -> bool:
    """Whether a party can always bring about the end that an act means, by itself."""
    return (
        not act.negated
        and act.value is None
        and any(
            right.actor == party and not on_grounds(right).conditions and right.deadline is None
            for _, right in rights_to(specification, act)
        )
    )


def ends_all(duty: Obligation) -> bool:
    """Whether a right is to end the whole agreement, and not an order or a part of it."""
    if not is_right_to_end(duty):
        return False
    words = (duty.asset or "agreement").casefold()
    ends = any(one in words for one in _AGREEMENTS_CHINESE)
    return ends or words.split(" ")[-1] in _AGREEMENTS


def for_periods(specification: Specification) -> tuple[Duty, ...]:
    """Payments by one party to another for each period, which nobody owes after the end."""
    if any(one in specification.text.casefold() for one in _LOANS):
        return ()
    found = []
    for index, duty in duties(specification):
        people = (duty.actor, duty.recipient)
        paid = duty.action == "pay" and duty.modality == "must" and duty.limit == "exact"
        plain = paid and duty.recurrence is not None and not duty.spread
        if not plain or None in people or {"contract", *NOT_ONE} & set(people):
            continue
        words = specification.text[slice(*duty.span)].casefold()
        owed_anyway = any(one in words for one in _OWED_ANYWAY)
        known = duty.amount is not None and duty.share_of is None
        if known and not owed_anyway and not is_late_fee(duty):
            found += [(index, duty)] if is_moved(specification, duty.asset) else []
    return tuple(found)
