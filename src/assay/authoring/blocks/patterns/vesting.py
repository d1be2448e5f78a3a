"""Vesting: an amount becomes somebody's own with time, evenly or in steps, perhaps after a cliff.

"48,000 tokens vest to the Employee monthly over four years, with a cliff of a year." The grantor
puts the whole amount in; what has vested is fetched at any time. Where the grant can be ended, what
has not vested by then goes back at once, and what has vested stays to be fetched.
"""

from __future__ import annotations

from collections.abc import Callable

from assay.authoring.blocks.clauses.duties import AT_ONCE
from assay.authoring.blocks.clauses.saying import SIGNING, opening, point
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.moments import is_duration
from assay.authoring.blocks.patterns.grants import (
    Grant,
    as_vesting,
    beneficiary_of,
    cliff_of,
    enders_of,
    read_grant,
    start_of,
)
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
from assay.authoring.model import Specification
from assay.authoring.program.expressions import Binary, Expression, Held, Name
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
        kept += [(index, fetch) for index in (*found.vesting, *found.claiming)]
        kept += [(index, fetch) for index in (*found.waiting, *found.restating)]
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
        beneficiary = beneficiary_of(draft.specification, found)
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
            self._full = draft.later(begins, "vesting length", vest.deadline)
        else:
            assert vest.recurrence is not None, "it was claimed"
            assert vest.occurrences is not None, "it was claimed"
            self._step = vest.recurrence
            self._steps = draft.count("vesting steps", vest.occurrences)
            self._full = draft.later(begins, "vesting step", self._step, times=self._steps)
        self._granted = self._total
        if not self._issues:
            self._granted = draft.variable("granted", text="What the beneficiary gets in all")
        self._fetched = draft.variable("vestedFetched", text="What was fetched of it")
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
        if self._steps is None:
            passed = minus(clock, self._begins)
            return over(times(self._total, passed), self._length())
        steps = self._draft.passed(self._begins, "vesting step", self._step, clock)
        return over(times(self._total, steps), self._steps)

    def _length(self) -> Expression:
        """Of the whole time, in seconds."""
        match self._full:
            case Binary("+", _, length):
                return length
            case _:
                return minus(self._full, self._begins)

    def _cliff(self) -> tuple[Callable[[Expression, Expression], Expression], Expression]:
        """How the time is compared, and with what, before anything has vested."""
        cliff = cliff_of(self._draft.specification, self._found)
        if cliff is None:
            return at_least, self._begins
        value, comparator = cliff
        reached = more if comparator == ">" else at_least
        if not is_duration(value):
            return reached, self._draft.turn(value, comparator)
        return reached, self._draft.later(self._begins, "cliff", value)
