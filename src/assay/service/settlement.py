"""The settlement worker beside the routes: it watches payers, claims, and counts what it did."""

from __future__ import annotations

import asyncio
import time

import structlog
from prometheus_client import Counter, Gauge

from assay.client import Client
from assay.market.channels.policy import Reason, uncovered
from assay.market.channels.reports import ClaimLine, SettlementReport

CLAIMED = Counter("assay_claimed_units_total", "Claimed from channels", ["token"])
PAID_OUT = Counter("assay_paid_out_units_total", "Paid out by the settlement contract", ["token"])
LINES = Counter("assay_claim_lines_total", "Channels claimed, by reason", ["reason"])
TRANSACTIONS = Counter("assay_settlement_transactions_total", "Claims and payouts sent")
GAS = Counter("assay_settlement_gas_total", "Gas of claims and payouts")
FAULTS = Counter("assay_settlement_faults_total", "Rounds that something ended early")
RESENT = Counter("assay_settlement_resent_total", "Transactions that the chain had lost")
CLAIMABLE = Gauge("assay_claimable_units", "Served, and not claimed yet")
UNCOVERED = Gauge("assay_uncovered_units", "Served, and no deposit on chain covers it")
OPEN_CHANNELS = Gauge("assay_open_channels", "Channels that hold or owe something")
EXPOSED = Gauge("assay_exposed_channels", "Channels whose withdrawal endangers served calls")
SET_ASIDE = Gauge("assay_set_aside_channels", "Channels whose claims the contract refuses")
LAST_ROUND = Gauge("assay_settlement_round_timestamp_seconds", "When the last round ended well")

_log = structlog.get_logger("assay.settlement")


class SettlementRounds:
    """Rounds of settlement for one running service."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def watch(self) -> None:
        """Look at what payers did on chain, and settle at once where it endangers calls."""
        if not self._client.workspace.channels.available:
            return
        if await asyncio.to_thread(self._client.settlement.watch):
            _log.warning("withdrawal announced", action="settling now")
            await self.settle()

    async def settle(self) -> None:
        """One round, unless another worker of the account is at it."""
        if not self._client.workspace.channels.available:
            return
        report = await asyncio.to_thread(self._client.settlement.settle_in_turn)
        if report is not None:
            count(report)
            tell(report)


def count(report: SettlementReport) -> None:
    """Add a round to the metrics."""
    for line in report.lines:
        if line.claimed:
            CLAIMED.labels(line.decision.channel.config.token).inc(line.claimed)
            LINES.labels(line.reason.value).inc()
    for payout in report.payouts:
        PAID_OUT.labels(payout.token).inc(payout.amount)
    TRANSACTIONS.inc(len(report.transactions) + len(report.payouts))
    GAS.inc(report.gas)
    RESENT.inc(report.resent)
    CLAIMABLE.set(report.claimable - report.claimed)
    UNCOVERED.set(sum(uncovered(line.decision.channel) for line in report.lines))
    OPEN_CHANNELS.set(len(report.lines))
    EXPOSED.set(sum(_still_exposed(line) for line in report.lines))
    SET_ASIDE.set(sum(line.reason is Reason.SET_ASIDE for line in report.lines))
    if report.fault:
        FAULTS.inc()
    else:
        LAST_ROUND.set(time.time())


def _still_exposed(line: ClaimLine) -> bool:
    return line.decision.deadline_s > 0 and line.claimed < line.decision.claimable


def tell(report: SettlementReport) -> None:
    """Log what a round did; nothing if it did nothing."""
    for line in report.lines:
        if line.refused and line.decision.reason is not Reason.SET_ASIDE:
            channel = line.decision.channel.id.hex
            _log.warning("claim refused", channel=channel, reason=line.refused)
    if report.rolled_back:
        _log.warning("chain went back", channels=report.rolled_back, resent=report.resent)
    if report.claimed or report.payouts:
        _log.info(
            "settled",
            claimed=report.claimed,
            channels=sum(line.claimed > 0 for line in report.lines),
            paid_out=sum(payout.amount for payout in report.payouts),
            transactions=[mined.transaction for mined in report.transactions],
            gas=report.gas,
        )
    if report.fault:
        _log.warning("settlement ended early", reason=report.fault)
