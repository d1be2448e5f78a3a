"""Each clause put to the test: it happens when it should, and cannot when it should not.

The expectations come from the specification, not from the program: whose money changes by how much,
who may act, and what has to have happened before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assay.authoring.blocks.clauses.acts import record_name
from assay.authoring.blocks.clauses.duties import duties, is_late_fee
from assay.authoring.blocks.clauses.rights import deemings_of, name_of_right, rights_to
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards.payments_made import name_of, whole_series
from assay.authoring.blocks.model import Composition
from assay.authoring.blocks.naming import identifier
from assay.authoring.blocks.patterns.exchange import Exchange
from assay.authoring.blocks.patterns.open_membership import OPEN_MEMBERSHIP
from assay.authoring.model import Act, Condition, Obligation, Specification
from assay.authoring.program.interpreter import CALLER_ERROR, Call
from assay.authoring.program.model import Asset, Program
from assay.authoring.trials.cast import Cast
from assay.authoring.trials.histories import counted, judge_histories
from assay.authoring.trials.steps import Step, attempt
from assay.authoring.trials.walks import Walks

MOVING_ACTIONS = frozenset(
    {"pay", "issue", "deposit", "refund", "release", "contribute", "transfer", "return"}
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One expectation and whether it held.

    Attributes:
        obligation: index of the obligation; None where it is about the whole contract.
        clause: number of its clause.
        function: which keeps it.
        detail: what was seen; for a failure, the calls that show it.
    """

    name: str
    passed: bool
    detail: str
    obligation: int | None = None
    clause: str | None = None
    function: str | None = None


def clause_trials(
    specification: Specification, composition: Composition, cast: Cast, walks: Walks
) -> Iterator[Trial]:
    """All trials of all obligations that code keeps."""
    judged = list(judge_histories(specification, composition, cast, walks))
    for one in judged:
        yield Trial(one.name, one.passed, one.detail, one.obligation, one.clause, one.function)
    names = {block.name for block in OPEN_MEMBERSHIP} | {Exchange.name}
    # These have accounts of their own (`trials.reckoning`), which look at every movement.
    reckoned = {
        index for claim in composition.claims if claim.block in names for index in claim.obligations
    }
    there = {function.name for function in composition.program.functions}
    for index, functions in sorted(composition.kept.items()):
        duty = specification.obligations[index]
        # What the token's own functions keep is tried on the targets (`trials.transfers`).
        for place, function in enumerate(functions):
            if function not in there:
                continue
            conditions = _conditions(specification, index, place, len(functions))
            case = _Case(specification, composition, cast, walks, duty, function, conditions)
            done = index in reckoned or any(one.function == function for one in judged)
            for name, passed, detail in case.trials(judged=done):
                yield Trial(name, passed, detail, index, duty.clause, function)


def _conditions(
    specification: Specification, index: int, place: int, functions: int
) -> tuple[Condition, ...]:
    """What one of the functions waits for that keep an obligation: "otherwise" has its own."""
    alternatives = [duty for number, duty in duties(specification) if number == index]
    if len(alternatives) == functions:
        return alternatives[place].conditions
    return specification.obligations[index].conditions


@dataclass(frozen=True)
class _Case:
    specification: Specification
    composition: Composition
    cast: Cast
    walks: Walks
    duty: Obligation
    function: str
    conditions: tuple[Condition, ...]

    @property
    def program(self) -> Program:
        return self.composition.program

    def trials(self, *, judged: bool) -> Iterator[tuple[str, bool, str]]:
        """All expectations; where every call was judged by its amount, no other look at it."""
        history = self.walks.reached.get(self.function)
        if history is None:
            yield "happens", False, "no history of calls reaches it"
            return
        yield "happens", True, f"after {counted(len(history), 'call')}"
        if not judged:
            yield from self._moves(history)
        yield from self._only_by(history)
        yield from self._only_after()
        if not judged:
            yield from self._only_once()

    def _moves(self, history: tuple[Step, ...]) -> Iterator[tuple[str, bool, str]]:
        """Somebody's balance changes by what the clause says."""
        duty = self.duty
        asset = asset_of(self.program, duty.asset)
        fixed = duty.amount is not None and duty.asset != "%" and duty.limit == "exact"
        fixed = fixed and duty.share_of is None and not is_late_fee(duty)
        if asset is None or not fixed or duty.action not in MOVING_ACTIONS:
            return
        units = int(Decimal(duty.amount or "0").scaleb(asset.decimals))
        before = history[-2].world if len(history) > 1 else self.walks.opening
        after = history[-1].world
        changes = {
            holder: after.balance(asset.name, holder) - before.balance(asset.name, holder)
            for holder in (*self.cast.everybody, after.address)
        }
        recipient = self._recipient(history[-1])
        seen = {changes.get(recipient, 0), changes[after.address]}
        name = self.cast.name(recipient)
        yield (
            "moves what was agreed",
            units in seen,
            f"{name} or the contract gains {units} of {asset.name}"
            if units in seen
            else f"{units} of {asset.name} should move, but {sorted(seen)} did",
        )

    def _recipient(self, last: Step) -> str:
        name = self.duty.recipient
        named = {one.text: one.name for one in self.program.roles}
        texts = {one.name: one.text for one in self.specification.parties}
        role = named.get(texts.get(name, name), identifier(name)) if name else ""
        return self.cast.roles.get(role, last.call.caller)

    def _only_by(self, history: tuple[Step, ...]) -> Iterator[tuple[str, bool, str]]:
        """The same call by anybody else is refused."""
        allowed = self.cast.may_call(self.program.function(self.function).callers)
        others = [one for one in self.cast.everybody if one not in allowed]
        if not others:
            return
        before = history[-2].world if len(history) > 1 else self.walks.opening
        call = history[-1].call
        for other in others:
            tried = attempt(self.program, before, _by(call, other))
            if tried.error != CALLER_ERROR:
                yield "only by those named", False, f"{self.cast.name(other)} can do it too"
                return
        told = "1 other is" if len(others) == 1 else f"{len(others)} others are"
        yield "only by those named", True, f"{told} refused"

    def _only_after(self) -> Iterator[tuple[str, bool, str]]:
        """No history does it before what the clause waits for has been done."""
        if self.duty.modality == "must_not":
            return
        for condition in self.conditions:
            if condition.kind != "event" or condition.negated:
                continue
            before = set(functions_of(self.specification, self.composition, condition))
            if not before or self.function in before:
                continue
            early = sum(_tried_before(walk, self.function, before) for walk in self.walks.histories)
            broken = next(
                (
                    walk
                    for walk in self.walks.histories
                    if _done_before(walk, self.function, before)
                ),
                None,
            )
            detail = f"{early} attempts before {', '.join(sorted(before))} were refused"
            if broken is not None:
                detail = f"it is done before {', '.join(sorted(before))}"
            yield f"only {condition.text}"[:80], broken is None and early > 0, detail

    def _only_once(self) -> Iterator[tuple[str, bool, str]]:
        """What is owed once is not done twice."""
        duty = self.duty
        single = duty.recurrence is None and duty.amount is not None and duty.limit == "exact"
        callers = self.program.function(self.function).callers
        single = single and duty.share_of is None
        if not single or not callers or duty.action not in MOVING_ACTIONS or duty.asset == "%":
            return
        most = max(map(self._times_done, self.walks.histories))
        yield "only once", most <= (duty.occurrences or 1), f"at most {most} times in a history"

    def _times_done(self, history: tuple[Step, ...]) -> int:
        return sum(step.error is None and step.call.function == self.function for step in history)


def functions_of(
    specification: Specification, composition: Composition, act: Act
) -> tuple[str, ...]:
    """The functions by which an act is done or recorded."""
    if isinstance(act, Condition) and (series := whole_series(specification, act)) is not None:
        return (name_of(specification, *series),)
    kept = [
        function
        for index, functions in composition.kept.items()
        for function in functions
        if _same_act(specification.obligations[index], act)
    ]
    names = {function.name for function in composition.program.functions}
    ends = [name_of_right(specification, *one) for one in rights_to(specification, act)]
    if ends:
        return tuple(name for name in ends if name in names)
    try:
        recorded = record_name(specification, act)
    except NotBuildable:
        return tuple(kept)
    by_saying = (recorded, *deemings_of(specification, act))
    return tuple(kept) or tuple(name for name in by_saying if name in names)


def asset_of(program: Program, name: str | None) -> Asset | None:
    """The program's asset for one of the specification."""
    if name is None:
        return None
    wanted = identifier(name, "token")
    return next(
        (one for one in program.assets if name in (one.symbol, one.name) or one.name == wanted),
        None,
    )


def _same_act(duty: Obligation, act: Act) -> bool:
    return (duty.actor, duty.action, duty.asset) == (act.actor, act.action, act.asset)


def _by(call: Call, caller: str) -> Call:
    return replace(call, caller=caller)


def _tried_before(history: tuple[Step, ...], function: str, before: set[str]) -> bool:
    for step in history:
        if step.call.function == function:
            return True
        if step.call.function in before and step.error is None:
            return False
    return False


def _done_before(history: tuple[Step, ...], function: str, before: set[str]) -> bool:
    for step in history:
        if step.error is None and step.call.function in before:
            return False
        if step.error is None and step.call.function == function:
            return True
    return False
