"""What the specification says of a moment in a history: may this be done now, and for how much?

    judge = Judge(specification, composition, START_S)
    judge.applies(duty, "releaseToSeller", history)   # do all its conditions hold?
    judge.units(index, duty, history)                 # what it should move

Nothing here looks at the program's statements: acts are looked up in the calls that went through,
times and shares come from the clauses. A program that differs is found out by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from assay.authoring.blocks import acts
from assay.authoring.blocks.duties import Duty, duties
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.guards import deadline_of, merged
from assay.authoring.blocks.model import Composition
from assay.authoring.blocks.moments import DAY_S, is_duration, moment, seconds
from assay.authoring.blocks.naming import capitalised, identifier
from assay.authoring.blocks.payments_made import act_of, meant, name_of
from assay.authoring.blocks.penalties import fees_for, is_cap, is_late_fee
from assay.authoring.blocks.reports import places_of, report_name, report_of
from assay.authoring.blocks.sums import Pot, base_of, pots, share_units
from assay.authoring.model import Act, Condition, Obligation, Specification
from assay.authoring.trials.cast import Cast
from assay.authoring.trials.walks import Step

BLOCKS_JUDGED = frozenset({"escrow", "payment"})
_SETS_OUT = frozenset({"pay", "deposit", "transfer"})


class Unjudged(Exception):
    """The specification says it in a way that is not judged here."""


@dataclass(frozen=True)
class Judge:
    """Reads histories by the clauses.

    Attributes:
        start_s: when the contract was deployed.
    """

    specification: Specification
    composition: Composition
    start_s: int
    _known: dict[tuple[object, ...], tuple[str, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def _duties(self) -> tuple[Duty, ...]:
        return tuple(duties(self.specification))

    @cached_property
    def _pots(self) -> tuple[Pot, ...]:
        return pots(self.specification)

    def judged(self) -> tuple[tuple[int, Obligation, str], ...]:
        """Duties, with the functions that carry them out."""
        claimed = {
            index
            for claim in self.composition.claims
            if claim.block in BLOCKS_JUDGED
            for index in claim.obligations
        }
        return tuple(
            (index, duty, name)
            for index, duty in self._duties
            for name in self.composition.kept.get(index, ())
            if index in claimed and name == name_of(self.specification, index, duty)
        )

    def applies(self, duty: Obligation, function: str, done: Sequence[Step], now_s: int) -> bool:
        """Whether the clause lets it be done at a moment, after what was done before.

        Raises:
            Unjudged: a condition cannot be judged.
        """
        if self._came_too_late(duty, done):
            return False
        return self._in_time(duty, done, now_s) and all(
            self._holds(one, function, done, now_s)
            for one in merged(duty)
            if not (is_late_fee(duty) and one.kind == "breach")
        )

    def units(self, index: int, duty: Obligation, done: Sequence[Step], now_s: int) -> int:
        """What it moves then, in the smallest unit.

        Raises:
            Unjudged: the amount does not follow from the clauses alone.
        """
        pot = self.pot_of(index, duty)
        if pot is not None and duty.amount is None:
            return self.left(pot, done)
        if is_late_fee(duty):
            return self._own_fee(duty, done)
        times = self.times(index, duty, done)
        units = self._sum(index, duty, pot)
        if duty.spread and duty.occurrences:
            parts = duty.occurrences
            units = units * (times + 1) // parts - units * times // parts
        return units + sum(
            self._fee(fee, max(0, now_s - self._due(duty, done, times)))
            for _, fee in fees_for(self.specification, duty)
            if pot is None
        )

    def times(self, index: int, duty: Obligation, done: Sequence[Step]) -> int:
        """How often it was done."""
        name = name_of(self.specification, index, duty)
        return sum(step.call.function == name for step in done)

    def pot_of(self, index: int, duty: Obligation) -> Pot | None:
        """The sum that it pays in or lets out."""
        for pot in self._pots:
            if pot.outflows and (
                (pot.index, pot.deposit) == (index, duty) or ((index, duty) in pot.outflows)
            ):
                return pot
        return None

    def left(self, pot: Pot, done: Sequence[Step]) -> int:
        """What a pot should still hold."""
        if not self.times(pot.index, pot.deposit, done):
            return 0
        left = self._sum(pot.index, pot.deposit, None)
        for index, duty in pot.outflows:
            if self.times(index, duty, done):
                left -= left if duty.amount is None else self._sum(index, duty, pot)
        return max(0, left)

    def recipient(self, index: int, duty: Obligation) -> str | None:
        """The role that gains; None for the contract."""
        pot = self.pot_of(index, duty)
        if pot is not None and (pot.index, pot.deposit) == (index, duty):
            return None
        taker = duty.actor if duty.action in ("withdraw", "keep", "claim") else None
        payer = pot.deposit.actor if pot else None
        return identifier(duty.recipient or taker or payer or "")

    def actor(self, index: int, duty: Obligation) -> str | None:
        """The one party that may do it; None where anybody may set it off."""
        pot = self.pot_of(index, duty)
        out = pot is not None and pot.deposit != duty
        owed = duty.modality == "must" and duty.conditions
        return None if duty.actor == "contract" or (out and owed) else identifier(duty.actor or "")

    def recorders(self) -> Iterator[tuple[int, str, str]]:
        """Functions by which somebody says something, with the role or group that may."""
        seen: set[str] = set()
        for index, duty, function in self.judged():
            for one in duty.conditions:
                for name, party in self._recorder(one, function):
                    if name not in seen:
                        seen.add(name)
                        yield index, name, party

    def addresses(self, party: str, cast: Cast) -> frozenset[str]:
        """Of a role or a group."""
        group = cast.groups.get(party)
        return frozenset(group if group is not None else (cast.roles.get(party, ""),))

    def _recorder(self, one: Condition, function: str) -> Iterator[tuple[str, str]]:
        if one.kind == "oracle":
            yield report_name(one), identifier(one.actor or "")
        elif one.kind == "approval":
            party = identifier(one.subject or "", "group")
            alone = one.value is None and one.total is None
            name = f"{party}Approve" if alone else "approve"
            yield f"{name}{capitalised(function)}", party
        elif one.kind in ("event", "breach") and one.action not in (*acts.ON_CHAIN, "report"):
            act = acts.canonical(self.specification, one)
            by = acts.recorder(self.specification, act)
            yield acts.record_name(self.specification, one), identifier(by or "")

    def _came_too_late(self, duty: Obligation, done: Sequence[Step]) -> bool:
        """Whether what it waits for came when its lack had already opened another way out."""
        pot = next((one for one in self._pots if duty in _outflows(one)), None)
        if pot is None:
            return False
        for one in merged(duty):
            if one.kind != "event" or one.negated or one.value or one.action in acts.ON_CHAIN:
                continue
            at = self._time_of(one, done)
            for other in _outflows(pot):
                for lack in merged(other):
                    if lack.kind != "breach" or not acts.same(lack, one):
                        continue
                    limit = self._limit_or_none(lack, done)
                    if at is not None and limit is not None and at > limit:
                        return True
        return False

    def _sum(self, index: int, duty: Obligation, pot: Pot | None) -> int:
        if duty.asset != "%":
            return self._units_of(str(duty.amount), str(duty.asset))
        base = base_of(self.specification, duty.share_of, duty)
        whole = self._units_of(str(base.amount), base.asset)
        shares = [one for one in pot.outflows if one[1].asset == "%"] if pot else []
        hundred = sum(Decimal(one.amount or 0) for _, one in shares) == 100
        if hundred and shares[-1] == (index, duty):
            return whole - sum(share_units(str(one.amount), whole) for _, one in shares[:-1])
        return share_units(str(duty.amount), whole)

    def _units_of(self, amount: str, asset: str) -> int:
        kinds = {one.name: one for one in self.specification.assets}
        decimals = kinds[asset].decimals if asset in kinds else None
        return int(Decimal(amount).scaleb(18 if decimals is None else decimals))

    def _own_fee(self, duty: Obligation, done: Sequence[Step]) -> int:
        (breach,) = (one for one in duty.conditions if one.kind == "breach")
        at = self._time_of(breach, done)
        if at is None:
            raise Unjudged
        return self._fee(duty, max(0, at - self._limit(breach, done)))

    def _fee(self, fee: Obligation, late_s: int) -> int:
        base = base_of(self.specification, fee.share_of, fee)
        whole = self._units_of(str(base.amount), base.asset)
        length = seconds(str(fee.recurrence))
        periods = late_s // length if length > DAY_S else -(-late_s // length)
        owed = periods * share_units(str(fee.amount), whole)
        caps = [one for _, one in self._duties if is_cap(self.specification, one)]
        return min([owed, *(share_units(str(cap.amount), whole) for cap in caps)])

    def _due(self, duty: Obligation, done: Sequence[Step], times: int = 0) -> int:
        if duty.recurrence is not None:
            period = seconds(duty.recurrence)
            limit = duty.deadline or ""
            grace = min(period, seconds(limit)) if is_duration(limit) else period
            return self._first(duty, done) + times * period + grace
        assert duty.deadline is not None, "asked only where there is one"
        return self._moment(duty.deadline, self._base(duty, done))

    def _first(self, duty: Obligation, done: Sequence[Step]) -> int:
        named = duty.deadline_from or ""
        if named[:4].isdecimal():
            return moment(named)
        begun = self._base(duty.model_copy(update={"deadline_from": None}), done)
        if begun is None:
            raise Unjudged
        return begun

    def _base(self, duty: Obligation, done: Sequence[Step]) -> int | None:
        if duty.deadline_from:
            return self._subject(duty.deadline_from, done)
        for one in duty.conditions:
            if one.kind == "event" and not one.negated:
                return self._time_of(one, done)
        return self.start_s

    def _in_time(self, duty: Obligation, done: Sequence[Step], now_s: int) -> bool:
        if duty.recurrence is not None and not is_late_fee(duty):
            name = next(one for i, d, one in self.judged() if d == duty)
            times = sum(step.call.function == name for step in done)
            over = duty.occurrences is not None and times >= duty.occurrences
            begins = self._first(duty, done) + times * seconds(duty.recurrence)
            return not over and now_s >= begins
        if duty.deadline is None or fees_for(self.specification, duty):
            return True
        if duty.actor == "contract":
            waits = any(one.kind == "event" for one in duty.conditions)
            dated = not is_duration(duty.deadline) or not waits
            return not dated or now_s >= self._due(duty, done)
        if duty.action not in _SETS_OUT and duty.modality != "may":
            return True
        try:
            return now_s <= self._due(duty, done)
        except Unjudged:
            return False

    def _holds(self, one: Condition, function: str, done: Sequence[Step], now_s: int) -> bool:
        match one.kind:
            case "event":
                return self._event(one, done, now_s)
            case "breach":
                at, limit = self._time_of(one, done), self._limit_or_none(one, done)
                late = at is None or (limit is not None and at > limit)
                return limit is not None and now_s > limit and late
            case "time" if one.value:
                base = self._subject(one.subject, done) if one.subject else self.start_s
                if base is None:
                    return False
                found = _compare(one.comparator or ">=", now_s, self._moment(one.value, base))
                return found != one.negated
            case "approval":
                return self._approved(one, function, done)
            case "oracle":
                return self._as_reported(one, done)
            case _:
                raise Unjudged

    def _event(self, one: Condition, done: Sequence[Step], now_s: int) -> bool:
        at = self._time_of(one, done)
        if one.negated and one.value is None:
            return at is None
        if at is None or one.value is None:
            return at is not None
        if one.action == "notify":
            return now_s >= at + seconds(one.value)
        return at <= self._limit(one, done)

    def _approved(self, one: Condition, function: str, done: Sequence[Step]) -> bool:
        name = f"approve{capitalised(function)}"
        if one.value is None:
            name = f"{identifier(one.subject or '')}Approve{capitalised(function)}"
        given = {step.call.caller for step in done if step.call.function == name}
        value, total = one.value or "1", one.total or 1
        wanted = Decimal(value.removesuffix("%"))
        if value.endswith("%"):
            wanted = wanted * total / 100
        return len(given) > wanted if one.comparator == ">" else len(given) >= wanted

    def _as_reported(self, one: Condition, done: Sequence[Step]) -> bool:
        name = report_name(one)
        values = [step.call.arguments[0] for step in done if step.call.function == name]
        if not values:
            return False
        found = Decimal(int(values[0])).scaleb(-places_of(self.specification, one))
        limit = Decimal((one.value or "0").removesuffix("%"))
        return _compare(one.comparator or "=", found, limit, exact=True) != one.negated

    def _limit(self, one: Condition, done: Sequence[Step]) -> int:
        limit = self._limit_or_none(one, done)
        if limit is None:
            raise Unjudged
        return limit

    def _limit_or_none(self, one: Condition, done: Sequence[Step]) -> int | None:
        text = deadline_of(self.specification, one)
        if text is None:
            raise Unjudged
        if not is_duration(text):
            return moment(text)
        if one.subject:
            base = self._subject(one.subject, done)
        else:
            found = [d for _, d in self._duties if d.deadline and acts.same(d, one)]
            base = self._base(found[0], done) if found else self.start_s
        return None if base is None else base + seconds(text)

    def _moment(self, text: str, base: int | None) -> int:
        if not is_duration(text):
            return moment(text)
        if base is None:
            raise Unjudged
        return base + seconds(text)

    def _subject(self, subject: str, done: Sequence[Step]) -> int | None:
        act = act_of(subject)
        return self.start_s if act is None else self._time_of(act, done)

    def _time_of(self, act: Act, done: Sequence[Step]) -> int | None:
        """When an act was first done."""
        key = act.action, act.actor, act.asset, act.amount, act.recipient
        if key not in self._known:
            self._known[key] = self._functions(act)
        names = self._known[key]
        return next((step.call.now_s for step in done if step.call.function in names), None)

    def _functions(self, act: Act) -> tuple[str, ...]:
        if act.action == "report":
            source = report_of(self.specification, act.actor, act.asset)
            return (report_name(source),) if source else ()
        movement = meant(self.specification, act)
        if movement is not None:
            return (name_of(self.specification, *movement),)
        try:
            return (acts.record_name(self.specification, act),)
        except NotBuildable:
            raise Unjudged from None


def _outflows(pot: Pot) -> tuple[Obligation, ...]:
    return tuple(duty for _, duty in pot.outflows)


def _compare(
    comparator: str, left: int | Decimal, right: int | Decimal, *, exact: bool = False
) -> bool:
    if comparator == "=" and not exact:
        return left >= right
    return {
        "<": left < right,
        "<=": left <= right,
        "=": left == right,
        ">=": left >= right,
        ">": left > right,
    }[comparator]
