"""Accounts of vesting, splits, subscriptions and stakes: what is due to whom, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar

from assay.authoring.blocks.clauses.duties import AT_ONCE
from assay.authoring.blocks.clauses.saying import window_of
from assay.authoring.blocks.moments import is_duration, later, passed, turn
from assay.authoring.blocks.patterns.collection import is_fee
from assay.authoring.blocks.patterns.grants import (
    as_vesting,
    cliff_of,
    enders_of,
    read_grant,
    start_of,
)
from assay.authoring.blocks.patterns.split import is_share
from assay.authoring.blocks.patterns.stake import read_lock
from assay.authoring.blocks.patterns.subscription import is_end
from assay.authoring.program.interpreter import Call
from assay.authoring.trials.accounts import Flows, Terms, number
from assay.authoring.trials.cast import START_S

_NEVER_S = 2**63


class Grants:
    """Of vesting."""

    parts: ClassVar[Mapping[str, str]] = {
        "fundGrant": "fund",
        "fetchVested": "fetch",
        "endGrant": "end",
    }

    def __init__(self, terms: Terms) -> None:
        found = read_grant(terms.specification, frozenset(terms.obligations))
        assert found is not None
        all_ = terms.specification.obligations
        vest = as_vesting(all_[found.vesting[0]])
        fund = all_[found.funding[0]] if found.funding else vest
        assert fund.amount is not None
        assert fund.asset is not None
        self._units, self._asset = terms.units(fund.amount, fund.asset), terms.asset(fund.asset)
        start = start_of(vest)
        dated = start is not None and start[:4].isdecimal()
        self._start = terms.first_second(start) if dated and start else START_S
        self._steps = vest.occurrences or 0
        self._each = vest.deadline or vest.recurrence or ""
        self._over = later(self._start, self._each, vest.occurrences or 1)
        self._cliff = self._start
        if cliff := cliff_of(terms.specification, found):
            value, comparator = cliff
            lasts = is_duration(value)
            self._cliff = later(self._start, value) if lasts else turn(value, comparator)
            self._cliff += comparator == ">"
        enders = enders_of(terms.specification, found)
        self._enders = {terms.address(one) for one in enders if one} or {terms.address(fund.actor)}
        self._grantor, named = terms.address(fund.actor), {vest.recipient, fund.recipient}
        named |= {all_[index].actor for index in found.claiming}
        self._beneficiaries = {terms.address(one) for one in named if one != "contract"} - {""}
        self._funded, self._ended = not found.funding, False
        by = (all_[index].deadline for index in found.putting)
        limits = [terms.last_second(one) for one in by if one is not None and one not in AT_ONCE]
        self._fund_by = min(limits, default=_NEVER_S)
        self._fetched = 0
        self._all: int | None = None

    def expect(self, part: str, call: Call) -> Flows | None:
        vested = self._vested(call.now_s)
        may = {"fetch": self._beneficiaries, "end": self._enders}
        if call.caller not in may.get(part, {self._grantor}):
            return None
        if part == "fund":
            late = call.now_s > self._fund_by or self._funded
            self._funded = self._funded or not late
            return None if late else {(self._asset, call.caller): -self._units}
        if part == "end":
            over = call.now_s >= self._over
            if not self._funded or self._ended or over:
                return None
            self._ended, self._all = True, vested
            return {(self._asset, self._grantor): self._units - vested}
        due = (vested if self._all is None else self._all) - self._fetched
        if not self._funded or due <= 0:
            return None
        self._fetched += due
        return {(self._asset, call.caller): due}

    def _vested(self, now_s: int) -> int:
        if now_s < self._cliff:
            return 0
        if self._steps:
            part = Fraction(passed(self._start, self._each, now_s), self._steps)
        else:
            part = Fraction(now_s - self._start, self._over - self._start)
        part = min(part, Fraction(1))
        return int(self._units * part)


class Shares:
    """Of a split."""

    parts: ClassVar[Mapping[str, str]] = {"payIn": "pay", "fetch": "fetch"}

    def __init__(self, terms: Terms) -> None:
        said = [duty for duty in terms.duties if is_share(duty)]
        self._asset = terms.asset(said[0].share_of or "")
        self._shares = {
            terms.address(one.recipient): Fraction(one.amount or 0) / 100 for one in said
        }
        self._last = terms.address(said[-1].recipient)
        self._owed: Counter[str] = Counter()

    def expect(self, part: str, call: Call) -> Flows | None:
        caller = call.caller
        if part == "fetch":
            due = self._owed.pop(caller, 0)
            return {(self._asset, caller): due} if due else None
        amount = number(call)
        if not amount:
            return None
        parts = {who: int(share * amount) for who, share in self._shares.items()}
        self._owed.update(parts)
        self._owed[self._last] += amount - sum(parts.values())
        return {(self._asset, caller): -amount}


class Collections:
    """Of a fee that is taken each period."""

    parts: ClassVar[Mapping[str, str]] = {
        "agreeToCollection": "agree",
        "collectFee": "collect",
        "cancelCollection": "cancel",
    }

    def __init__(self, terms: Terms) -> None:
        (fee,) = (one for one in terms.duties if is_fee(terms.specification, one))
        assert fee.amount is not None
        assert fee.asset is not None
        self._units, self._asset = terms.units(fee.amount, fee.asset), terms.asset(fee.asset)
        self._payer, self._payee = terms.address(fee.recipient), terms.address(fee.actor)
        self._period, self._left = str(fee.recurrence), fee.occurrences
        self._next: int | None = None

    def expect(self, part: str, call: Call) -> Flows | None:
        if call.caller != (self._payee if part == "collect" else self._payer):
            return None
        if part == "agree":
            if self._next is not None:
                return None
            self._next = call.now_s
            return {}
        if self._next is None:
            return None
        if part == "cancel":
            self._next = None
            return {}
        return self._collect(self._next, call)

    def _collect(self, due_s: int, call: Call) -> Flows | None:
        if call.now_s < due_s or self._left == 0:
            return None
        self._next = later(due_s, self._period)
        self._left = None if self._left is None else self._left - 1
        return {(self._asset, self._payer): -self._units, (self._asset, self._payee): self._units}


class Periods:
    """Of a subscription."""

    parts: ClassVar[Mapping[str, str]] = {
        "paySubscription": "pay",
        "cancelSubscription": "cancel",
        "endSubscription": "end",
    }

    def __init__(self, terms: Terms) -> None:
        price = next(one for one in terms.duties if one.recurrence)
        assert price.amount is not None
        assert price.asset is not None
        self._units, self._asset = terms.units(price.amount, price.asset), terms.asset(price.asset)
        self._payee, self._period = terms.address(price.recipient), price.recurrence or ""
        self._subscriber = terms.address(price.actor)
        opens = window_of(price).opens
        self._opens = terms.first_second(opens) if opens else START_S
        self._until: Counter[str] = Counter()
        self._cancelled: set[str] = set()
        ending = (one for one in terms.duties if is_end(one, {price.recipient}))
        self._grounds = next((one.conditions for one in ending), ())
        self._ends: dict[str, int] = {}

    def expect(self, part: str, call: Call) -> Flows | None:
        caller = call.caller
        if part == "end":
            return self._end(call)
        if self._subscriber not in ("", caller):
            return None
        if part == "cancel":
            if self._until[caller] <= call.now_s or caller in self._cancelled:
                return None
            self._cancelled.add(caller)
            return {}
        begins = max(self._until[caller], call.now_s)
        over = caller in self._ends and begins >= self._ends[caller]
        if call.now_s < self._opens or over:
            return None
        self._until[caller] = later(begins, self._period)
        self._cancelled.discard(caller)
        flows: Counter[tuple[str, str]] = Counter({(self._asset, caller): -self._units})
        flows[self._asset, self._payee] += self._units
        return dict(flows)

    def _end(self, call: Call) -> Flows | None:
        """The provider ends it, on the one ground that the clause gives."""
        whose = self._subscriber or str(call.arguments[0])
        paid_until, ends = self._until[whose], call.now_s
        if call.caller != self._payee or not paid_until or whose in self._ends:
            return None
        for one in self._grounds:
            length = one.value or ""
            if one.kind == "event":
                ends = later(ends, length)
            elif call.now_s <= later(paid_until, length):
                return None
        self._ends[whose] = ends
        return {}


class Stakes:
    """Of stakes with a penalty."""

    parts: ClassVar[Mapping[str, str]] = {
        "stake": "stake",
        "takeStake": "leave",
        "takePenalties": "penalties",
    }

    def __init__(self, terms: Terms) -> None:
        found = read_lock(terms.specification, frozenset(terms.obligations))
        (money,), (length,) = found.assets, found.lengths
        self._asset, self._length = terms.asset(money), length
        penalty = terms.specification.obligations[found.penalty[0]]
        self._share = Fraction(penalty.amount or 0) / 100
        self._exact = next((terms.units(one, money) for one in found.amounts), None)
        self._least = next((terms.units(one, money) for one in found.least), 0)
        said = [terms.specification.obligations[index] for index in found.staking]
        self._once = any(one.modality == "must" for one in said)
        recipient = penalty.actor if penalty.action == "keep" else penalty.recipient
        self._recipient = terms.address(recipient)
        self._staker = terms.address(next(iter(found.stakers)))
        self._stakes: dict[str, tuple[int, int]] = {}
        self._been: set[str] = set()
        self._penalties = 0

    def expect(self, part: str, call: Call) -> Flows | None:
        caller = call.caller
        if caller != self._recipient if part == "penalties" else self._staker not in ("", caller):
            return None
        if part == "stake":
            amount = number(call)
            again = caller in self._stakes or (self._once and caller in self._been)
            if amount < max(1, self._least) or again or self._exact not in (None, amount):
                return None
            self._stakes[caller] = amount, call.now_s
            self._been.add(caller)
            return {(self._asset, caller): -amount}
        if part == "leave":
            if caller not in self._stakes:
                return None
            amount, since = self._stakes.pop(caller)
            penalty = int(amount * self._share) if call.now_s < later(since, self._length) else 0
            self._penalties += penalty
            return {(self._asset, caller): amount - penalty}
        due, self._penalties = self._penalties, 0
        return {(self._asset, caller): due} if due else None
