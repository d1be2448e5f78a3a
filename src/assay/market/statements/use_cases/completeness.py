"""Whether a statement leaves something out: its lines beside what the chain and the payer know.

Three things betray a missing line. The payer's transfer to the provider, which no line is for. A
part of a channel's sum that no line owns (see `assay.market.channels.promise`). And a sum that was
claimed on chain, or that the payer saw charged, above the last line of the channel.

Any of them may be accounted for by a line of another period: a payment is settled a little before
or after its answer is complete. So the neighbouring lines are asked for, further and further back,
until nothing is unexplained or there is nothing more to ask for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.model import PaidTransfer
from assay.market.ports import TokenTransfers
from assay.market.statements.model import Statement, StatementLine
from assay.market.statements.period import Period, format_time
from assay.market.statements.ports import ChannelStates, OwnCharges, PayerIndex

_DAY_S = 24 * 3600

FetchMore = Callable[[Period], Statement]


@dataclass(frozen=True, slots=True)
class Expected:
    """What was asked for: whose bill, from whom, for when; `now_s` is our time."""

    payer: Address
    provider: Address
    period: Period
    now_s: int


@dataclass(frozen=True, slots=True)
class ChannelAccount:
    """A channel beside the statement: sums of the token.

    Attributes:
        billed: the position of the last line, of this statement or a later one.
        claimed: what the provider has claimed, by the chain.
        balance: all deposits less what went back, by the chain.
        charged: what the payer itself saw charged; 0 where it did not keep it.
    """

    channel: Digest
    billed: int
    claimed: int
    balance: int
    charged: int

    @property
    def fault(self) -> str:
        """Why lines must be missing; empty if none need be."""
        if self.claimed > self.billed:
            due = f"{self.claimed} units were claimed from"
        elif self.charged > self.billed:
            due = f"you were charged {self.charged} units in"
        else:
            return ""
        return f"{due} channel {self.channel}, but the lines reach {self.billed}: some are left out"


@dataclass(frozen=True, slots=True)
class Whole:
    """What comparing found; `neighbours` are the lines of other periods that were needed for it."""

    faults: tuple[str, ...]
    channels: tuple[ChannelAccount, ...]
    neighbours: tuple[StatementLine, ...]


@dataclass(frozen=True)
class Completeness:
    """Compares lines with the chain and the payer's own records."""

    index: PayerIndex
    transfers: TokenTransfers
    channels: ChannelStates
    own: OwnCharges

    def compare(
        self, lines: Sequence[StatementLine], expected: Expected, fetch_more: FetchMore
    ) -> Whole:
        """What nobody's line accounts for, after asking for as many neighbours as it takes.

        Raises:
            UnavailableError: the chain or the service cannot be asked.
        """
        paid = self._paid(lines, expected)
        neighbours: list[StatementLine] = []
        windows = _windows(expected)
        while True:
            known = [*lines, *neighbours]
            accounts = self._accounts(known, expected)
            faults = [
                *_unbilled(known, paid),
                *_unowned(lines, known),
                *(account.fault for account in accounts if account.fault),
            ]
            window = next(windows, None) if faults else None
            if window is None:
                faults += [*_doubled(known), *_overlapping(known)]
                return Whole(tuple(faults), tuple(accounts), tuple(neighbours))
            more = fetch_more(window).lines
            neighbours += [line for line in more if window.contains(line.time_s)]

    def _paid(
        self, lines: Sequence[StatementLine], expected: Expected
    ) -> list[tuple[PaidTransfer, int]]:
        """The payer's transfers to the provider in the period that are not billed, with times."""
        billed = {line.payment for line in lines}
        seen = self.index.payments(expected.payer, expected.period)
        unseen = [payment for payment in seen if payment.nonce not in billed]
        moved = self.transfers.transfers([payment.transaction for payment in unseen])
        return [
            (one, payment.time_s)
            for payment, transfers in zip(unseen, moved, strict=True)
            for one in transfers
            if (one.payer, one.nonce, one.recipient)
            == (expected.payer, payment.nonce, expected.provider)
        ]

    def _accounts(self, known: Iterable[StatementLine], expected: Expected) -> list[ChannelAccount]:
        billed: dict[Digest, int] = defaultdict(int)
        for name in self.index.channels(expected.payer, expected.provider):
            billed[name] = 0
        for line in known:
            if line.promise:
                name, position = line.promise.channel, line.promise.position
                billed[name] = max(billed[name], position)
        names = sorted(billed)
        states, charged = self.channels.states(names), self.own.charged(names)
        return [
            ChannelAccount(name, billed[name], state.claimed, state.balance, charged.get(name, 0))
            for name, state in zip(names, states, strict=True)
        ]


def _windows(expected: Expected) -> Iterator[Period]:
    """The periods around: first what came after, then further and further back."""
    start_s, end_s = expected.period.start_s, expected.period.end_s
    if end_s <= expected.now_s:
        yield Period(end_s, expected.now_s + 1)
    span_s = _DAY_S
    while start_s > 0:
        before_s = max(0, start_s - span_s)
        yield Period(before_s, start_s)
        start_s, span_s = before_s, span_s * 4


def _unbilled(
    known: Iterable[StatementLine], paid: Iterable[tuple[PaidTransfer, int]]
) -> Iterator[str]:
    billed = {(line.payment, line.amount) for line in known}
    for transfer, time_s in paid:
        if (transfer.nonce, transfer.amount) not in billed:
            yield (
                f"no line is for the {transfer.amount} units that you paid at "
                f"{format_time(time_s)} in {transfer.transaction}"
            )


def _unowned(lines: Sequence[StatementLine], known: Iterable[StatementLine]) -> Iterator[str]:
    """Parts of a channel's sum, from below this statement's first line on, that no line owns."""
    owned = _parts(known)
    for channel, mine in _parts(lines).items():
        first = mine[0][0]
        reached = max((end for _start, end, _line in owned[channel] if end <= first), default=0)
        for start, end, _line in owned[channel]:
            if start > reached and end > first:
                yield (f"no line is for the units from {reached} to {start} of channel {channel}")
            reached = max(reached, end)


def _doubled(known: Iterable[StatementLine]) -> Iterator[str]:
    for payment, times in Counter(line.payment for line in known).items():
        if times > 1:
            yield f"the payment {payment} is billed {times} times"


def _overlapping(known: Iterable[StatementLine]) -> Iterator[str]:
    for channel, mine in _parts(known).items():
        reached = 0
        for start, end, line in mine:
            if start < reached:
                yield f"the line of {line.payment} is charged over another in channel {channel}"
            reached = max(reached, end)


def _parts(lines: Iterable[StatementLine]) -> dict[Digest, list[tuple[int, int, StatementLine]]]:
    """By channel, the part of its sum that each line owns, in order; free lines own none."""
    parts: dict[Digest, list[tuple[int, int, StatementLine]]] = defaultdict(list)
    for line in lines:
        if line.promise and line.amount > 0:
            end = line.promise.position
            parts[line.promise.channel].append((end - line.amount, end, line))
    for mine in parts.values():
        mine.sort(key=lambda part: part[:2])
    return parts
