"""Accounts of crowdfunding, auctions, sales and votes: who may do what, and what it moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar

from assay.authoring.blocks.clauses.fractions import is_fraction
from assay.authoring.blocks.patterns.ballot import read_ballot
from assay.authoring.blocks.patterns.bids import read_auction
from assay.authoring.blocks.patterns.campaign import read_campaign
from assay.authoring.blocks.patterns.sale import UNIT, read_offer
from assay.authoring.program.interpreter import Call
from assay.authoring.trials.accounts import Flows, Terms, number
from assay.authoring.trials.cast import START_S

_LIST = "allowedBuyers"


class Contributions:
    """Of a campaign."""

    parts: ClassVar[Mapping[str, str]] = {
        "contribute": "contribute",
        "takeFunds": "take",
        "refundContribution": "refund",
    }

    def __init__(self, terms: Terms) -> None:
        found = read_campaign(terms.specification, frozenset(terms.obligations))
        ((self._comparator, goal, money),) = found.goals
        self._goal, self._asset = terms.units(goal, money), terms.asset(money)
        self._least = terms.units(found.least, money) if found.least else 1
        self._most = terms.units(found.most, money) if found.most else None
        (end,) = found.ends
        self._end = terms.last_second(end)
        after = found.after | (found.ends if found.waits else set())
        self._after = max(map(terms.last_second, after), default=0)
        self._payee = terms.address(next(iter(found.payees)))
        self._pushed = found.pushed
        self._given: Counter[str] = Counter()
        self._total = self._taken = 0

    def expect(self, part: str, call: Call) -> Flows | None:
        reached = self._total > self._goal or (
            self._comparator == ">=" and self._total == self._goal
        )
        if part == "contribute":
            amount = number(call)
            most = self._most if self._most is not None else amount + self._given[call.caller]
            within = self._least <= amount and self._given[call.caller] + amount <= most
            if call.now_s > self._end or not within:
                return None
            self._given[call.caller] += amount
            self._total += amount
            return {(self._asset, call.caller): -amount}
        if part == "take":
            due = self._total - self._taken
            allowed = self._pushed or call.caller == self._payee
            if call.now_s <= self._after or not reached or not due or not allowed:
                return None
            self._taken = self._total
            return {(self._asset, self._payee): due}
        if call.now_s <= self._end or reached or not self._given[call.caller]:
            return None
        # The total that the goal is compared with may fall by this: it stays below all the same.
        due = self._given.pop(call.caller)
        self._total -= due
        return {(self._asset, call.caller): due}


class Bids:
    """Of an auction."""

    parts: ClassVar[Mapping[str, str]] = {
        "supplyLot": "supply",
        "bid": "bid",
        "fetchOutbidMoney": "refund",
        "sendProceeds": "proceeds",
        "handOverLot": "lot",
    }

    def __init__(self, terms: Terms) -> None:
        found = read_auction(terms.specification, frozenset(terms.obligations))
        (money,), (end,) = found.assets, found.ends
        self._asset, self._end = terms.asset(money), terms.last_second(end)
        self._least = max((terms.units(one, money) for one in found.least), default=1)
        ((self._comparator, value, unit),) = found.increments
        self._share = Fraction(value) / 100 if unit == "%" else None
        self._step = 0 if unit == "%" else terms.units(value, unit)
        self._payee = terms.address(next(iter(found.payees)))
        self._late = found.extension and tuple(map(terms.last_second, found.extension))
        if found.item:
            amount, token = found.item
            supplier = terms.specification.obligations[found.parts["supply"][0]].actor
            self._seller, self._token = terms.address(supplier), terms.asset(token)
            self._units = terms.units(amount, token)
        self._sells = found.item is not None
        self._there = False
        self._highest, self._bidder, self._paid = 0, "", False
        self._outbid: Counter[str] = Counter()

    def expect(self, part: str, call: Call) -> Flows | None:  # noqa: PLR0911 - each refusal
        over = call.now_s > self._end
        if part == "supply":
            if over or self._there or call.caller != self._seller:
                return None
            self._there = True
            return {(self._token, self._seller): -self._units}
        if part == "bid":
            if over or self._there != self._sells or not self._is_enough(number(call)):
                return None
            return self._bid(number(call), call)
        if part == "refund":
            due = self._outbid.pop(call.caller, 0)
            return {(self._asset, call.caller): due} if due else None
        if part == "proceeds":
            if not over or self._paid or not self._bidder:
                return None
            self._paid = True
            return {(self._asset, self._payee): self._highest}
        if not over or not self._there:
            return None
        self._there = False
        return {(self._token, self._bidder or self._seller): self._units}

    def _is_enough(self, amount: int) -> bool:
        if not self._bidder:
            return amount >= self._least
        needed = self._highest * (1 + self._share) if self._share else self._highest + self._step
        return amount > needed or (self._comparator == ">=" and amount == needed)

    def _bid(self, amount: int, call: Call) -> Flows:
        if self._bidder:
            self._outbid[self._bidder] += self._highest
        self._highest, self._bidder = amount, call.caller
        if self._late:
            window, length = (one - START_S for one in self._late)
            self._end += length if self._end - call.now_s <= window else 0
        return {(self._asset, call.caller): -amount}


class Purchases:
    """Of a sale."""

    parts: ClassVar[Mapping[str, str]] = {"buyTokens": "buy", "allowBuyer": "allow"}

    def __init__(self, terms: Terms) -> None:
        found = read_offer(terms.specification, frozenset(terms.obligations))
        ((price, money, payee),) = found.prices
        self._price, self._money = terms.units(price, money), terms.asset(money)
        (token,) = found.token
        self._token, self._payee = terms.asset(token), terms.address(payee)
        self._opens = max(map(terms.first_second, found.opens), default=0)
        self._closes = min(map(terms.last_second, found.closes), default=None)
        self._each = next((int(one) for one in found.each), None)
        self._total = next((int(one) for one in found.total), None)
        self._least = next((int(one) for one in found.least), 1)
        self._keeper = terms.address(next(iter(found.keepers), None))
        members = set() if found.keepers else set(terms.cast.groups.get(_LIST, ()))
        self._buyers = members if found.listed else None
        self._buyer = "" if found.listed else terms.address(found.buyer)
        self._bought: Counter[str] = Counter()

    def expect(self, part: str, call: Call) -> Flows | None:
        if part == "allow":
            return self._allow(call)
        tokens, caller = number(call), call.caller
        early = call.now_s < self._opens
        late = self._closes is not None and call.now_s > self._closes
        mine, all_ = self._bought[caller] + tokens, self._bought.total() + tokens
        much = (self._each is not None and mine > self._each) or (
            self._total is not None and all_ > self._total
        )
        barred = self._buyer not in ("", caller) or (
            self._buyers is not None and caller not in self._buyers
        )
        if early or late or much or barred or tokens < self._least:
            return None
        self._bought[caller] += tokens
        flows: Counter[tuple[str, str]] = Counter({(self._token, caller): tokens * UNIT})
        flows[self._money, caller] -= tokens * self._price
        flows[self._money, self._payee] += tokens * self._price
        return dict(flows)

    def _allow(self, call: Call) -> Flows | None:
        (who,) = call.arguments
        assert self._buyers is not None
        if call.caller != self._keeper or who in self._buyers:
            return None
        self._buyers.add(str(who))
        return {}


class Votes:
    """Of a vote on a payment."""

    parts: ClassVar[Mapping[str, str]] = {
        "fundPayment": "fund",
        "vote": "vote",
        "makePayment": "pay",
        "giveBackPayment": "back",
    }

    def __init__(self, terms: Terms) -> None:
        found = read_ballot(terms.specification, frozenset(terms.obligations))
        paid = terms.specification.obligations[found.paying[0]]
        assert paid.amount is not None
        assert paid.asset is not None
        assert found.approval is not None
        self._units, self._asset = terms.units(paid.amount, paid.asset), terms.asset(paid.asset)
        self._payee = terms.address(paid.recipient)
        self._funder = terms.address(next(iter(found.funders)))
        self._end = terms.last_second(next(iter(found.ends)))
        self._approval = found.approval
        self._quorum = int((found.quorum and found.quorum.value) or 0)
        self._over_quorum = found.quorum is not None and found.quorum.comparator == ">"
        text = terms.specification.obligations[found.voting[0]].actor
        groups = [one.name for one in terms.program.groups if one.text == text]
        self._members = set(terms.cast.groups[groups[0]])
        self._cast: dict[str, bool] = {}
        self._held = self._done = False

    def expect(self, part: str, call: Call) -> Flows | None:
        over = call.now_s > self._end
        if part == "vote":
            if over or call.caller in self._cast or call.caller not in self._members:
                return None
            self._cast[call.caller] = bool(call.arguments[0])
            return {}
        if part == "fund":
            if over or self._held or self._done or call.caller != self._funder:
                return None
            self._held = True
            return {(self._asset, self._funder): -self._units}
        pays = part == "pay"
        ready = self._is_approved(over=over) if pays else over and not self._is_approved(over=over)
        if not self._held or not ready:
            return None
        self._held, self._done = False, True
        return {(self._asset, self._payee if pays else self._funder): self._units}

    def _is_approved(self, *, over: bool) -> bool:
        yes, all_ = sum(self._cast.values()), len(self._cast)
        if all_ < self._quorum + self._over_quorum:
            return False
        value, total = self._approval.value or "", self._approval.total
        share = is_fraction(self._approval)
        if value.endswith("%") or share:
            if (total is None or share) and (not over or not yes):
                return False
            part = Fraction(int(value), total or 1) if share else Fraction(value[:-1]) / 100
            needed = part * (all_ if total is None or share else total)
        else:
            needed = Fraction(value)
        return yes > needed or (self._approval.comparator != ">" and yes == needed)
