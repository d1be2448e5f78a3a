"""What can go wrong where content earns; see `assay.errors` for the tree."""

from __future__ import annotations

from datetime import UTC, datetime

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import InputError, RefusedError

_LATEST_SHOWN_S = 253_402_300_799  # the end of the year 9999


def _moment(time_s: int) -> str:
    if not 0 < time_s <= _LATEST_SHOWN_S:
        return f"the time {time_s}"
    return datetime.fromtimestamp(time_s, UTC).isoformat()


class UnknownRepost(InputError):
    """No repost has this number."""

    http_status = 404

    def __init__(self, repost: int) -> None:
        super().__init__(
            f"There is no repost {repost}.", hint="`assay content reposts ID` lists an original's."
        )
        self.repost = repost


class NothingToRepost(InputError):
    """No content with this id can be reposted or tipped: it was never minted, or it is burnt."""

    http_status = 404

    def __init__(self, content_id: Digest) -> None:
        super().__init__(
            f"There is no content {content_id}: it was never minted, or is burnt.",
            hint="`assay content list` shows what is minted.",
        )
        self.content_id = content_id


class ContentWithdrawn(RefusedError):
    """The creator revoked the content: it is neither reposted nor tipped any more."""

    def __init__(self, content_id: Digest) -> None:
        super().__init__(
            f"Content {content_id} is revoked by its creator: it is not reposted or tipped.",
            hint="Reposts that exist can be paid as before.",
        )
        self.content_id = content_id


class RateAboveMaximum(RefusedError):
    """The authors ask for more of each payment than the reposter agreed to."""

    def __init__(self, rate_bps: int, maximum_bps: int) -> None:
        super().__init__(
            f"The authors take {rate_bps / 100:g} percent of each payment, more than the "
            f"{maximum_bps / 100:g} that you agree to.",
            hint="Raise --max-percent if you agree to the rate.",
        )
        self.rate_bps = rate_bps
        self.maximum_bps = maximum_bps


class NotTheCreator(RefusedError):
    """Only who minted the content, or made the plan, decides about it."""

    def __init__(self, what: str, caller: Address) -> None:
        super().__init__(
            f"{what} was not made by {caller}.", hint="Name the creator's account with --account."
        )
        self.what = what
        self.caller = caller


class NotTheOwner(RefusedError):
    """Only the owner of a repost sells it."""

    def __init__(self, repost: int, caller: Address, owner: Address) -> None:
        super().__init__(
            f"Repost {repost} belongs to {owner}, not to {caller}.",
            hint="Name the owner's account with --account.",
        )
        self.repost = repost
        self.caller = caller
        self.owner = owner


class NotForSale(RefusedError):
    """The owner of the repost does not sell it."""

    def __init__(self, repost: int) -> None:
        super().__init__(f"Repost {repost} is not for sale.")
        self.repost = repost


class PriceAboveMaximum(RefusedError):
    """The price is above what the buyer agreed to, perhaps since a moment ago."""

    def __init__(self, price: int, maximum: int) -> None:
        super().__init__(
            f"The price is {price} units, more than the {maximum} that you agree to.",
            hint="Nothing was paid. Raise --max-price if you agree to the price.",
        )
        self.price = price
        self.maximum = maximum


class AllowanceTooSmall(RefusedError):
    """The contract may not take the amount from the account."""

    def __init__(self, allowance: int, needed: int) -> None:
        super().__init__(
            f"The allowance is {allowance} units, and {needed} are needed.",
            hint="Subscribe again to sign a new allowance.",
        )
        self.allowance = allowance
        self.needed = needed


class PaymentInexact(RefusedError):
    """The currency keeps a part of what is sent, so nothing is paid in it."""

    def __init__(self, currency: Address, amount: int, arrived: int) -> None:
        super().__init__(
            f"Of {amount} units of {currency} only {arrived} arrive: nothing is paid in it.",
            hint="Use a currency that moves amounts as they are.",
        )
        self.currency = currency
        self.amount = amount
        self.arrived = arrived


class NothingPaid(InputError):
    """A payment has one unit at least."""

    def __init__(self) -> None:
        super().__init__("A payment has one unit at least.", hint="Give an amount, like 0.5.")


class UnknownPlan(InputError):
    """No plan has this number."""

    http_status = 404

    def __init__(self, plan: int) -> None:
        super().__init__(
            f"There is no plan {plan}.", hint="`assay content plans CREATOR` lists a creator's."
        )
        self.plan = plan


class NoPlan(InputError):
    """A creator has no open plan, or several to choose from."""

    def __init__(self, creator: Address, plans: tuple[int, ...]) -> None:
        several = ", ".join(str(plan) for plan in plans)
        super().__init__(
            f"{creator} has " + (f"the open plans {several}." if several else "no open plan."),
            hint="Name one of them." if several else "Ask the creator to make one.",
        )
        self.creator = creator
        self.plans = plans


class PlanRefused(RefusedError):
    """A plan needs a period and a currency that is a contract."""

    def __init__(self, period_s: int, currency: Address) -> None:
        super().__init__(
            f"A plan cannot have the period {period_s} and the currency {currency}.",
            hint="Give a period, and the address of an ERC-20 token.",
        )
        self.period_s = period_s
        self.currency = currency


class PlanClosed(RefusedError):
    """The creator closed the plan: nobody subscribes or renews by it."""

    def __init__(self, plan: int) -> None:
        super().__init__(
            f"Plan {plan} is closed.", hint="`assay content plans CREATOR` shows open ones."
        )
        self.plan = plan


class AlreadySubscribed(RefusedError):
    """The account's subscription to the creator runs."""

    def __init__(self, creator: Address, paid_until_s: int) -> None:
        super().__init__(
            f"You are subscribed to {creator}; this period ends {_moment(paid_until_s)}.",
            hint="It renews itself. A changed price is accepted with --accept-price.",
        )
        self.creator = creator
        self.paid_until_s = paid_until_s


class NotSubscribed(RefusedError):
    """The account has no subscription to the creator that renews itself."""

    def __init__(self, creator: Address, subscriber: Address) -> None:
        super().__init__(f"{subscriber} has no subscription to {creator} that renews itself.")
        self.creator = creator
        self.subscriber = subscriber


class NotDue(RefusedError):
    """The next period cannot be paid now."""

    def __init__(self, creator: Address, due_from_s: int, due_until_s: int) -> None:
        super().__init__(
            f"The next period of {creator} can be paid from {_moment(due_from_s)} "
            f"until {_moment(due_until_s)}.",
            hint="Later than that, the subscriber subscribes again.",
        )
        self.creator = creator
        self.due_from_s = due_from_s
        self.due_until_s = due_until_s


class NoteTooLong(InputError):
    """A note is a few lines."""

    def __init__(self, size_bytes: int, limit_bytes: int) -> None:
        super().__init__(f"The note has {size_bytes} bytes, more than {limit_bytes}.")
        self.size_bytes = size_bytes
        self.limit_bytes = limit_bytes
