"""What a round of settlement did, channel by channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assay.core.address import Address
from assay.market.channels.policy import Decision, Reason, uncovered
from assay.market.channels.ports import Mined


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """What was decided on one channel, and what came of it.

    Attributes:
        claimed: what this round claimed of it.
        mined: the transaction that did it; None if nothing was sent.
        gas: the line's part of that transaction's gas.
        refused: why the contract refuses the line; empty if it does not.
    """

    decision: Decision
    claimed: int = 0
    mined: Mined | None = None
    gas: int = 0
    refused: str = ""

    @property
    def reason(self) -> Reason:
        """Why it was claimed, or was not."""
        return Reason.SET_ASIDE if self.refused else self.decision.reason

    def as_json(self) -> dict[str, Any]:
        """The line in JSON types; sums are in the token's smallest units."""
        channel = self.decision.channel
        return {
            "channel": channel.id.hex,
            "payer": channel.config.payer,
            "token": channel.config.token,
            "balance": channel.chain.balance,
            "charged": channel.charged,
            "claimable": self.decision.claimable,
            "claimed": self.claimed,
            "reason": self.reason.value,
            "because": self.refused or self.decision.because,
            "withdrawal_at": self.decision.deadline_s or None,
            "uncovered": uncovered(channel),
            "transaction": self.mined.transaction if self.mined else None,
            "gas": self.gas,
        }


@dataclass(frozen=True, slots=True)
class Payout:
    """What the contract paid the provider."""

    token: Address
    amount: int
    mined: Mined

    def as_json(self) -> dict[str, Any]:
        """The payout in JSON types."""
        return {
            "token": self.token,
            "amount": self.amount,
            "transaction": self.mined.transaction,
            "gas": self.mined.gas,
        }


@dataclass(frozen=True, slots=True)
class SettlementReport:
    """One round.

    Attributes:
        fault: why the round ended early; empty if it did not. What it did before stands.
        rolled_back: channels whose state the chain took back.
        resent: transactions that the chain had lost.
    """

    lines: tuple[ClaimLine, ...] = ()
    payouts: tuple[Payout, ...] = ()
    fault: str = ""
    rolled_back: int = 0
    resent: int = 0

    @property
    def claimed(self) -> int:
        """What was claimed, of all channels."""
        return sum(line.claimed for line in self.lines)

    @property
    def claimable(self) -> int:
        """What could have been claimed when the round began."""
        return sum(line.decision.claimable for line in self.lines)

    @property
    def transactions(self) -> list[Mined]:
        """Those that claimed, each once."""
        found = {line.mined.transaction: line.mined for line in self.lines if line.mined}
        return list(found.values())

    @property
    def gas(self) -> int:
        """All gas of the round."""
        paid = [payout.mined for payout in self.payouts]
        return sum(mined.gas for mined in (*self.transactions, *paid))

    def as_json(self) -> dict[str, Any]:
        """The report in JSON types."""
        return {
            "channels": [line.as_json() for line in self.lines],
            "payouts": [payout.as_json() for payout in self.payouts],
            "claimable": self.claimable,
            "claimed": self.claimed,
            "gas": self.gas,
            "rolled_back": self.rolled_back,
            "resent": self.resent,
            "fault": self.fault or None,
        }
