"""What can go wrong with the channels that one pays from; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.core.amount import format_amount
from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError, RefusedError, UnavailableError

_DECIMALS = 6


def _tokens(units: int) -> str:
    return format_amount(units, decimals=_DECIMALS) + " ASSAY"


class ChannelContradicted(IntegrityError):
    """A provider says of a channel what our own records and signatures exclude."""

    def __init__(self, channel: Digest, detail: str) -> None:
        super().__init__(
            f"The provider contradicts what is known of the channel {channel}: {detail}.",
            hint="Nothing more was signed. `assay channel close` takes the rest out.",
        )
        self.channel = channel
        self.detail = detail


class ChannelShort(RefusedError):
    """A channel holds too little for a call; nothing was signed."""

    def __init__(self, channel: Digest, price: int, left: int) -> None:
        super().__init__(
            f"The channel {channel} has {_tokens(left)} left; the call costs {_tokens(price)}.",
            hint=f"Add to it: assay channel topup {channel} --deposit AMOUNT.",
        )
        self.channel = channel
        self.price = price
        self.left = left


class NoOpenChannel(InputError):
    """A call was to be paid from a channel, and none fits."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"No channel with the provider at {url} is open from here.",
            hint=f"Open one: assay channel open {url} --deposit 1.",
        )
        self.url = url


class ChannelUnknown(InputError):
    """No channel of this name was opened from here."""

    def __init__(self, subject: str | None) -> None:
        super().__init__(
            f"No channel {subject[:80]} was opened from here."
            if subject
            else "No channel is open.",
            hint="`assay channel list` shows those that were opened from here.",
        )
        self.subject = subject


class ChannelAmbiguous(InputError):
    """The beginning of a name fits several channels."""

    def __init__(self, subject: str | None, count: int) -> None:
        super().__init__(
            f"{count} channels begin with {subject[:80]}." if subject else f"{count} are open.",
            hint="Give the channel's name, or more of it; `assay channel list` shows it.",
        )
        self.subject = subject


class ChannelOpenAlready(RefusedError):
    """There is a channel with this provider, and a second one was not asked for."""

    def __init__(self, channel: Digest, left: int) -> None:
        super().__init__(
            f"The channel {channel} with this provider is open, with {_tokens(left)} left.",
            hint=f"Add to it: assay channel topup {channel} --deposit AMOUNT; or open --another.",
        )
        self.channel = channel
        self.left = left


class DepositUnderWay(RefusedError):
    """Another deposit into the channel was signed before, and is not in the chain yet."""

    def __init__(self, channel: Digest, amount: int, asked: int) -> None:
        super().__init__(
            f"A deposit of {_tokens(amount)} into the channel {channel} is under way; "
            f"{_tokens(asked)} was not signed.",
            hint=f"Finish it first: repeat the command with --deposit "
            f"{format_amount(amount, decimals=_DECIMALS)}.",
        )
        self.channel = channel
        self.amount = amount


class DepositTooSmall(InputError):
    """A deposit of nothing, or less than one call costs."""

    def __init__(self, amount: int, least: int) -> None:
        super().__init__(
            f"A deposit of {_tokens(amount)} is too small: one call costs {_tokens(least)}.",
            hint="Deposit for many calls at once: what is left comes back.",
        )
        self.amount = amount
        self.least = least


class DepositTooLarge(RefusedError):
    """The account has fewer tokens than it is to deposit; nothing was signed."""

    def __init__(self, amount: int, held: int) -> None:
        super().__init__(
            f"A deposit of {_tokens(amount)} is more than the account's {_tokens(held)}.",
            hint="Deposit less, or choose another --account. "
            "On the local chain: assay account fund NAME.",
        )
        self.amount = amount
        self.held = held


class ChannelsNotOffered(RefusedError):
    """A service takes no payments from channels that could be opened here."""

    def __init__(self, url: str, detail: str) -> None:
        super().__init__(
            f"The service at {url} takes no payment channels: {detail}.",
            hint="Call it without one: assay call --scheme exact.",
        )
        self.url = url
        self.detail = detail


class ChannelNotUsable(RefusedError):
    """A channel that is being closed, or is closed, gets no more deposits."""

    def __init__(self, channel: Digest, state: str) -> None:
        super().__init__(
            f"The channel {channel} is {state}.", hint="Open a new one: assay channel open URL."
        )
        self.channel = channel
        self.state = state


class RefundRefused(UnavailableError):
    """A provider does not give back what is left, at once."""

    def __init__(self, url: str, detail: str) -> None:
        super().__init__(f"The service at {url} gives nothing back: {detail}.")
        self.url = url
        self.detail = detail
