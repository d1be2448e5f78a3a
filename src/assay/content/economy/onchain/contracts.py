"""Which contracts the economy of content is made of."""

from __future__ import annotations

from dataclasses import dataclass

from assay.chain.contract import Contract
from assay.core.address import Address


@dataclass(frozen=True, slots=True)
class EconomyContracts:
    """The contracts, bound to one chain.

    Attributes:
        token: the payment token.
    """

    content: Contract
    reposts: Contract
    tips: Contract
    subscriptions: Contract
    token: Contract

    def currency(self, address: Address) -> Contract:
        """An ERC-20 token, which may be another than the payment token."""
        if address == self.token.address:
            return self.token
        return Contract(self.token.node, self.token.name, address)
