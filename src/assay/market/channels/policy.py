"""Which channels to claim now: pure rules of value, age, gas price and announced withdrawals.

    rules = ClaimRules(minimum=100_000, after_s=3600, gas_percent=5, token_per_ether=0)
    decide(channel, rules, line_cost=0, since=0, now=time).reason     # Reason.VALUE

A claim costs gas, and what is not claimed is safe in the contract until the payer announces a
withdrawal. So a channel waits until its claim is worth the gas, or is old enough and pays for
itself; one whose payer takes out what was already spent is claimed first, whatever it costs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assay.market.channels.model import Channel

LONGEST_BATCH = 100
GAS_PER_BATCH = 60_000
GAS_PER_LINE = 17_000
GAS_PER_PAYOUT = 60_000
_WEI_PER_ETHER = 10**18


class Reason(StrEnum):
    """Why a channel is claimed now, or is not."""

    WITHDRAWAL = "withdrawal"  # the payer takes out what calls have spent
    VALUE = "value"  # worth the gas
    AGE = "age"  # unclaimed for long, and pays for its gas
    ASKED = "asked"  # somebody wants it now
    SMALL = "small"  # not worth the gas yet
    BUSY = "busy"  # calls under way are awaited
    NOTHING = "nothing"  # all that was served is claimed
    FOREIGN = "foreign"  # another key than ours has to sign its claims
    SET_ASIDE = "set aside"  # the contract refused it

    @property
    def due(self) -> bool:
        """True if the channel is claimed now."""
        return self in _DUE


_DUE = frozenset({Reason.WITHDRAWAL, Reason.VALUE, Reason.AGE, Reason.ASKED})


@dataclass(frozen=True, slots=True)
class ClaimRules:
    """When a claim is worth making; amounts in the token's smallest units.

    Attributes:
        minimum: the least that is claimed for its value alone.
        after_s: how long a smaller sum waits.
        gas_percent: the largest part of a claim that its gas may cost.
        token_per_ether: what an ether is worth; 0 leaves the price of gas out of account.
        longest_batch: lines in one transaction.
    """

    minimum: int = 100_000
    after_s: int = 3600
    gas_percent: int = 5
    token_per_ether: int = 0
    longest_batch: int = LONGEST_BATCH

    def cost(self, gas: int, gas_price_wei: int) -> int:
        """What gas costs in the token, rounded up."""
        return -(-gas * gas_price_wei * self.token_per_ether // _WEI_PER_ETHER)

    def worth(self, cost: int) -> int:
        """The least sum of which `cost` is no more than `gas_percent`."""
        return -(-cost * 100 // self.gas_percent)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with a channel, and why, in words.

    Attributes:
        total: the channel's whole sum after the claim.
        claimable: what the claim adds.
        deadline_s: when a withdrawal can be executed, in seconds since 1970; 0 without one.
    """

    channel: Channel
    reason: Reason
    because: str
    total: int
    deadline_s: int = 0

    @property
    def claimable(self) -> int:
        return max(0, self.total - self.channel.chain.claimed)


def claimable_total(channel: Channel) -> int:
    """The largest sum that can be claimed: served for good, signed for, and held by the channel."""
    return min(channel.charged - channel.open, channel.signed, channel.chain.balance)


def uncovered(channel: Channel) -> int:
    """What was served and no claim can reach: only a reorganisation that took a deposit does it."""
    return max(0, channel.charged - channel.open - max(claimable_total(channel), 0))


def is_exposed(channel: Channel) -> bool:
    """Whether an announced withdrawal would take what calls have spent, or are spending."""
    chain = channel.chain
    spent = channel.charged + channel.reserved
    return chain.withdrawal > 0 and spent > chain.balance - chain.withdrawal


def decide(
    channel: Channel,
    rules: ClaimRules,
    *,
    line_cost: int,
    since: int,
    now: int,
    asked: bool = False,
) -> Decision:
    """Judge one channel.

    Args:
        line_cost: what its line in a batch costs, in the token.
        since: when its oldest unclaimed call was noticed, in seconds since 1970.
        now: the time, of chain or machine, whichever is later.
        asked: claim whatever can be claimed.
    """
    total = claimable_total(channel)
    claimable = total - channel.chain.claimed
    exposed = is_exposed(channel)
    deadline_s = channel.chain.withdrawal_at + channel.config.withdraw_delay_s if exposed else 0
    reason, because = Reason.NOTHING, "all that was served is claimed"
    if claimable > 0:
        most = channel.most_unclaimed // 2  # its payer is served no more before a claim
        reason, because = _worth(claimable, rules, line_cost, now - since, most)
        patient_until = deadline_s - channel.config.withdraw_delay_s // 2
        under_way = bool(channel.reserved or channel.open)
        if exposed and not (under_way and now < patient_until):
            reason, because = Reason.WITHDRAWAL, f"the payer withdraws at {deadline_s}"
        elif asked and not reason.due:
            reason, because = Reason.ASKED, "asked for"
        elif exposed and not reason.due:
            reason, because = Reason.BUSY, "calls under way are awaited"
    return Decision(channel, reason, because, max(total, channel.chain.claimed), deadline_s)


def _worth(
    claimable: int, rules: ClaimRules, cost: int, age_s: int, most: int
) -> tuple[Reason, str]:
    least = min(most, max(rules.minimum, rules.worth(cost)))
    if claimable >= least:
        return Reason.VALUE, f"at least {least}"
    if age_s >= rules.after_s and claimable > cost:
        return Reason.AGE, f"unclaimed for {age_s} s"
    return Reason.SMALL, f"less than {least}, and unclaimed for {max(0, age_s)} s only"


def line_gas(lines: int) -> int:
    """The gas of one line among so many, with its part of what the batch takes as such."""
    shared = max(1, min(lines, LONGEST_BATCH))
    return GAS_PER_LINE + GAS_PER_BATCH // shared


def in_batches(due: Iterable[Decision], longest: int) -> list[list[Decision]]:
    """The most urgent first, then the largest; lines of a token together, as gas likes them."""
    ordered = sorted(
        due,
        key=lambda each: (
            each.deadline_s if each.reason is Reason.WITHDRAWAL else math.inf,
            -each.claimable,
            each.channel.id,
        ),
    )
    batches = [ordered[start : start + longest] for start in range(0, len(ordered), longest)]
    for batch in batches:
        batch.sort(key=lambda each: each.channel.config.token)
    return batches


def payout_due(unsettled: int, rules: ClaimRules, cost: int, *, asked: bool) -> bool:
    """Whether to have the contract pay what was claimed."""
    return unsettled > 0 and (asked or unsettled >= rules.worth(cost))
