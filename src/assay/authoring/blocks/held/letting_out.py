"""The functions of one pot: to pay it in, and one for each way out.

HeldPot(draft, pot).add()   # ((0, "buyerDeposit"), (2, "releaseToSeller"))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial, reduce

from assay.authoring.blocks.clauses.duties import Duty, duties, is_late_fee
from assay.authoring.blocks.clauses.prices import put_in
from assay.authoring.blocks.clauses.sums import Pot
from assay.authoring.blocks.clauses.waiting import waits_out
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.checks import guards
from assay.authoring.blocks.guards.lapsing import in_time
from assay.authoring.blocks.guards.payments_made import done_at, is_awaited, name_of
from assay.authoring.blocks.guards.timing import act_time, broken_after, due_at
from assay.authoring.blocks.held.arrears import (
    BACK,
    OVERDUE,
    counted_as_paid,
    debts_of,
    is_net,
    overdue,
    sent,
    series_of,
    settled,
)
from assay.authoring.blocks.held.counting import is_counted, received
from assay.authoring.blocks.held.freed import freed
from assay.authoring.blocks.held.keeping import limited, spelt_out
from assay.authoring.blocks.held.payees import callers_of, recipient_of
from assay.authoring.blocks.held.penalties import fee, fees_for, is_cap, late_by
from assay.authoring.blocks.held.precedence import (
    as_agreed,
    come_first,
    earned_first,
    refuse_taken_before,
)
from assay.authoring.blocks.held.redeeming import ends_series
from assay.authoring.blocks.held.shares import fixed_part
from assay.authoring.blocks.held.ways_out import open_case
from assay.authoring.blocks.moments import is_duration
from assay.authoring.blocks.naming import capitalised
from assay.authoring.model import Condition, Obligation, Specification
from assay.authoring.program.expressions import (
    Binary,
    Caller,
    Expression,
    Held,
    Name,
    Not,
    Now,
    Number,
    Truth,
    Type,
)
from assay.authoring.program.model import (
    Emit,
    Function,
    Invariant,
    Let,
    Pull,
    Push,
    Require,
    Set,
    Statement,
)


def caps_of(specification: Specification, pot: Pot) -> tuple[int, ...]:
    """What bounds the fees for a delay that are taken out of it."""
    if not any(is_late_fee(duty) for _, duty in pot.outflows):
        return ()
    return tuple(index for index, one in duties(specification) if is_cap(specification, one))


def prices_of(specification: Specification, pot: Pot) -> tuple[Duty, ...]:
    """The price that is paid by paying it in."""
    put = (pot.index, pot.deposit)
    return tuple(price for price, deposit in put_in(specification) if deposit == put)


@dataclass(frozen=True)
class HeldPot:
    """One pot while it is put into a draft."""

    draft: Draft
    pot: Pot

    def add(self) -> tuple[tuple[int, str], ...]:
        never = open_case(self.draft.specification, self.pot)
        if never is not None:
            told = ", ".join(f"{name}: {fact}" for name, fact in never)
            reason = f"money stays for ever in this case: {told or 'nobody lets it out'}"
            raise NotBuildable(self._words(self.pot.deposit), reason)
        refuse_taken_before(self.draft.specification, self.pot)
        taken = self._take()
        priced = prices_of(self.draft.specification, self.pot)
        kept = [(index, taken) for index in (self.pot.index, *(index for index, _ in priced))]
        for index, duty in self.pot.outflows:
            fee_ = is_late_fee(duty)
            debt = (index, duty) in self._debts()
            name = (
                self._let_out_fee(index, duty)
                if fee_
                else self._let_out_debt(index, duty)
                if debt
                else self._let_out(index, duty)
            )
            kept.append((index, name))
            kept += [(cap, name) for cap in caps_of(self.draft.specification, self.pot) if fee_]
        asset = self.draft.asset(self._asset).name
        name = f"{capitalised(self._name)}Covered"
        self.draft.keep(Invariant(name, self._covered(asset), "what is held is there"))
        return tuple(kept)

    @property
    def _asset(self) -> str:
        return str(self.pot.deposit.asset)

    @property
    def _name(self) -> str:
        return name_of(self.draft.specification, self.pot.index, self.pot.deposit)

    @property
    def _total(self) -> Name:
        text = self._words(self.pot.deposit)
        return self.draft.amount(
            f"{self._name} sum", str(self.pot.deposit.amount), self._asset, text
        )

    @property
    def _in_parts(self) -> bool:
        whole = {None, self.pot.deposit.amount}
        parts = (duty.asset == "%" or duty.amount not in whole for _, duty in self.pot.outflows)
        return bool(self._debts()) or any(parts)

    @property
    def _is_timed(self) -> bool:
        return is_awaited(self.draft.specification, self.pot.index, self.pot.deposit)

    def _made(self) -> Name:
        return self.draft.variable(f"{self._name}Made", Type.TRUTH, text="whether it was paid in")

    def _settled(self) -> Name:
        return self.draft.variable(f"{self._name}Settled", Type.TRUTH, text="whether all is out")

    def _left(self) -> Name:
        return self.draft.variable(f"{self._name}Held", text="what is still held")

    def _covered(self, asset: str) -> Expression:
        if self._in_parts:
            return Binary(">=", Held(asset), self._left())
        out = Binary("or", Not(self._made()), self._settled())
        return Binary("or", out, Binary(">=", Held(asset), self._total))

    def _take(self) -> str:
        draft, duty = self.draft, self.pot.deposit
        name = draft.function_name(self._name)
        body: list[Statement] = [Require(Not(self._made()), "PaidAlready")]
        body += guards(draft, duty, self._name)
        due = due_at(draft, duty)
        if due is not None and duty.action != "lock" and not self._may_be_late():
            body.append(Require(Binary("<=", Now(), due), "TooLate", (Now(), due)))
        body.append(Set(self._made().name, Truth(value=True)))
        if self._in_parts:
            body.append(Set(self._left().name, self._total))
        if self._is_timed:
            body.append(Set(done_at(draft, self.pot.index, duty).name, Now()))
        body.append(
            Emit(capitalised(f"{name}Paid"), (("payer", Caller()), ("amount", self._total)))
        )
        body.append(Pull(draft.asset(self._asset).name, self._total))
        self._function(name, body, (draft.party(str(duty.actor)),), duty)
        return name

    def _may_be_late(self) -> bool:
        return bool(fees_for(self.draft.specification, self.pot.deposit))

    def _let_out(self, index: int, duty: Obligation) -> str:
        draft = self.draft
        wanted = name_of(draft.specification, index, duty)
        name = draft.function_name(wanted)
        recipient = Name(draft.party(recipient_of(draft.specification, self.pot, duty)))
        needed = self._needed(index, duty)
        net = is_net(draft.specification, self.pot, duty)
        body: list[Statement] = [*needed, *self._others_first(duty, needed)]
        amount, changes = self._part(index, duty)
        body += changes
        if net:
            body += settled(draft, self.pot, amount)
            amount = BACK
        awaited = is_awaited(draft.specification, index, duty)
        if awaited or ends_series(draft.specification, (index, duty)):
            body.append(Set(done_at(draft, index, duty).name, Now()))
        if is_counted(draft.specification, recipient_of(draft.specification, self.pot, duty)):
            counted = received(draft, recipient_of(draft.specification, self.pot, duty))
            body.append(Set(counted.name, Binary("+", counted, amount)))
        values = (("recipient", recipient), ("amount", amount))
        body.append(Emit(capitalised(f"{name}Done"), values))
        if net:
            body += sent(draft, self.pot, recipient)
        else:
            body.append(Push(draft.asset(self._asset).name, recipient, amount))
        callers = callers_of(draft, duty)
        self._function(name, body, callers, duty)
        return name

    def _let_out_debt(self, index: int, duty: Obligation) -> str:
        """What is overdue, as much of it as is still held; as often as something is."""
        draft, left, part = self.draft, self._left(), Name("part")
        wanted = name_of(draft.specification, index, duty)
        name = draft.function_name(wanted)
        series = series_of(draft.specification, self.pot, duty)
        recipient = Name(draft.party(str(series[1].recipient)))
        body: list[Statement] = [
            *self._guards(duty, wanted),
            *self._dated(duty),
            *overdue(draft, series),
            Let(part.name, Binary("min", OVERDUE, left)),
            Require(Binary("!=", part, Number(0)), "NothingOwed"),
            Set(left.name, Binary("-", left, part)),
            *counted_as_paid(draft, series, part),
            Emit(capitalised(f"{name}Done"), (("recipient", recipient), ("amount", part))),
            Push(draft.asset(self._asset).name, recipient, part),
        ]
        callers = callers_of(draft, duty)
        self._function(name, body, callers, duty)
        return name

    def _debts(self) -> tuple[Duty, ...]:
        return debts_of(self.draft.specification, self.pot)

    def _let_out_fee(self, index: int, duty: Obligation) -> str:
        """What a delay costs out of what is held, once what was late is done."""
        draft = self.draft
        wanted = name_of(draft.specification, index, duty)
        name = draft.function_name(wanted)
        recipient, left, part = (
            Name(draft.party(recipient_of(draft.specification, self.pot, duty))),
            self._left(),
            Name("part"),
        )
        breach, at, due = self._delay(duty)
        others = tuple(one for one in duty.conditions if one is not breach)
        owed = fee(draft, duty, wanted, late_by(at, due))
        body: list[Statement] = [
            Require(Not(self._paid(index, duty)), "PaidAlready"),
            Require(Binary(">", at, due), "NotLate", (at, due)),
            *self._guards(duty.model_copy(update={"conditions": others}), wanted),
            Let(part.name, Binary("min", owed, left)),
            Require(Binary("!=", part, Number(0)), "NothingHeld"),
            Set(self._paid(index, duty).name, Truth(value=True)),
            Set(left.name, Binary("-", left, part)),
            Emit(capitalised(f"{name}Done"), (("recipient", recipient), ("amount", part))),
            Push(draft.asset(self._asset).name, recipient, part),
        ]
        self._function(name, body, (), duty)
        return name

    def _delay(self, duty: Obligation) -> tuple[Condition, Name, Expression]:
        """What is late, when it was done, and when it was due."""
        breach = next(one for one in duty.conditions if one.kind == "breach")
        at = act_time(self.draft, breach, breach.text)
        return breach, at, broken_after(self.draft, breach)

    def _fees_first(self) -> list[Require]:
        """Nothing else goes out before what a delay has cost, once that is known."""
        found: list[Require] = []
        for index, duty in self.pot.outflows:
            if is_late_fee(duty):
                _, at, due = self._delay(duty)
                settled = Binary("or", Binary("<=", at, due), self._paid(index, duty))
                found.append(Require(settled, "FeeUnpaid"))
        return found

    def _needed(self, index: int, duty: Obligation) -> list[Statement]:
        """All that has to be so for it to be let out."""
        agreed = as_agreed(self.pot, (index, duty))
        wanted = name_of(self.draft.specification, index, agreed)
        conditions: list[Statement] = [*self._once(index, agreed), *self._guards(duty, wanted)]
        dated = [*conditions, *self._in_time(agreed, duty), *self._dated(agreed)]
        return [*freed(self.draft, self.pot, agreed, dated), *self._fees_first()]

    def _others_first(self, duty: Obligation, needed: Sequence[Statement]) -> list[Require]:
        """That nothing else is due before it."""
        specification = self.draft.specification
        earned = earned_first(specification, self.pot, duty)
        others = dict.fromkeys((*come_first(specification, self.pot, duty), *earned))
        due = (self._is_due(one, needed, earned=one in earned) for one in others)
        return [Require(Not(one), "OtherDue") for one in due]

    def _is_due(self, other: Duty, known: Sequence[Statement], *, earned: bool) -> Expression:
        """Whether another could be let out by whoever may, beside what is known to hold; where it
        is `earned`, it is only a matter of time when."""
        own = [
            one
            for one in self._needed(*other)
            if one not in known
            if not (earned and isinstance(one, Require) and one.error == "TooEarly")
        ] or known
        first, *rest = spelt_out(own)
        return reduce(partial(Binary, "and"), rest, first)

    def _guards(self, duty: Obligation, wanted: str) -> list[Require]:
        """Its conditions, but that the deposit was made, which holds wherever money is held."""
        found = guards(self.draft, duty, wanted)
        if not self._is_timed:
            return list(found)
        at = done_at(self.draft, self.pot.index, self.pot.deposit)
        return [one for one in found if one.condition != Binary("!=", at, Number(0))]

    def _once(self, index: int, duty: Obligation) -> list[Statement]:
        if not self._in_parts:
            held = Binary("and", self._made(), Not(self._settled()))
            return [Require(held, "NothingHeld")]
        if duty.amount is None:
            return [Require(Binary(">", self._left(), Number(0)), "NothingHeld")]
        part = limited(self.draft, index, duty, fixed_part(self.draft, self.pot, index, duty))
        return [
            Require(Not(self._paid(index, duty)), "PaidAlready"),
            *part.asked,
            Require(Binary(">=", self._left(), part.amount), "NothingHeld"),
        ]

    def _paid(self, index: int, duty: Obligation) -> Name:
        name = name_of(self.draft.specification, index, duty)
        return self.draft.variable(f"{name}Paid", Type.TRUTH, text="whether it was paid")

    def _part(self, index: int, duty: Obligation) -> tuple[Expression, list[Statement]]:
        """How much goes out, and what changes before it does."""
        if not self._in_parts:
            return self._total, [Set(self._settled().name, Truth(value=True))]
        left = self._left()
        if duty.amount is None:
            return Name("rest"), [Let("rest", left), Set(left.name, Number(0))]
        part = limited(self.draft, index, duty, fixed_part(self.draft, self.pot, index, duty))
        return part.amount, [
            Set(self._paid(index, duty).name, Truth(value=True)),
            Set(left.name, Binary("-", left, part.amount)),
            *part.changed,
        ]

    def _in_time(self, *duties_: Obligation) -> list[Require]:
        """An act that came after money fell back to the other side no longer counts."""
        ways = [one for _, one in self.pot.outflows]
        found = (each for one in duties_ for each in in_time(self.draft, one, ways))
        return list(dict.fromkeys(found))

    def _dated(self, duty: Obligation) -> list[Require]:
        """The contract acts at the date of a clause; locks last until theirs, rights end."""
        moments = []
        waits = any(one.kind in ("event", "oracle") for one in duty.conditions)
        timed = duty.deadline is not None and (not is_duration(duty.deadline) or not waits)
        timed = timed or waits_out(self.draft.specification, duty)
        if duty.actor == "contract" and timed and duty.modality == "must":
            moments.append(due_at(self.draft, duty))
        if self.pot.deposit.action == "lock":
            moments.append(due_at(self.draft, self.pot.deposit))
        found: list[Require] = [
            Require(Binary(">=", Now(), moment), "TooEarly", (Now(), moment))
            for moment in moments
            if moment is not None
        ]
        last = due_at(self.draft, duty) if duty.modality == "may" else None
        if last is not None:
            found.append(Require(Binary("<=", Now(), last), "TooLate", (Now(), last)))
        return found

    def _function(
        self, name: str, body: list[Statement], callers: tuple[str, ...], duty: Obligation
    ) -> None:
        clauses = (duty.clause,) if duty.clause else ()
        words = self._words(duty)
        self.draft.add(Function(name, tuple(body), callers=callers, clauses=clauses, text=words))

    def _words(self, duty: Obligation) -> str:
        return self.draft.specification.text[slice(*duty.span)]
