"""`client.statements`: the bill of a period, made by the provider or checked by the payer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assay.bootstrap import Workspace
from assay.core.address import Address, parse_address
from assay.core.clock import SystemClock
from assay.core.digest import Digest
from assay.market.statements.errors import StatementFaulty
from assay.market.statements.model import Statement
from assay.market.statements.period import Period
from assay.market.statements.use_cases.check import Checked
from assay.market.statements.use_cases.completeness import Expected

Progress = Callable[[str, int], Callable[[int], None]]


def no_progress(_description: str, _total: int) -> Callable[[int], None]:
    """For nobody who is looking."""
    return lambda _amount: None


@dataclass(frozen=True)
class CheckedStatement:
    """A statement from a service, and what its payer found in it."""

    statement: Statement
    checked: Checked

    def require_sound(self) -> Statement:
        """The statement, if it holds.

        Raises:
            StatementFaulty: it does not say what happened.
        """
        if self.checked.faults:
            raise StatementFaulty(self.checked.faults)
        return self.statement


class StatementClient:
    """Statements on one workspace. Times are dates or ISO 8601, in UTC; periods are half-open."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def make(
        self,
        start: str,
        end: str,
        *,
        provider: str | None = None,
        payer: str | None = None,
        service: str | None = None,
    ) -> Statement:
        """The provider's side, from its own book.

        Args:
            provider: whose charges; the configured account's if None.
            payer: to whom; to all if None.
            service: asset id; lines of this service only.

        Raises:
            PeriodMalformed, InputError: a value is malformed.
        """
        maker = self._workspace.statements.maker(
            self._provider(provider),
            parse_address(payer) if payer else None,
            Period.parse(start, end),
        )
        return maker.statement().only(service=Digest.parse(service) if service else None)

    def fetch(
        self,
        url: str,
        start: str,
        end: str,
        *,
        provider: str | None = None,
        service: str | None = None,
        account: str | None = None,
        progress: Progress = no_progress,
    ) -> CheckedStatement:
        """The payer's side: from the service, every line and the whole checked.

        Args:
            provider: whom the account has paid; the one that the service names if None.
            account: who signs in and has paid; the configured buyer if None.
            progress: called with a description and a total, gives what to advance by.

        Raises:
            PeriodMalformed, InputError: a value is malformed.
            ServiceFailed, ServiceRejected, ChallengeSuspicious: there is no statement to be had.
            StatementMalformed: what the service sends is none.
        """
        parts, period = self._workspace.statements, Period.parse(start, end)
        self._workspace.sync()
        name = account or self._workspace.settings.buyer
        remote = parts.remote(name)
        received = _Received(progress)
        whole = remote.fetch(url, period, announce=received.announce, advance=received.advance)
        expected = Expected(
            payer=self._workspace.address(name),
            provider=parse_address(provider) if provider else whole.anchor.provider,
            period=period,
            now_s=SystemClock().now_s(),
        )
        checked = parts.checker().check(
            whole,
            expected,
            lambda window: remote.fetch(url, window),
            progress("Checking", len(whole.lines)),
        )
        shown = whole.only(service=Digest.parse(service) if service else None)
        return CheckedStatement(shown, checked)

    def _provider(self, provider: str | None) -> Address:
        if provider:
            return parse_address(provider)
        return self._workspace.address(self._workspace.settings.account)


class _Received:
    """Begins to show progress when the number of lines is known."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.advance: Callable[[int], None] = lambda _lines: None

    def announce(self, lines: int) -> None:
        self.advance = self._progress("Fetching", lines)
