"""What the economy of content needs from the outside; `bootstrap` plugs the adapters in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assay.content.economy.model import (
    ContentTerms,
    Payment,
    Plan,
    PlanTerms,
    Renewal,
    Repost,
    Subscription,
)
from assay.content.model import Provenance
from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest


class Notes(Protocol):
    """Content-addressed bytes."""

    def add_bytes(self, data: bytes) -> Cid:
        """Store and pin some bytes."""
        ...


class EconomyReader(Protocol):
    """The contracts of reposts, tips and subscriptions, as anybody reads them."""

    @property
    def currency(self) -> Address:
        """The payment token, which reposts and tips are paid in."""
        ...

    def content(self, content_ids: Sequence[Digest]) -> list[ContentTerms]:
        """What contents ask of those who repost or tip them, minted or not."""
        ...

    def reposts(self, reposts: Sequence[int]) -> list[Repost | None]:
        """Reposts by number; None where there is none."""
        ...

    def plans(self, plans: Sequence[int]) -> list[Plan]:
        """Plans by number.

        Raises:
            UnknownPlan: no plan has one of the numbers.
        """
        ...

    def subscriptions(self, pairs: Sequence[tuple[Address, Address]]) -> list[Subscription]:
        """Subscriptions by creator and subscriber."""
        ...

    def payments(
        self, transactions: Sequence[str], content_ids: Sequence[Digest] = ()
    ) -> list[list[Payment]]:
        """What each transaction paid, by its receipt; nothing if it failed or is not mined.

        Args:
            content_ids: contents to whose authors plain transfers are royalties.
        """
        ...

    def balance(self, owner: Address, currency: Address) -> int:
        """What an account holds of a currency."""
        ...

    def decimals(self, currency: Address) -> int:
        """How many decimals amounts of a currency are written with."""
        ...

    def repost_allowance(self, owner: Address) -> int:
        """What the contract of reposts may take from an account."""
        ...

    def tip_allowance(self, owner: Address) -> int:
        """What the contract of tips may take from an account."""
        ...

    def subscription_allowance(self, owner: Address, currency: Address) -> int:
        """What the contract of subscriptions may take from an account, of one currency."""
        ...


class EconomyAccount(Protocol):
    """The contracts, as one account acts on them. Each call is one transaction.

    An `allowance` is signed for and used in the same transaction; None uses the one that is there.

    Raises (all):
        RefusedError: the contract says no; nothing was paid.
        UnavailableError: the chain cannot be asked.
    """

    @property
    def address(self) -> Address:
        """Who acts."""
        ...

    def set_rate(self, content_id: Digest, provenance: Provenance, rate_bps: int) -> str:
        """Set the rate for later reposts of own content; the transaction."""
        ...

    def repost(self, parent: int, maximum_rate_bps: int) -> tuple[int, str]:
        """Repost content, by its token id, or a repost; the repost's number, the transaction."""
        ...

    def pay(self, repost: int, amount: int, note: Digest | None, allowance: int | None) -> str:
        """Pay a repost; the transaction."""
        ...

    def tip(
        self, content_id: Digest, amount: int, note: Digest | None, allowance: int | None
    ) -> str:
        """Tip content; the transaction."""
        ...

    def list_for_sale(self, repost: int, price: int) -> str:
        """Offer an own repost for sale; the transaction."""
        ...

    def withdraw_listing(self, repost: int) -> str:
        """End the sale; the transaction."""
        ...

    def buy(self, repost: int, maximum_price: int, allowance: int | None) -> str:
        """Buy a listed repost; the transaction."""
        ...

    def make_plan(self, terms: PlanTerms) -> tuple[int, str]:
        """Make a plan; its number, and the transaction."""
        ...

    def change_plan_price(self, plan: int, price: int) -> str:
        """Set the price for those who subscribe later; the transaction."""
        ...

    def close_plan(self, plan: int) -> str:
        """End a plan; the transaction."""
        ...

    def subscribe(self, plan: Plan, maximum_price: int, allowance: int) -> str:
        """Subscribe by a plan, with an allowance for later periods; the transaction."""
        ...

    def accept_price(self, creator: Address, maximum_price: int) -> str:
        """Agree to the present price of one's plan; the transaction."""
        ...

    def unsubscribe(self, creator: Address) -> str:
        """End an own subscription; the transaction."""
        ...

    def renew_many(self, creator: Address, subscribers: Sequence[Address]) -> list[Renewal]:
        """Have subscribers pay what is due, all in one transaction."""
        ...


class EconomyIndex(Protocol):
    """The ledger's view: where to look, never what to believe. Lists are oldest first."""

    def content_transactions(self, content_id: Digest, royalty_account: Address) -> list[str]:
        """Transactions that paid a content's authors, or a repost of it."""
        ...

    def repost_transactions(self, repost: int) -> list[str]:
        """Transactions that paid or sold a repost."""
        ...

    def account_transactions(self, address: Address) -> list[str]:
        """Transactions that paid an account as owner of a repost, author or creator."""
        ...

    def reposts_of(self, content_id: Digest) -> list[int]:
        """The numbers of all reposts of a content, at any depth."""
        ...

    def reposts_by(self, address: Address) -> list[int]:
        """The numbers of all reposts that an account ever had."""
        ...

    def repost_transaction(self, repost: int) -> str | None:
        """The transaction that made a repost, if indexed."""
        ...

    def plans_of(self, creator: Address) -> list[int]:
        """The numbers of all plans of a creator."""
        ...

    def subscribers_of(self, creator: Address) -> list[Address]:
        """Who ever subscribed to a creator."""
        ...

    def creators_of(self, subscriber: Address) -> list[Address]:
        """Whom an account ever subscribed to."""
        ...
