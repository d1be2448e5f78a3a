"""The account of payments against issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import ClassVar

from assay.authoring.blocks.clauses.saying import closes, opens
from assay.authoring.blocks.patterns.exchange import is_bound, payment_for, says_rate
from assay.authoring.program.interpreter import Call
from assay.authoring.trials.accounts import Flows, Terms, number

_AT_ONCE = frozenset({None, "P0D", "PT0H", "PT0M", "PT0S"})


class Exchanges:
    """Of tokens for a price, or for each of many."""

    parts: ClassVar[Mapping[str, str]] = {"buy": "buy"}

    def __init__(self, terms: Terms) -> None:
        (duty,) = (one for one in terms.duties if payment_for(one) is not None)
        paid = payment_for(duty)
        assert paid is not None
        self._token, self._money = terms.asset(str(duty.asset)), terms.asset(str(paid.asset))
        self._units = terms.units(str(duty.amount), str(duty.asset))
        self._price = terms.units(str(paid.amount), str(paid.asset))
        self._rate = says_rate(paid)
        self._payer, self._payee = terms.address(paid.actor), terms.address(paid.recipient)
        ends = duty.deadline not in _AT_ONCE
        self._end = terms.last_second(str(duty.deadline)) if ends else None
        for over in (one.deadline for one in terms.duties if closes(one)):
            last = terms.last_second(str(over))
            self._end = last if self._end is None else min(last, self._end)
        dates = (opens(one) for one in terms.duties)
        self._start = max((terms.first_second(one) for one in dates if one), default=0)
        bounds = [one for one in terms.duties if is_bound(one)]
        self._most = min(
            (terms.units(str(one.amount), str(one.asset)) for one in bounds), default=None
        )
        self._issued = 0

    def expect(self, part: str, call: Call) -> Flows | None:  # noqa: ARG002 - one part only
        times = number(call) if self._rate else 1
        units, caller = times * self._units, call.caller
        late = self._end is not None and call.now_s > self._end
        much = self._most is not None and self._issued + units > self._most
        late |= call.now_s < self._start
        if not times or late or much or caller != (self._payer or caller):
            return None
        self._issued += units
        flows: Counter[tuple[str, str]] = Counter({(self._token, caller): units})
        flows[self._money, caller] -= times * self._price
        flows[self._money, self._payee or caller] += times * self._price
        return dict(flows)
