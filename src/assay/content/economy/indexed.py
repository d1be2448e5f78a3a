"""What the ledger knows of what content earns: where to look, never what to believe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from sqlalchemy import Engine

from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.ledger.events import events_where

REPOSTS, TIPS, SUBSCRIPTIONS = "Reposts", "Tips", "CreatorSubscriptions"
CONTENT, TOKEN = "ContentToken", "AssayToken"


class Event(Protocol):
    """An indexed event."""

    @property
    def args(self) -> dict[str, Any]:
        """Its arguments by name."""
        ...

    @property
    def block_number(self) -> int:
        """Where it stands in the chain."""
        ...

    @property
    def log_index(self) -> int:
        """Where it stands in the block."""
        ...

    @property
    def transaction_hash(self) -> str:
        """What emitted it."""
        ...


class LedgerEconomyIndex:
    """The `EconomyIndex` port on the ledger's events."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def content_transactions(self, content_id: Digest, royalty_account: Address) -> list[str]:
        """See `EconomyIndex.content_transactions`."""
        token_id = content_id.token_id
        return _transactions(
            [
                *self._events(TOKEN, "Transfer", to=royalty_account),
                *self._events(REPOSTS, "RepostPaid", root=token_id),
                *self._events(REPOSTS, "RepostSold", root=token_id),
                *self._events(CONTENT, "ContentSold", tokenId=token_id),
            ]
        )

    def repost_transactions(self, repost: int) -> list[str]:
        """See `EconomyIndex.repost_transactions`."""
        paid = self._events(REPOSTS, "RepostPaid", repostId=repost)
        return _transactions([*paid, *self._events(REPOSTS, "RepostSold", repostId=repost)])

    def account_transactions(self, address: Address) -> list[str]:
        """See `EconomyIndex.account_transactions`."""
        return _transactions(
            [
                *self._events(REPOSTS, "RepostPaid", owner=address),
                *self._events(REPOSTS, "RepostSold", seller=address),
                *self._events(SUBSCRIPTIONS, "SubscriptionPaid", creator=address),
                *self._events(CONTENT, "RoyaltyReleased", payee=address),
            ]
        )

    def reposts_of(self, content_id: Digest) -> list[int]:
        """See `EconomyIndex.reposts_of`."""
        made = self._events(REPOSTS, "Reposted", root=content_id.token_id)
        return [int(event.args["repostId"]) for event in made]

    def reposts_by(self, address: Address) -> list[int]:
        """See `EconomyIndex.reposts_by`."""
        got = self._events(REPOSTS, "Transfer", to=address)
        return list(dict.fromkeys(int(event.args["tokenId"]) for event in got))

    def repost_transaction(self, repost: int) -> str | None:
        """See `EconomyIndex.repost_transaction`."""
        made = self._events(REPOSTS, "Reposted", repostId=repost)
        return made[-1].transaction_hash if made else None

    def plans_of(self, creator: Address) -> list[int]:
        """See `EconomyIndex.plans_of`."""
        made = self._events(SUBSCRIPTIONS, "PlanMade", creator=creator)
        return [int(event.args["planId"]) for event in made]

    def subscribers_of(self, creator: Address) -> list[Address]:
        """See `EconomyIndex.subscribers_of`."""
        agreed = self._events(SUBSCRIPTIONS, "Subscribed", creator=creator)
        return _addresses(event.args["subscriber"] for event in agreed)

    def creators_of(self, subscriber: Address) -> list[Address]:
        """See `EconomyIndex.creators_of`."""
        agreed = self._events(SUBSCRIPTIONS, "Subscribed", subscriber=subscriber)
        return _addresses(event.args["creator"] for event in agreed)

    def _events(self, contract: str, name: str, **arguments: object) -> Sequence[Event]:
        return events_where(self._engine, contract=contract, name=name, **arguments)


def _transactions(events: Iterable[Event]) -> list[str]:
    ordered = sorted(events, key=lambda event: (event.block_number, event.log_index))
    return list(dict.fromkeys(event.transaction_hash for event in ordered))


def _addresses(found: Iterable[str]) -> list[Address]:
    return list(dict.fromkeys(parse_address(address) for address in found))
