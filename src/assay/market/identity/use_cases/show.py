"""Show a registered service: what it says of itself, and what those say who paid it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eth_utils.crypto import keccak

from assay.core.address import Address
from assay.core.cid import Cid
from assay.errors import AssayError
from assay.market.identity.errors import CardMalformed
from assay.market.identity.model import (
    CARD_LIMIT_BYTES,
    COMMENT_LIMIT_BYTES,
    Agent,
    Feedback,
    Standing,
    format_score,
    read_card,
)
from assay.market.identity.ports import AgentIndex, AgentReader, GivenFeedback
from assay.market.model import RegisteredAsset
from assay.market.ports import Blobs, Registry

LATEST = 10


def show_agent(
    agent: Agent,
    *,
    reader: AgentReader,
    index: AgentIndex,
    registry: Registry,
    blobs: Blobs,
) -> Standing:
    """Everything about an agent; what cannot be had or does not hold is told, not raised."""
    asset = registry.assets([agent.service])[0] if agent.service else None
    card, problem = _card(agent, reader.registry, blobs)
    given = reader.feedback(agent.id)
    count, mean = 0, None
    if given:
        clients = list(dict.fromkeys(feedback.client for feedback in given))
        count, value, decimals = reader.mean(agent.id, clients)
        mean = format_score(value, decimals)
    return Standing(
        agent=agent,
        card=card,
        card_problem=problem,
        is_linked=_is_linked(agent, asset),
        price=asset.price if asset else None,
        calls_served=reader.calls_served(agent.wallet or agent.owner),
        count=count,
        mean=mean,
        latest=tuple(_latest(agent, given, reader, index, blobs)),
    )


def _is_linked(agent: Agent, asset: RegisteredAsset | None) -> bool:
    return asset is not None and asset.owner == agent.owner


def _card(agent: Agent, registry: str, blobs: Blobs) -> tuple[Mapping[str, Any] | None, str]:
    try:
        data = blobs.read_bytes(_cid(agent.uri), limit=CARD_LIMIT_BYTES)
        return read_card(data, agent.id, registry), ""
    except AssayError as error:
        return None, str(error)


def _cid(uri: str) -> Cid:
    if not uri.startswith("ipfs://"):
        raise CardMalformed(f"{uri[:80]!r} is not kept by content, so that it cannot be checked")
    return Cid.parse(uri)


def _latest(
    agent: Agent,
    given: Sequence[GivenFeedback],
    reader: AgentReader,
    index: AgentIndex,
    blobs: Blobs,
) -> Iterator[Feedback]:
    """Each feedback used up one proven payment of its client, in the order of both."""
    proofs = {client: index.proofs(agent.id, client) for client in {item.client for item in given}}
    known = {place: age for age, place in enumerate(index.feedback_order(agent.id))}
    newest = sorted(given, key=lambda item: known.get((item.client, item.number), -1), reverse=True)
    for item in newest[:LATEST]:
        earned = proofs[item.client][item.number - 1 : item.number]
        yield Feedback(
            client=item.client,
            number=item.number,
            value=item.value,
            decimals=item.decimals,
            tag=item.tag,
            comment=_comment(agent.id, item.client, item.number, index, blobs),
            proof=reader.checked(agent.id, item.client, earned[0]) if earned else None,
        )


def _comment(
    agent: int, client: Address, number: int, index: AgentIndex, blobs: Blobs
) -> str | None:
    """The text of a feedback; None where it is not here, or not what was hashed."""
    place = index.comment(agent, client, number)
    if place is None:
        return None
    try:
        data = blobs.read_bytes(_cid(place.uri), limit=COMMENT_LIMIT_BYTES)
        content = json.loads(data)
    except (AssayError, ValueError, RecursionError):
        return None
    if keccak(data) != place.uri_hash or not isinstance(content, dict):
        return None
    comment = content.get("comment")
    return comment if isinstance(comment, str) else None
