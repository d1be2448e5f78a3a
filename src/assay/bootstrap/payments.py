"""Payments by rules on their real parts: the treasury's contract and the journal of this home."""

# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.authoring.payments.onchain import OnChainTreasury
    from assay.authoring.payments.stored import StoredJournal
    from assay.bootstrap.workspace import Workspace
    from assay.chain.contract import Contract
    from assay.core.address import Address


class PaymentParts:
    """What payments are made of; each part is built when it is first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def create(self, account: str, currency: Address | None, account_delay_s: int) -> Address:
        """Put the account's treasury on the chain, and remember it as this home's."""
        from assay.authoring.payments.onchain import create_treasury

        workspace = self._workspace
        address = create_treasury(
            workspace.node,
            workspace.sender(account),
            workspace.address(account),
            currency or workspace.deployment.token.address,
            account_delay_s,
        )
        self._remembered.parent.mkdir(parents=True, exist_ok=True)
        self._remembered.write_text(address)
        return address

    def treasury(self, account: str, address: str | None = None) -> OnChainTreasury:
        """A treasury as an account acts on it; this home's if none is named.

        Raises:
            TreasuryMissing: this home has none, or there is none at the address.
        """
        from assay.authoring.payments.onchain import OnChainTreasury

        workspace = self._workspace
        return OnChainTreasury(
            workspace.node,
            self._address(address),
            workspace.deployment.first_block,
            lambda: workspace.sender(account),
        )

    def journal(self, treasury: Address) -> StoredJournal:
        """What was decided and paid from here by a treasury."""
        from assay.authoring.payments.stored import StoredJournal

        name = f"payments/{self._workspace.node.chain_id}/{treasury}"
        locks = self._workspace.locks
        folder = self._workspace.settings.home / name
        return StoredJournal(folder, treasury, lambda: locks.attempt(name))

    def token(self, treasury: OnChainTreasury) -> Contract:
        """The currency of a treasury."""
        from assay.chain.contract import Contract
        from assay.core.address import Address

        currency = Address(treasury.state().currency)
        return Contract(self._workspace.node, "AssayToken", currency)

    @property
    def _remembered(self) -> Path:
        chain = str(self._workspace.node.chain_id)
        return self._workspace.settings.home / "payments" / chain / "treasury"

    def _address(self, given: str | None) -> Address:
        from assay.authoring.payments.errors import TreasuryMissing
        from assay.core.address import parse_address

        if given is not None:
            return parse_address(given)
        try:
            return parse_address(self._remembered.read_text().strip())
        except FileNotFoundError:
            raise TreasuryMissing(None) from None
