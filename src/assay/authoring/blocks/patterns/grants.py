"""What clauses say of a grant that vests: its schedule, its cliff, who puts it in, who ends it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assay.authoring.blocks.clauses.nouns import GRANT, OVER, VESTED
from assay.authoring.blocks.clauses.saying import SIGNING, is_money, says_only
from assay.authoring.blocks.moments import is_duration, later, turn
from assay.authoring.model import Act, Condition, Obligation, Specification

CLIFF = frozenset({"cliff", "悬崖期", "锁定期"})
TOUCHING = frozenset(
    {"lock", "keep", "return", "claim", "withdraw", "transfer", "burn", "release", "refund"}
)
HANDING = frozenset({"pay", "transfer", "issue", "provide"})
GRANTING = ("grant", "award", "allocat", "授予", "奖励")
KEPT = ("vested", "已归属")
BEGINNING = frozenset(
    {"vesting", "schedule", "vesting schedule", "vesting period", "归属", "归属期"}
)
BEGUN = frozenset({"begins", "begin", "starts", "start", "begun", "started", "开始"})
_ENDS_OF_VESTING = (
    "end of vesting",
    "end of the vesting",
    "full vesting",
    "归属期满",
    "归属期届满",
)
_TWICE = 2
UNVESTED = (
    "unvested",
    "not vested",
    "not yet vested",
    "未归属",
    "尚未归属",
    "have not vested",
    "has not vested",
    "not been vested",
)


@dataclass
class Grant:
    """What the clauses say of one; indices of obligations.

    Attributes:
        putting: that what is granted is put into the contract, in other words.
        waiting: before when nothing vests.
        restating: that what has vested is the beneficiary's own.
    """

    vesting: list[int] = field(default_factory=list)
    funding: list[int] = field(default_factory=list)
    putting: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    restating: list[int] = field(default_factory=list)
    claiming: list[int] = field(default_factory=list)
    ending: list[int] = field(default_factory=list)
    returning: list[int] = field(default_factory=list)

    @property
    def obligations(self) -> tuple[int, ...]:
        """All of them, ascending."""
        parts = (self.vesting, self.funding, self.claiming, self.ending, self.returning)
        said = (*parts, self.putting, self.waiting, self.restating)
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
        part = _part_of(specification, found, duty, vest)
        if part is not None:
            part.append(index)
        elif _touches(specification, duty, vest):
            return None
    _told_twice(specification, found)
    return found if _fits(specification, found) else None


def _part_of(
    specification: Specification, found: Grant, duty: Obligation, vest: Obligation
) -> list[int] | None:
    """Where in the grant a clause belongs."""
    parts = (
        (found.funding, _funds(specification, duty, vest)),
        (found.putting, _puts_in(duty)),
        (found.waiting, _waits_for_cliff(duty, vest)),
        (found.restating, _says_again(specification, duty)),
        (found.claiming, _fetches(duty, vest)),
        (found.returning, _returns_unvested(specification, duty, vest)),
        (found.ending, _ends(duty)),
    )
    return next((part for part, fits in parts if fits), None)


def _told_twice(specification: Specification, found: Grant) -> None:
    """ "The Company grants 480 tokens" and "deposits all 480": what is granted is put in once."""
    if len(found.funding) < _TWICE:
        return
    duties = [(index, specification.obligations[index]) for index in found.funding]
    alike = {(one.actor, one.amount, one.asset) for _, one in duties}
    granted = [index for index, one in duties if one.action in HANDING]
    if len(alike) == 1 and len(granted) == 1:
        found.putting += [index for index in found.funding if index not in granted]
        found.funding = granted


def _touches(specification: Specification, duty: Obligation, vest: Obligation) -> bool:
    """Whether a clause says something of what vests that no part of a grant does."""
    if issues_itself(specification, vest.asset):
        return duty.asset == vest.asset and duty.action in TOUCHING - {"transfer"}
    funded = {one.asset for one in specification.obligations if _funds(specification, one, vest)}
    return duty.asset in VESTED | funded and duty.action in TOUCHING


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
        if (value := all_[index].conditions[0].value) not in OVER | {None}:
            return str(value), ">="
    return None


def enders_of(specification: Specification, found: Grant) -> set[str | None]:
    """Who may end it: who has the right, or says that the ground is there."""
    all_ = specification.obligations
    ending = [index for index in found.returning if not _takes_back(all_[index])]
    enders = {all_[index].actor for index in (*found.ending, *ending)} - {"contract"}
    grounds = (one for index in found.returning for one in all_[index].conditions)
    return enders | {one.actor for one in grounds if one.kind == "event"}


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
    named = until.subject in SIGNING | CLIFF
    return plain and named and says_only(until, "comparator", "value")


def _waits_for_cliff(duty: Obligation, vest: Obligation) -> bool:
    """Whether it is "nothing may be claimed before the cliff", where there is one."""
    none = duty.modality == "must_not" and duty.action in ("claim", "withdraw", "release")
    cliff = any(one not in _starts(vest) for one in vest.conditions)
    if not (none and cliff and duty.asset in VESTED | {None} and len(duty.conditions) == 1):
        return False
    (until,) = duty.conditions
    before = until.kind == "time" and until.comparator == "<" and until.value is None
    over = until.kind == "state" and until.negated and until.value in OVER
    return (before or over) and until.subject in CLIFF and says_only(duty, "asset", "conditions")


def _says_again(specification: Specification, duty: Obligation) -> bool:
    """Whether it is "vested tokens belong to the Employee": they are there to be fetched."""
    words = _sentence(specification, duty)
    told = any(one in words for one in KEPT) and not any(one in words for one in UNVESTED)
    own = duty.action in ("transfer", "keep") and duty.asset in VESTED
    return told and own and duty.modality != "must_not" and says_only(duty, "asset", "recipient")


def _is_begun(one: Condition, vest: Obligation) -> bool:
    """Whether it is "after the cliff", "once vested": what holds for all that is fetched."""
    if one.kind == "event":
        return one.action == "vest" and not one.negated
    told = one.kind == "time" and one.comparator in (">", ">=") and one.value is None
    cliff = any(each not in _starts(vest) for each in vest.conditions)
    return told and cliff and one.subject in CLIFF and not one.negated


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


def _before_it_begins(one: Condition) -> bool:
    """Whether it is "before the vesting begins": nothing is fetched of what was not put in."""
    begun = one.kind == "state" and one.subject in BEGINNING and one.value in BEGUN
    return begun and one.negated


def _funds(specification: Specification, duty: Obligation, vest: Obligation) -> bool:
    timed = [one for one in duty.conditions if not _before_it_begins(one)]
    plain = says_only(duty, "amount", "asset", "recipient", "conditions") and not timed
    if not plain or duty.modality != "must":
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


def _fetches(duty: Obligation, vest: Obligation) -> bool:
    right = duty.modality == "may" and duty.action in ("claim", "withdraw")
    begun = all(_is_begun(one, vest) for one in duty.conditions)
    plain = says_only(duty, "asset", "recipient", "conditions")
    return right and begun and plain and duty.asset in VESTED | {None}


def _sentence(specification: Specification, duty: Obligation) -> str:
    """The words of a clause with what is said behind them: "all tokens that have not vested"."""
    start, end = duty.span
    behind = re.match(r"[^.;\n。;]*", specification.text[end:])
    return specification.text[start : end + (behind.end() if behind else 0)].lower()


def is_unvested(specification: Specification, duty: Obligation) -> bool:
    """Whether a clause is about what has not vested, an amount that the contract knows."""
    words = _sentence(specification, duty)
    return any(one in words for one in UNVESTED)


def _returns_unvested(specification: Specification, duty: Obligation, vest: Obligation) -> bool:
    grounds = [one for one in duty.conditions if not is_moot(one, vest)]
    back = duty.actor == "contract" and duty.action in ("return", "refund", "release", "transfer")
    events = all(one.kind == "event" and (_is_end(one) or is_said(one)) for one in grounds)
    whole = says_only(duty, "asset", "recipient", "conditions") and len(grounds) <= 1
    back = back or _takes_back(duty)
    if duty.modality == "may" and duty.actor != "contract" and grounds:
        # "The Company may take back what has not vested": it says itself that the ground is there.
        stated = grounds[0].actor == duty.actor
        back = duty.action in ("withdraw", "keep", "claim", "return") and stated
    return back and whole and events and is_unvested(specification, duty)


def is_moot(one: Condition, vest: Obligation) -> bool:
    """Whether it is a time until which something is unvested anyway: "leaves before it is over"."""
    if one.kind != "time" or one.negated or one.comparator not in ("<", "<="):
        return False
    if one.value is None:
        return (one.subject or "").startswith(_ENDS_OF_VESTING)
    length, times = str(vest.deadline or vest.recurrence), vest.occurrences or 1
    start = start_of(vest) or ""
    if is_duration(one.value):
        return one.subject is None and later(0, one.value) == later(0, length, times)
    dated = start[:4].isdecimal()
    return dated and turn(one.value, one.comparator) >= later(turn(start, ">="), length, times)


def _takes_back(duty: Obligation) -> bool:
    """ "If the Employee leaves, the Company takes back what has not vested": whoever says so."""
    takes = duty.action in ("keep", "withdraw") and duty.modality == "must"
    return takes and duty.actor not in (None, "contract") and bool(duty.conditions)


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
    back = {
        duty.recipient if duty.actor == "contract" else duty.recipient or duty.actor
        for duty in returning
    }
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
