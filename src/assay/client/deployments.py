"""Built contracts on the chain, each bound to the record of how it came about.

deployments = client.authoring.deployments("alice")
prepared = deployments.prepare(folder, parties={"issuer": "alice"}, tokens=...)
deployed = deployments.deploy(prepared)
client.trace(deployed.address)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assay.authoring.parties import Given
from assay.authoring.records import TargetLanguage
from assay.authoring.use_cases.building import Progress
from assay.authoring.use_cases.deploying import Deployed, Prepared, deploy, prepare
from assay.bootstrap.authoring import make_yard
from assay.core.address import Address, parse_address

if TYPE_CHECKING:
    from assay.bootstrap import Workspace

_ADDRESS_START = "0x"


class DeploymentClient:
    """Deploys from one account; the configured one where none is named."""

    def __init__(self, workspace: Workspace, account: str | None = None) -> None:
        self._workspace = workspace
        self._account = account

    def prepare(
        self,
        folder: Path,
        *,
        parties: Mapping[str, str] | None = None,
        groups: Mapping[str, Sequence[str]] | None = None,
        tokens: Mapping[str, str] | None = None,
        language: TargetLanguage = "solidity",
        seed: int = 1,
        progress: Progress = lambda _what, _done, _total: None,
    ) -> Prepared:
        """Try a built folder as it is now, and work out address, record, gas and cost.

        Args:
            parties: an address, or the name of an account here, for each party by its name.
            groups: the same for all members of each group.
            tokens: the address of each token by its symbol.

        Raises:
            InputError: the folder was not written by `build`; an address is none.
            TrialsFailed, SourceEdited, NotDeployable: it is not deployed.
            PartyMissing, PartyUnknown, PartyUnfit, TokenUnfit: the addresses are not right.
            UnavailableError: a compiler, the EVM or the chain is missing.
        """
        given = Given(
            {name: self._address(one) for name, one in (parties or {}).items()},
            {name: tuple(map(self._address, all_)) for name, all_ in (groups or {}).items()},
            {name: parse_address(one) for name, one in (tokens or {}).items()},
        )
        yard = make_yard(self._workspace, self._account)
        return prepare(folder, given, yard, language=language, seed=seed, progress=progress)

    def deploy(self, prepared: Prepared) -> Deployed:
        """Store the record and create the contract; what is there already is told.

        Raises:
            NotDeployable: the constructor refuses.
            InsufficientFunds, TransactionPending, ...: as every transaction.
        """
        self._workspace.sync()
        return deploy(prepared, make_yard(self._workspace, self._account))

    def _address(self, text: str) -> Address:
        if text.startswith(_ADDRESS_START):
            return parse_address(text)
        return self._workspace.address(text)
