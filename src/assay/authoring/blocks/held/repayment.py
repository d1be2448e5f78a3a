"""Repayment: a party gives back, by its own means, all that a pot has paid out to it.

"After termination the Seller refunds what it has received." The contract keeps count of what each
release pays to that party; the party then pays back the whole of it in one call. Nobody can be made
to call: whether it has, everybody can see. A repayment is not refused for coming late, since that
would harm the other side.
"""

from __future__ import annotations

from assay.authoring.blocks.clauses.sums import Pot, pots, repayer, repayments
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.guards.checks import guards
from assay.authoring.blocks.guards.payments_made import name_of
from assay.authoring.blocks.held.counting import received
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.naming import capitalised
from assay.authoring.model import Obligation, Specification
from assay.authoring.program.expressions import Binary, Caller, Name, Number
from assay.authoring.program.model import Emit, Function, Let, Pass, Require, Set, Statement


class Repayment:
    """Takes what was received, and hands it to who had paid it in."""

    name = "repayment"
    text = "Repayment of everything that was received out of held money, by who received it."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """Duties to give back what a pot has paid out."""
        return tuple(
            Claim(self.name, (index,))
            for index, duty in repayments(specification)
            if index in free and repaid_pot(specification, duty) is not None
        )

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """One function, of who received."""
        (index,) = claim.obligations
        duty = next(one for number, one in repayments(draft.specification) if number == index)
        pot = repaid_pot(draft.specification, duty)
        assert pot is not None, "it was claimed"
        wanted = name_of(draft.specification, index, duty)
        name = draft.function_name(wanted)
        owed, amount = received(draft, str(repayer(duty))), Name("amount")
        payee = Name(draft.party(payee_of(pot, duty)))
        body: tuple[Statement, ...] = (
            *guards(draft, duty, wanted),
            Let("amount", owed),
            Require(Binary(">", amount, Number(0)), "NothingReceived"),
            Set(owed.name, Number(0)),
            Emit(capitalised(f"{name}Done"), (("payer", Caller()), ("amount", amount))),
            Pass(draft.asset(str(pot.deposit.asset)).name, payee, amount),
        )
        clauses = (duty.clause,) if duty.clause else ()
        words = draft.specification.text[slice(*duty.span)]
        callers = (draft.party(str(repayer(duty))),)
        draft.add(Function(name, body, callers=callers, clauses=clauses, text=words))
        return ((index, name),)


def payee_of(pot: Pot, duty: Obligation) -> str:
    """Who gets it back: whoever demands it or is named, else who had paid in."""
    named = duty.actor if duty.action == "claim" else duty.recipient
    return str(named or pot.deposit.actor)


def repaid_pot(specification: Specification, duty: Obligation) -> Pot | None:
    """The one pot that has paid out to who is to give back."""
    found = [
        pot
        for pot in pots(specification)
        if any(out.recipient == repayer(duty) for _, out in pot.outflows)
    ]
    return found[0] if len(found) == 1 else None
