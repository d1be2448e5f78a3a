"""Payment against issue: whoever pays the price is handed newly issued tokens, at once.

"When the user pays $100, issue 10 tokens to them." One call pays and issues, so that neither side
can have the one without the other. The price goes to its recipient in the same call.
"""

from __future__ import annotations

from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.naming import capitalised
from assay.authoring.model import Condition, Obligation, Specification
from assay.authoring.program.expressions import Caller
from assay.authoring.program.model import Emit, Function, Issue, Pass


class Exchange:
    """Issues tokens to whoever pays for them."""

    name = "exchange"
    text = "Payment against issue of tokens: a fixed sum buys a fixed number, at once."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """Duties of the contract to issue, once a payment is made, to who made it."""
        return tuple(
            Claim(self.name, (index,))
            for index in sorted(free)
            if _payment(specification.obligations[index]) is not None
        )

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """One function that takes the payment and issues the tokens."""
        (index,) = claim.obligations
        duty = draft.specification.obligations[index]
        paid = _payment(duty)
        assert paid is not None, "it was claimed"
        words = draft.specification.text[slice(*duty.span)]
        if not (paid.amount and paid.asset and paid.recipient and duty.amount and duty.asset):
            raise NotBuildable(words, "what is paid to whom, or what is issued, is not known")
        token = draft.issued(duty.asset)
        price = draft.amount("price", paid.amount, paid.asset, paid.text)
        units = draft.amount("issuedForPrice", duty.amount, duty.asset, words)
        money, payee = draft.asset(paid.asset), draft.expression_of(paid.recipient)
        name = draft.function_name(f"buy {token.name}")
        payer = draft.payers_of(paid.actor)
        body = (
            Emit(capitalised(f"{name}Paid"), (("payer", Caller()), ("price", price))),
            Pass(money.name, payee, price),
            Issue(Caller(), units),
        )
        clauses = (duty.clause,) if duty.clause else ()
        draft.add(Function(name, body, callers=payer, clauses=clauses, text=words))
        return ((index, name),)


def _payment(duty: Obligation) -> Condition | None:
    """The payment that a duty to issue waits for, made by who then gets the tokens."""
    if duty.action != "issue" or duty.actor != "contract" or duty.modality != "must":
        return None
    if len(duty.conditions) != 1:
        return None
    (condition,) = duty.conditions
    paid = condition.kind == "event" and condition.action == "pay" and not condition.negated
    return condition if paid and condition.actor == duty.recipient else None
