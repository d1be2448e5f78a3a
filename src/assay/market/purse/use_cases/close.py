"""Close a channel: what is left comes back at once if the provider agrees, else after the delay.

closing = close_channel(channel, services=..., chain=..., book=..., payer=...)
closing.withdrawable_at          # None: closed; else when to call it again
"""

from __future__ import annotations

from dataclasses import dataclass

from assay.errors import RefusedError
from assay.market.channels.model import ChainState
from assay.market.errors import ServiceFailed
from assay.market.purse.errors import ChannelContradicted, ChannelsNotOffered, RefundRefused
from assay.market.purse.model import OwnChannel, PurseState
from assay.market.purse.payer import ChannelPayer
from assay.market.purse.ports import ChannelServices, PayerChain, PurseBook
from assay.market.purse.use_cases.show import ChannelStatus

_ATTEMPTS = 2


@dataclass(frozen=True)
class Closing:
    """How far the closing is.

    Attributes:
        returned: units of the token that came back just now.
        transaction: hash of what was sent by us, if anything was.
        refusal: why the provider did not give the rest back at once.
    """

    status: ChannelStatus
    returned: int
    transaction: str | None = None
    refusal: str = ""

    @property
    def closed(self) -> bool:
        """Whether nothing is left in the channel."""
        return self.status.channel.state is PurseState.CLOSED


def close_channel(
    channel: OwnChannel,
    *,
    services: ChannelServices,
    chain: PayerChain,
    book: PurseBook,
    payer: ChannelPayer,
) -> Closing:
    """Get back what is left; doing it again goes on where it was.

    A provider that is away, or refuses, cannot keep it: the withdrawal is announced, and executed
    by this same call once the channel's delay has passed.

    Raises:
        UnavailableError: the chain cannot be asked.
    """
    before = chain.states([channel.id])[0]
    if before.balance == before.claimed:
        return _closed(channel, before, 0, None, book)
    refusal = ""
    try:
        _refund(channel, services, payer)
    except (RefusedError, ChannelContradicted, RefundRefused, ServiceFailed) as error:
        refusal = str(error)
    now = chain.states([channel.id])[0]
    if now.balance == now.claimed:
        return _closed(channel, now, before.balance - now.balance, None, book)
    return _withdraw(channel, now, refusal, chain, book)


def _refund(channel: OwnChannel, services: ChannelServices, payer: ChannelPayer) -> None:
    """Ask for the rest; only sums that were signed before are signed again."""
    offer = next((each for each in services.offers(channel.url) if each.fits(channel.config)), None)
    if offer is None:
        raise ChannelsNotOffered(channel.url, "it has other terms than when this one was opened")
    total = channel.charged
    for _ in range(_ATTEMPTS):
        shown = services.refund(channel, offer, total, payer.sign_total(channel, total))
        if shown is None:
            return
        known = shown.charged <= channel.signed or (
            shown.charged <= shown.signed
            and payer.proven_by(channel.id, shown.signed, shown.signature)
        )
        if not known:
            raise ChannelContradicted(
                channel.id, f"it says to have charged {shown.charged} of {channel.signed} signed"
            )
        total = shown.charged
    raise RefundRefused(channel.url, "it names another sum each time")


def _withdraw(
    channel: OwnChannel, now: ChainState, refusal: str, chain: PayerChain, book: PurseBook
) -> Closing:
    status = ChannelStatus(book.change(channel.id, lambda old: old.closing()), now)
    if not now.withdrawal_at:
        transaction = chain.announce_withdrawal(channel.config, now.balance - now.claimed)
        announced = chain.states([channel.id])[0]
        return Closing(ChannelStatus(status.channel, announced), 0, transaction, refusal)
    if chain.now_s() < status.withdrawable_at:
        return Closing(status, 0, None, refusal)
    transaction = chain.withdraw(channel.config)
    after = chain.states([channel.id])[0]
    returned = now.balance - after.balance
    if after.balance != after.claimed:  # more was deposited since it was announced
        return Closing(ChannelStatus(status.channel, after), returned, transaction, refusal)
    return _closed(channel, after, returned, transaction, book)


def _closed(
    channel: OwnChannel,
    state: ChainState,
    returned: int,
    transaction: str | None,
    book: PurseBook,
) -> Closing:
    after = book.change(channel.id, lambda old: old.closed(state.balance))
    return Closing(ChannelStatus(after, state), returned, transaction)
