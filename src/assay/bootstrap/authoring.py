"""Contracts from language on their real parts: compilers, building blocks, chain and store."""

# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING

from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.compiling.solc import SolidityCompiler
from assay.authoring.compiling.vyper import VyperCompiler
from assay.authoring.use_cases.building import Workshop
from assay.bootstrap.contract_records import contracts_of

if TYPE_CHECKING:
    from assay.authoring.use_cases.deploying import Yard
    from assay.bootstrap.workspace import Workspace


def make_workshop() -> Workshop:
    """Nothing is started before something is built."""
    return Workshop(BLOCKS, SolidityCompiler(), VyperCompiler())


def make_yard(workspace: Workspace, account: str | None = None) -> Yard:
    """What an account deploys contracts with."""
    from assay.authoring.indexed import LedgerContracts
    from assay.authoring.stored import StoredRecords
    from assay.authoring.use_cases.deploying import Yard

    return Yard(
        make_workshop(),
        contracts_of(workspace, account),
        StoredRecords(workspace.store),
        LedgerContracts(workspace.engine),
    )
