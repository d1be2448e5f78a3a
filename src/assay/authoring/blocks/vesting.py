"""Vesting: an amount becomes somebody's own with time, evenly or in steps, perhaps after a cliff.

"48,000 tokens vest to the Employee monthly over four years, with a cliff of a year." The grantor
puts the whole amount in; what has vested is fetched at any time. Where the grant can be ended, what
has not vested by then goes back at once, and what has vested stays to be fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.duties import AT_ONCE
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.moments import is_duration
from assay.authoring.blocks.nouns import GRANT, VESTED
from assay.authoring.blocks.saying import SIGNING, is_money, opening, point, says_only
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
    lesser,
    minus,
    more,
    over,
    plus,
    same,
    times,
)
from assay.authoring.model import Act, Condition, Obligation, Specification
from assay.authoring.program.expressions import Expression, Held, Name
from assay.authoring.program.model import (
    Emit,
    If,
    Invariant,
    Issue,
    Let,
    Pull,
    Push,
    Require,
    Set,
    Statement,
)

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


class Vesting:
    """Lets an amount become somebody's own with time."""

    name = "vesting"
    text = "An amount vests evenly or in steps, after a cliff; the unvested rest can go back."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """One grant with all that is said of it, or nothing."""
        found = read_grant(specification, free)
        return (Claim(self.name, found.obligations),) if found is not None else ()

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """To put the amount in, to fetch what has vested, and to end it."""
        found = read_grant(draft.specification, frozenset(claim.obligations))
        assert found is not None, "it was claimed"
        maker = _Maker(draft, found)
        fund = maker.fund() if found.funding else ""
        fetch = maker.fetch()
        kept = [(index, fund) for index in (*found.funding, *found.putting)]
        kept += [(index, fetch) for index in (*found.vesting, *found.claiming, *found.waiting)]
        if found.returning:
            end = maker.end()
            kept += [(index, end) for index in (*found.ending, *found.returning)]
        return tuple(kept)


class _Maker:
    def __init__(self, draft: Draft, found: Grant) -> None:
        self._draft, self._found = draft, found
        all_ = draft.specification.obligations
        self._vest = vest = as_vesting(all_[found.vesting[0]])
        self._fund = fund = all_[found.funding[0]] if found.funding else vest
        assert fund.asset is not None, "it was claimed"
        assert fund.amount is not None, "it was claimed"
        # Tokens that the contract issues itself are issued as they vest, never earlier.
        self._issues = not found.funding
        self._asset = (draft.issued if self._issues else draft.asset)(fund.asset).name
        self._total = draft.amount("grant", fund.amount, fund.asset)
        beneficiary = _beneficiary(draft.specification, found)
        assert beneficiary is not None, "it was claimed"
        self._beneficiary = beneficiary
        start = start_of(vest)
        begins = (
            draft.started()
            if start is None or start in SIGNING
            else opening(draft, "vesting begins", start)
        )
        self._begins = begins
        self._steps: Name | None = None
        if vest.deadline:
            self._length: Expression = draft.duration("vesting length", vest.deadline)
        else:
            assert vest.recurrence is not None, "it was claimed"
            assert vest.occurrences is not None, "it was claimed"
            self._period = draft.duration("vesting step", vest.recurrence)
            self._steps = draft.count("vesting steps", vest.occurrences)
            self._length = times(self._period, self._steps)
        self._granted = self._total
        if not self._issues:
            self._granted = draft.variable("granted", text="What the beneficiary gets in all")
        self._fetched = draft.variable("vestedFetched", text="What was fetched of it")
        self._full: Expression = plus(begins, self._length)
        self._ends: Expression = self._full
        if found.returning:
            self._ends = draft.variable(
                "vestingEndsAt", initial=self._full, text="Nothing more vests after it"
            )
        owed = at_least(plus(Held(self._asset), self._fetched), self._granted)
        if self._issues:
            owed = at_most(self._fetched, self._total)
        name = "GrantIsBounded" if self._issues else "GrantIsHeld"
        draft.keep(Invariant(name, owed, "What was granted is there until fetched."))

    def fund(self) -> str:
        """Once, all of it."""
        body: list[Statement] = [
            Require(same(self._granted, ZERO), "GrantThere", (self._granted,)),
            Set(self._granted.name, self._total),
            Emit("GrantFunded", (("grantor", CALLER), ("amount", self._total))),
            Pull(self._asset, self._total),
        ]
        for index in self._found.putting:
            deadline = self._draft.specification.obligations[index].deadline
            if deadline is not None and deadline not in AT_ONCE:
                last = point(self._draft, "grant funded by", deadline)
                body.insert(0, Require(at_most(NOW, last), "TooLate", (NOW, last)))
        if self._found.returning:
            body.insert(1, Require(same(self._ends, self._full), "GrantEnded", (self._ends,)))
        callers = self._draft.caller_of(self._fund.actor)
        return define(self._draft, "fund grant", body, self._found.funding, callers=callers)

    def fetch(self) -> str:
        """All that has vested and was not fetched before."""
        reached, cliff = self._cliff()
        funded = Require(differ(self._granted, ZERO), "GrantNotFunded")
        body: list[Statement] = [
            *(() if self._issues else (funded,)),
            Require(reached(NOW, cliff), "BeforeCliff", (NOW,)),
            Let("clock", lesser(NOW, self._ends)),
            Let("due", minus(self._vested(Name("clock")), self._fetched)),
            Require(differ(DUE, ZERO), "NothingVested"),
            Set(self._fetched.name, plus(self._fetched, DUE)),
            Emit("VestedFetched", (("beneficiary", CALLER), ("amount", DUE))),
            Issue(CALLER, DUE) if self._issues else Push(self._asset, CALLER, DUE),
        ]
        callers = self._draft.caller_of(self._beneficiary)
        return define(self._draft, "fetch vested", body, self._found.vesting, callers=callers)

    def end(self) -> str:
        """Before all has vested: the rest goes back, before the cliff all of it."""
        reached, cliff = self._cliff()
        body: list[Statement] = [
            Require(differ(self._granted, ZERO), "GrantNotFunded"),
            Require(less(NOW, self._ends), "VestingOver", (NOW,)),
            Set("vestingEndsAt", NOW),
            If(
                reached(NOW, cliff),
                self._give_back(minus(self._total, self._vested(NOW))),
                self._give_back(self._total),
            ),
        ]
        enders = enders_of(self._draft.specification, self._found) or {self._fund.actor}
        callers = self._draft.caller_of(min(map(str, enders)))
        return define(self._draft, "end grant", body, self._found.returning, callers=callers)

    def _give_back(self, amount: Expression) -> tuple[Statement, ...]:
        back, grantor = Name("back"), self._draft.expression_of(str(self._fund.actor))
        return (
            Let("back", amount),
            Set(self._granted.name, minus(self._total, back)),
            Emit("GrantEnded", (("grantor", grantor), ("amount", back))),
            Push(self._asset, grantor, back),
        )

    def _vested(self, clock: Expression) -> Expression:
        """Of the whole, by a time that is neither before the beginning nor after the end."""
        passed = minus(clock, self._begins)
        if self._steps is None:
            return over(times(self._total, passed), self._length)
        return over(times(self._total, over(passed, self._period)), self._steps)

    def _cliff(self) -> tuple[Callable[[Expression, Expression], Expression], Expression]:
        """How the time is compared, and with what, before anything has vested."""
        cliff = cliff_of(self._draft.specification, self._found)
        if cliff is None:
            return at_least, self._begins
        value, comparator = cliff
        reached = more if comparator == ">" else at_least
        if not is_duration(value):
            return reached, self._draft.turn(value, comparator)
        return reached, plus(self._begins, self._draft.duration("cliff", value))


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
    if _beneficiary(specification, found) is None:
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


def _beneficiary(specification: Specification, found: Grant) -> str | None:
    """The one who is named as such, wherever that is."""
    all_ = specification.obligations
    named = {all_[index].recipient for index in (*found.vesting, *found.funding)}
    named |= {all_[index].actor for index in found.claiming}
    named -= {None, "contract"}
    return named.pop() if len(named) == 1 else None
