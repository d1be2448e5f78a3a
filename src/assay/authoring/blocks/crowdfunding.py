"""Crowdfunding: many contribute until a date, one takes all if a goal is reached, else all go back.

"Contributors may contribute until 31 December. If the goal of 100,000 USDC is reached, the Founder
may withdraw the funds. Otherwise they are refunded." Each contributor fetches the own refund, so
that nobody can stand in the way of the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil

from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.nouns import CAMPAIGN, CONTRIBUTION, GOAL, GOAL_REACHED, POT
from assay.authoring.blocks.saying import SIGNING, is_class, is_money, point, says_only, window_of
from assay.authoring.blocks.terms import (
    AMOUNT,
    CALLER,
    DUE,
    GIVEN_AMOUNT,
    NOW,
    ONE,
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
from assay.authoring.model import Condition, Obligation, Specification
from assay.authoring.program.expressions import Held, Lookup, Type
from assay.authoring.program.model import (
    Emit,
    Invariant,
    Let,
    Pull,
    Push,
    Require,
    Set,
    Statement,
)

ABOUT = POT | CONTRIBUTION | CAMPAIGN


@dataclass
class Campaign:
    """What the clauses say of one.

    Attributes:
        contributing, bounding, taking, refunding, forbidding: indices of the obligations.
        ends: all times that were named for its end.
        payees: who takes the money; `pushed` where anybody may have it sent.
        after: the time after which it may be taken, where one is named.
    """

    contributing: list[int] = field(default_factory=list)
    ending: list[int] = field(default_factory=list)
    taking: list[int] = field(default_factory=list)
    refunding: list[int] = field(default_factory=list)
    forbidding: list[int] = field(default_factory=list)
    ends: set[str] = field(default_factory=set)
    payees: set[str] = field(default_factory=set)
    goals: set[tuple[str, str, str]] = field(default_factory=set)
    assets: set[str] = field(default_factory=set)
    after: set[str] = field(default_factory=set)
    least: str | None = None
    most: str | None = None
    pushed: bool = False
    odd: bool = False

    @property
    def obligations(self) -> tuple[int, ...]:
        """All of them, ascending."""
        parts = (self.contributing, self.ending, self.taking, self.refunding, self.forbidding)
        return tuple(sorted({index for part in parts for index in part}))

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing, and nothing is said that the block does not know."""
        single = all(len(one) == 1 for one in (self.ends, self.payees, self.goals, self.assets))
        single = single and len(self.after) <= 1
        same = {asset for _, _, asset in self.goals} == self.assets
        parts = self.contributing and self.taking and self.refunding
        return bool(parts and single and same and not self.odd)


def read_campaign(specification: Specification, free: frozenset[int]) -> Campaign:
    """The campaign that obligations speak of."""
    found = Campaign()
    for index in sorted(free):
        _sort_in(specification, found, index)
    if found.contributing and not found.assets:
        # "Anyone may contribute": what counts towards the goal.
        goals = {asset for _, _, asset in found.goals}
        found.assets |= {one for one in goals if is_money(specification, one)}
    return found


class Crowdfunding:
    """Collects for a goal."""

    name = "crowdfunding"
    text = "Contributions until a date: one takes all if the goal is reached, else all go back."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """The whole campaign, or nothing where a part of it is not known."""
        found = read_campaign(specification, free)
        return (Claim(self.name, found.obligations),) if found.is_whole else ()

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """To contribute, to take the money, and to get it back."""
        found = read_campaign(draft.specification, frozenset(claim.obligations))
        maker = _Maker(draft, found)
        contribute, take, refund = maker.contribute(), maker.take(), maker.refund()
        kept = [(index, contribute) for index in found.contributing + found.ending]
        kept += [(index, take) for index in found.taking + found.forbidding]
        kept += [(index, refund) for index in found.refunding]
        return tuple(kept)


class _Maker:
    def __init__(self, draft: Draft, found: Campaign) -> None:
        self._draft = draft
        self._found = found
        ((comparator, value, money),) = found.goals
        self._money = money
        self._asset = draft.asset(money).name
        self._goal = draft.amount("goal", value, money)
        if found.most:
            draft.need(ceil(Decimal(value) / Decimal(found.most)) + 1)
        (end,) = found.ends
        self._end = point(draft, "campaign end", end)
        self._raised = draft.variable("raised", text="What was contributed and not refunded")
        self._taken = draft.variable("takenOut", text="What was taken of it")
        draft.variable("contributed", key=Type.ADDRESS)
        self._mine = Lookup("contributed", CALLER)
        reached, missed = (more, at_most) if comparator == ">" else (at_least, less)
        self._reached = reached(self._raised, self._goal)
        self._missed = missed(self._raised, self._goal)
        held = at_least(plus(Held(self._asset), self._taken), self._raised)
        draft.keep(Invariant("ContributionsAreHeld", held, "No contribution is lost."))

    def contribute(self) -> str:
        """Until the end, within the bounds."""
        draft, found = self._draft, self._found
        bounds = [Require(at_least(AMOUNT, ONE), "ContributionTooSmall", (AMOUNT,))]
        if found.least:
            least = draft.amount("least contribution", found.least, self._money)
            bounds = [Require(at_least(AMOUNT, least), "ContributionTooSmall", (AMOUNT,))]
        if found.most:
            most = draft.amount("most contribution", found.most, self._money)
            total = plus(self._mine, AMOUNT)
            bounds.append(Require(at_most(total, most), "ContributionTooLarge", (AMOUNT,)))
        body: list[Statement] = [
            Require(at_most(NOW, self._end), "CampaignOver", (NOW,)),
            *bounds,
            Set("contributed", plus(self._mine, AMOUNT), CALLER),
            Set("raised", plus(self._raised, AMOUNT)),
            Emit("Contributed", (("contributor", CALLER), ("amount", AMOUNT))),
            Pull(self._asset, AMOUNT),
        ]
        return define(draft, "contribute", body, found.contributing, arguments=GIVEN_AMOUNT)

    def take(self) -> str:
        """Once the goal is reached, as often as there is something."""
        (payee,) = self._found.payees
        after = [point(self._draft, "funds free", one) for one in self._found.after]
        body: list[Statement] = [
            *(Require(more(NOW, one), "TooEarly", (NOW, one)) for one in after),
            Require(self._reached, "GoalNotReached", (self._raised,)),
            Let("due", minus(self._raised, self._taken)),
            Require(differ(DUE, ZERO), "NothingToTake"),
            Set("takenOut", self._raised),
            Emit("FundsTaken", (("amount", DUE),)),
            Push(self._asset, self._draft.expression_of(payee), DUE),
        ]
        callers = () if self._found.pushed else self._draft.caller_of(payee)
        return define(self._draft, "take funds", body, self._found.taking, callers=callers)

    def refund(self) -> str:
        """After the end, where the goal was missed."""
        refunded = (("contributor", CALLER), ("amount", DUE))
        body: list[Statement] = [
            Require(more(NOW, self._end), "CampaignStillRuns", (NOW,)),
            Require(self._missed, "GoalReached", (self._raised,)),
            Let("due", self._mine),
            Require(differ(DUE, ZERO), "NothingToRefund"),
            Set("contributed", ZERO, CALLER),
            Set("raised", minus(self._raised, DUE)),
            Emit("ContributionRefunded", refunded),
            Push(self._asset, CALLER, DUE),
        ]
        return define(self._draft, "refund contribution", body, self._found.refunding)


def _sort_in(specification: Specification, found: Campaign, index: int) -> None:
    """Put one obligation where it belongs; one of it that fits nowhere is odd."""
    duty = specification.obligations[index]
    goals = [one for one in duty.conditions if is_goal(one)]
    if duty.action == "contribute":
        _contribution(specification, found, index, duty)
    elif (
        duty.action == "terminate"
        and duty.asset in CAMPAIGN
        and says_only(duty, "asset", "deadline")
    ):
        found.ending.append(index)
        found.ends |= {duty.deadline} if duty.deadline else set()
    elif len(goals) == 1:
        sort_by_goal(specification, found, index, goals[0])
    elif _gives_back(duty) or (duty.action in ("withdraw", "extend") and duty.asset in ABOUT):
        found.odd = True


def is_goal(one: Condition) -> bool:
    """Whether it compares what has come in with a goal."""
    told = one.kind == "state" and one.subject in GOAL and one.value in GOAL_REACHED
    return told or (one.kind == "comparison" and one.subject in GOAL and one.asset != "%")


def _contribution(
    specification: Specification, found: Campaign, index: int, duty: Obligation
) -> None:
    window = window_of(duty)
    plain = says_only(duty, "amount", "asset", "limit", "deadline", "conditions", "recipient")
    if not plain or window.opens or window.rest or duty.modality == "must_not":
        found.odd = True
    if duty.amount is not None and duty.limit == "exact":
        found.odd = True
    found.odd |= not is_class(specification, duty.actor)
    found.contributing.append(index)
    found.least = duty.amount if duty.limit == "least" else found.least
    found.most = duty.amount if duty.limit == "most" else found.most
    found.ends |= {window.closes} if window.closes else set()
    found.assets |= {duty.asset} if duty.asset and is_money(specification, duty.asset) else set()


def sort_by_goal(
    specification: Specification, found: Campaign, index: int, goal: Condition
) -> None:
    """A clause for the case that the goal is reached, or that it is not."""
    duty = specification.obligations[index]
    window = window_of(duty)
    rest = tuple(one for one in window.rest if one is not goal)
    found.after |= {str(one.value) for one in rest if is_later(one)}
    later = all(is_later(one) for one in rest) and duty.modality == "may"
    found.odd |= bool(rest and not later) or window.opens is not None or duty.deadline is not None
    found.ends |= {window.closes} if window.closes else set()
    missed = goal.negated != (goal.comparator in ("<", "<="))
    if goal.value is not None and goal.asset is not None:
        comparator = goal.comparator or ">="
        opposite = {"<": ">=", "<=": ">"}
        found.goals.add((opposite.get(comparator, comparator), goal.value, goal.asset))
    if missed and duty.modality == "must_not" and duty.asset in POT:
        found.forbidding.append(index)
        found.payees |= {duty.actor} if duty.actor else set()
    elif missed and _gives_back(duty) and says_only(duty, "asset", "recipient", "conditions"):
        found.refunding.append(index)
    elif not missed and duty.asset in POT and _takes(found, duty):
        found.taking.append(index)
        if duty.otherwise is not None:
            found.refunding.append(index)
            back = says_only(duty.otherwise, "asset", "recipient")
            found.odd |= not (back and _gives_back(_named(specification, duty.otherwise)))
    else:
        found.odd = True


def is_later(one: Condition) -> bool:
    """Whether it is a date, or a length since the signing, after which something may be done."""
    plain = one.kind == "time" and not one.negated and one.subject in SIGNING
    return plain and one.value is not None and one.comparator == ">"


def _takes(found: Campaign, duty: Obligation) -> bool:
    if not says_only(duty, "asset", "recipient", "conditions", "otherwise"):
        return False
    if duty.actor == "contract" and duty.modality == "must":
        payee, found.pushed = duty.recipient, True
    else:
        right = duty.modality == "may" and duty.action in ("withdraw", "claim")
        payee = duty.actor if right and duty.recipient in (None, duty.actor) else None
    found.payees |= {payee} if payee else set()
    return payee is not None


def _named(specification: Specification, claim: Obligation) -> Obligation:
    """A claim with what is claimed where its words are one: 申请退款, to claim a refund."""
    words = specification.text[slice(*claim.span)].lower()
    refund = claim.action == "claim" and claim.asset is None
    refund = refund and any(one in words for one in ("refund", "退款"))
    return claim.model_copy(update={"asset": "refund"}) if refund else claim


def _gives_back(duty: Obligation) -> bool:
    if duty.modality == "must_not":
        return False
    if duty.action in ("refund", "return"):
        return duty.asset is None or duty.asset in CONTRIBUTION
    return duty.action in ("claim", "withdraw") and duty.asset in CONTRIBUTION
