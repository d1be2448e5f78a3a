"""Pipelines: their runs, and the chains that their steps name."""

# ruff: noqa: PLC0415

from __future__ import annotations

import shutil
import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assay.errors import InputError
from assay.market.pipelines.model import ChainName, ChainPlace

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.core.digest import Digest
    from assay.market.pending import PendingCalls
    from assay.market.pipelines.remote import PlacedCalls
    from assay.market.pipelines.stored import SqlRunBook
    from assay.market.pipelines.use_cases.run import RunParts
    from assay.market.remote import RemoteCalls


class ManifestMissing(InputError):
    """A pipeline names a manifest of contracts that is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no manifest of contracts at {path}.",
            hint="Name the file deployments/<chain id>.json of a home on that chain.",
        )
        self.path = path


class HomeMissing(InputError):
    """A pipeline names a home folder that is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no home folder at {path}.",
            hint="Name the ASSAY_HOME of a workspace on that chain.",
        )
        self.path = path


class PipelineParts:
    """What `workspace.pipelines` holds; each part is built when it is first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._chains_of: dict[str, StepChains] = {}

    @cached_property
    def book(self) -> SqlRunBook:
        """The runs of this workspace."""
        from assay.market.pipelines.stored import SqlRunBook

        return SqlRunBook(self._workspace.engine)

    def run_parts(self, account: str | None = None) -> RunParts:
        """What running needs, with one account that pays; the configured buyer if None."""
        from assay.core.clock import SystemClock
        from assay.market.pipelines.use_cases.run import RunParts

        workspace = self._workspace
        name = account or workspace.settings.buyer
        return RunParts(
            chains=self._chains(name),
            book=self.book,
            turns=workspace.locks,
            blobs=workspace.store,
            signer=workspace.account(name),
            domain=workspace.market.record_domain,
            clock=SystemClock(),
        )

    def _chains(self, name: str) -> StepChains:
        if name not in self._chains_of:
            self._chains_of[name] = StepChains(self._workspace, name)
        return self._chains_of[name]


class StepChains:
    """The `Chains` port: a workspace for each chain that steps name, one account on all of them."""

    def __init__(self, workspace: Workspace, account: str) -> None:
        self._own = workspace
        self._account = account
        self._calls: dict[ChainPlace, PlacedCalls] = {}
        self._building = threading.Lock()

    def calls_on(self, place: ChainPlace) -> PlacedCalls:
        """See `Chains.calls_on`."""
        with self._building:
            if place not in self._calls:
                self._calls[place] = self._build(self._workspace(place))
            return self._calls[place]

    def _workspace(self, place: ChainPlace) -> Workspace:
        if place.home is not None:
            if not place.home.is_dir():
                raise HomeMissing(place.home)
            return self._beside(place.home, None)
        if place.rpc_url is None:
            return self._own
        assert place.deployment is not None, "read_pipeline wants both"
        return self._beside(self._remote_home(place.rpc_url, place.deployment), place.rpc_url)

    def _beside(self, home: Path, rpc_url: str | None) -> Workspace:
        """A workspace on another chain: its index has its own database, closed with ours."""
        from assay.bootstrap.workspace import Workspace

        settings = self._own.settings.model_copy(
            update={"home": home, "rpc_url": rpc_url, "database_url": None}
        )
        beside = Workspace(settings)
        self._own.close_with(beside)
        return beside

    def _remote_home(self, rpc_url: str, deployment: Path) -> Path:
        """A folder of ours for a chain that has no home here: the manifest, and our accounts."""
        from assay.core.digest import Digest

        if not deployment.is_file():
            raise ManifestMissing(deployment)
        own = self._own.settings.home
        place = Digest.of(f"{rpc_url}\n{deployment.read_text()}".encode()).raw.hex()[:16]
        home = own / "chains" / place
        (home / "deployments").mkdir(parents=True, exist_ok=True)
        shutil.copy(deployment, home / "deployments" / deployment.name)
        if not (home / "accounts").is_symlink():
            (own / "accounts").mkdir(parents=True, exist_ok=True)
            (home / "accounts").symlink_to((own / "accounts").resolve())
        return home

    def _build(self, workspace: Workspace) -> PlacedCalls:
        from assay.core.clock import SystemClock
        from assay.market.pipelines.remote import ChainAccess, PlacedCalls
        from assay.market.remote import RemoteCalls

        market, token = workspace.market, workspace.deployment.token
        signer = workspace.account(self._account)

        def remote_calls(kept: PendingCalls) -> RemoteCalls:
            return RemoteCalls(
                signer, token.address, market.record_domain, market.recover_typed_data, kept
            )

        def spent(nonce: Digest) -> bool:
            return bool(token.read("authorizationState", signer.address, nonce.raw))

        name = ChainName(workspace.node.chain_id, _genesis(workspace), market.record_domain.anchor)
        folder = self._own.settings.home / "pipelines"
        access = ChainAccess(name, token.address, remote_calls, spent)
        return PlacedCalls(access, folder, SystemClock())


def _genesis(workspace: Workspace) -> str:
    """Hash of block 0; Anvil makes itself another one at each restart, so block 1 tells it."""
    return workspace.node.block(1).parent_hash
