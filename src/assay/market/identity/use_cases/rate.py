"""Rate a service that one has paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.clock import Clock
from assay.errors import InputError
from assay.market.calls import SignedCallRecord
from assay.market.channels.model import ChannelConfig
from assay.market.identity.errors import NoProofOfPayment, OwnFeedback
from assay.market.identity.model import COMMENT_LIMIT_BYTES, Agent, format_score
from assay.market.identity.ports import AgentAccount, AgentReader, Proof, Rating
from assay.market.ports import Blobs

_NO_HASH = bytes(32)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody has to say: a score with its decimals, under a tag, perhaps with words."""

    value: int
    decimals: int
    tag: str
    comment: str = ""
    endpoint: str = ""


def rate_service(
    agent: Agent,
    opinion: Opinion,
    proofs: Sequence[Proof],
    *,
    account: AgentAccount,
    reader: AgentReader,
    blobs: Blobs,
    clock: Clock,
) -> str:
    """Give feedback for a payment; proof and feedback are one transaction.

    Args:
        proofs: channels and calls that may show that the account paid; the first that does is
            used. None is needed for a payment that was proven before.

    Returns:
        The transaction.

    Raises:
        NoProofOfPayment: none of them does; nothing was sent.
        OwnFeedback: the account runs the agent.
    """
    if agent.owner == account.address:
        raise OwnFeedback(agent.id, account.address)
    proof = None
    if not reader.feedback_left(agent.id, account.address):
        proof = _first_good(agent, proofs, account.address, reader)
    comment = _comment_file(agent, opinion, account.address, reader.registry, clock)
    uri = f"ipfs://{blobs.add_bytes(comment)}" if comment else ""
    uri_hash = keccak(comment) if comment else _NO_HASH
    rating = Rating(opinion.value, opinion.decimals, opinion.tag, opinion.endpoint, uri, uri_hash)
    return account.rate(agent.id, rating, proof)


def _first_good(
    agent: Agent, proofs: Sequence[Proof], client: Address, reader: AgentReader
) -> Proof:
    if agent.wallet is None:
        raise NoProofOfPayment(agent.id, client, "the agent has no wallet that could be paid")
    objections = []
    for proof in proofs:
        objection = _objection(agent, proof, client, reader)
        if not objection:
            return proof
        objections.append(objection)
    raise NoProofOfPayment(
        agent.id, client, "; ".join(dict.fromkeys(objections)) or "nothing shows that it has paid"
    )


def _objection(agent: Agent, proof: Proof, client: Address, reader: AgentReader) -> str:
    """Why a payment proves nothing; the registry looks again."""
    if isinstance(proof, ChannelConfig):
        if (proof.payer, proof.receiver) != (client, agent.wallet):
            return f"the channel is one from {proof.payer} to {proof.receiver}"
        return "" if reader.claimed(proof) else "the provider has claimed nothing from the channel"
    return _call_objection(agent, proof, client, reader)


def _call_objection(
    agent: Agent, proof: SignedCallRecord, client: Address, reader: AgentReader
) -> str:
    record = proof.record
    if (record.payer, record.provider) != (client, agent.wallet):
        return f"the call was paid by {record.payer} to {record.provider}"
    if agent.service not in (None, record.service):
        return f"the call was one of service {record.service}"
    if not reader.payment_used(record.payer, record.payment_nonce):
        return "the call's payment is not on chain by itself; a channel's calls are proven by it"
    return ""


def _comment_file(
    agent: Agent, opinion: Opinion, client: Address, registry: str, clock: Clock
) -> bytes:
    """The feedback file of ERC-8004; empty if there is nothing to say in words."""
    if not opinion.comment:
        return b""
    content: dict[str, Any] = {
        "agentRegistry": registry,
        "agentId": agent.id,
        "clientAddress": client,
        "createdAt": clock.now_s(),
        "value": opinion.value,
        "valueDecimals": opinion.decimals,
        "score": format_score(opinion.value, opinion.decimals),
        "tag1": opinion.tag,
        "endpoint": opinion.endpoint,
        "comment": opinion.comment,
    }
    data = canonical_json(content)
    if len(data) > COMMENT_LIMIT_BYTES:
        raise InputError(f"The comment is longer than {COMMENT_LIMIT_BYTES} bytes.")
    return data
