"""The lineage of the right to use an asset: the licence, and the transaction that paid for it.

An asset may have been licensed to thousands. A trace shows the licences of the accounts that are
asked about, which are those of this home: by what right it was used here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.address import Address
from assay.core.amount import format_amount
from assay.core.digest import Digest
from assay.errors import InputError
from assay.ledger.lineage import Link, Node
from assay.market.licences.model import LicenceState, licence_text, parse_licence, utc_text
from assay.market.licences.ports import LicenceIndex, LicenceReader, LicenceSale

_ASSET = "asset:"
_LICENCE = "licence:0x"
_Links = list[tuple[Link, Node]]


def licence_node(state: LicenceState) -> Node:
    """The node of a licence."""
    licence = state.licence
    facts = {
        "owner": licence.owner,
        "offer": str(licence.offer),
        "expires": utc_text(licence.expires_at_s) or "never",
    }
    if licence.is_expired_at(state.block_time_s):
        facts["state"] = "expired"
    name = licence_text(licence.id)
    return Node(f"licence:{name}", "use licence", f"Licence …{name[-8:]}", facts)


@dataclass(frozen=True)
class LicenceSource:
    """Expands nodes `asset:<id>` and `licence:0x<id>`.

    Attributes:
        addresses: whose licences are shown with an asset.
    """

    reader: LicenceReader
    index: LicenceIndex
    addresses: tuple[Address, ...]
    token_decimals: int

    def resolve(self, subject: str) -> Node | None:
        """The licence with this id, given as `licence:0x...`."""
        if not subject.startswith(_LICENCE):
            return None
        try:
            found = self.reader.states([parse_licence(subject.removeprefix("licence:"))])
        except InputError:
            return None
        return licence_node(found[0]) if found else None

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """The licences of the assets among `nodes`, and how the licences among them were paid."""
        return [*self._licences(nodes), *self._purchases(nodes)]

    def _licences(self, nodes: Sequence[Node]) -> _Links:
        assets = {
            Digest.parse(node.id.removeprefix(_ASSET))
            for node in nodes
            if node.id.startswith(_ASSET)
        }
        if not assets:
            return []
        held = dict.fromkeys(
            licence for address in self.addresses for licence in self.index.licences_of(address)
        )
        return [
            self._licensed(state)
            for state in self.reader.states(list(held))
            if state.licence.asset_id in assets and self._is_ours(state)
        ]

    def _is_ours(self, state: LicenceState) -> bool:
        rented = state.licence.is_rented_at(state.block_time_s)
        return state.licence.owner in self.addresses or (
            rented and state.licence.user in self.addresses
        )

    def _licensed(self, state: LicenceState) -> tuple[Link, Node]:
        node = licence_node(state)
        holder = state.licence.holder_at(state.block_time_s)
        evidence = f"block {state.block}: owner {state.licence.owner}, may be used by {holder}"
        return Link(
            _ASSET + state.licence.asset_id.hex, node.id, "used under", True, evidence
        ), node

    def _purchases(self, nodes: Sequence[Node]) -> _Links:
        licences = [
            parse_licence(node.id.removeprefix("licence:"))
            for node in nodes
            if node.id.startswith(_LICENCE)
        ]
        transactions = [self.index.purchase_transaction(licence) for licence in licences]
        known = [transaction for transaction in transactions if transaction]
        sales = dict(zip(known, self.reader.sales(known), strict=True))
        links: _Links = []
        for licence, transaction in zip(licences, transactions, strict=True):
            links.append(self._paid(licence, transaction, sales.get(transaction or "", [])))
            contract = Node("contract:Licences", "contract", "Licences")
            link = Link(
                f"licence:{licence_text(licence)}", contract.id, "recorded in", True, "ownerOf"
            )
            links.append((link, contract))
        return links

    def _paid(
        self, licence: int, transaction: str | None, sales: Sequence[LicenceSale]
    ) -> tuple[Link, Node]:
        source = f"licence:{licence_text(licence)}"
        if transaction is None:
            node = Node(f"payment:unknown/{licence_text(licence)}", "payment", "Not indexed")
            return Link(
                source, node.id, "bought in", False, "index", "no purchase is indexed"
            ), node
        sale = next((sale for sale in sales if sale.licence == licence), None)
        node = Node(f"payment:{transaction}", "payment", f"Payment {transaction[:10]}…")
        if sale is None:
            reason = "the transaction on chain sold no such licence"
            return Link(source, node.id, "bought in", False, transaction, reason), node
        price = format_amount(sale.price, decimals=self.token_decimals)
        evidence = f"{sale.buyer} bought it for {price} ASSAY in block {sale.block}"
        reason = ""
        if sale.paid != sale.price:
            reason = f"tokens worth {sale.paid} units moved, not {sale.price}"
        return Link(source, node.id, "bought in", not reason, evidence, reason), node
