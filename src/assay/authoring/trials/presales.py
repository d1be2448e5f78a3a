"""The account of a sale whose proceeds the contract keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import ClassVar

from assay.authoring.blocks.patterns.presale import read_presale
from assay.authoring.program.interpreter import Call
from assay.authoring.trials.accounts import Flows, Terms, number
from assay.authoring.trials.membership import Purchases


class Presales(Purchases):
    """Of a sale and what becomes of the money."""

    parts: ClassVar[Mapping[str, str]] = {
        **Purchases.parts,
        "takeFunds": "take",
        "refundBuyer": "refund",
    }

    def __init__(self, terms: Terms) -> None:
        super().__init__(terms)
        found = read_presale(terms.specification, frozenset(terms.obligations))
        campaign = found.campaign
        ((_, money, _),) = found.offer.prices
        self._goal, self._above = 0, False
        for comparator, value, _ in campaign.goals:
            self._goal, self._above = terms.units(value, money), comparator == ">"
        self._end = max(map(terms.last_second, campaign.ends | found.offer.closes), default=0)
        self._after = max(map(terms.last_second, campaign.after), default=0)
        self._after = max(self._after, self._end if campaign.waits else 0)
        self._taker = terms.address(next(iter(campaign.payees)))
        self._pushed = campaign.pushed
        self._paid: Counter[str] = Counter()
        self._raised = self._out = 0

    def expect(self, part: str, call: Call) -> Flows | None:
        if part in ("buy", "allow"):
            return self._bought_for(super().expect(part, call), part, call)
        reached = self._raised > self._goal or (self._raised == self._goal and not self._above)
        follow = self._take if part == "take" else self._back
        return follow(call, reached=reached)

    def _bought_for(self, flows: Flows | None, part: str, call: Call) -> Flows | None:
        if flows is None or part == "allow":
            return flows
        cost = number(call) * self._price
        self._paid[call.caller] += cost
        self._raised += cost
        return {key: units for key, units in flows.items() if key[1]}

    def _take(self, call: Call, *, reached: bool) -> Flows | None:
        due = self._raised - self._out
        allowed = self._pushed or call.caller == self._taker
        if call.now_s <= self._after or not reached or not due or not allowed:
            return None
        self._out = self._raised
        return {(self._money, self._taker): due}

    def _back(self, call: Call, *, reached: bool) -> Flows | None:
        if call.now_s <= self._end or reached or not self._paid[call.caller]:
            return None
        due = self._paid.pop(call.caller)
        self._raised -= due
        return {(self._money, call.caller): due}
