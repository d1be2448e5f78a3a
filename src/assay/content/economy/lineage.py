"""The lineage of reposts: what was reposted, the content at the root, and what was paid.

Of content, a trace shows what its authors earned: the newest payments, each read from the receipt
of its transaction and held against the token's own transfers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assay.content.economy.model import Payment, PaymentKind, Repost, parse_subject, subject_text
from assay.content.economy.ports import EconomyIndex, EconomyReader
from assay.core.amount import format_amount
from assay.core.digest import Digest
from assay.errors import InputError
from assay.ledger.lineage import Link, Node

_CONTENT, _REPOST = "content:", "repost:"
_SHOWN_PAYMENTS = 20
_CONTRACT = Node("contract:Reposts", "contract", "Reposts")
_Links = list[tuple[Link, Node]]


def repost_node(repost: Repost) -> Node:
    """The node of a repost."""
    facts = {"owner": repost.owner, "authors' share": f"{repost.rate_bps / 100:g} %"}
    return Node(f"{_REPOST}{repost.id}", "repost", f"Repost {repost.id}", facts)


@dataclass(frozen=True)
class RepostSource:
    """Expands nodes `repost:<number>` and, by what they earned, `content:<id>`."""

    reader: EconomyReader
    index: EconomyIndex
    token_decimals: int

    def resolve(self, subject: str) -> Node | None:
        """The repost with this number, given as `repost:7`."""
        if not subject.startswith(_REPOST):
            return None
        try:
            number = parse_subject(subject.removeprefix(_REPOST))
        except InputError:
            return None
        if not isinstance(number, int):
            return None
        [found] = self.reader.reposts([number])
        return repost_node(found) if found else None

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """The chains of the reposts among `nodes`, and what reposts and contents were paid."""
        numbers = [
            int(node.id.removeprefix(_REPOST)) for node in nodes if node.id.startswith(_REPOST)
        ]
        links: _Links = []
        for number, found in zip(numbers, self.reader.reposts(numbers), strict=True):
            links += self._repost(number, found)
        for node in nodes:
            if node.id.startswith(_CONTENT):
                links += self._earned(Digest.parse(node.id.removeprefix(_CONTENT)))
        return links

    def _repost(self, number: int, found: Repost | None) -> _Links:
        source = f"{_REPOST}{number}"
        if found is None:
            link = Link(
                source, _CONTRACT.id, "recorded in", False, "repostOf", "there is no such repost"
            )
            return [(link, _CONTRACT)]
        links = [(Link(source, _CONTRACT.id, "recorded in", True, "repostOf, ownerOf"), _CONTRACT)]
        links.append(self._parent(source, found))
        payments = self._payments(self.index.repost_transactions(number), None)
        return links + [
            self._paid(source, payment) for payment in payments if payment.subject == number
        ]

    def _parent(self, source: str, repost: Repost) -> tuple[Link, Node]:
        """What was reposted. That its root is the same is held against the parent itself."""
        reason = ""
        if isinstance(repost.parent, int):
            [parent] = self.reader.reposts([repost.parent])
            if parent is None or parent.root != repost.root:
                reason = f"repost {repost.parent} leads to other content"
            node = Node(
                f"{_REPOST}{repost.parent}", "repost", f"Repost {repost.parent}", provisional=True
            )
        else:
            content = f"{_CONTENT}{repost.root.hex}"
            title = f"Content {repost.root.hex[:10]}…"
            node = Node(content, "content", title, provisional=True)
        evidence = (
            f"repost {repost.id} names {subject_text(repost.parent)} and the root {repost.root}; "
            f"{repost.rate_bps / 100:g} % of each payment go to {repost.royalty_account}"
        )
        return Link(source, node.id, "reposted from", not reason, evidence, reason), node

    def _earned(self, content_id: Digest) -> _Links:
        [terms] = self.reader.content([content_id])
        transactions = self.index.content_transactions(content_id, terms.royalty_account)
        payments = self._payments(transactions, content_id)
        return [
            self._paid(f"{_CONTENT}{content_id.hex}", payment)
            for payment in payments
            if payment.root == content_id and payment.kind is not PaymentKind.RELEASE
        ]

    def _payments(self, transactions: list[str], content_id: Digest | None) -> list[Payment]:
        newest = transactions[-_SHOWN_PAYMENTS:]
        contents = [content_id] if content_id else []
        return [one for found in self.reader.payments(newest, contents) for one in found]

    def _paid(self, source: str, payment: Payment) -> tuple[Link, Node]:
        node = Node(
            f"payment:{payment.transaction}",
            "payment",
            f"Payment {payment.transaction[:10]}…",
            {"transaction": payment.transaction},
        )
        parts = "; ".join(
            f"{self._amount(part.amount)} to {part.receiver}" for part in payment.parts
        )
        evidence = f"{payment.payer} paid in block {payment.block}: {parts}"
        reason = "" if payment.moved else "the token moved other amounts in this transaction"
        return Link(
            source, node.id, f"paid ({payment.kind})", payment.moved, evidence, reason
        ), node

    def _amount(self, units: int) -> str:
        return f"{format_amount(units, decimals=self.token_decimals)} ASSAY"
