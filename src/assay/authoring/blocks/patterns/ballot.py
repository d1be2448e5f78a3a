"""Vote on a payment: members vote until an end; the money is paid if enough agree, else goes back.

"Members may vote until 31 March. If at least 3 of 5 members approve, 5,000 USDC are paid to the
Contractor, otherwise the money is returned to the Treasury." One member has one vote and cannot
change it. Who puts the money in is who gets it back; it is paid once at most.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.authoring.blocks.clauses.fractions import COUNTED, is_fraction
from assay.authoring.blocks.clauses.nouns import POT, QUORUM, VOTES
from assay.authoring.blocks.clauses.saying import is_money, parts_of_hundred, point, says_only
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.terms import (
    CALLER,
    NOW,
    ONE,
    ZERO,
    at_least,
    at_most,
    both,
    define,
    more,
    plus,
    same,
    times,
)
from assay.authoring.model import Condition, Obligation, Specification
from assay.authoring.program.expressions import (
    Expression,
    Held,
    Lookup,
    Name,
    Not,
    Number,
    Truth,
    Type,
)
from assay.authoring.program.model import (
    Emit,
    If,
    Invariant,
    Pull,
    Push,
    Require,
    Set,
    Statement,
)

IN_FAVOUR = Name("inFavour")
HELD, PAID, RETURNED = Number(1), Number(2), Number(3)


@dataclass
class Ballot:
    """What the clauses say of one; indices, and the values that were named."""

    voting: list[int] = field(default_factory=list)
    paying: list[int] = field(default_factory=list)
    funding: list[int] = field(default_factory=list)
    returning: list[int] = field(default_factory=list)
    ends: set[str] = field(default_factory=set)
    funders: set[str] = field(default_factory=set)
    approval: Condition | None = None
    quorum: Condition | None = None
    odd: bool = False

    @property
    def obligations(self) -> tuple[int, ...]:
        """All of them, ascending."""
        parts = (self.voting, self.paying, self.funding, self.returning)
        return tuple(sorted({index for part in parts for index in part}))

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        few = len(self.voting) == 1 and len(self.paying) == 1 and len(self.funding) <= 1
        single = len(self.ends) == 1 and len(self.funders) == 1
        return few and single and bool(self.returning) and not self.odd


class Vote:
    """Lets members decide on a payment."""

    name = "vote"
    text = "Members vote on a payment until an end; enough votes pay it once, else it goes back."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """The vote and what hangs on it, or nothing where a part of it is not known."""
        found = read_ballot(specification, free)
        return (Claim(self.name, found.obligations),) if found.is_whole else ()

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """To put the money in, to vote, to pay and to give back."""
        found = read_ballot(draft.specification, frozenset(claim.obligations))
        maker = _Maker(draft, found)
        fund, vote, pay, back = maker.fund(), maker.vote(), maker.pay(), maker.give_back()
        kept = [(index, fund) for index in found.funding]
        kept += [(index, vote) for index in found.voting]
        kept += [(index, pay) for index in found.paying]
        return (*kept, *((index, back) for index in found.returning))


class _Maker:
    def __init__(self, draft: Draft, found: Ballot) -> None:
        self._draft, self._found = draft, found
        duties = draft.specification.obligations
        self._payment = payment = duties[found.paying[0]]
        assert payment.asset is not None, "it was claimed"
        assert payment.amount is not None, "it was claimed"
        assert found.approval is not None, "it was claimed"
        (end,), (self._funder,) = found.ends, found.funders
        self._end = point(draft, "voting end", end)
        self._asset = draft.asset(payment.asset).name
        self._amount = draft.amount("payment voted on", payment.amount, payment.asset)
        members = duties[found.voting[0]].actor or ""
        size = None if is_fraction(found.approval) else found.approval.total
        self._group = draft.group(members, size)
        self._state = draft.variable("paymentState", text="1 held, 2 paid, 3 given back")
        self._yes, self._no = draft.variable("votesInFavour"), draft.variable("votesAgainst")
        draft.variable("voted", Type.TRUTH, key=Type.ADDRESS)
        self._voted = Lookup("voted", CALLER)
        held = at_least(Held(self._asset), self._amount)
        there = Not(both(same(self._state, HELD), Not(held)))
        draft.keep(Invariant("PaymentIsHeld", there, "What is voted on is there."))
        self._passed, self._final = self._outcome(found.approval)

    def fund(self) -> str:
        """Once, while votes can be cast."""
        body: list[Statement] = [
            Require(at_most(NOW, self._end), "VotingOver", (NOW,)),
            Require(same(self._state, ZERO), "PaymentThere", (self._state,)),
            Set("paymentState", HELD),
            Emit("PaymentFunded", (("amount", self._amount),)),
            Pull(self._asset, self._amount),
        ]
        callers = self._draft.caller_of(self._funder)
        return define(self._draft, "fund payment", body, self._found.funding, callers=callers)

    def vote(self) -> str:
        """Once for each member."""
        body: list[Statement] = [
            Require(at_most(NOW, self._end), "VotingOver", (NOW,)),
            Require(Not(self._voted), "VotedAlready"),
            Set("voted", Truth(True), CALLER),
            If(
                IN_FAVOUR,
                (Set("votesInFavour", plus(self._yes, ONE)),),
                (Set("votesAgainst", plus(self._no, ONE)),),
            ),
            Emit("Voted", (("member", CALLER), ("inFavour", IN_FAVOUR))),
        ]
        arguments = (("inFavour", Type.TRUTH),)
        return define(
            self._draft,
            "vote",
            body,
            self._found.voting,
            arguments=arguments,
            callers=(self._group,),
        )

    def pay(self) -> str:
        """Once enough votes are there: at the end, or before where nothing can change it."""
        assert self._payment.recipient is not None, "it was claimed"
        recipient = self._draft.expression_of(self._payment.recipient)
        body: list[Statement] = [
            *(() if self._final else (Require(more(NOW, self._end), "VotingRuns", (NOW,)),)),
            Require(self._passed, "NotApproved", (self._yes,)),
            Require(same(self._state, HELD), "NoPaymentHeld", (self._state,)),
            Set("paymentState", PAID),
            Emit("PaymentMade", (("recipient", recipient), ("amount", self._amount))),
            Push(self._asset, recipient, self._amount),
        ]
        return define(self._draft, "make payment", body, self._found.paying)

    def give_back(self) -> str:
        """After the end, where there were not enough."""
        funder = self._draft.expression_of(self._funder)
        body: list[Statement] = [
            Require(more(NOW, self._end), "VotingRuns", (NOW,)),
            Require(Not(self._passed), "ApprovedPayment", (self._yes,)),
            Require(same(self._state, HELD), "NoPaymentHeld", (self._state,)),
            Set("paymentState", RETURNED),
            Emit("PaymentReturned", (("recipient", funder), ("amount", self._amount))),
            Push(self._asset, funder, self._amount),
        ]
        return define(self._draft, "give back payment", body, self._found.returning)

    def _outcome(self, approval: Condition) -> tuple[Expression, bool]:
        """Whether it has passed, and whether that is so for good once it is."""
        enough = more if approval.comparator == ">" else at_least
        value = approval.value or "0"
        cast = plus(self._yes, self._no)
        if is_fraction(approval):
            parts = Number(approval.total or 1)
            needed = self._draft.count("needed share", int(value), approval.text)
            passed, final = enough(times(self._yes, parts), times(cast, needed)), False
            passed = both(more(self._yes, ZERO), passed)
        elif value.endswith("%"):
            (share,), whole = parts_of_hundred((value.removesuffix("%"),))
            everybody: Expression = cast if approval.total is None else Number(approval.total)
            needed = self._draft.count("needed share", share, value)
            passed = enough(times(self._yes, Number(whole)), times(everybody, needed))
            final = approval.total is not None
        else:
            needed = self._draft.count("needed votes", int(value), approval.text)
            passed, final = enough(self._yes, needed), True
        if approval.total is None and value.endswith("%"):
            # No vote at all is no approval, whatever the share.
            passed = both(more(self._yes, ZERO), passed)
        if self._found.quorum is not None:
            self._draft.need(int(self._found.quorum.value or 0) + 1)
            least = self._draft.count("quorum", int(self._found.quorum.value or 0))
            counted = more if self._found.quorum.comparator == ">" else at_least
            passed = both(counted(cast, least), passed)
        return passed, final


def read_ballot(specification: Specification, free: frozenset[int]) -> Ballot:
    """The vote that obligations speak of."""
    found, all_ = Ballot(), specification.obligations
    found.voting = [index for index in sorted(free) if all_[index].action == "vote"]
    if len(found.voting) != 1:
        return found
    vote = all_[found.voting[0]]
    for index in sorted(free - set(found.voting)):
        duty = all_[index]
        approvals = [one for one in duty.conditions if one.kind == "approval"]
        if len(approvals) == 1 and _is_by(approvals[0], vote.actor):
            _decided(specification, found, index, approvals[0])
        elif duty.action == "deposit" and duty.modality == "must" and duty.amount:
            _funded(found, index, duty)
    _voted(found, vote, [all_[index] for index in found.paying])
    for index in found.funding:
        said = {(one.amount, one.asset) for one in (all_[paid] for paid in found.paying)}
        found.odd |= said != {(all_[index].amount, all_[index].asset)}
    return found


def _voted(found: Ballot, vote: Obligation, paid: list[Obligation]) -> None:
    plain = says_only(vote, "amount", "asset", "recipient", "deadline")
    found.odd |= not plain or vote.modality == "must_not" or vote.actor in (None, "contract")
    found.ends |= {vote.deadline} if vote.deadline else set()
    if vote.amount is not None:
        about = {(one.amount, one.asset, one.recipient) for one in paid}
        found.odd |= about != {(vote.amount, vote.asset, vote.recipient)}


def _is_by(approval: Condition, voters: str | None) -> bool:
    return approval.subject in VOTES or approval.subject == voters


def _decided(specification: Specification, found: Ballot, index: int, approval: Condition) -> None:
    duty = specification.obligations[index]
    if approval.negated:
        found.returning.append(index)
        found.odd |= len(duty.conditions) != 1 or duty.otherwise is not None
        _returned(found, duty)
        return
    found.paying.append(index)
    fields = ("amount", "asset", "recipient", "conditions", "deadline", "otherwise")
    paid = duty.action in ("pay", "release", "transfer") and duty.modality == "must"
    known = bool(duty.amount and duty.recipient) and is_money(specification, duty.asset)
    found.odd |= not (paid and known and says_only(duty, *fields)) or duty.actor is None
    found.ends |= {duty.deadline} if duty.deadline else set()
    found.approval = approval
    value = approval.value or ""
    of_all = value.endswith("%") and approval.subject not in VOTES
    whole = (value.endswith("%") and value != "%") or value.isdecimal()
    found.odd |= not whole or approval.comparator not in (None, ">", ">=", COUNTED)
    found.odd |= of_all and approval.total is None
    found.odd |= is_fraction(approval) and approval.subject not in VOTES
    for one in duty.conditions:
        if one is not approval:
            found.quorum = one
            counted = one.kind == "comparison" and one.subject in QUORUM and one.asset is None
            right = (one.value or "").isdecimal() and one.comparator in (">", ">=")
            found.odd |= not (counted and right) or one.negated
    if duty.actor not in (None, "contract"):
        found.funders.add(duty.actor)
    if duty.otherwise is not None:
        found.returning.append(index)
        _returned(found, duty.otherwise)


def _returned(found: Ballot, duty: Obligation) -> None:
    back = duty.action in ("return", "refund") and duty.modality == "must"
    found.odd |= not back or duty.asset not in POT | {None}
    found.funders |= {duty.recipient} if duty.recipient else set()


def _funded(found: Ballot, index: int, duty: Obligation) -> None:
    found.funding.append(index)
    found.odd |= not says_only(duty, "amount", "asset", "recipient")
    found.odd |= duty.recipient not in (None, "contract")
    found.funders |= {duty.actor} if duty.actor else set()
