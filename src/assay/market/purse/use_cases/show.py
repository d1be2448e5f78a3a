"""What purse and chain say of channels, side by side.

for status in list_channels(payer, chain=chain, book=book):
    print(status.channel.id, status.left)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assay.core.address import Address
from assay.market.channels.model import ChainState
from assay.market.purse.errors import ChannelAmbiguous, ChannelUnknown
from assay.market.purse.model import OwnChannel, PurseState
from assay.market.purse.ports import PayerChain, PurseBook


@dataclass(frozen=True, slots=True)
class ChannelStatus:
    """A channel, and what the settlement contract says of it."""

    channel: OwnChannel
    chain: ChainState

    @property
    def left(self) -> int:
        """What can still be spent, or taken out."""
        return max(0, self.chain.balance - max(self.channel.charged, self.chain.claimed))

    @property
    def withdrawable_at(self) -> int:
        """Seconds since 1970 when an announced withdrawal can be executed; 0: none is announced."""
        at = self.chain.withdrawal_at
        return at + self.channel.config.withdraw_delay_s if at else 0

    def as_json(self) -> dict[str, Any]:
        """What `assay channel show --json` prints; amounts in units of the token, as text."""
        channel, config = self.channel, self.channel.config
        return {
            "channel": channel.id.hex,
            "state": channel.state.value,
            "url": channel.url,
            "payer": config.payer,
            "provider": config.receiver,
            "token": config.token,
            "balance": str(self.chain.balance),
            "claimed": str(self.chain.claimed),
            "charged": str(channel.charged),
            "under_way": str(channel.under_way),
            "signed": str(channel.signed),
            "left": str(self.left),
            "deposit_under_way": str(channel.deposit.amount) if channel.deposit else None,
            "withdrawal": str(self.chain.withdrawal),
            "withdrawable_at": self.withdrawable_at or None,
            "withdraw_delay_s": config.withdraw_delay_s,
            "salt": config.salt.hex,
            "opened_at": channel.opened_at,
        }


def list_channels(
    payer: Address | None, *, chain_id: int, chain: PayerChain, book: PurseBook
) -> list[ChannelStatus]:
    """All channels on this chain, oldest first, brought up to what the chain says."""
    channels = [each for each in book.channels(payer) if each.chain_id == chain_id]
    states = chain.states([channel.id for channel in channels])
    return [
        ChannelStatus(_refreshed(channel, state, chain, book), state)
        for channel, state in zip(channels, states, strict=True)
    ]


def show_channel(channel: OwnChannel, *, chain: PayerChain, book: PurseBook) -> ChannelStatus:
    """One channel, brought up to what the chain says."""
    state = chain.states([channel.id])[0]
    return ChannelStatus(_refreshed(channel, state, chain, book), state)


def find_channel(name: str | None, payer: Address | None, *, book: PurseBook) -> OwnChannel:
    """The channel whose name begins so; without a name, the only one that is not closed.

    Raises:
        ChannelUnknown, ChannelAmbiguous: there is none, or more than one.
    """
    if name is None:
        found = [each for each in book.channels(payer) if each.state is not PurseState.CLOSED]
    else:
        beginning = "0x" + name.lower().removeprefix("0x")
        found = [each for each in book.channels(payer) if each.id.hex.startswith(beginning)]
    if not found:
        raise ChannelUnknown(name)
    if len(found) > 1:
        raise ChannelAmbiguous(name, len(found))
    return found[0]


def _refreshed(
    channel: OwnChannel, state: ChainState, chain: PayerChain, book: PurseBook
) -> OwnChannel:
    arrived = channel.deposit is not None and chain.spent(channel.deposit.nonce(channel.id))
    emptied = channel.state is PurseState.CLOSING and state.balance == state.claimed
    if not arrived and not emptied and channel.deposited == state.balance:
        return channel

    def bring_up(now: OwnChannel) -> OwnChannel:
        if emptied:
            return now.closed(state.balance)
        return now.confirmed(state.balance) if arrived else now.holding(state.balance)

    return book.change(channel.id, bring_up)
