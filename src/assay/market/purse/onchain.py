"""The chain as a payer sees it: its tokens, its deposits, its withdrawals.

chain = PayerSettlement(SettlementChain(...), token, payer)
chain.deposit(deposit)
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.chain.contract import Contract
from assay.chain.node import Node
from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.channels.model import ChainState, ChannelConfig
from assay.market.channels.onchain import SettlementChain
from assay.market.channels.ports import Deposit

_GAS = 500_000  # a deposit and a withdrawal, with room


class PayerSettlement:
    """The `PayerChain` port: the settlement contract, with the payer as sender."""

    def __init__(
        self, node: Node, settlement: SettlementChain, token: Contract, payer: Address
    ) -> None:
        self._node = node
        self._settlement = settlement
        self._token = token
        self._payer = payer

    def states(self, channels: Sequence[Digest]) -> list[ChainState]:
        """See `PayerChain.states`."""
        return self._settlement.states(channels)

    def now_s(self) -> int:
        """See `PayerChain.now_s`."""
        return self._settlement.now_s()

    def tokens(self) -> int:
        """See `PayerChain.tokens`."""
        return int(self._token.read("balanceOf", self._payer))

    def pays_gas(self) -> bool:
        """See `PayerChain.pays_gas`."""
        return self._node.balance(self._payer) >= _GAS * self._settlement.gas_price_wei()

    def spent(self, nonce: Digest) -> bool:
        """See `PayerChain.spent`."""
        return bool(self._token.read("authorizationState", self._payer, nonce.raw))

    def deposit(self, deposit: Deposit) -> str:
        """See `PayerChain.deposit`."""
        return self._settlement.deposit(deposit)

    def announce_withdrawal(self, config: ChannelConfig, amount: int) -> str:
        """See `PayerChain.announce_withdrawal`."""
        return self._settlement.initiate_withdraw(config, amount).transaction

    def withdraw(self, config: ChannelConfig) -> str:
        """See `PayerChain.withdraw`."""
        return self._settlement.finalize_withdraw(config).transaction
