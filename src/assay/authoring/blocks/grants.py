"""What clauses say of a grant that vests: its schedule, its cliff, who puts it in, who ends it."""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.authoring.blocks.moments import is_duration
from assay.authoring.blocks.nouns import GRANT, VESTED
from assay.authoring.blocks.saying import SIGNING, is_money, says_only
from assay.authoring.model import Act, Condition, Obligation, Specification

CLIFF = frozenset({"cliff", "悬崖期", "锁定期"})
TOUCHING = frozenset(
    {"lock", "keep", "return", "claim", "withdraw", "transfer", "burn", "release", "refund"}
)
HANDING = frozenset({"pay", "transfer", "issue", "provide"})
GRANTING = ("grant", "award", "allocat", "授予", "奖励")
UNVESTED = ("unvested", "not vested", "not yet vested", "未归属", "尚未归属")


@dataclass
class Grant:
    """What the clauses say of one; indices of obligations.

    Attributes:
        putting: that what is granted is put into the contract, in other words.
        waiting: before when nothing vests.
    """

    vesting: list[int] = field(default_factory=list)
    funding: list[int] = field(default_factory=list)
    putting: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    claiming: list[int] = field(default_factory=list)
    ending: list[int] = field(default_factory=list)
    returning: list[int] = field(default_factory=list)

    @property
    def obligations(self) -> tuple[int, ...]:
        """All of them, ascending."""
        parts = (self.vesting, self.funding, self.claiming, self.ending, self.returning)
        said = (*parts, self.putting, self.waiting)
        return tuple(sorted(index for part in said for index in part))


def read_grant(specification: Specification, free: frozenset[int]) -> Grant | None:
    """The one grant of which the obligations tell all; None where something does not fit."""
    found, all_ = Grant(), specification.obligations
    vests = [index for index in sorted(free) if as_vesting(all_[index]).action == "vest"]
    found.waiting = [index for index in vests if _waits(all_[index])]
    found.vesting = [index for index in vests if index not in found.waiting]
    if len(found.vesting) != 1 or not _is_schedule(as_vesting(all_[found.vesting[0]])):
        return None
    vest = as_vesting(all_[found.vesting[0]])
    for index in sorted(free - set(vests)):
        duty = all_[index]
        if _funds(specification, duty, vest):
            found.funding.append(index)
        elif _puts_in(duty):
            found.putting.append(index)
        elif _fetches(duty):
            found.claiming.append(index)
        elif _returns_unvested(specification, duty):
            found.returning.append(index)
        elif _ends(duty):
            found.ending.append(index)
        elif _touches(specification, duty, vest):
            return None
    return found if _fits(specification, found) else None


def _touches(specification: Specification, duty: Obligation, vest: Obligation) -> bool:
    """Whether a clause says something of what vests that no part of a grant does."""
    if issues_itself(specification, vest.asset):
        return duty.asset == vest.asset and duty.action in TOUCHING - {"transfer"}
    return duty.asset in VESTED and duty.action in TOUCHING


def as_vesting(duty: Obligation) -> Obligation:
    """What is unlocked in equal parts, as what vests."""
    steps = duty.action in ("release", "transfer", "issue") and duty.spread
    if not (steps and duty.actor == "contract" and duty.modality == "must"):
        return duty
    begins = _starts(duty)
    if len(begins) != 1:
        return duty.model_copy(update={"action": "vest"})
    rest = tuple(one for one in duty.conditions if one is not begins[0])
    dated = {"deadline_from": begins[0].value, "conditions": rest}
    return duty.model_copy(update={"action": "vest", **dated})


def issues_itself(specification: Specification, asset: str | None) -> bool:
    """Whether the contract issues it: what has to be handed out exists by no one's payment."""
    return asset is not None and any(
        one.action == "issue" and one.actor == "contract" and one.asset == asset
        for one in specification.obligations
    )


def _is_schedule(vest: Obligation) -> bool:
    fields = ("amount", "asset", "recipient", "conditions", "deadline", "deadline_from")
    if vest.modality != "must" or vest.actor != "contract" or not vest.spread:
        return False
    if not says_only(vest, *fields, "recurrence", "occurrences", "spread"):
        return False
    if len(vest.conditions) - len(_starts(vest)) > 1:
        return False
    linear = vest.deadline is not None and is_duration(vest.deadline) and vest.recurrence is None
    steps = vest.recurrence is not None and vest.occurrences is not None and vest.deadline is None
    start = start_of(vest)
    dated = start in SIGNING or (start is not None and start[:4].isdecimal())
    return (linear or steps) and dated and _is_cliff(vest)


def start_of(vest: Obligation) -> str | None:
    """From when it vests: what the length counts from, or "from 1 May 2027 on"."""
    starts = _starts(vest)
    return vest.deadline_from or (starts[0].value if starts else None)


def cliff_of(specification: Specification, found: Grant) -> tuple[str, str] | None:
    """Before when nothing is handed out, and how the time is compared with it."""
    all_ = specification.obligations
    vest = as_vesting(all_[found.vesting[0]])
    for one in vest.conditions:
        if one not in _starts(vest) and one.value is not None:
            return one.value, one.comparator or ">="
    for index in found.waiting:
        return str(all_[index].conditions[0].value), ">="
    return None


def enders_of(specification: Specification, found: Grant) -> set[str | None]:
    """Who may end it: who has the right, or says that the ground is there."""
    all_ = specification.obligations
    enders = {all_[index].actor for index in found.ending}
    return enders | {one.actor for index in found.returning for one in all_[index].conditions}


def _starts(vest: Obligation) -> tuple[Condition, ...]:
    """A date from which on it vests, where no other beginning is named."""
    if vest.deadline_from is not None:
        return ()
    return tuple(
        one
        for one in vest.conditions
        if one.kind == "time"
        and one.comparator == ">="
        and one.subject is None
        and (one.value or "")[:4].isdecimal()
        and says_only(one, "comparator", "value")
    )


def _waits(duty: Obligation) -> bool:
    """Whether it is "nothing vests before 1 January 2028"."""
    none = duty.modality == "must_not" and duty.amount is None and len(duty.conditions) == 1
    if not none or not says_only(duty, "asset", "recipient", "conditions"):
        return False
    (until,) = duty.conditions
    plain = until.kind == "time" and until.comparator == "<" and until.value is not None
    return plain and until.subject in SIGNING and says_only(until, "comparator", "value")


def _puts_in(duty: Obligation) -> bool:
    """Whether it is "the Company deposits the tokens in the contract"."""
    into = duty.action in ("deposit", "lock") and duty.recipient in (None, "contract")
    named = duty.asset in VESTED and duty.modality == "must"
    return into and named and says_only(duty, "asset", "recipient", "deadline")


def _is_cliff(vest: Obligation) -> bool:
    return all(
        one.kind == "time"
        and one.comparator in (">", ">=")
        and one.value is not None
        and is_duration(one.value)
        and (one.subject in CLIFF | SIGNING or one.subject == vest.deadline_from)
        and says_only(one, "comparator", "value")
        for one in vest.conditions
        if one not in _starts(vest)
    )


def _funds(specification: Specification, duty: Obligation, vest: Obligation) -> bool:
    if not says_only(duty, "amount", "asset", "recipient") or duty.modality != "must":
        return False
    if not duty.amount or not is_money(specification, duty.asset) or duty.actor == "contract":
        return False
    words = specification.text[slice(*duty.span)].lower()
    if duty.action in ("deposit", "lock"):
        fits = duty.recipient in (None, "contract")
    else:
        fits = duty.action in HANDING and any(one in words for one in GRANTING)
    of_asset = vest.asset in VESTED | {duty.asset, None}
    return fits and of_asset and vest.amount in (None, duty.amount)


def _fetches(duty: Obligation) -> bool:
    right = duty.modality == "may" and duty.action in ("claim", "withdraw")
    return right and duty.asset in VESTED and says_only(duty, "asset", "recipient")


def _returns_unvested(specification: Specification, duty: Obligation) -> bool:
    words = specification.text[slice(*duty.span)].lower()
    back = duty.actor == "contract" and duty.action in ("return", "refund", "release", "transfer")
    events = all(one.kind == "event" and (_is_end(one) or is_said(one)) for one in duty.conditions)
    whole = says_only(duty, "asset", "recipient", "conditions") and len(duty.conditions) <= 1
    return back and whole and events and any(one in words for one in UNVESTED)


def is_said(one: Condition) -> bool:
    """Whether somebody states it, like "the Employee leaves the Company"."""
    said = one.action == "confirm" and not one.negated and one.actor not in (None, "contract")
    return said and says_only(one, "actor", "action", "asset")


def _ends(duty: Obligation) -> bool:
    return duty.modality == "may" and _is_end(duty)


def _is_end(act: Act) -> bool:
    plain = says_only(act, "asset") and not getattr(act, "negated", False)
    return plain and act.action in ("cancel", "terminate") and act.asset in GRANT


def _fits(specification: Specification, found: Grant) -> bool:
    """Whether all of it is about the same two parties."""
    all_ = specification.obligations
    if beneficiary_of(specification, found) is None:
        return False
    vest = as_vesting(all_[found.vesting[0]])
    if not (found.funding or found.ending or found.returning or found.putting):
        return vest.amount is not None and issues_itself(specification, vest.asset)
    if len(found.funding) != 1:
        return False
    grantor = all_[found.funding[0]].actor
    returning = [all_[index] for index in found.returning]
    enders = enders_of(specification, found)
    back = {duty.recipient for duty in returning}
    if {all_[index].actor for index in found.putting} - {grantor}:
        return False
    one_ender = len(enders) == 1 and None not in enders
    return (not found.ending and not returning) or (one_ender and back == {grantor})


def beneficiary_of(specification: Specification, found: Grant) -> str | None:
    """The one who is named as such, wherever that is."""
    all_ = specification.obligations
    named = {all_[index].recipient for index in (*found.vesting, *found.funding)}
    named |= {all_[index].actor for index in found.claiming}
    named -= {None, "contract"}
    return named.pop() if len(named) == 1 else None
