"""The settlement contract, as provider, worker and payer see it."""

from assay.market.channels.onchain.deposits import Collectors, Deposits
from assay.market.channels.onchain.settlement import SettlementChain

__all__ = ["Collectors", "Deposits", "SettlementChain"]
