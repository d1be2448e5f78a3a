"""`client.services`: services as agents of ERC-8004, and what those who paid say of them.

registered = client.services.register(service_asset_id, url="https://provider.example")
client.services.rate(str(registered.agent.id), "95", comment="Quick and right.")
client.services.show(str(registered.agent.id)).mean
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.bootstrap import Workspace
from assay.core.cid import Cid
from assay.core.clock import SystemClock
from assay.core.digest import Digest
from assay.errors import InputError
from assay.market.calls import SignedCallRecord, check_record
from assay.market.identity.errors import UnknownAgent
from assay.market.identity.model import STARRED, Agent, Standing, parse_score
from assay.market.identity.ports import Proof
from assay.market.identity.use_cases.rate import Opinion, rate_service
from assay.market.identity.use_cases.register import Registered, own_agent, register_service
from assay.market.identity.use_cases.show import show_agent
from assay.market.model import AssetKind
from assay.market.use_cases.browse import list_assets

_RECORD_LIMIT_BYTES = 16 * 1024


class ServiceClient:
    """The use cases of service identities on one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._parts = workspace.identity

    def register(
        self, service: str, *, url: str | None = None, account: str | None = None
    ) -> Registered:
        """Register an own service, by asset id, as an agent; again to change its card.

        Args:
            url: under which it is reached; the public URL of the settings if None.
        """
        self._workspace.sync()
        settings = self._workspace.settings
        asset = self._workspace.market.show_asset(Digest.parse(service))
        return register_service(
            asset,
            url or settings.public_url or f"http://{settings.host}:{settings.port}",
            account=self._parts.account(account or settings.account),
            reader=self._parts.reader,
            index=self._parts.index,
            blobs=self._workspace.store,
        )

    def find(self, subject: str) -> Agent:
        """An agent by its number, its service's asset id, or its service's name.

        Raises:
            UnknownAgent: none.
        """
        if subject.isdecimal():
            agent = self._parts.reader.agent(int(subject))
            if agent is None:
                raise UnknownAgent(subject)
            return agent
        self._workspace.sync()
        assets = list_assets(
            AssetKind.SERVICE,
            index=self._workspace.market.index,
            registry=self._workspace.market.registry(),
            blobs=self._workspace.store,
        )
        for asset in assets:
            if subject in (asset.metadata.name, asset.asset_id.hex):
                found = own_agent(asset, reader=self._parts.reader, index=self._parts.index)
                if found is not None:
                    return found
        raise UnknownAgent(subject)

    def show(self, subject: str, *, gateway: str | None = None) -> Standing:
        """An agent's card, price, calls and feedback, each checked.

        Args:
            gateway: where cards and comments that are not here are fetched from.
        """
        agent = self.find(subject)
        self._workspace.sync()
        return show_agent(
            agent,
            reader=self._parts.reader,
            index=self._parts.index,
            registry=self._workspace.market.registry(),
            blobs=self._workspace.blobs_from(gateway or self._workspace.settings.gateway_url),
        )

    def own(self, account: str | None = None) -> list[Standing]:
        """The agents of an account that speak for services of its own, oldest first."""
        self._workspace.sync()
        owner = self._workspace.address(account or self._workspace.settings.account)
        found = (self.show(str(number)) for number in self._parts.index.agents_of(owner))
        return [shown for shown in found if shown.agent.owner == owner and shown.is_linked]

    def rate(
        self,
        subject: str,
        score: str,
        *,
        comment: str = "",
        tag: str = STARRED,
        channel: str | None = None,
        record: str | None = None,
        gateway: str | None = None,
        account: str | None = None,
    ) -> str:
        """Give feedback on a service that the account has paid; the transaction.

        Args:
            score: from 0 to 100.
            channel: id of a channel that paid; every one opened from here is tried if None.
            record: CID of the record of a call that was paid by authorization.
            gateway: where the record is fetched from if it is not here.

        Raises:
            NoProofOfPayment: nothing shows that the account has paid; nothing was sent.
        """
        agent = self.find(subject)
        value, decimals = parse_score(score)
        name = account or self._workspace.settings.buyer
        return rate_service(
            agent,
            Opinion(value, decimals, tag, comment),
            self._proofs(agent, name, channel, record, gateway),
            account=self._parts.account(name),
            reader=self._parts.reader,
            blobs=self._workspace.store,
            clock=SystemClock(),
        )

    def _proofs(
        self,
        agent: Agent,
        account: str,
        channel: str | None,
        record: str | None,
        gateway: str | None,
    ) -> Sequence[Proof]:
        if record is not None:
            return [self._record(record, gateway)]
        book = self._workspace.purse.book
        if channel is not None:
            own = book.find(Digest.parse(channel))
            if own is None:
                raise InputError(
                    f"No channel {channel} was opened from here.", hint="See assay channel list."
                )
            return [own.config]
        channels = book.channels(self._workspace.address(account))
        paying = [own.config for own in channels if own.config.receiver == agent.wallet]
        return sorted(paying, key=self._parts.reader.claimed, reverse=True)

    def _record(self, record: str, gateway: str | None) -> SignedCallRecord:
        blobs = self._workspace.blobs_from(gateway or self._workspace.settings.gateway_url)
        data = blobs.read_bytes(Cid.parse(record), limit=_RECORD_LIMIT_BYTES)
        signed = SignedCallRecord.decode(data)
        market = self._workspace.market
        check_record(signed, market.record_domain, market.recover_typed_data)
        return signed
