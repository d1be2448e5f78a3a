"""How a provider's channels stand, by its book.

for status in channel_report(book, receiver):
    print(status.channel.id, status.claimable)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assay.core.address import Address
from assay.market.channels.model import Channel
from assay.market.channels.policy import claimable_total, is_exposed, uncovered
from assay.market.channels.ports import SettlementBook


@dataclass(frozen=True, slots=True)
class ChannelStatus:
    """One channel.

    Attributes:
        claimable: what a claim would bring now.
        spendable: what further calls may use.
        uncovered: what was served and the chain holds no deposit for.
        withdrawal_at: when an announced withdrawal can be executed, in s since 1970; 0 without.
    """

    channel: Channel
    claimable: int
    spendable: int
    uncovered: int
    withdrawal_at: int
    exposed: bool

    def as_json(self) -> dict[str, Any]:
        """The status in JSON types; sums are in the token's smallest units."""
        channel = self.channel
        return {
            "channel": channel.id.hex,
            "payer": channel.config.payer,
            "token": channel.config.token,
            "balance": channel.chain.balance,
            "charged": channel.charged,
            "claimed": channel.chain.claimed,
            "claimable": self.claimable,
            "spendable": self.spendable,
            "uncovered": self.uncovered,
            "withdrawal": channel.chain.withdrawal,
            "withdrawal_at": self.withdrawal_at or None,
            "exposed": self.exposed,
        }


def channel_report(book: SettlementBook, receiver: Address) -> list[ChannelStatus]:
    """All channels that still hold or owe something, those with most to claim first."""
    found = [_status(channel) for channel in book.open_channels(receiver)]
    return sorted(found, key=lambda status: (-status.claimable, status.channel.id))


def _status(channel: Channel) -> ChannelStatus:
    chain = channel.chain
    ready = chain.withdrawal_at + channel.config.withdraw_delay_s if chain.withdrawal else 0
    return ChannelStatus(
        channel,
        claimable=max(0, claimable_total(channel) - chain.claimed),
        spendable=max(0, channel.spendable - channel.charged - channel.reserved),
        uncovered=uncovered(channel),
        withdrawal_at=ready,
        exposed=is_exposed(channel),
    )
