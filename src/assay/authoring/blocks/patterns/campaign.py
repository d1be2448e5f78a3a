"""What clauses say of money that many pay towards a goal: who takes it, and who gets it back."""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.authoring.blocks.clauses.nouns import (
    CAMPAIGN,
    CONTRIBUTION,
    END,
    GOAL,
    GOAL_REACHED,
    OVER,
    POT,
)
from assay.authoring.blocks.clauses.saying import SIGNING, is_class, is_money, says_only, window_of
from assay.authoring.model import Condition, Obligation, Specification

ABOUT = POT | CONTRIBUTION | CAMPAIGN


@dataclass
class Campaign:
    """What the clauses say of one.

    Attributes:
        contributing, bounding, taking, refunding, forbidding: indices of the obligations.
        ends: all times that were named for its end.
        givers: who pays in, where no clause says that they contribute.
        payees: who takes the money; `pushed` where anybody may have it sent.
        after: the time after which it may be taken, where one is named.
        waits: whether it may be taken only when the campaign is over, not as soon as enough is in.
    """

    contributing: list[int] = field(default_factory=list)
    ending: list[int] = field(default_factory=list)
    taking: list[int] = field(default_factory=list)
    refunding: list[int] = field(default_factory=list)
    forbidding: list[int] = field(default_factory=list)
    givers: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    payees: set[str] = field(default_factory=set)
    goals: set[tuple[str, str, str]] = field(default_factory=set)
    assets: set[str] = field(default_factory=set)
    after: set[str] = field(default_factory=set)
    least: str | None = None
    most: str | None = None
    waits: bool = False
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


def _sort_in(specification: Specification, found: Campaign, index: int) -> None:
    """Put one obligation where it belongs; one of it that fits nowhere is odd."""
    duty = specification.obligations[index]
    goals = [one for one in duty.conditions if is_goal(one)]
    if duty.action == "contribute" or _bounds_contributions(specification, duty):
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


def _bounds_contributions(specification: Specification, duty: Obligation) -> bool:
    """Whether it is "a backer must give at least 20 USDC", of whoever contributes."""
    bound = duty.limit in ("least", "most") and duty.action in ("pay", "contribute", "deposit")
    plain = duty.amount is not None and says_only(duty, "amount", "asset", "limit", "recipient")
    class_ = is_class(specification, duty.actor)
    return (bound and plain and class_) and any(
        one.action == "contribute" and one.actor == duty.actor for one in specification.obligations
    )


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
    if duty.action != "contribute" and duty.recipient not in (None, "contract"):
        found.payees |= {duty.recipient}
    found.assets |= {duty.asset} if duty.asset and is_money(specification, duty.asset) else set()


def sort_by_goal(
    specification: Specification, found: Campaign, index: int, goal: Condition
) -> None:
    """A clause for the case that the goal is reached, or that it is not."""
    duty = specification.obligations[index]
    window = window_of(duty)
    rest = tuple(one for one in window.rest if one is not goal and not _at_the_end(one))
    found.waits |= any(_is_over(one) for one in window.rest if one is not goal)
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
    elif (
        missed
        and _takes_back(found, specification, duty)
        and says_only(duty, "asset", "recipient", "conditions", "otherwise")
    ):
        found.refunding.append(index)
        if duty.otherwise is not None:
            found.taking.append(index)
            found.odd |= not (_is_pot(duty.otherwise) and _takes(found, duty.otherwise))
    elif not missed and _is_pot(duty) and _takes(found, duty):
        found.taking.append(index)
        if duty.otherwise is not None:
            found.refunding.append(index)
            back = says_only(duty.otherwise, "asset", "recipient")
            otherwise = _named(specification, duty.otherwise)
            found.odd |= not (back and _takes_back(found, specification, otherwise))
    else:
        found.odd = True


def _is_pot(duty: Obligation) -> bool:
    """Whether it is about all that came in, be it only by saying whose it then is."""
    return duty.asset in POT or (duty.action == "keep" and duty.asset is None)


def _at_the_end(one: Condition) -> bool:
    """Whether it is "by the deadline", "when the campaign is over": that is known anyway."""
    if one.negated or (one.kind == "time" and one.value is not None):
        return False
    return (one.kind == "time" and one.subject in END) or _is_over(one)


def _is_over(one: Condition) -> bool:
    """Whether it is "when the campaign is over", "after the deadline": nothing happens before."""
    if one.negated:
        return False
    named = one.kind == "time" and one.value is None and one.comparator in ("=", ">", ">=")
    told = one.kind == "state" and one.value in OVER | {"happened"}
    return (named and one.subject in END | CAMPAIGN) or (told and one.subject in CAMPAIGN | END)


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
        # "The money is the founder's" says whose it is: whoever keeps it may take it out.
        right = right or (duty.action == "keep" and duty.modality == "must")
        payee = duty.actor if right and duty.recipient in (None, duty.actor) else None
    found.payees |= {payee} if payee else set()
    return payee is not None


def _named(specification: Specification, claim: Obligation) -> Obligation:
    """A claim with what is claimed where its words are one: 申请退款, to claim a refund."""
    words = specification.text[slice(*claim.span)].lower()
    refund = claim.action == "claim" and claim.asset is None
    refund = refund and any(one in words for one in ("refund", "退款"))
    return claim.model_copy(update={"asset": "refund"}) if refund else claim


def _takes_back(found: Campaign, specification: Specification, duty: Obligation) -> bool:
    """Whether contributors get back what they gave, be it in these words."""
    givers = {specification.obligations[index].actor for index in found.contributing}
    givers |= found.givers
    bare = duty.asset is None and duty.action in ("claim", "withdraw") and duty.actor in givers
    return _gives_back(duty) or (bare and duty.modality == "may")


def _gives_back(duty: Obligation) -> bool:
    if duty.modality == "must_not":
        return False
    if duty.action in ("refund", "return"):
        return duty.asset is None or duty.asset in CONTRIBUTION
    return duty.action in ("claim", "withdraw") and duty.asset in CONTRIBUTION
