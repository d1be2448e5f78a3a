"""What content, a repost or an account earned: every payment, as the chain's receipts have it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from assay.content.economy.model import Payment, PaymentKind, Subject
from assay.content.economy.ports import EconomyIndex, EconomyReader
from assay.content.economy.use_cases.reposting import show_repost
from assay.core.address import Address
from assay.core.digest import Digest


@dataclass(frozen=True, slots=True)
class Earnings:
    """Payments, oldest first, and whom they are counted for.

    Attributes:
        subject: what was asked about: a content id, a repost's number or an address.
        receivers: the accounts whose parts are counted; everybody's if empty.
    """

    subject: str
    receivers: frozenset[Address]
    payments: tuple[Payment, ...]

    def received(self, payment: Payment) -> int:
        """What of a payment counts."""
        return payment.amount_to(self.receivers) if self.receivers else payment.amount

    @property
    def totals(self) -> dict[Address, int]:
        """What was received, by currency."""
        totals: Counter[Address] = Counter()
        for payment in self.payments:
            totals[payment.currency] += self.received(payment)
        return dict(totals)

    def as_json(self) -> dict[str, Any]:
        """What `assay content earnings --json` prints."""
        return {
            "subject": self.subject,
            "receivers": sorted(self.receivers),
            "received": self.totals,
            "payments": [
                {**payment.as_json(), "received": self.received(payment)}
                for payment in self.payments
            ],
        }


def content_earnings(content_id: Digest, *, reader: EconomyReader, index: EconomyIndex) -> Earnings:
    """What the authors of content earned: tips, reposts, sales and royalties in the payment token.

    All of it lies in the content's royalty account, or was released from it to the authors.
    """
    [terms] = reader.content([content_id])
    transactions = index.content_transactions(content_id, terms.royalty_account)
    found = _payments(transactions, [content_id], reader)
    ours = tuple(
        payment
        for payment in found
        if payment.root == content_id and payment.kind is not PaymentKind.RELEASE
    )
    return Earnings(content_id.hex, frozenset({terms.royalty_account}), ours)


def repost_earnings(number: int, *, reader: EconomyReader, index: EconomyIndex) -> Earnings:
    """What was paid to a repost, for its owners and for the authors of its root.

    Raises:
        UnknownRepost: no repost has this number.
    """
    show_repost(number, reader=reader)
    found = _payments(index.repost_transactions(number), [], reader)
    ours = tuple(payment for payment in found if payment.subject == number)
    return Earnings(str(number), frozenset(), ours)


def account_earnings(address: Address, *, reader: EconomyReader, index: EconomyIndex) -> Earnings:
    """What an account was paid: as owner of reposts, as creator, and out of royalty accounts."""
    found = _payments(index.account_transactions(address), [], reader)
    receivers = frozenset({address})
    ours = tuple(
        payment for payment in found if any(part.receiver == address for part in payment.parts)
    )
    return Earnings(address, receivers, ours)


def earnings_of(subject: Subject, *, reader: EconomyReader, index: EconomyIndex) -> Earnings:
    """Those of content or of a repost."""
    if isinstance(subject, int):
        return repost_earnings(subject, reader=reader, index=index)
    return content_earnings(subject, reader=reader, index=index)


def _payments(
    transactions: list[str], content_ids: list[Digest], reader: EconomyReader
) -> list[Payment]:
    return [
        payment for payments in reader.payments(transactions, content_ids) for payment in payments
    ]
