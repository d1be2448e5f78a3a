"""`client.licences`: offer, buy, renew, rent out and resell licences; release and log keys.

    offer = client.licences.offer(asset_id, price="5", period_s=30 * 86400)
    bought = client.licences.buy(str(offer.id), max_price="5")
    client.market.pull(asset_id, "model", url="https://provider.example")

Prices are decimal amounts of the payment token; licences are given by their ids as text.
"""

from __future__ import annotations

from assay.bootstrap import Workspace
from assay.core.address import Address, parse_address
from assay.core.amount import parse_amount
from assay.core.clock import SystemClock
from assay.core.digest import Digest
from assay.errors import InputError
from assay.market.licences.model import LicenceState, Offer, Purchase, Terms, parse_licence
from assay.market.licences.ports import LicenceAccount, Release, Renewal
from assay.market.licences.use_cases import holding, offers, purchase
from assay.market.licences.use_cases.keys import KeyRequest, ReleasedKey, release_key
from assay.market.licences.use_cases.renewals import renew_due

_LICENCE_PREFIX = "0x00000000"
"""Ids of licences begin with it, for they are shorter; asset ids are SHA-256 digests."""


class LicenceClient:
    """The use cases of licences on one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._parts = workspace.licences

    def offer(
        self,
        asset_id: str,
        *,
        price: str,
        period_s: int = 0,
        subscription: bool = False,
        transferable: bool = True,
        account: str | None = None,
    ) -> Offer:
        """Offer licences of an own asset.

        Args:
            period_s: seconds that a licence lasts; 0 for ever.
            subscription: licences renew themselves from the buyer's allowance.
            transferable: they can be resold and rented out.
            account: who owns the asset; the configured account if None.
        """
        terms = Terms(self._units(price), period_s, subscription, transferable)
        actor = self._seller(account)
        made, _ = offers.make_offer(
            Digest.parse(asset_id), terms, account=actor, reader=self._parts.reader
        )
        return made

    def change_price(self, offer: int, price: str, *, account: str | None = None) -> Offer:
        """Set the price of later purchases and renewals by an own offer."""
        actor, reader = self._seller(account), self._parts.reader
        return offers.change_price(offer, self._units(price), account=actor, reader=reader)[0]

    def withdraw_offer(self, offer: int, *, account: str | None = None) -> Offer:
        """End an own offer: nothing is sold or renewed by it."""
        self._seller(account).withdraw_offer(offer)
        return self._parts.reader.offers([offer])[0]

    def offers(self, asset_id: str, *, closed: bool = False) -> list[Offer]:
        """What licences of an asset are offered."""
        self._workspace.sync()
        return offers.list_offers(
            Digest.parse(asset_id),
            index=self._parts.index,
            reader=self._parts.reader,
            closed=closed,
        )

    def buy(
        self, subject: str, *, max_price: str, periods: int = 12, account: str | None = None
    ) -> Purchase:
        """Buy a licence in one transaction.

        Args:
            subject: the number of an offer, the id of an asset with one open offer, or the id of
                a licence that its owner sells.
            max_price: the most to pay; of a subscription, for each later period as well.
            periods: how many periods of a subscription the allowance is to last for.
            account: who buys; the configured buyer if None.
        """
        actor, reader, most = self._buyer(account), self._parts.reader, self._units(max_price)
        if periods < 1:
            raise InputError("An allowance lasts for one period at least.")
        if subject.isdecimal():
            number = int(subject)
        elif subject.startswith(_LICENCE_PREFIX):
            licence = parse_licence(subject)
            return purchase.buy_listed(licence, most, account=actor, reader=reader)
        else:
            self._workspace.sync()
            index = self._parts.index
            number = offers.only_offer(Digest.parse(subject), index=index, reader=reader).id
        return purchase.buy_licence(number, most, account=actor, reader=reader, periods=periods)

    def licences(
        self, *, address: str | None = None, account: str | None = None
    ) -> list[LicenceState]:
        """The licences that an address, or an account, owns or rents."""
        self._workspace.sync()
        holder = parse_address(address) if address else self._buyer(account).address
        return holding.list_licences(holder, index=self._parts.index, reader=self._parts.reader)

    def sold(self, asset_id: str) -> list[LicenceState]:
        """All licences of an asset."""
        self._workspace.sync()
        return holding.list_sold(
            Digest.parse(asset_id), index=self._parts.index, reader=self._parts.reader
        )

    def show(self, licence: str) -> LicenceState:
        """One licence, as the chain has it."""
        return holding.show_licence(parse_licence(licence), reader=self._parts.reader)

    def renew(
        self, licence: str, *, max_price: str, periods: int = 1, account: str | None = None
    ) -> Purchase:
        """Pay another period of a licence; see `buy` for the arguments."""
        return purchase.renew_licence(
            parse_licence(licence),
            self._units(max_price),
            account=self._buyer(account),
            reader=self._parts.reader,
            periods=periods,
        )

    def renew_due(self, *, account: str | None = None) -> list[Renewal]:
        """Collect every due period of subscriptions to an account's offers."""
        self._workspace.sync()
        return renew_due(
            account=self._seller(account),
            reader=self._parts.reader,
            index=self._parts.index,
            clock=SystemClock(),
        )

    def subscribe(
        self, licence: str, *, max_price: str, periods: int = 12, account: str | None = None
    ) -> LicenceState:
        """Have an own licence renew itself for up to so many periods."""
        return purchase.subscribe(
            parse_licence(licence),
            self._units(max_price),
            account=self._buyer(account),
            reader=self._parts.reader,
            periods=periods,
        )

    def cancel(self, licence: str, *, account: str | None = None) -> LicenceState:
        """End a subscription; what is paid stays good."""
        return purchase.cancel(
            parse_licence(licence), account=self._buyer(account), reader=self._parts.reader
        )

    def resell(self, licence: str, *, price: str, account: str | None = None) -> LicenceState:
        """Offer an own licence for sale, or change its price."""
        return holding.list_for_sale(
            parse_licence(licence),
            self._units(price),
            account=self._buyer(account),
            reader=self._parts.reader,
        )

    def withdraw_listing(self, licence: str, *, account: str | None = None) -> LicenceState:
        """No longer offer a licence for sale."""
        return holding.withdraw_listing(
            parse_licence(licence), account=self._buyer(account), reader=self._parts.reader
        )

    def rent(
        self, licence: str, *, to: str, until_s: int, account: str | None = None
    ) -> LicenceState:
        """Let another address use an own licence until a time, in seconds since 1970."""
        return holding.rent_out(
            parse_licence(licence),
            parse_address(to),
            until_s,
            account=self._buyer(account),
            reader=self._parts.reader,
        )

    def give_back(self, licence: str, *, account: str | None = None) -> LicenceState:
        """Give a rented licence back before its time."""
        return holding.give_back(
            parse_licence(licence), account=self._buyer(account), reader=self._parts.reader
        )

    def release_key(
        self, asset_id: str, licence: str | None, address: Address, nonce: str, receiver: bytes
    ) -> ReleasedKey:
        """Release the key of an asset sealed here to whoever has signed in; see `release_key`."""
        request = KeyRequest(
            Digest.parse(asset_id),
            parse_licence(licence) if licence else None,
            address,
            nonce,
            receiver,
        )
        return release_key(
            request,
            reader=self._parts.reader,
            sealer=self._parts.sealer(),
            log=self._parts.releases,
            clock=SystemClock(),
            confirmations=self._parts.confirmations,
        )

    def releases(self, asset_id: str | None = None) -> list[Release]:
        """The keys that were released here, oldest first."""
        return self._parts.releases.releases(Digest.parse(asset_id) if asset_id else None)

    def _units(self, amount: str) -> int:
        return parse_amount(amount, decimals=self._workspace.token_decimals)

    def _seller(self, account: str | None) -> LicenceAccount:
        return self._parts.account(account or self._workspace.settings.account)

    def _buyer(self, account: str | None) -> LicenceAccount:
        return self._parts.account(account or self._workspace.settings.buyer)
