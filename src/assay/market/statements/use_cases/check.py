"""Check a statement as its payer: every line by itself, and the whole against the chain.

    checked = StatementChecker(...).check(statement, expected, fetch_more)
    checked.faults                                     # sentences; none if it holds

Nothing in the statement is believed. What a line needs beside itself is read from the chain: the
receipt of an exact payment, the receipt that anchored a batch, the state of a channel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assay.core.address import Address
from assay.errors import AssayError
from assay.market.batches import RecordDigest
from assay.market.calls import RecordDomain, RecoverTypedData, check_record
from assay.market.channels.model import SettlementDomain
from assay.market.channels.promise import SCHEME as BATCH_SETTLEMENT
from assay.market.ports import Anchors, TokenTransfers
from assay.market.statements.model import EXACT, Statement, StatementLine
from assay.market.statements.period import format_time
from assay.market.statements.ports import ChannelStates
from assay.market.statements.use_cases.completeness import (
    ChannelAccount,
    Completeness,
    Expected,
    FetchMore,
)

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found: sentences about what is wrong, and the channels beside it."""

    faults: tuple[str, ...]
    channels: tuple[ChannelAccount, ...]


@dataclass(frozen=True)
class StatementChecker:
    """Checks statements of one token on one chain.

    Attributes:
        settlement: None on a chain without channels, where no voucher pays.
    """

    token: Address
    domain: RecordDomain
    settlement: SettlementDomain | None
    digest: RecordDigest
    recover: RecoverTypedData
    anchors: Anchors
    transfers: TokenTransfers
    channels: ChannelStates
    completeness: Completeness

    def check(
        self,
        statement: Statement,
        expected: Expected,
        fetch_more: FetchMore,
        advance: Advance = lambda _lines: None,
    ) -> Checked:
        """Everything that is wrong with a statement.

        Args:
            fetch_more: asks the service for another period; used where the chain knows of
                payments that may stand on a neighbouring statement.
            advance: told how many lines were checked since.

        Raises:
            UnavailableError: the chain or the service cannot be asked.
        """
        faults = list(self._shape(statement, expected))
        for line in statement.lines:
            faults += self._line(line, expected)
            advance(1)
        faults += self._exact(statement.lines)
        faults += self._anchored(statement)
        whole = self.completeness.compare(statement.lines, expected, fetch_more)
        for line in whole.neighbours:  # they explain something, so they have to hold as well
            faults += (
                f"on a neighbouring statement, {fault}" for fault in self._line(line, expected)
            )
        return Checked((*faults, *whole.faults), whole.channels)

    def _shape(self, statement: Statement, expected: Expected) -> Iterator[str]:
        anchor = statement.anchor
        if (anchor.chain_id, anchor.contract) != (self.domain.chain_id, self.domain.anchor):
            yield f"it is anchored on chain {anchor.chain_id} at {anchor.contract}"
        if anchor.provider != expected.provider:
            yield f"it is of the provider {anchor.provider} instead of {expected.provider}"
        if list(statement.lines) != sorted(statement.lines, key=lambda line: line.order):
            yield "its lines are not in the order of time"
        for line in statement.lines:
            if not expected.period.contains(line.time_s):
                yield f"{line_name(line)} is of {format_time(line.time_s)}"

    def _line(self, line: StatementLine, expected: Expected) -> Iterator[str]:
        """What is wrong with a line by itself, whatever period it is of."""
        parties = (line.payer, line.provider, line.token)
        if parties != (expected.payer, expected.provider, self.token):
            yield f"{line_name(line)} is of another payer, provider or token"
        if line.amount < 0:
            yield f"{line_name(line)} has a negative amount"
        if line.signed:
            record = line.signed.record
            stated = (record.payer, record.provider, record.token, record.amount)
            shown = (line.payer, line.provider, line.token, line.amount)
            if (*stated, record.payment_nonce, record.finished_at) != (
                *shown,
                line.payment,
                line.time_s,
            ):
                yield f"{line_name(line)} says something else than its record"
            try:
                check_record(line.signed, self.domain, self.recover)
            except AssayError as error:
                yield f"{line_name(line)}: {error}"
        if line.scheme == BATCH_SETTLEMENT and line.promise and self.settlement:
            valid = self.channels.valid_signature
            if fault := line.promise.fault(line.promised, self.settlement, valid):
                yield f"{line_name(line)}: {fault}"
        elif line.scheme != EXACT or not line.signed:
            yield f"{line_name(line)} shows no payment"

    def _exact(self, lines: Sequence[StatementLine]) -> Iterator[str]:
        exact = [line for line in lines if line.scheme == EXACT]
        transactions = sorted({line.transaction for line in exact if line.transaction})
        moved = {
            (paid.transaction, paid.payer, paid.nonce, paid.recipient, paid.amount)
            for transfers in self.transfers.transfers(transactions)
            for paid in transfers
        }
        for line in exact:
            if (
                line.transaction,
                line.payer,
                line.payment,
                line.provider,
                line.amount,
            ) not in moved:
                yield f"{line_name(line)}: its transaction did not move this sum from you to them"

    def _anchored(self, statement: Statement) -> Iterator[str]:
        batches = {batch.number: batch for batch in statement.anchor.batches}
        transactions = [batch.transaction or "" for batch in batches.values()]
        on_chain = {
            (found.provider, found.number, found.root, found.calls)
            for anchored in self.anchors.anchored(transactions)
            for found in anchored
        }
        sound = {
            number: batch.root
            for number, batch in batches.items()
            if (batch.provider, number, batch.root, batch.calls) in on_chain
        }
        for number in batches.keys() - sound.keys():
            yield f"batch {number} is not what the chain has anchored"
        for line in statement.lines:
            if line.batch is None:
                continue
            leaf = self.digest(line.signed.record) if line.signed else b""
            if line.batch not in batches:
                yield f"{line_name(line)}: its batch {line.batch} is not on the statement"
            elif line.batch in sound and not line.included(leaf, sound[line.batch]):
                yield f"{line_name(line)}: no path leads from its record to batch {line.batch}"


def line_name(line: StatementLine) -> str:
    """How a fault speaks of a line."""
    return f"the line of {line.payment}"
