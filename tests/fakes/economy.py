"""The contracts of subscriptions in memory, for the rules around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assay.content.economy.model import Plan, Renewal, Repost, Subscription
from assay.core.address import Address
from assay.core.digest import Digest

Pair = tuple[Address, Address]


@dataclass
class FakeEconomy:
    """The parts of `EconomyReader` and `EconomyIndex` that renewals and lists of reposts ask."""

    held: dict[Pair, Subscription] = field(default_factory=dict)
    offered: dict[int, Plan] = field(default_factory=dict)
    made: list[Repost] = field(default_factory=list)
    balances: dict[Address, int] = field(default_factory=dict)
    allowances: dict[Address, int] = field(default_factory=dict)

    def subscriptions(self, pairs: Sequence[Pair]) -> list[Subscription]:
        return [self.held[pair] for pair in pairs]

    def plans(self, plans: Sequence[int]) -> list[Plan]:
        return [self.offered[plan] for plan in plans]

    def reposts(self, reposts: Sequence[int]) -> list[Repost | None]:
        known = {one.id: one for one in self.made}
        return [known.get(number) for number in reposts]

    def balance(self, owner: Address, currency: Address) -> int:
        return self.balances.get(owner, 0)

    def subscription_allowance(self, owner: Address, currency: Address) -> int:
        return self.allowances.get(owner, 0)

    def subscribers_of(self, creator: Address) -> list[Address]:
        return [subscriber for one, subscriber in self.held if one == creator]

    def reposts_of(self, content_id: Digest) -> list[int]:
        return [one.id for one in self.made if one.root == content_id]


@dataclass
class FakeRenewer:
    """The part of `EconomyAccount` that collects."""

    address: Address
    batches: list[list[Address]] = field(default_factory=list)

    def renew_many(self, creator: Address, subscribers: Sequence[Address]) -> list[Renewal]:
        self.batches.append(list(subscribers))
        return [Renewal(creator, one, 1, 2, "0xab") for one in subscribers]
