"""The contracts of reposts, tips and subscriptions, as anybody reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assay.chain.contract import Contract, read_many
from assay.chain.errors import ContractRevert
from assay.chain.node import Node
from assay.content.economy.errors import UnknownPlan
from assay.content.economy.model import ContentTerms, Payment, Plan, Repost, Subscription
from assay.content.economy.onchain.contracts import EconomyContracts
from assay.content.economy.onchain.receipts import content_ids as contents_in
from assay.content.economy.onchain.receipts import payments_in
from assay.core.address import Address, parse_address
from assay.core.clock import Clock
from assay.core.digest import Digest

_REPOST_VIEWS = ("repostOf", "ownerOf", "priceOf")
_SUBSCRIPTION_VIEWS = ("subscriptionOf", "dueTimes")


class OnChainEconomy:
    """The `EconomyReader` port."""

    def __init__(self, node: Node, contracts: EconomyContracts, clock: Clock) -> None:
        self.node = node
        self.contracts = contracts
        self._clock = clock

    @property
    def currency(self) -> Address:
        """See `EconomyReader.currency`."""
        return self.contracts.token.address

    def content(self, content_ids: Sequence[Digest]) -> list[ContentTerms]:
        """See `EconomyReader.content`."""
        calls: list[tuple[Contract, str, tuple[Any, ...]]] = []
        for content_id in content_ids:
            calls.append((self.contracts.content, "royaltyAccountOf", (content_id.token_id,)))
            calls.append((self.contracts.reposts, "rateOf", (content_id.token_id,)))
        answers = iter(self._read(calls))
        return [
            ContentTerms(parse_address(account), int(rate))
            for account, rate in zip(answers, answers, strict=True)
        ]

    def reposts(self, reposts: Sequence[int]) -> list[Repost | None]:
        """See `EconomyReader.reposts`."""
        contract = self.contracts.reposts
        calls = [(contract, view, (repost,)) for repost in reposts for view in _REPOST_VIEWS]
        answers = read_many(self.node, calls)
        width = len(_REPOST_VIEWS)
        return [
            _repost(repost, answers[start : start + width])
            for repost, start in zip(reposts, range(0, len(answers), width), strict=True)
        ]

    def plans(self, plans: Sequence[int]) -> list[Plan]:
        """See `EconomyReader.plans`."""
        contract = self.contracts.subscriptions
        found = read_many(self.node, [(contract, "planOf", (plan,)) for plan in plans])
        return [_plan(plan, answer) for plan, answer in zip(plans, found, strict=True)]

    def subscriptions(self, pairs: Sequence[tuple[Address, Address]]) -> list[Subscription]:
        """See `EconomyReader.subscriptions`."""
        contract = self.contracts.subscriptions
        calls = [(contract, view, pair) for pair in pairs for view in _SUBSCRIPTION_VIEWS]
        answers = iter(self._read(calls))
        # A chain that nobody uses makes no blocks: its newest one tells an old time.
        time_s = max(self.node.block("latest").timestamp, self._clock.now_s())
        return [
            _subscription(creator, subscriber, facts, due, time_s)
            for (creator, subscriber), facts, due in zip(pairs, answers, answers, strict=True)
        ]

    def payments(
        self, transactions: Sequence[str], content_ids: Sequence[Digest] = ()
    ) -> list[list[Payment]]:
        """See `EconomyReader.payments`."""
        receipts = self.node.receipts(transactions)
        named = {content_id.token_id for content_id in content_ids}
        ids = sorted(named | contents_in(self.contracts, receipts))
        accounts = dict(
            zip(
                ids,
                (
                    parse_address(account)
                    for account in self._read(
                        [(self.contracts.content, "royaltyAccountOf", (one,)) for one in ids]
                    )
                ),
                strict=True,
            )
        )
        return [payments_in(self.contracts, receipt, accounts) for receipt in receipts]

    def balance(self, owner: Address, currency: Address) -> int:
        """See `EconomyReader.balance`."""
        return int(self.contracts.currency(currency).read("balanceOf", owner))

    def decimals(self, currency: Address) -> int:
        """See `EconomyReader.decimals`."""
        return int(self.contracts.currency(currency).read("decimals"))

    def repost_allowance(self, owner: Address) -> int:
        """See `EconomyReader.repost_allowance`."""
        return self._allowance(owner, self.contracts.reposts, self.currency)

    def tip_allowance(self, owner: Address) -> int:
        """See `EconomyReader.tip_allowance`."""
        return self._allowance(owner, self.contracts.tips, self.currency)

    def subscription_allowance(self, owner: Address, currency: Address) -> int:
        """See `EconomyReader.subscription_allowance`."""
        return self._allowance(owner, self.contracts.subscriptions, currency)

    def _allowance(self, owner: Address, spender: Contract, currency: Address) -> int:
        return int(self.contracts.currency(currency).read("allowance", owner, spender.address))

    def _read(self, calls: Sequence[tuple[Contract, str, tuple[Any, ...]]]) -> list[Any]:
        """Views that never revert."""
        answers = read_many(self.node, calls)
        for answer in answers:
            if isinstance(answer, ContractRevert):
                raise answer
        return answers


def _repost(repost: int, answers: Sequence[Any | ContractRevert]) -> Repost | None:
    views = [answer for answer in answers if not isinstance(answer, ContractRevert)]
    if len(views) != len(_REPOST_VIEWS):
        return None
    facts, owner, price = views
    root, parent, account, rate_bps, reposted_at_s = facts
    return Repost(
        id=repost,
        root=Digest.from_token_id(root),
        parent=Digest.from_token_id(parent) if parent == root else int(parent),
        royalty_account=parse_address(account),
        rate_bps=rate_bps,
        reposted_at_s=reposted_at_s,
        owner=parse_address(owner),
        price=int(price),
    )


def _subscription(
    creator: Address, subscriber: Address, facts: Any, due: Any, time_s: int
) -> Subscription:
    plan, price, paid_until_s, is_active = facts
    due_from_s, due_until_s = due
    return Subscription(
        creator,
        subscriber,
        plan,
        price,
        paid_until_s,
        is_active,
        due_from_s,
        due_until_s,
        time_s,
    )


def _plan(plan: int, answer: Any | ContractRevert) -> Plan:
    if isinstance(answer, ContractRevert):
        raise UnknownPlan(plan)
    creator, period_s, is_closed, currency, price = answer
    return Plan(plan, parse_address(creator), price, period_s, parse_address(currency), is_closed)
