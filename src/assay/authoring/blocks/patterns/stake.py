"""Stake: money is locked for a time; whoever takes it out earlier leaves a penalty.

"A user may stake USDC for one year. Whoever withdraws earlier pays 10 % of the stake to the
Treasury." Each person has one stake at a time. The penalty waits for its recipient in the contract,
so that a recipient who cannot be paid stops nobody's withdrawal.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.authoring.blocks.clauses.nouns import PENALTY_OF, STAKE
from assay.authoring.blocks.clauses.saying import is_money, parts_of_hundred, says_only
from assay.authoring.blocks.draft import Draft
from assay.authoring.blocks.model import Claim
from assay.authoring.blocks.moments import is_duration
from assay.authoring.blocks.terms import (
    AMOUNT,
    CALLER,
    DUE,
    GIVEN_AMOUNT,
    NOW,
    ZERO,
    at_least,
    define,
    differ,
    less,
    minus,
    over,
    plus,
    same,
    times,
)
from assay.authoring.model import Condition, Obligation, Specification
from assay.authoring.program.expressions import Held, Lookup, Name, Type
from assay.authoring.program.model import (
    Emit,
    If,
    Invariant,
    Let,
    Pull,
    Push,
    Require,
    Set,
    Statement,
)

EARLY = ("earl", "before the end", "before the lock", "before expiry", "提前", "到期前")


@dataclass
class Lock:
    """What the clauses say of a stake; indices, and the values that were named."""

    staking: list[int] = field(default_factory=list)
    leaving: list[int] = field(default_factory=list)
    penalty: list[int] = field(default_factory=list)
    assets: set[str] = field(default_factory=set)
    lengths: set[str] = field(default_factory=set)
    stakers: set[str | None] = field(default_factory=set)
    amounts: set[str] = field(default_factory=set)
    least: set[str] = field(default_factory=set)
    odd: bool = False

    @property
    def obligations(self) -> tuple[int, ...]:
        """All of them, ascending."""
        return tuple(sorted((*self.staking, *self.leaving, *self.penalty)))

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        parts = (self.assets, self.lengths, self.penalty, self.stakers)
        single = all(len(one) == 1 for one in parts)
        return single and len(self.amounts | self.least) <= 1 and not self.odd


class Stake:
    """Locks money for a time."""

    name = "stake"
    text = "Money is locked for a time; whoever takes it out earlier leaves a penalty."

    def claims(self, specification: Specification, free: frozenset[int]) -> tuple[Claim, ...]:
        """The stake and its penalty, or nothing where a part of it is not known."""
        found = read_lock(specification, free)
        return (Claim(self.name, found.obligations),) if found.is_whole else ()

    def add(self, draft: Draft, claim: Claim) -> tuple[tuple[int, str], ...]:
        """To stake, to take it out, and to take the penalties."""
        found = read_lock(draft.specification, frozenset(claim.obligations))
        maker = _Maker(draft, found)
        stake, leave, take = maker.stake(), maker.leave(), maker.penalties()
        kept = [(index, stake) for index in found.staking]
        kept += [(index, leave) for index in (*found.leaving, *found.penalty)]
        return (*kept, *((index, take) for index in found.penalty))


class _Maker:
    def __init__(self, draft: Draft, found: Lock) -> None:
        self._draft, self._found = draft, found
        (self._money,) = found.assets
        (length,) = found.lengths
        (staker,) = found.stakers
        self._callers = draft.payers_of(staker)
        self._asset = draft.asset(self._money).name
        self._length = length
        self._staked = draft.variable("stakedTotal", text="All stakes together")
        self._kept = draft.variable("penalties", text="What early withdrawals have left")
        draft.variable("stakeOf", key=Type.ADDRESS)
        draft.variable("stakedAt", key=Type.ADDRESS)
        self._mine, self._since = Lookup("stakeOf", CALLER), Lookup("stakedAt", CALLER)
        held = at_least(Held(self._asset), plus(self._staked, self._kept))
        draft.keep(Invariant("StakesAreHeld", held, "All stakes and penalties are there."))

    def stake(self) -> str:
        """Once at a time for each; once in all where it is a duty."""
        said = [self._draft.specification.obligations[index] for index in self._found.staking]
        owed = any(one.modality == "must" for one in said)
        before = self._since if owed else self._mine
        body: list[Statement] = [
            Require(differ(AMOUNT, ZERO), "NothingStaked"),
            Require(same(before, ZERO), "StakedAlready", (before,)),
            Set("stakeOf", AMOUNT, CALLER),
            Set("stakedAt", NOW, CALLER),
            Set("stakedTotal", plus(self._staked, AMOUNT)),
            Emit("Staked", (("staker", CALLER), ("amount", AMOUNT))),
            Pull(self._asset, AMOUNT),
        ]
        for number in self._found.amounts:
            amount = self._draft.amount("stake", number, self._money)
            body[0] = Require(same(AMOUNT, amount), "WrongStake", (AMOUNT,))
        for number in self._found.least:
            least = self._draft.amount("least stake", number, self._money)
            body[0] = Require(at_least(AMOUNT, least), "StakeTooLow", (AMOUNT,))
        return define(
            self._draft,
            "stake",
            body,
            self._found.staking,
            arguments=GIVEN_AMOUNT,
            callers=self._callers,
        )

    def leave(self) -> str:
        """All of it after the time, less the penalty before."""
        (index,) = self._found.penalty
        share = self._draft.specification.obligations[index].amount
        (part,), whole = parts_of_hundred((share or "0",))
        rate = self._draft.count("penalty share", part, f"{share} %")
        everything = self._draft.count("whole share", whole, "100 %")
        penalty, left = Name("penalty"), Name("left")
        settled = (Set("stakeOf", ZERO, CALLER), Set("stakedTotal", minus(self._staked, DUE)))
        body: list[Statement] = [
            Let("due", self._mine),
            Require(differ(DUE, ZERO), "NothingStaked"),
            *settled,
            If(
                less(NOW, self._draft.later(self._since, "lock", self._length)),
                (
                    Let("penalty", over(times(DUE, rate), everything)),
                    Let("left", minus(DUE, penalty)),
                    Set("penalties", plus(self._kept, penalty)),
                    Emit("StakeTaken", (("staker", CALLER), ("amount", left))),
                    Push(self._asset, CALLER, left),
                ),
                (
                    Emit("StakeTaken", (("staker", CALLER), ("amount", DUE))),
                    Push(self._asset, CALLER, DUE),
                ),
            ),
        ]
        said = (*self._found.leaving, *self._found.penalty)
        return define(self._draft, "take stake", body, said, callers=self._callers)

    def penalties(self) -> str:
        """To their recipient, as often as there are some."""
        (index,) = self._found.penalty
        duty = self._draft.specification.obligations[index]
        recipient = duty.actor if duty.action == "keep" else duty.recipient
        assert recipient is not None, "it was claimed"
        body: list[Statement] = [
            Let("due", self._kept),
            Require(differ(DUE, ZERO), "NoPenalties"),
            Set("penalties", ZERO),
            Emit("PenaltiesTaken", (("amount", DUE),)),
            Push(self._asset, CALLER, DUE),
        ]
        callers = self._draft.caller_of(recipient)
        return define(self._draft, "take penalties", body, (index,), callers=callers)


def read_lock(specification: Specification, free: frozenset[int]) -> Lock:
    """The stake that obligations speak of."""
    found, all_ = Lock(), specification.obligations
    for index in sorted(free):
        duty = all_[index]
        if duty.action in ("deposit", "lock") and is_money(specification, duty.asset):
            _staking(found, index, duty)
    for index in sorted(free - set(found.staking)):
        duty = all_[index]
        early = len(duty.conditions) == 1 and _is_early(duty.conditions[0], found)
        if duty.asset == "%" and duty.action in ("pay", "keep") and early:
            _penalty(found, index, duty)
        elif duty.action in ("withdraw", "claim", "lock") and duty.asset in STAKE | found.assets:
            found.leaving.append(index)
            found.odd |= not (duty.modality == "may" and _is_free(duty, found))
    return found


def _staking(found: Lock, index: int, duty: Obligation) -> None:
    found.staking.append(index)
    found.stakers.add(duty.actor)
    found.assets |= {duty.asset} if duty.asset else set()
    stated = {duty.amount} if duty.amount else set()
    found.amounts |= stated if duty.limit == "exact" else set()
    found.least |= stated if duty.limit == "least" else set()
    found.odd |= duty.limit == "most"
    plain = says_only(duty, "amount", "asset", "deadline", "recipient", "limit")
    found.odd |= not plain or duty.recipient not in (None, "contract")
    found.odd |= duty.actor in (None, "contract") or duty.modality == "must_not"
    if duty.deadline is not None:
        # "Deposit within 7 days" is a date to deposit by; only a right or a lock lasts so long.
        lasts = duty.action == "lock" or duty.modality == "may"
        found.odd |= not (lasts and is_duration(duty.deadline))
        found.lengths.add(duty.deadline)


def _is_free(duty: Obligation, found: Lock) -> bool:
    """Whether it says no more than that it can be taken out, once the time is over."""
    over = all(
        one.kind == "time" and one.comparator in (">", ">=") and one.value in found.lengths
        for one in duty.conditions
    )
    return over and says_only(duty, "asset", "conditions")


def _penalty(found: Lock, index: int, duty: Obligation) -> None:
    found.penalty.append(index)
    plain = says_only(duty, "amount", "asset", "share_of", "recipient", "conditions")
    recipient = duty.actor if duty.action == "keep" else duty.recipient
    someone = recipient not in (None, "contract") and recipient not in found.stakers
    found.odd |= not (plain and someone) or duty.share_of not in PENALTY_OF
    found.odd |= duty.modality == "must_not" or duty.amount is None or float(duty.amount) > 100


def _is_early(one: Condition, found: Lock) -> bool:
    """Whether it is a withdrawal before the lock is over."""
    taken = one.kind == "event" and one.action == "withdraw" and not one.negated
    who = one.actor in found.stakers | {None, "anyone", "staker", "任何人"}
    asset = (one.asset or "").removesuffix("earlier").removesuffix("early").strip() or None
    named = asset in STAKE | found.assets
    before = one.comparator == "<" and one.value in found.lengths
    early = any(word in one.text.lower() for word in EARLY)
    return taken and who and named and (before or early)
