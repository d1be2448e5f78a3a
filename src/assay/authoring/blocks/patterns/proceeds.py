"""What many have paid in: one takes it once a goal is reached, else each fetches the own back.

proceeds = Proceeds(draft, campaign, "USDC", WORDING, end="2027-04-30")
proceeds.take(), proceeds.refund()      # the names of two functions
"""

from __future__ import annotations

from dataclasses import dataclass

from assay.authoring.blocks.clauses.saying import point
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.patterns.campaign import Campaign
from assay.authoring.blocks.terms import (
    CALLER,
    DUE,
    NOW,
    ZERO,
    at_least,
    at_most,
    define,
    differ,
    less,
    minus,
    more,
    plus,
)
from assay.authoring.program.expressions import Expression, Held, Lookup, Type
from assay.authoring.program.model import Emit, Invariant, Let, Push, Require, Set, Statement


@dataclass(frozen=True)
class Wording:
    """What a contract calls what is paid in, and whoever pays it.

    Attributes:
        raised: what is counted, for people; `kept` says that it is there.
        paid: the variable that has what each has paid, and what it is for people.
        payer, refund, refunded: who gets it back, by which function and event.
        running: the error before the end.
        invariant: the name of what always holds.
    """

    raised: str
    kept: str
    paid: str
    paid_text: str
    payer: str
    refund: str
    refunded: str
    running: str
    end: str
    invariant: str


class Proceeds:
    """Of one campaign or sale.

    Args:
        end: after which what was paid goes back where the goal is missed; None where it never does.
    """

    def __init__(
        self, draft: Draft, campaign: Campaign, money: str, wording: Wording, *, end: str | None
    ) -> None:
        self._draft, self._campaign, self._wording = draft, campaign, wording
        self.asset = draft.asset(money).name
        self.raised = draft.variable("raised", text=wording.raised)
        self._taken = draft.variable("takenOut", text="What was taken of it")
        self.mine = Lookup(wording.paid, CALLER)
        self.has_goal = end is not None
        if end is not None:
            ((comparator, value, _),) = campaign.goals
            goal = draft.amount("goal", value, money)
            self.end = point(draft, wording.end, end)
            reached, missed = (more, at_most) if comparator == ">" else (at_least, less)
            self._reached = reached(self.raised, goal)
            self._missed = missed(self.raised, goal)
            draft.variable(wording.paid, key=Type.ADDRESS, text=wording.paid_text)
        held = at_least(plus(Held(self.asset), self._taken), self.raised)
        draft.keep(Invariant(wording.invariant, held, wording.kept))

    def count(self, units: Expression) -> list[Statement]:
        """What a payment of the caller changes."""
        changes: list[Statement] = []
        if self.has_goal:
            changes.append(Set(self._wording.paid, plus(self.mine, units), CALLER))
        return [*changes, Set("raised", plus(self.raised, units))]

    def take(self) -> str:
        """What came in and was not taken before, once nobody can be refunded any more."""
        campaign = self._campaign
        (payee,) = campaign.payees
        after = [point(self._draft, "funds free", one) for one in campaign.after]
        body: list[Statement] = [Require(more(NOW, one), "TooEarly", (NOW, one)) for one in after]
        if self.has_goal and campaign.waits:
            body.append(Require(more(NOW, self.end), self._wording.running, (NOW,)))
        if self.has_goal:
            body.append(Require(self._reached, "GoalNotReached", (self.raised,)))
        body += [
            Let("due", minus(self.raised, self._taken)),
            Require(differ(DUE, ZERO), "NothingToTake"),
            Set("takenOut", self.raised),
            Emit("FundsTaken", (("amount", DUE),)),
            Push(self.asset, self._draft.expression_of(payee), DUE),
        ]
        callers = () if campaign.pushed else self._draft.caller_of(payee)
        return define(self._draft, "take funds", body, campaign.taking, callers=callers)

    def refund(self) -> str:
        """To whoever asks for the own, after the end, where the goal was missed."""
        wording = self._wording
        body: list[Statement] = [
            Require(more(NOW, self.end), wording.running, (NOW,)),
            Require(self._missed, "GoalReached", (self.raised,)),
            Let("due", self.mine),
            Require(differ(DUE, ZERO), "NothingToRefund"),
            Set(wording.paid, ZERO, CALLER),
            Set("raised", minus(self.raised, DUE)),
            Emit(wording.refunded, ((wording.payer, CALLER), ("amount", DUE))),
            Push(self.asset, CALLER, DUE),
        ]
        return define(self._draft, wording.refund, body, self._campaign.refunding)
