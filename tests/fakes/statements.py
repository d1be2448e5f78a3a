"""A provider and a payer with a little history between them, and the ports that statements need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assay.chain.account import Account
from assay.chain.signing import recover, recover_typed_data
from assay.chain.typed_data import typed_data_digest
from assay.core.address import Address
from assay.core.digest import Digest
from assay.core.merkle import MerkleTree
from assay.errors import AssayError
from assay.market.batches import BatchEntry
from assay.market.calls import (
    CallRecord,
    RecordDomain,
    SignedCallRecord,
    record_digest,
    sign_record,
)
from assay.market.channels.model import (
    NOBODY,
    ChainState,
    ChannelConfig,
    SettlementDomain,
    Voucher,
)
from assay.market.channels.promise import SCHEME, Promise
from assay.market.model import AnchoredBatch, PaidTransfer
from assay.market.statements.model import EXACT, Statement, StatementLine
from assay.market.statements.period import Period
from assay.market.statements.ports import BookedLine, PaymentSeen
from assay.market.statements.use_cases.check import Checked, StatementChecker
from assay.market.statements.use_cases.completeness import Completeness, Expected
from assay.market.statements.use_cases.make import StatementMaker

PROVIDER, PAYER, STRANGER = (Account(bytes([number]) * 32) for number in (1, 2, 3))
TOKEN, ANCHOR, SETTLEMENT = (Account(bytes([number]) * 32).address for number in (4, 5, 6))
DOMAIN = RecordDomain(31337, ANCHOR)
SETTLEMENT_DOMAIN = SettlementDomain(31337, SETTLEMENT)
ALWAYS = Period(0, 10_000_000)
NOW_S = 1_000_000  # after all that happens in these histories
CONFIG = ChannelConfig(
    payer=PAYER.address,
    payer_authorizer=PAYER.address,
    receiver=PROVIDER.address,
    receiver_authorizer=PROVIDER.address,
    token=TOKEN,
    withdraw_delay_s=900,
    salt=Digest.of(b"salt"),
)
CHANNEL = CONFIG.channel_id(SETTLEMENT_DOMAIN)


def digest_of(record: CallRecord) -> bytes:
    return record_digest(record, DOMAIN, typed_data_digest)


def signed_record(
    amount: int, payment: Digest, time_s: int, *, service: bytes = b"service"
) -> SignedCallRecord:
    record = CallRecord(
        provider=PROVIDER.address,
        payer=PAYER.address,
        service=Digest.of(service),
        model=Digest.of(b"model"),
        prompt_digest=Digest.of(b"prompt"),
        output_digest=Digest.of(b"answer"),
        token=TOKEN,
        amount=amount,
        payment_nonce=payment,
        started_at=max(0, time_s - 1),
        finished_at=time_s,
    )
    return sign_record(record, DOMAIN, PROVIDER)


@dataclass
class History:
    """What was charged, and what the chain and the payer know of it; also the ports' fakes."""

    lines: list[StatementLine] = field(default_factory=list)
    transfers_by_hash: dict[str, PaidTransfer] = field(default_factory=dict)
    seen: list[PaymentSeen] = field(default_factory=list)
    batches: list[tuple[BatchEntry, list[SignedCallRecord]]] = field(default_factory=list)
    charged_sum: int = 0
    allowed_sum: int = 0
    claimed_sum: int = 0
    own_sum: int = 0
    windows: list[Period] = field(default_factory=list)

    def pay_exactly(self, amount: int, time_s: int, *, settled_s: int | None = None) -> None:
        payment = Digest.of(b"exact %d" % len(self.lines))
        transaction = Digest.of(b"transaction %d" % len(self.lines)).hex
        signed = signed_record(amount, payment, time_s)
        self.lines.append(_line(signed, EXACT, transaction=transaction))
        self.transfers_by_hash[transaction] = PaidTransfer(
            PAYER.address, payment, PROVIDER.address, amount, transaction, 7
        )
        when_s = time_s if settled_s is None else settled_s
        self.seen.append(PaymentSeen(payment, transaction, when_s))

    def pay_by_voucher(
        self, amount: int, time_s: int, *, price: int | None = None, record: bool = True
    ) -> None:
        """`price` is what the voucher allowed; less was charged if a stream broke off."""
        allowed = self.charged_sum + max(price or amount, 1)
        in_order = allowed > self.allowed_sum
        self.allowed_sum = max(self.allowed_sum, allowed)
        self.charged_sum += amount
        self.own_sum = self.charged_sum
        promise = signed_promise(allowed, amount, self.charged_sum)
        payment = Voucher(CHANNEL, allowed, b"").digest(SETTLEMENT_DOMAIN)
        if record:
            signed = signed_record(amount, payment, time_s)
            self.lines.append(_line(signed, SCHEME, promise=promise))
            return None if in_order else self._order_parts()
        line = StatementLine(
            time_s=time_s,
            amount=amount,
            scheme=SCHEME,
            payment=payment,
            payer=PAYER.address,
            provider=PROVIDER.address,
            token=TOKEN,
            signed=None,
            transaction=None,
            promise=promise,
        )
        self.lines.append(line)
        return None if in_order else self._order_parts()

    def _order_parts(self) -> None:
        """Each call owns its part of the channel's sum, in the order of the vouchers' sums.

        That is not the order of time: after a charge that fell, clients sign smaller sums again.
        """
        promised = [line for line in self.lines if line.promise]
        position = 0
        for line in sorted(promised, key=lambda line: line.promise.max_claimable):  # type: ignore[union-attr]
            position += line.amount
            assert line.promise
            moved = replace(line, promise=replace(line.promise, position=position))
            self.lines[self.lines.index(line)] = moved

    def anchor_all(self) -> None:
        """Anchor every record that is in no batch yet."""
        known = {signed.cid for _batch, records in self.batches for signed in records}
        fresh = [line.signed for line in self.lines if line.signed and line.record not in known]
        if fresh:
            tree = MerkleTree([digest_of(signed.record) for signed in fresh])
            number = len(self.batches)
            transaction = Digest.of(b"anchoring %d" % number).hex
            batch = BatchEntry(PROVIDER.address, number, tree.root, len(fresh), transaction)
            self.batches.append((batch, fresh))

    # StatementBook

    def count(self, provider: Address, payer: Address | None, period: Period) -> int:
        return sum(1 for _ in self._charges(period))

    def _charges(self, period: Period) -> Iterator[StatementLine]:
        yield from (line for line in self.lines if period.contains(line.time_s))

    def book_lines(self, period: Period) -> Iterator[BookedLine]:
        places = {
            signed.cid: (batch.number, position)
            for batch, records in self.batches
            for position, signed in enumerate(records)
        }
        for line in sorted(self._charges(period), key=lambda line: line.order):
            batch, position = places.get(line.record, (None, None)) if line.record else (None, None)
            yield BookedLine(line, batch, position)

    def batch(self, provider: Address, number: int) -> BatchEntry | None:
        return self.batches[number][0] if number < len(self.batches) else None

    def records(self, provider: Address, number: int) -> list[CallRecord]:
        return [signed.record for signed in self.batches[number][1]]

    # The chain

    def transfers(self, transactions: Sequence[str]) -> list[list[PaidTransfer]]:
        return [
            [self.transfers_by_hash[name]] if name in self.transfers_by_hash else []
            for name in transactions
        ]

    def anchored(self, transactions: Sequence[str]) -> list[list[AnchoredBatch]]:
        by_hash = {batch.transaction: batch for batch, _records in self.batches}
        return [
            [AnchoredBatch(batch.provider, batch.number, batch.root, batch.calls, bytes(32), name)]
            if (batch := by_hash.get(name))
            else []
            for name in transactions
        ]

    def payments(self, payer: Address, period: Period) -> list[PaymentSeen]:
        return [seen for seen in self.seen if period.contains(seen.time_s)]

    def channels(self, payer: Address, receiver: Address) -> list[Digest]:
        return [CHANNEL] if self.charged_sum else []

    def states(self, channels: Sequence[Digest]) -> list[ChainState]:
        return [ChainState(10**12, self.claimed_sum, 0, 0, 0, 9) for _ in channels]

    def valid_signature(self, config: ChannelConfig, digest: Digest, signature: bytes) -> bool:
        assert config.payer_authorizer != NOBODY
        try:
            return recover(digest.raw, signature) == config.payer_authorizer
        except AssayError:
            return False

    def charged(self, channels: Sequence[Digest]) -> dict[Digest, int]:
        return {channel: self.own_sum for channel in channels if self.own_sum}

    # What is under test, on all of the above

    def statement(self, period: Period = ALWAYS) -> Statement:
        maker = StatementMaker(
            PROVIDER.address,
            PAYER.address,
            period,
            book=_Book(self),
            domain=DOMAIN,
            digest=digest_of,
        )
        return maker.statement()

    def check(
        self, statement: Statement, period: Period = ALWAYS, *, truth: History | None = None
    ) -> Checked:
        """Check what this provider sent against what really happened."""
        world = truth or self

        def fetch_more(window: Period) -> Statement:
            self.windows.append(window)
            return self.statement(window)

        checker = StatementChecker(
            token=TOKEN,
            domain=DOMAIN,
            settlement=SETTLEMENT_DOMAIN,
            digest=digest_of,
            recover=recover_typed_data,
            anchors=_Anchors(world),
            transfers=world,
            channels=_States(world),
            completeness=Completeness(_Index(world), world, _States(world), world),
        )
        expected = Expected(PAYER.address, PROVIDER.address, period, now_s=NOW_S)
        return checker.check(statement, expected, fetch_more)


@dataclass
class _Book:
    history: History

    def count(self, provider: Address, payer: Address | None, period: Period) -> int:
        return self.history.count(provider, payer, period)

    def lines(
        self, provider: Address, payer: Address | None, period: Period
    ) -> Iterator[BookedLine]:
        return self.history.book_lines(period)

    def batch(self, provider: Address, number: int) -> BatchEntry | None:
        return self.history.batch(provider, number)

    def records(self, provider: Address, number: int) -> list[CallRecord]:
        return self.history.records(provider, number)


@dataclass
class _Anchors:
    history: History

    @property
    def provider(self) -> Address:
        return PROVIDER.address

    def next_batch(self) -> int:
        return len(self.history.batches)

    def anchor(self, number: int, root: bytes, calls: int) -> str:
        raise NotImplementedError

    def anchored(self, transactions: Sequence[str]) -> list[list[AnchoredBatch]]:
        return self.history.anchored(transactions)


@dataclass
class _Index:
    history: History

    def payments(self, payer: Address, period: Period) -> list[PaymentSeen]:
        return self.history.payments(payer, period)

    def channels(self, payer: Address, receiver: Address) -> list[Digest]:
        return self.history.channels(payer, receiver)


@dataclass
class _States:
    history: History

    def states(self, channels: Sequence[Digest]) -> list[ChainState]:
        return self.history.states(channels)

    def valid_signature(self, config: ChannelConfig, digest: Digest, signature: bytes) -> bool:
        return self.history.valid_signature(config, digest, signature)


def signed_promise(allowed: int, amount: int, position: int) -> Promise:
    digest = Voucher(CHANNEL, allowed, b"").digest(SETTLEMENT_DOMAIN)
    signature = PAYER.sign_digest(digest.raw)
    return Promise(CONFIG, CHANNEL, allowed, signature, amount, position)


def _line(
    signed: SignedCallRecord,
    scheme: str,
    *,
    transaction: str | None = None,
    promise: Promise | None = None,
) -> StatementLine:
    record = signed.record
    return StatementLine(
        time_s=record.finished_at,
        amount=record.amount,
        scheme=scheme,
        payment=record.payment_nonce,
        payer=record.payer,
        provider=record.provider,
        token=record.token,
        signed=signed,
        transaction=transaction,
        promise=promise,
    )
