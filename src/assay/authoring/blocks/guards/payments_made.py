"""Movements of money as acts: each has a name of its own and, where a clause waits for it, a time.

name_of(specification, index, duty)  # buyerDeposit, releaseToSeller, releaseToSeller2
done_at(draft, index, duty)          # when it happened; 0 while it has not
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.duties import MONEY_ACTIONS, Duty, duties, is_late_fee
from assay.authoring.blocks.clauses.prices import put_in
from assay.authoring.blocks.clauses.remembering import remembered_of_each
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.naming import capitalised, identifier
from assay.authoring.model import Act, Condition, Obligation, Specification
from assay.authoring.program.expressions import Binary, Name, Number
from assay.authoring.program.model import Require

SUBJECTS = {
    "delivery": "deliver",
    "receipt": "deliver",
    "completion": "perform",
    "acceptance": "accept",
    "rejection": "reject",
    "confirmation": "confirm",
    "inspection": "inspect",
    "notice": "notify",
    "deposit": "deposit",
    "payment": "pay",
    "return": "return",
    "交付": "deliver",
    "交货": "deliver",
    "收货": "deliver",
    "签收": "deliver",
    "发货": "deliver",
    "验收": "accept",
    "确认": "confirm",
    "拒收": "reject",
    "通知": "notify",
    "放款": "pay",
    "完工": "perform",
    "竣工": "perform",
    "完成": "perform",
    "存入": "deposit",
    "付款": "pay",
    "支付": "pay",
    "收到": "deliver",
}
"""Nouns that a span of time counts from, and the act that they mean."""

_INSTALMENTS = frozenset({"instalment", "installment", "分期款", "每期款项", "期款"})
_LENT = ("loan", "lend", "lent", "borrow", "借款", "贷款", "出借", "借给")
_ALL = (
    *("all ", "every ", "last ", "final ", "in full", "fully", "completely", "entire"),
    *("全部", "所有", "还清", "付清", "结清", "清偿", "最后一", "全额", "完毕"),
)
"""By these all payments of a series are meant, and not one of them."""

_PAYMENTS = frozenset({"pay", "deposit", "transfer", "lock"})


def act_of(subject: str) -> Act | None:
    """The act that a noun like `delivery of the goods` means."""
    words = subject.casefold()
    for noun, action in SUBJECTS.items():
        if noun in words:
            return Act(action=action)
    return None


def act_about(specification: Specification, subject: str, about: Act) -> Act | None:
    """The same, where what is spoken of is known: "accepted within 14 days of delivery"."""
    act = act_of(subject)
    if act is None or about.asset is None:
        return act
    fits = any(
        one.action == act.action and one.asset == about.asset
        for _, duty in duties(specification)
        for one in (duty, *duty.conditions)
    )
    return act.model_copy(update={"asset": about.asset}) if fits else act


def name_of(specification: Specification, index: int, duty: Obligation) -> str:
    """Of the function that carries it out; no two are the same."""
    wanted, before = _plain_name(duty), 0
    for other_index, other in duties(specification):
        if (other_index, other) == (index, duty):
            break
        before += _plain_name(other) == wanted
    return f"{wanted}{before + 1}" if before else wanted


@remembered_of_each
def meant(specification: Specification, act: Act) -> Duty | None:
    """The one movement of money that an act in a condition is; None where it is none.

    Two deposits with the same words are told apart by amount and asset only.
    """
    if act.action not in MONEY_ACTIONS | {"return"}:
        return None
    found = [
        (index, duty)
        for index, duty in duties(specification)
        if duty.modality != "must_not" and duty.limit == "exact" and _can_be(duty, act)
        # A price that is put into the contract is paid by that, and nobody is late with what
        # follows from being late.
        if not any(price == (index, duty) for price, _ in put_in(specification))
        if act not in duty.conditions
    ]
    if act.action == "return":
        # What is lent may be a thing, too: only a sum that somebody owes is a payment.
        found = [one for one in found if _is_owed(specification, one[1])]
    exact = [one for one in found if one[1].action == act.action]
    chosen = exact or found
    if act.asset in _INSTALMENTS:
        chosen = [one for one in found if one[1].recurrence is not None] or chosen
    if len(chosen) > 1 and act.asset is not None:
        # "The rent" is the payment whose clause says rent and how much it is.
        chosen = [
            one
            for one in chosen
            if one[1].amount is not None and _says(specification, one[1], act.asset)
        ]
    return chosen[0] if len(chosen) == 1 else None


@remembered_of_each
def whole_series(specification: Specification, act: Condition) -> Duty | None:
    """The payments that are all meant: "once all instalments are paid", "the loan is repaid"."""
    paid = meant(specification, act)
    if act.kind != "event" or act.negated or act.value is not None or paid is None:
        return None
    series = paid[1].recurrence is not None and paid[1].occurrences is not None
    words = act.text.casefold()
    every = act.action == "return" or any(one in words for one in _ALL)
    return paid if series and every and not is_late_fee(paid[1]) else None


def loan_of(specification: Specification, series: Obligation) -> Duty | None:
    """The one sum that a series, or one payment, pays back: nobody is late with what was never
    lent."""
    if series.recurrence is None and (series.action != "return" or series.amount is None):
        return None
    if series.recipient is None or series.actor == "contract" or is_late_fee(series):
        return None
    words = specification.text.casefold()
    if series.action != "return" and not any(one in words for one in _LENT):
        return None
    found = [
        (index, one)
        for index, one in duties(specification)
        if one.action == "pay"
        and (one.actor, one.recipient) == (series.recipient, series.actor)
        and one.recurrence is None
        and one.amount is not None
        and one.modality == "must"
        and not is_late_fee(one)
    ]
    return found[0] if len(found) == 1 else None


def lent_before(specification: Specification, breach: Act) -> Obligation | None:
    """What has to be lent before anybody can be late with paying it back."""
    paid = meant(specification, breach)
    loan = loan_of(specification, paid[1]) if paid is not None else None
    return loan[1] if loan is not None else None


def lent(draft: Draft, repayment: Obligation | None) -> list[Require]:
    """That what is paid back was lent; nothing where it is no loan."""
    loan = loan_of(draft.specification, repayment) if repayment is not None else None
    if loan is None:
        return []
    return [Require(Binary("!=", done_at(draft, *loan), Number(0)), "NotDone")]


def _is_owed(specification: Specification, duty: Obligation) -> bool:
    kinds = {one.name: one.kind for one in specification.assets}
    token = kinds.get(duty.asset or "") in ("token", "native")
    return token and duty.amount is not None and duty.actor not in (None, "contract")


def is_awaited(specification: Specification, index: int, duty: Obligation) -> bool:
    """Whether a clause waits for this movement, or counts time from it."""
    for _, other in duties(specification):
        if loan_of(specification, other) == (index, duty):
            return True
        spoken = [act_of(other.deadline_from)] if other.deadline_from else []
        for condition in other.conditions:
            if condition.kind in ("event", "breach"):
                spoken.append(condition)
            if condition.subject:
                spoken.append(act_of(condition.subject))
        if any(act is not None and meant(specification, act) == (index, duty) for act in spoken):
            return True
    return False


def done_at(draft: Draft, index: int, duty: Obligation) -> Name:
    """The variable that holds when it happened."""
    return draft.variable(f"{name_of(draft.specification, index, duty)}At")


def _can_be(duty: Obligation, act: Act) -> bool:
    kinds = act.action == duty.action or {act.action, duty.action} <= _PAYMENTS
    # What is owed is given back, and that is a payment.
    owed = duty.amount is not None and duty.actor != "contract"
    owed = owed and (duty.occurrences is not None or duty.deadline is not None)
    kinds = kinds or (duty.action == "return" and act.action == "pay" and owed)
    amounts = act.amount is None or (act.amount, act.asset) == (duty.amount, duty.asset)
    people = act.actor is None or duty.actor == act.actor
    late_fee = (duty.asset == "%" or is_late_fee(duty)) and act.asset != "%"
    return kinds and amounts and people and not late_fee


def _says(specification: Specification, duty: Obligation, noun: str) -> bool:
    return noun.casefold() in specification.text[slice(*duty.span)].casefold()


def _plain_name(duty: Obligation) -> str:
    if duty.action == "claim" and duty.recipient not in (None, "contract"):
        # What one party demands of another is done by the other.
        payer, payee = identifier(str(duty.recipient)), identifier(str(duty.actor))
        return f"{payer}RepayTo{capitalised(payee)}"
    words = [] if duty.actor in (None, "contract") else [identifier(duty.actor or "")]
    words.append(duty.action or "act")
    if duty.recipient not in (None, "contract"):
        words += ["to", identifier(duty.recipient or "")]
    return identifier(" ".join(words), "act")
