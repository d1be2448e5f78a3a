"""The Python face of Assay: the same use cases as the commands, typed.

    import assay

    with assay.connect(home="workspace/.assay") as client:
        published = client.market.publish("model/", kind="model")
        lineage = client.trace(published.asset.asset_id.hex)

Nothing is started before it is needed: reading the store starts no node.
"""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from assay.bootstrap import Workspace
    from assay.chain.account import Accounts
    from assay.client.audit import AuditClient
    from assay.client.authoring import AuthoringClient
    from assay.client.channels import ChannelClient
    from assay.client.content import ContentClient
    from assay.client.credentials import CredentialClient
    from assay.client.economy import EconomyClient
    from assay.client.images import ImageClient
    from assay.client.licences import LicenceClient
    from assay.client.market import MarketClient
    from assay.client.payments import PaymentClient
    from assay.client.pipelines import PipelineClient
    from assay.client.review import ReviewClient
    from assay.client.services import ServiceClient
    from assay.client.settlement import SettlementClient
    from assay.client.statements import StatementClient
    from assay.client.tokens import TokenClient
    from assay.client.training import TrainingClient
    from assay.config import Settings
    from assay.ledger.indexer import SyncReport
    from assay.ledger.lineage import Lineage
    from assay.store.port import BlobStore


def connect(**overrides: Any) -> Client:
    """Open a client on the settings of the environment; `overrides` name fields of `Settings`.

    Raises:
        InputError: a setting is unknown or out of range.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - keeps `import assay` fast

    from assay.bootstrap import Workspace  # noqa: PLC0415
    from assay.config import Settings  # noqa: PLC0415
    from assay.errors import InputError  # noqa: PLC0415

    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Client(Workspace(Settings(**given)))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"The setting {name} is wrong: {first['msg']}.",
            hint="See docs/settings.md for every ASSAY_ variable.",
        ) from None


class Client:
    """All areas on one home folder. Close it, or use it with `with`."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.workspace.settings

    @property
    def store(self) -> BlobStore:
        """Content-addressed blobs."""
        return self.workspace.store

    @property
    def accounts(self) -> Accounts:
        """Encrypted accounts, and the known ones of the local chain."""
        return self.workspace.accounts

    @cached_property
    def market(self) -> MarketClient:
        """Assets, paid calls and their records."""
        from assay.client.market import MarketClient  # noqa: PLC0415 - built when used

        return MarketClient(self.workspace)

    @cached_property
    def channels(self) -> ChannelClient:
        """Payment channels that calls are paid from."""
        from assay.client.channels import ChannelClient  # noqa: PLC0415 - built when used

        return ChannelClient(self.workspace)

    @cached_property
    def settlement(self) -> SettlementClient:
        """The provider's side of payment channels: claim, be paid, look."""
        from assay.client.settlement import SettlementClient  # noqa: PLC0415 - built when used

        return SettlementClient(self.workspace)

    @cached_property
    def content(self) -> ContentClient:
        """Generated content: mint, verify, show."""
        from assay.client.content import ContentClient  # noqa: PLC0415 - built when used

        return ContentClient(self.workspace)

    @cached_property
    def images(self) -> ImageClient:
        """Pictures: generated with their recipes, and made again."""
        from assay.client.images import ImageClient  # noqa: PLC0415 - built when used

        return ImageClient(self.workspace)

    @cached_property
    def credentials(self) -> CredentialClient:
        """Content credentials (C2PA): written, read, taken out."""
        from assay.client.credentials import CredentialClient  # noqa: PLC0415 - built when used

        return CredentialClient(self.workspace)

    @cached_property
    def economy(self) -> EconomyClient:
        """What content earns: reposts, tips, subscriptions to creators."""
        from assay.client.economy import EconomyClient  # noqa: PLC0415 - built when used

        return EconomyClient(self.workspace)

    @cached_property
    def tokens(self) -> TokenClient:
        """Content tokens in bulk, lists, vouchers, burning, revocation, and who is paid."""
        from assay.client.tokens import TokenClient  # noqa: PLC0415 - built when used

        return TokenClient(self.workspace)

    @cached_property
    def training(self) -> TrainingClient:
        """Training together: tasks, members, rounds, rewards."""
        from assay.client.training import TrainingClient  # noqa: PLC0415 - built when used

        return TrainingClient(self.workspace)

    @cached_property
    def authoring(self) -> AuthoringClient:
        """Contracts from language: read, answered, built, tried, deployed."""
        from assay.client.authoring import AuthoringClient  # noqa: PLC0415 - built when used

        return AuthoringClient(self.workspace)

    @cached_property
    def audit(self) -> AuditClient:
        """What is wrong with contracts in Solidity and Vyper."""
        from assay.client.audit import AuditClient  # noqa: PLC0415 - built when used

        return AuditClient(self.workspace)

    @cached_property
    def payments(self) -> PaymentClient:
        """Payment requests in words, paid by the rules of a treasury."""
        from assay.client.payments import PaymentClient  # noqa: PLC0415 - built when used

        return PaymentClient(self.workspace)

    @cached_property
    def review(self) -> ReviewClient:
        """Community review of content: stakes, cases, votes, appeals, what was decided."""
        from assay.client.review import ReviewClient  # noqa: PLC0415 - built when used

        return ReviewClient(self.workspace)

    @cached_property
    def licences(self) -> LicenceClient:
        """Licences: offered, bought, renewed, rented out, resold; keys of sealed assets."""
        from assay.client.licences import LicenceClient  # noqa: PLC0415 - built when used

        return LicenceClient(self.workspace)

    @cached_property
    def statements(self) -> StatementClient:
        """Bills of a period, on the provider's side and on the payer's."""
        from assay.client.statements import StatementClient  # noqa: PLC0415 - built when used

        return StatementClient(self.workspace)

    @cached_property
    def pipelines(self) -> PipelineClient:
        """Several paid calls as one, also on several chains."""
        from assay.client.pipelines import PipelineClient  # noqa: PLC0415 - built when used

        return PipelineClient(self.workspace)

    @cached_property
    def services(self) -> ServiceClient:
        """Services as agents: registered, shown, rated by those who paid."""
        from assay.client.services import ServiceClient  # noqa: PLC0415 - built when used

        return ServiceClient(self.workspace)

    def sync(self) -> SyncReport:
        """Bring the index up to the newest block."""
        return self.workspace.sync()

    def trace(self, subject: str) -> Lineage:
        """Walk from a file, CID, digest, asset or content id to everything it came from.

        Raises:
            UnknownSubjectError: nothing known has this name.
        """
        from assay.client.tracing import trace_subject  # noqa: PLC0415 - built when used

        return trace_subject(subject, self.workspace)

    def close(self) -> None:
        """Close everything that was opened; a node that this client started is stopped."""
        self.workspace.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()
