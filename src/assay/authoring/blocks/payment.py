"""Payments from one party straight to another: once, in instalments, or for each period.

The payer calls, the money goes to the recipient in the same call, and nothing is held. A payment is
refused after its deadline, unless a clause says what lateness costs: then it brings the fee along.
"""

from __future__ import annotations

from dataclasses import dataclass

from assay.authoring.blocks.clauses.duties import Duty, duties, is_late_fee
from assay.authoring.blocks.clauses.prices import part_of, put_in
from assay.authoring.blocks.clauses.remembering import remembered
from assay.authoring.blocks.clauses.several import NOT_ONE
from assay.authoring.blocks.clauses.sums import base_of, is_moved, pots, share_units
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.checks import guards
from assay.authoring.blocks.guards.payments_made import done_at, name_of
from assay.authoring.blocks.guards.periods import begun, payment_due, period_begins
from assay.authoring.blocks.guards.series import owed_at
from assay.authoring.blocks.guards.timing import act_time, broken_after, due_at
from assay.authoring.blocks.held.arrears import covered_of, secured
from assay.authoring.blocks.held.keeping import limited
from assay.authoring.blocks.held.penalties import (
    asset_of,
    fee,
    fees_for,
    is_cap,
    is_flat_fee,
    late_by,
    late_from,
)
from assay.authoring.blocks.held.redeeming import redeemable
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.naming import capitalised
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.expressions import Binary, Caller, Expression, Name, Now, Number
from assay.authoring.program.model import Emit, Function, Let, Pass, Require, Set, Statement

_PAYING = frozenset({"pay", "transfer", "refund", "return"})
_GIVING_BACK = frozenset({"refund", "return"})
"""Never refused for coming late, which would harm the other side."""


class Payment:
    """Takes a payment from its payer to its recipient."""

    name = "payment"
    text = (
        "Payments between two parties: once, by a deadline, in instalments or for each period, "
        "upon conditions, with a fee for delay."
    )

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """Every payment with its fees; a fee for another delay is a payment too."""
        found: dict[int, Claim] = {}
        taken: set[int] = set()
        for index, duty in duties(specification):
            if not is_payment(specification, index, duty):
                continue
            fees = {number for number, _ in fees_for(specification, duty)}
            caps = _caps(specification) if fees or is_late_fee(duty) else set()
            wanted = {index, *fees, *caps, *_debts(specification, duty)}
            if wanted <= free and index not in taken:
                found[index] = Claim(self.name, tuple(sorted(wanted)))
                taken |= wanted
        return tuple(found.values())

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """A function for each payment of the claim."""
        kept: list[tuple[int, str]] = []
        for index, duty in duties(draft.specification):
            if index in claim.obligations and is_payment(draft.specification, index, duty):
                name = _Paid(draft, index, duty).add()
                fees = {number for number, _ in fees_for(draft.specification, duty)}
                debts = _debts(draft.specification, duty)
                kept += [(number, name) for number in sorted({index, *fees, *debts})]
        caps = _caps(draft.specification) & set(claim.obligations)
        return (*kept, *((cap, kept[-1][1]) for cap in sorted(caps)))


def is_payment(specification: Specification, index: int, duty: Obligation) -> bool:
    """Whether one party pays another a sum that is known, by its own means."""
    people = (duty.actor, duty.recipient)
    if duty.action not in _PAYING or duty.modality == "must_not" or None in people:
        return False
    if "contract" in people or set(people) & NOT_ONE or duty.limit != "exact":
        return False
    held = duty.amount is None or _is_held(specification, index, duty)
    held = held or is_flat_fee(specification, duty)
    if held or any(duty in _debt_of(specification, one) for _, one in duties(specification)):
        return False
    if is_late_fee(duty) and (duty.asset == "%" or is_moved(specification, duty.asset)):
        # A payment brings the fee for its own lateness with it.
        return not any(
            (index, duty) in fees_for(specification, other)
            for _, other in duties(specification)
            if is_payment_plain(other) and is_moved(specification, other.asset)
        )
    if duty.asset == "%":
        return duty.recurrence is None and not duty.spread
    return is_moved(specification, duty.asset) and duty.share_of is None


def _debt_of(specification: Specification, duty: Obligation) -> tuple[Obligation, ...]:
    """That a sum is owed at all, where other clauses say how it is paid, or paid back."""
    if duty.action == "pay":
        return part_of(specification, duty)
    if duty.action in ("deposit", "lock"):
        return tuple(price for (_, price), put in put_in(specification) if put[1] == duty)
    if duty.action != "return" or duty.amount is None:
        return ()
    bare = {"deadline": None, "recurrence": None, "conditions": (), "modality": "must"}
    same_ = ("actor", "recipient", "amount", "asset")
    return tuple(
        one
        for _, one in duties(specification)
        if one.action == "pay"
        and all(getattr(one, name) == value for name, value in bare.items())
        and all(getattr(one, name) == getattr(duty, name) for name in same_)
    )


def _debts(specification: Specification, duty: Obligation) -> set[int]:
    owed = _debt_of(specification, duty)
    return {index for index, one in duties(specification) if one in owed}


def is_payment_plain(duty: Obligation) -> bool:
    """Whether it is a payment of an amount, and no share."""
    fee_or_share = duty.asset == "%" or is_late_fee(duty)
    return duty.action in _PAYING and not fee_or_share and duty.recipient != "contract"


def _is_held(specification: Specification, index: int, duty: Obligation) -> bool:
    return any(
        (index, duty) in pot.outflows or (pot.index == index and pot.deposit == duty)
        for pot in pots(specification)
    )


def _caps(specification: Specification) -> set[int]:
    return {index for index, duty in duties(specification) if is_cap(specification, duty)}


@dataclass(frozen=True)
class _Paid:
    """One payment while it is put into a draft."""

    draft: Draft
    index: int
    duty: Obligation

    def add(self) -> str:
        draft, duty = self.draft, self.duty
        wanted = name_of(draft.specification, self.index, duty)
        name = draft.function_name(wanted)
        again = duty.recurrence is not None and not is_late_fee(duty)
        asset, amount, before = self._again(wanted) if again else self._once(wanted)
        recipient = Name(draft.party(str(duty.recipient)))
        values = (("payer", Caller()), ("amount", Name("amount")))
        part = limited(draft, self.index, duty, amount)
        body = (
            *before[0],
            *part.asked,
            Let("amount", part.amount),
            *part.changed,
            *before[1],
            Emit(capitalised(f"{name}Done"), values),
            Pass(draft.asset(asset).name, recipient, Name("amount")),
        )
        clauses = (duty.clause,) if duty.clause else ()
        caller = (draft.party(str(duty.actor)),)
        draft.add(Function(name, body, callers=caller, clauses=clauses, text=self._words))
        return name

    @property
    def _words(self) -> str:
        return self.draft.specification.text[slice(*self.duty.span)]

    def _once(self, wanted: str) -> tuple[str, Expression, tuple[list[Statement], list[Statement]]]:
        """The asset, the amount, and what is asked before and changed after it is computed."""
        draft, duty = self.draft, self.duty
        at = done_at(draft, self.index, duty)
        asked: list[Statement] = [Require(Binary("==", at, Number(0)), "PaidAlready")]
        changed: list[Statement] = [Set(at.name, Now())]
        if is_late_fee(duty):
            asset, amount, conditions = self._fee(wanted)
            return asset, amount, ([*asked, *conditions], changed)
        asset, amount = self._sum(wanted)
        asked += [*guards(draft, duty, wanted), *redeemable(draft, duty)]
        due = due_at(draft, duty)
        fees = fees_for(draft.specification, duty)
        if due is not None and fees:
            for _, late_fee in fees:
                self._same_payee(late_fee, asset)
                amount = Binary("+", amount, fee(draft, late_fee, wanted, late_by(Now(), due)))
        elif due is not None and duty.action not in _GIVING_BACK:
            asked.append(Require(Binary("<=", Now(), due), "TooLate", (Now(), due)))
        elif fees:
            raise NotBuildable(self._words, "by when it is to be paid is not said")
        return asset, amount, (asked, changed)

    def _sum(self, wanted: str) -> tuple[str, Expression]:
        draft, duty = self.draft, self.duty
        if duty.asset != "%":
            asset = str(duty.asset)
            return asset, draft.amount(f"{wanted} sum", str(duty.amount), asset, self._words)
        base = base_of(draft.specification, duty.share_of, duty)
        whole = int(base.amount.scaleb(draft.asset(base.asset).decimals))
        units = share_units(str(duty.amount), whole)
        return base.asset, draft.units(f"{wanted} sum", units, base.asset, self._words)

    def _fee(self, wanted: str) -> tuple[str, Expression, list[Statement]]:
        """The fee for a delay of something that is no payment: once it was done, late."""
        draft = self.draft
        (breach,) = (one for one in self.duty.conditions if one.kind == "breach")
        others = tuple(one for one in self.duty.conditions if one is not breach)
        at, due = act_time(draft, breach, breach.text), broken_after(draft, breach)
        asked: list[Statement] = [
            Require(Binary(">", at, due), "NotLate", (at, due)),
            *guards(draft, self.duty.model_copy(update={"conditions": others}), wanted),
        ]
        asset = asset_of(draft.specification, self.duty)
        return asset, fee(draft, self.duty, wanted, late_by(at, due)), asked

    def _same_payee(self, late_fee: Obligation, asset: str) -> None:
        if asset_of(self.draft.specification, late_fee) != asset:
            raise NotBuildable(self._words, f"the fee for lateness is not paid in {asset}")
        if late_fee.recipient not in (None, self.duty.recipient):
            raise NotBuildable(self._words, "the fee for lateness goes to somebody else")

    def _again(
        self, wanted: str
    ) -> tuple[str, Expression, tuple[list[Statement], list[Statement]]]:
        """One payment for each period that has begun; of a total, what the shares come to."""
        draft, duty = self.draft, self.duty
        if duty.asset == "%":
            raise NotBuildable(self._words, "a share cannot fall due again and again")
        asset = str(duty.asset)
        total = draft.amount(f"{wanted} sum", str(duty.amount), asset, self._words)
        count = draft.variable(f"{wanted}Count", text="how often it was paid")
        begins = period_begins(draft, wanted, duty, count)
        asked: list[Statement] = [*guards(draft, duty, wanted)]
        asked += [one for one in redeemable(draft, duty) if one not in asked]
        asked += [one for one in begun(draft, duty) if one not in asked]
        amount: Expression = total
        if duty.occurrences is not None:
            times = draft.count(f"{wanted} times", duty.occurrences, self._words)
            asked.append(Require(Binary("<", count, times), "PaidAlready"))
            if duty.spread:
                # Telescoping: the shares come to exactly the total, whatever is rounded.
                upto = Binary("/", Binary("*", total, Binary("+", count, Number(1))), times)
                amount = Binary("-", upto, Binary("/", Binary("*", total, count), times))
        elif duty.spread:
            raise NotBuildable(self._words, "in how many parts it is paid is not said")
        asked.append(Require(Binary(">=", Now(), begins), "TooEarly", (Now(), begins)))
        asked += owed_at(draft, (self.index, duty), count)
        changed: list[Statement] = [Set(count.name, Binary("+", count, Number(1)))]
        if secured(draft.specification, (self.index, duty)):
            covered = covered_of(draft, (self.index, duty))
            amount = Binary("-", amount, covered)
            changed.append(Set(covered.name, Number(0)))
        for _, late_fee in fees_for(draft.specification, duty):
            self._same_payee(late_fee, asset)
            due = payment_due(draft, wanted, duty, count)
            late = late_by(Now(), late_from(draft, late_fee, due))
            amount = Binary("+", amount, fee(draft, late_fee, wanted, late))
        return asset, amount, (asked, changed)


@remembered
def payments(specification: Specification) -> tuple[Duty, ...]:
    """All duties that this block carries out."""
    return tuple(one for one in duties(specification) if is_payment(specification, *one))
