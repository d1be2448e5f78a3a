"""`client.economy`: repost, tip, subscribe, and see what content earns.

    repost = client.economy.repost(content_id)
    client.economy.tip(str(repost.repost.id), "2.5", note="Well said.")
    client.economy.subscribe(creator, max_price="5")
    client.economy.earnings(content_id).totals

Amounts are decimal amounts of the currency; content is given by its id, a repost by its number.
"""

from __future__ import annotations

from assay.bootstrap import Workspace
from assay.content.economy.model import (
    ETHER,
    Payment,
    Plan,
    PlanTerms,
    Renewal,
    Repost,
    Subscription,
    parse_subject,
)
from assay.content.economy.ports import EconomyAccount
from assay.content.economy.use_cases import earning, paying, renewing, reposting, subscribing
from assay.content.economy.use_cases.earning import Earnings
from assay.content.economy.use_cases.reposting import Done, RateChanged
from assay.content.economy.use_cases.subscribing import PlanDone, SubscriptionDone
from assay.core.address import Address, parse_address
from assay.core.amount import parse_amount
from assay.core.digest import Digest
from assay.errors import InputError

_ETHER_DECIMALS = 18


class EconomyClient:
    """The use cases by which content earns, on one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._parts = workspace.economy

    # Reposts

    def repost(
        self, parent: str, *, max_percent: str | None = None, account: str | None = None
    ) -> Done:
        """Repost content or a repost.

        Args:
            max_percent: the most that the authors may take of each payment; their rate now if None.
            account: who reposts; the configured account if None.

        Raises:
            NothingToRepost, UnknownRepost, ContentWithdrawn, RateAboveMaximum.
        """
        subject = parse_subject(parent)
        if max_percent is None:
            root = self.show_repost(parent).root if isinstance(subject, int) else subject
            maximum_bps = self._parts.reader.content([root])[0].rate_bps
        else:
            maximum_bps = parse_amount(max_percent, decimals=2)
        actor, reader = self._creator(account), self._parts.reader
        return reposting.repost(subject, maximum_bps, account=actor, reader=reader)

    def set_rate(self, content_id: str, percent: str, *, account: str | None = None) -> RateChanged:
        """Set what the authors take of payments to reposts made from now on; at most 50."""
        self._workspace.sync()
        return reposting.set_rate(
            Digest.parse(content_id),
            parse_amount(percent, decimals=2),
            account=self._creator(account),
            reader=self._parts.reader,
            minted=self._workspace.content_index,
        )

    def show_repost(self, number: str) -> Repost:
        """One repost, as the chain has it."""
        return reposting.show_repost(self._number(number), reader=self._parts.reader)

    def reposts(self, subject: str) -> list[tuple[int, Repost]]:
        """All reposts below content or a repost, oldest first, each with its depth."""
        self._workspace.sync()
        found, reader = parse_subject(subject), self._parts.reader
        return reposting.list_reposts(found, reader=reader, index=self._parts.index)

    def sell_repost(self, number: str, price: str, *, account: str | None = None) -> Done:
        """Offer an own repost for sale, or change its price; "0" ends the sale."""
        units, actor = self._units(price), self._creator(account)
        return reposting.sell(self._number(number), units, account=actor, reader=self._parts.reader)

    def buy_repost(self, number: str, *, max_price: str, account: str | None = None) -> Done:
        """Buy a listed repost; the authors of its root have their rate of the price."""
        units, actor = self._units(max_price), self._payer(account)
        return reposting.buy(self._number(number), units, account=actor, reader=self._parts.reader)

    # Payments

    def tip(
        self, subject: str, amount: str, *, note: str = "", account: str | None = None
    ) -> Payment:
        """Pay an amount to content, or to a repost, whose owner and whose root's authors share it.

        Args:
            account: who pays; the configured buyer if None.

        Raises:
            BalanceTooSmall, NothingPaid, UnknownRepost, NothingToRepost, ContentWithdrawn.
        """
        return paying.pay(
            parse_subject(subject),
            self._units(amount),
            account=self._payer(account),
            reader=self._parts.reader,
            notes=self._workspace.store,
            note=note,
        )

    def earnings(self, subject: str) -> Earnings:
        """What content (by id), a repost (by number) or an account (by address or name) earned."""
        self._workspace.sync()
        reader, index = self._parts.reader, self._parts.index
        try:
            found = parse_subject(subject)
        except InputError:
            return earning.account_earnings(self._address(subject), reader=reader, index=index)
        return earning.earnings_of(found, reader=reader, index=index)

    # Subscriptions

    def make_plan(
        self,
        price: str,
        *,
        period_s: int,
        currency: str | None = None,
        account: str | None = None,
    ) -> PlanDone:
        """Let others subscribe to the account.

        Args:
            price: of a period.
            currency: address of an ERC-20 token; the payment token if None.
        """
        token = parse_address(currency) if currency else None
        terms = PlanTerms(self._units(price, token), period_s, token)
        actor, reader = self._creator(account), self._parts.reader
        return subscribing.make_plan(terms, account=actor, reader=reader)

    def change_plan_price(self, plan: int, price: str, *, account: str | None = None) -> PlanDone:
        """Set the price for those who subscribe later; subscribers keep theirs."""
        actor, reader = self._creator(account), self._parts.reader
        units = self._units(price, subscribing.show_plan(plan, reader=reader).currency)
        return subscribing.change_plan_price(plan, units, account=actor, reader=reader)

    def close_plan(self, plan: int, *, account: str | None = None) -> PlanDone:
        """End a plan for ever: nobody subscribes or renews by it."""
        actor, reader = self._creator(account), self._parts.reader
        return subscribing.close_plan(plan, account=actor, reader=reader)

    def plans(self, creator: str | None = None, *, closed: bool = False) -> list[Plan]:
        """A creator's plans; the configured account's if None."""
        self._workspace.sync()
        address = self._address(creator or self._workspace.settings.account)
        reader, index = self._parts.reader, self._parts.index
        return subscribing.list_plans(address, reader=reader, index=index, closed=closed)

    def subscribe(
        self,
        subject: str,
        *,
        max_price: str,
        periods: int = 12,
        account: str | None = None,
    ) -> SubscriptionDone:
        """Subscribe by a plan (by number), or by the only plan of a creator (by address or name).

        Args:
            max_price: the most that a period may cost.
            periods: how many periods the allowance lasts for.
            account: who subscribes; the configured buyer if None.

        Raises:
            NoPlan, PlanClosed, PriceAboveMaximum, BalanceTooSmall, AlreadySubscribed.
        """
        if periods < 1:
            raise InputError("An allowance lasts for one period at least.")
        reader = self._parts.reader
        if subject.isascii() and subject.isdecimal():
            plan = subscribing.show_plan(int(subject), reader=reader)
        else:
            self._workspace.sync()
            creator = self._address(subject)
            plan = subscribing.only_plan(creator, reader=reader, index=self._parts.index)
        return subscribing.subscribe(
            plan,
            self._units(max_price, plan.currency),
            account=self._payer(account),
            reader=reader,
            periods=periods,
        )

    def accept_price(
        self, creator: str, *, max_price: str, account: str | None = None
    ) -> SubscriptionDone:
        """Agree to the present price of one's plan, from the next period on."""
        actor, reader, address = self._payer(account), self._parts.reader, self._address(creator)
        plan = subscribing.show_subscription(address, actor.address, reader).plan
        currency = subscribing.show_plan(plan, reader=reader).currency if plan else None
        units = self._units(max_price, currency)
        return subscribing.accept_price(address, units, account=actor, reader=reader)

    def unsubscribe(self, creator: str, *, account: str | None = None) -> SubscriptionDone:
        """End a subscription; what is paid stays good."""
        actor, reader = self._payer(account), self._parts.reader
        return subscribing.unsubscribe(self._address(creator), account=actor, reader=reader)

    def subscription(self, creator: str, subscriber: str | None = None) -> Subscription:
        """An account's subscription to a creator; the configured buyer's if None."""
        holder = self._address(subscriber or self._workspace.settings.buyer)
        return subscribing.show_subscription(self._address(creator), holder, self._parts.reader)

    def is_subscribed(self, creator: str, subscriber: str | None = None) -> bool:
        """Whether an account has paid a creator for the present time."""
        return self.subscription(creator, subscriber).is_paid

    def subscriptions(self, address: str | None = None) -> list[Subscription]:
        """Whom an account subscribed to; the configured buyer if None."""
        self._workspace.sync()
        holder = self._address(address or self._workspace.settings.buyer)
        reader, index = self._parts.reader, self._parts.index
        return subscribing.list_subscriptions(holder, reader=reader, index=index)

    def subscribers(self, creator: str | None = None) -> list[Subscription]:
        """Who ever subscribed to a creator; to the configured account if None."""
        self._workspace.sync()
        address = self._address(creator or self._workspace.settings.account)
        reader, index = self._parts.reader, self._parts.index
        return subscribing.list_subscriptions(address, reader=reader, index=index, subscribers=True)

    def renew_due(self, *, creator: str | None = None, account: str | None = None) -> list[Renewal]:
        """Collect every due period of the subscriptions to a creator; to the account if None."""
        self._workspace.sync()
        actor = self._creator(account)
        address = self._address(creator) if creator else actor.address
        reader, index = self._parts.reader, self._parts.index
        return renewing.renew_due(address, account=actor, reader=reader, index=index)

    def plan(self, number: int) -> Plan:
        """One plan, as the chain has it."""
        return subscribing.show_plan(number, reader=self._parts.reader)

    @property
    def currency(self) -> Address:
        """The payment token, in which reposts and tips are paid."""
        return self._parts.reader.currency

    def decimals(self, currency: Address) -> int:
        """The decimals of a currency; of ether, the address 0, they are 18."""
        if currency == ETHER:
            return _ETHER_DECIMALS
        if currency == self._parts.reader.currency:
            return self._workspace.token_decimals
        return self._parts.reader.decimals(currency)

    def _units(self, amount: str, currency: Address | None = None) -> int:
        decimals = self.decimals(currency) if currency else self._workspace.token_decimals
        return parse_amount(amount, decimals=decimals)

    def _number(self, text: str) -> int:
        subject = parse_subject(text)
        if isinstance(subject, int):
            return subject
        raise InputError(f"{text} is content, not a repost.", hint="Give a repost's number.")

    def _address(self, text: str) -> Address:
        return parse_address(text) if text.startswith("0x") else self._workspace.address(text)

    def _creator(self, account: str | None) -> EconomyAccount:
        return self._parts.account(account or self._workspace.settings.account)

    def _payer(self, account: str | None) -> EconomyAccount:
        return self._parts.account(account or self._workspace.settings.buyer)
