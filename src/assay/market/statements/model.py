"""A statement and its lines, as both sides print them.

    statement.total                                   # whole units of the token
    Statement.from_json(statement.as_json())          # the same statement

One line stands for one charge: a call with its signed record, or a metered request without one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assay.core.address import Address, parse_address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.core.merkle import verify_proof
from assay.errors import AssayError
from assay.market.batches import BatchEntry
from assay.market.calls import SignedCallRecord
from assay.market.channels.promise import Promise, PromisedCall
from assay.market.statements.errors import StatementMalformed
from assay.market.statements.period import Period, format_time

EXACT = "exact"
CSV_FIELDS = (
    "record",
    "time",
    "service",
    "amount",
    "scheme",
    "payment",
    "payer",
    "provider",
    "token",
    "transaction",
    "batch",
)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One charge.

    Attributes:
        time_s: seconds since 1970: when the answer was complete, as the record says; without a
            record, when it was charged.
        amount: whole units of the token.
        payment: nonce of the authorization, or digest of the voucher; unique on a statement.
        signed: the provider's record; None for a metered request.
        transaction: of the payment, by the scheme `exact`.
        promise: the payer's voucher, by the scheme `batch-settlement`.
        batch: number of the provider's anchored batch; None while it is not on chain.
        proof: 32 bytes each, from the record's leaf up to the batch's root.
    """

    time_s: int
    amount: int
    scheme: str
    payment: Digest
    payer: Address
    provider: Address
    token: Address
    signed: SignedCallRecord | None
    transaction: str | None
    promise: Promise | None
    batch: int | None = None
    proof: tuple[bytes, ...] = ()

    @property
    def record(self) -> Cid | None:
        """CID of the call record."""
        return self.signed.cid if self.signed else None

    @property
    def service(self) -> Digest | None:
        """The service that was called, where a record says so."""
        return self.signed.record.service if self.signed else None

    @property
    def order(self) -> tuple[int, Digest]:
        """Statements list their lines by time, then by payment."""
        return self.time_s, self.payment

    @property
    def promised(self) -> PromisedCall:
        """What the voucher has to be good for."""
        return PromisedCall(self.payment, self.payer, self.provider, self.token, self.amount)

    def included(self, leaf: bytes, root: bytes) -> bool:
        """Whether the proof leads from the record's 32-byte digest to a root."""
        return verify_proof(root, leaf, self.proof)

    def as_json(self) -> dict[str, Any]:
        """The line, with all that a stranger needs to check it."""
        anchored = self.batch is not None
        return {
            "record": str(self.record) if self.signed else None,
            "time": format_time(self.time_s),
            "service": self.service.hex if self.service else None,
            "amount": str(self.amount),
            "scheme": self.scheme,
            "payment": self.payment.hex,
            "payer": self.payer,
            "provider": self.provider,
            "token": self.token,
            "transaction": self.transaction,
            "batch": self.batch,
            "proof": ["0x" + sibling.hex() for sibling in self.proof] if anchored else None,
            "voucher": self.promise.as_json() if self.promise else None,
            "call": self.signed.as_json() if self.signed else None,
        }

    @classmethod
    def from_json(cls, value: Any) -> StatementLine:
        """Read what `as_json` wrote, and nothing else.

        Raises:
            StatementMalformed: a field is missing, unknown, of another type, or contradicts the
                record beside it.
        """
        try:
            amount = int(value["amount"])
            proof = value["proof"]
            line = cls(
                time_s=Period.parse(value["time"], value["time"]).start_s,
                amount=amount,
                scheme=str(value["scheme"]),
                payment=Digest.parse(value["payment"]),
                payer=parse_address(value["payer"]),
                provider=parse_address(value["provider"]),
                token=parse_address(value["token"]),
                signed=SignedCallRecord.from_json(value["call"]) if value["call"] else None,
                transaction=value["transaction"] and Digest.parse(value["transaction"]).hex,
                promise=Promise.from_json(value["voucher"], amount) if value["voucher"] else None,
                batch=None if value["batch"] is None else int(value["batch"]),
                proof=tuple(Digest.parse(sibling).raw for sibling in proof or ()),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise StatementMalformed(f"a line: {type(error).__name__}: {error}") from None
        except AssayError as error:
            raise StatementMalformed(f"a line: {error}") from None
        if line.as_json() != value:
            raise StatementMalformed(f"the line of {line.payment} is not in its canonical form")
        return line


@dataclass(frozen=True, slots=True)
class Anchoring:
    """Where the lines are anchored.

    Attributes:
        contract: the CallAnchor contract.
        batches: those that lines are in, by number; each with its transaction.
    """

    chain_id: int
    contract: Address
    provider: Address
    batches: tuple[BatchEntry, ...]

    def of_batches(self, numbers: Collection[int | None]) -> Anchoring:
        """The same, with no other batches than these."""
        return replace(self, batches=tuple(b for b in self.batches if b.number in numbers))

    def as_json(self) -> dict[str, Any]:
        """The member `anchor` of a statement."""
        return {
            "chain_id": self.chain_id,
            "contract": self.contract,
            "provider": self.provider,
            "batches": [
                {
                    "batch": batch.number,
                    "root": "0x" + batch.root.hex(),
                    "calls": batch.calls,
                    "transaction": batch.transaction,
                }
                for batch in self.batches
            ],
        }

    @classmethod
    def from_json(cls, value: Any) -> Anchoring:
        """Read what `as_json` wrote; raises KeyError, TypeError, ValueError or InputError."""
        provider = parse_address(value["provider"])
        return cls(
            chain_id=int(value["chain_id"]),
            contract=parse_address(value["contract"]),
            provider=provider,
            batches=tuple(
                BatchEntry(
                    provider,
                    int(batch["batch"]),
                    Digest.parse(batch["root"]).raw,
                    int(batch["calls"]),
                    Digest.parse(batch["transaction"]).hex,
                )
                for batch in value["batches"]
            ),
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """The bill of one provider for a period."""

    lines: tuple[StatementLine, ...]
    anchor: Anchoring

    @property
    def total(self) -> int:
        """The sum of all lines, in whole units of the token."""
        return sum(line.amount for line in self.lines)

    def only(self, *, service: Digest | None = None, period: Period | None = None) -> Statement:
        """The lines of one service or period, and the batches that they are in."""
        lines = tuple(
            line
            for line in self.lines
            if (service is None or line.service == service)
            and (period is None or period.contains(line.time_s))
        )
        return Statement(lines, self.anchor.of_batches({line.batch for line in lines}))

    def as_json(self) -> dict[str, Any]:
        """What `assay statement --json` prints, on either side."""
        return {
            "lines": [line.as_json() for line in self.lines],
            "total": str(self.total),
            "anchor": self.anchor.as_json(),
        }

    @classmethod
    def from_json(cls, value: Any) -> Statement:
        """Read what `as_json` wrote, and nothing else.

        Raises:
            StatementMalformed: another shape, or a total that is not the sum of the lines.
        """
        if not isinstance(value, dict) or set(value) != {"lines", "total", "anchor"}:
            raise StatementMalformed("it is not an object with lines, total and anchor")
        try:
            lines = tuple(StatementLine.from_json(line) for line in value["lines"])
            statement = cls(lines, Anchoring.from_json(value["anchor"]))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise StatementMalformed(f"{type(error).__name__}: {error}") from None
        except StatementMalformed:
            raise
        except AssayError as error:
            raise StatementMalformed(str(error)) from None
        if str(statement.total) != value["total"]:
            raise StatementMalformed(
                f"its total is {value['total']}, its lines sum up to {statement.total}"
            )
        if statement.anchor.as_json() != value["anchor"]:
            raise StatementMalformed("its anchor is not in its canonical form")
        return statement


def csv_rows(lines: Sequence[StatementLine]) -> Iterable[Mapping[str, str]]:
    """One row a line for a spreadsheet, without records and proofs."""
    for line in lines:
        value = line.as_json()
        yield {name: "" if value[name] is None else str(value[name]) for name in CSV_FIELDS}
