"""How much the clauses say is owed, in smallest units: sums, shares, and what lateness costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assay.authoring.blocks.clauses.bounds import limits
from assay.authoring.blocks.clauses.duties import Duty
from assay.authoring.blocks.clauses.sums import Pot, base_of, share_units, shares_of
from assay.authoring.blocks.draft import DEFAULT_DECIMALS
from assay.authoring.blocks.guards.delaying import is_delay
from assay.authoring.blocks.held.penalties import is_cap
from assay.authoring.blocks.moments import DAY_S, seconds
from assay.authoring.model import Obligation
from assay.authoring.trials.steps import Step
from assay.authoring.trials.times import Times, Unjudged


@dataclass(frozen=True)
class Owed:
    """Computes amounts from the clauses and the times of what was done."""

    _times: Times

    @cached_property
    def _caps(self) -> tuple[Obligation, ...]:
        duties, told = self._times.duties, self._times.specification
        return tuple(one for _, one in duties if is_cap(told, one))

    def sum_of(self, index: int, duty: Obligation, pot: Pot | None) -> int:
        if duty.asset != "%":
            return self._units_of(str(duty.amount), str(duty.asset))
        base = base_of(self._times.specification, duty.share_of, duty)
        whole = self._units_of(str(base.amount), base.asset)
        shares = shares_of(pot) if pot else []
        hundred = sum(Decimal(one.amount or 0) for _, one in shares) == 100
        if hundred and shares[-1] == (index, duty):
            return whole - sum(share_units(str(one.amount), whole) for _, one in shares[:-1])
        return share_units(str(duty.amount), whole)

    def _units_of(self, amount: str, asset: str) -> int:
        kinds = {one.name: one for one in self._times.specification.assets}
        decimals = kinds[asset].decimals if asset in kinds else None
        return int(Decimal(amount).scaleb(DEFAULT_DECIMALS if decimals is None else decimals))

    def own_fee(self, duty: Obligation, done: Sequence[Step]) -> int:
        (breach,) = (one for one in duty.conditions if one.kind == "breach")
        at = self._times.of(breach, done)
        if at is None:
            raise Unjudged
        return self.fee(duty, max(0, at - self._times.limit(breach, done)))

    def fee(self, fee: Obligation, late_s: int) -> int:
        if fee.recurrence is None:
            (breach,) = (one for one in fee.conditions if one.kind == "breach")
            spared_s = seconds(str(breach.value)) if is_delay(breach) else 0
            return self.sum_of(-1, fee, None) if late_s > spared_s else 0
        length = seconds(str(fee.recurrence))
        periods = late_s // length if length > DAY_S else -(-late_s // length)
        owed = periods * self.sum_of(-1, fee, None)
        return min([owed, *(self.sum_of(-1, cap, None) for cap in self._caps)])

    def left_by_limits(
        self,
        payment: Duty,
        units: int,
        done: Sequence[Step],
        name_of: Callable[[int, Obligation], str],
    ) -> int:
        """Of a sum, what the limits leave that other payments have used up before."""
        for limit in limits(self._times.specification, self._times.duties):
            if limit.each or payment not in limit.covered:
                continue
            most = left = self.sum_of(limit.index, limit.duty, None)
            for step in done:
                for place, one in limit.covered:
                    if step.call.function == name_of(place, one):
                        left -= min(left, self.sum_of(place, one, None))
            units = min(units, left, most)
        return units
