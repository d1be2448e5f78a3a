"""`client.settlement`: the provider's side of payment channels: claim, be paid, look."""

from __future__ import annotations

from assay.bootstrap import Workspace
from assay.coordination.errors import WorkerBusy
from assay.market.channels.reports import SettlementReport
from assay.market.channels.use_cases.report import ChannelStatus, channel_report


class SettlementClient:
    """Settling the channels of the configured account."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def settle(self, *, due_only: bool = False, wait_s: float = 60.0) -> SettlementReport:
        """Claim what calls have spent, in batches, and have it paid out.

        Args:
            due_only: claim only what the rules find worth its gas (`docs/settings.md`); else all.
            wait_s: how long another worker of the account, such as `assay up`, is waited for.

        Returns:
            one line for each channel. `fault` says what ended the round early, if something did.

        Raises:
            WorkerBusy: another worker is at it all the time.
            UnavailableError: chain or database cannot be asked; nothing was done.
        """
        report = self.settle_in_turn(due_only=due_only, wait_s=wait_s)
        if report is None:
            raise WorkerBusy("settling its channels", wait_s)
        return report

    def settle_in_turn(
        self, *, due_only: bool = True, wait_s: float = 0.0
    ) -> SettlementReport | None:
        """One round, unless another worker of the account is at it all the time: None then."""
        with self._workspace.turn("settle", wait_s=wait_s) as lease:
            if lease is None:
                return None
            return self._workspace.channels.worker.settle(asked=not due_only)

    def plan(self, *, due_only: bool = False) -> SettlementReport:
        """What `settle` would claim now, and why; nothing is sent."""
        return self._workspace.channels.worker.plan(asked=not due_only)

    def watch(self) -> bool:
        """Note what payers did on chain; True if a withdrawal endangers calls: settle then."""
        return bool(self._workspace.channels.worker.watch())

    def channels(self) -> list[ChannelStatus]:
        """The open channels to the configured account, those with most to claim first."""
        account = self._workspace.settings.account
        return channel_report(self._workspace.channels.book, self._workspace.address(account))
