"""Register a service as an agent: its card in the store, its number and link on chain."""

from __future__ import annotations

from dataclasses import dataclass

from assay.core.cid import Cid
from assay.market.identity.errors import NotAService, NotTheAgentsOwner
from assay.market.identity.model import Agent, AgentCard
from assay.market.identity.ports import AgentAccount, AgentIndex, AgentReader
from assay.market.model import Asset, AssetKind
from assay.market.ports import Blobs

CALLS_PATH = "/v1/chat/completions"


@dataclass(frozen=True, slots=True)
class Registered:
    """The agent, its card, and the transactions that it took; none if nothing has changed."""

    agent: Agent
    card: AgentCard
    card_cid: Cid
    transactions: tuple[str, ...]


def register_service(
    asset: Asset,
    url: str,
    *,
    account: AgentAccount,
    reader: AgentReader,
    index: AgentIndex,
    blobs: Blobs,
) -> Registered:
    """Mint the agent of an own service and say where its card is.

    Doing it again mints nothing; it changes the card where name, description or URL are others, and
    goes on where it stopped.

    Args:
        url: under which the service is reached.

    Raises:
        NotAService: a dataset or a model.
        NotTheAgentsOwner: somebody else's.
    """
    if asset.metadata.kind is not AssetKind.SERVICE:
        raise NotAService(asset.asset_id, asset.metadata.kind.value)
    if asset.registered.owner != account.address:
        subject = f"Service {asset.asset_id}"
        raise NotTheAgentsOwner(subject, account.address, asset.registered.owner)
    transactions: list[str] = []
    agent = own_agent(asset, reader=reader, index=index)
    if agent is None:
        number, transaction = account.register(asset.asset_id)
        transactions.append(transaction)
        agent = reader.agent(number)
        assert agent is not None, "a mined agent can be read"
    card = describe(asset, url, agent.id, reader.registry)
    cid = blobs.add_bytes(card.encode())
    if agent.uri != f"ipfs://{cid}":
        transactions.append(account.set_uri(agent.id, f"ipfs://{cid}"))
        agent = reader.agent(agent.id)
        assert agent is not None, "an agent is never burnt"
    return Registered(agent, card, cid, tuple(transactions))


def own_agent(asset: Asset, *, reader: AgentReader, index: AgentIndex) -> Agent | None:
    """The agent of a service that the owner of the service owns; of several the oldest."""
    for number in index.agents_for(asset.asset_id):
        agent = reader.agent(number)
        if agent and agent.owner == asset.registered.owner and agent.service == asset.asset_id:
            return agent
    return None


def describe(asset: Asset, url: str, agent: int, registry: str) -> AgentCard:
    """The card of a service under a URL."""
    base = url.rstrip("/")
    endpoints = {
        "OpenAI": f"{base}/v1",
        "x402": f"{base}{CALLS_PATH}",
        "web": base,
    }
    metadata = asset.metadata
    description = metadata.description or f"Paid calls of {metadata.name}."
    return AgentCard(metadata.name, description, endpoints, asset.asset_id, agent, registry)
