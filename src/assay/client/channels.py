"""`client.channels`: open, fill, show and close the payment channels that calls are paid from."""

from __future__ import annotations

from assay.bootstrap import Workspace
from assay.core.amount import parse_amount
from assay.errors import InputError
from assay.market.purse.model import OwnChannel
from assay.market.purse.use_cases.close import Closing, close_channel
from assay.market.purse.use_cases.deposit import Deposited, open_channel, top_up_channel
from assay.market.purse.use_cases.show import (
    ChannelStatus,
    find_channel,
    list_channels,
    show_channel,
)
from assay.market.remote import base_url


class ChannelClient:
    """The payer's side of channels on one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def open(
        self,
        url: str | None = None,
        *,
        deposit: str,
        another: bool = False,
        account: str | None = None,
    ) -> Deposited:
        """Open a channel with the provider of a service; again after a crash, go on with it.

        Args:
            url: the service; the one of the settings if None.
            deposit: decimal amount of the payment token; what is left of it comes back.
            another: open one although there is one already.
            account: who pays; the configured buyer if None.

        Raises:
            ChannelOpenAlready, DepositUnderWay: there is one, or one is being opened.
            DepositTooSmall, DepositTooLarge, ChannelsNotOffered: nothing was signed.
            SettlementUncertain: repeat it, with the same deposit.
        """
        settings = self._workspace.settings
        return open_channel(
            base_url(url or f"http://{settings.host}:{settings.port}"),
            self._amount(deposit),
            another=another,
            services=self._workspace.purse.services,
            parts=self._workspace.purse.parts(self._account(account)),
        )

    def topup(
        self, channel: str | None = None, *, deposit: str, account: str | None = None
    ) -> Deposited:
        """Add to a channel.

        Args:
            channel: its name, or the beginning of it; the only one that is open if None.

        Raises:
            ChannelNotUsable: it is being closed.
            As `open`.
        """
        name = self._account(account)
        return top_up_channel(
            self._own(channel, name),
            self._amount(deposit),
            parts=self._workspace.purse.parts(name),
        )

    def list(self, *, account: str | None = None) -> list[ChannelStatus]:
        """All channels that were opened from here on this chain, oldest first."""
        name = self._account(account)
        return list_channels(
            self._workspace.address(account) if account else None,
            chain_id=self._workspace.node.chain_id,
            chain=self._workspace.purse.chain(name),
            book=self._workspace.purse.book,
        )

    def show(self, channel: str | None = None) -> ChannelStatus:
        """One channel, as purse and chain have it.

        Raises:
            ChannelUnknown, ChannelAmbiguous: not one.
        """
        return show_channel(
            find_channel(channel, None, book=self._workspace.purse.book),
            chain=self._workspace.purse.chain(self._workspace.settings.buyer),
            book=self._workspace.purse.book,
        )

    def close(self, channel: str | None = None, *, account: str | None = None) -> Closing:
        """Get back what is left: at once if the provider agrees, else after the channel's delay.

        Where the result is not `closed`, call it again from `status.withdrawable_at` on.
        """
        name = self._account(account)
        return close_channel(
            self._own(channel, name),
            services=self._workspace.purse.services,
            chain=self._workspace.purse.chain(name),
            book=self._workspace.purse.book,
            payer=self._workspace.purse.payer(name),
        )

    def _own(self, channel: str | None, account: str) -> OwnChannel:
        found = find_channel(channel, None, book=self._workspace.purse.book)
        if found.config.payer != self._workspace.address(account):
            raise InputError(
                f"The channel {found.id} is paid by {found.config.payer}, not by {account}.",
                hint="Name its account with --account.",
            )
        return found

    def _account(self, account: str | None) -> str:
        return account or self._workspace.settings.buyer

    def _amount(self, text: str) -> int:
        return parse_amount(text, decimals=self._workspace.token_decimals)
