"""Payment against issue: whoever pays the price is handed newly issued tokens, at once.

"When the user pays $100, issue 10 tokens to them." One call pays and issues, so that neither side
can have the one without the other. The price goes to its recipient in the same call. "For each USDC
that the user pays, issue 10 tokens" says a rate: the caller says how many times. A total and an end
bound either.
"""

from __future__ import annotations

from decimal import Decimal

from assay.authoring.blocks.clauses.saying import closes, opening, opens, point, says_only
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.naming import capitalised
from assay.authoring.blocks.terms import NOW, ZERO, at_least, at_most, differ, plus, times
from assay.authoring.model import Condition, Obligation, Specification
from assay.authoring.program.expressions import Caller, Expression, Name, Type
from assay.authoring.program.model import Emit, Function, Issue, Pass, Require, Set, Statement

_EACH = ("每", "for each", "for every", "per ", "every ")
_NO_DEADLINE = frozenset({None, "P0D", "PT0H", "PT0M", "PT0S"})
TIMES = Name("times")


class Exchange:
    """Issues tokens to whoever pays for them."""

    name = "exchange"
    text = "Payment against issue of tokens: a fixed sum, or each of them, buys a fixed number."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """Duties of the contract to issue, once a payment is made, to who made it."""
        all_ = specification.obligations
        found = [index for index in sorted(free) if payment_for(all_[index]) is not None]
        bounds = [index for index in sorted(free) if is_bound(all_[index])]
        ends = [
            index for index in sorted(free) if closes(all_[index]) or opens(all_[index]) is not None
        ]
        return tuple(
            Claim(
                self.name,
                tuple(
                    sorted(
                        (
                            index,
                            *ends,
                            *(one for one in bounds if all_[one].asset == all_[index].asset),
                        )
                    )
                ),
            )
            for index in found
        )

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """One function that takes the payment and issues the tokens."""
        all_ = draft.specification.obligations
        (index,) = (one for one in claim.obligations if payment_for(all_[one]) is not None)
        duty = all_[index]
        paid = payment_for(duty)
        assert paid is not None, "it was claimed"
        words = draft.specification.text[slice(*duty.span)]
        if not (paid.amount and paid.asset and paid.recipient and duty.amount and duty.asset):
            raise NotBuildable(words, "what is paid to whom, or what is issued, is not known")
        token = draft.issued(duty.asset)
        price: Expression = draft.amount("price", paid.amount, paid.asset, paid.text)
        units: Expression = draft.amount("issuedForPrice", duty.amount, duty.asset, words)
        money, payee = draft.asset(paid.asset), draft.expression_of(paid.recipient)
        name = draft.function_name(f"buy {token.name}")
        body: list[Statement] = []
        if duty.deadline not in _NO_DEADLINE:
            last = point(draft, "exchange ends", str(duty.deadline))
            body.append(Require(at_most(NOW, last), "ExchangeOver", (NOW,)))
        if says_rate(paid):
            price, units = times(TIMES, price), times(TIMES, units)
            body.append(Require(differ(TIMES, ZERO), "NothingBought"))
        for one in claim.obligations:
            if closes(all_[one]):
                last = point(draft, "exchange ends", str(all_[one].deadline))
                body.insert(0, Require(at_most(NOW, last), "ExchangeOver", (NOW,)))
            elif begins := opens(all_[one]):
                first = opening(draft, "exchange begins", begins)
                body.insert(0, Require(at_least(NOW, first), "ExchangeNotBegun", (NOW,)))
            elif one != index:
                body += self._bounded(draft, all_[one], units)
        body += [
            Emit(capitalised(f"{name}Paid"), (("payer", Caller()), ("price", price))),
            Pass(money.name, payee, price),
            Issue(Caller(), units),
        ]
        arguments = (("times", Type.NUMBER),) if says_rate(paid) else ()
        clauses = (duty.clause,) if duty.clause else ()
        payer = draft.payers_of(paid.actor)
        draft.add(Function(name, tuple(body), arguments, payer, clauses, words))
        return tuple((one, name) for one in claim.obligations)

    def _bounded(self, draft: Draft, bound: Obligation, units: Expression) -> list[Statement]:
        """No more than so many in all."""
        asset = str(bound.asset)
        most = draft.amount("most issued", str(bound.amount), asset)
        issued = draft.variable("issuedInAll", text="How much was issued")
        more = plus(issued, units)
        return [Require(at_most(more, most), "AllIssued", (issued,)), Set(issued.name, more)]


def payment_for(duty: Obligation) -> Condition | None:
    """The payment that a duty to issue waits for, made by who then gets the tokens."""
    if duty.action != "issue" or duty.actor != "contract" or duty.modality != "must":
        return None
    if len(duty.conditions) != 1 or duty.limit != "exact":
        return None
    (condition,) = duty.conditions
    paid = condition.kind == "event" and condition.action == "pay" and not condition.negated
    return condition if paid and condition.actor == duty.recipient else None


def says_rate(paid: Condition) -> bool:
    """Whether so much is issued for each such payment, however many are made at once."""
    words = paid.text.casefold()
    return any(one in words for one in _EACH)


def is_bound(duty: Obligation) -> bool:
    """Whether it says how much may be issued in all."""
    right = duty.action in ("issue", "sell") and duty.modality in ("may", "must")
    whole = duty.limit == "most" and duty.amount is not None and duty.asset is not None
    plain = says_only(duty, "amount", "asset", "limit", "recipient") and duty.actor in (
        None,
        "contract",
    )
    return right and whole and plain and Decimal(duty.amount or 0) > 0
