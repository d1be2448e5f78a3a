"""What the ledger knows of agents and feedback: where to look, never what to believe."""

from __future__ import annotations

from sqlalchemy import Engine

from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.ledger.events import events_where
from assay.market.identity.model import SERVICE_KEY, ProofOfPayment
from assay.market.identity.ports import CommentPlace

_IDENTITY = "IdentityRegistry"
_REPUTATION = "ReputationRegistry"
_KINDS = ("channel", "call")


class LedgerAgentIndex:
    """The `AgentIndex` port on the ledger's events."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def agents_of(self, owner: Address) -> list[int]:
        """See `AgentIndex.agents_of`."""
        events = events_where(self._engine, contract=_IDENTITY, name="Transfer", to=owner)
        return list(dict.fromkeys(int(event.args["tokenId"]) for event in events))

    def agents_for(self, service: Digest) -> list[int]:
        """See `AgentIndex.agents_for`."""
        events = events_where(
            self._engine,
            contract=_IDENTITY,
            name="MetadataSet",
            metadataKey=SERVICE_KEY,
            metadataValue=service.raw,
        )
        return list(dict.fromkeys(int(event.args["agentId"]) for event in events))

    def feedback_order(self, agent: int) -> list[tuple[Address, int]]:
        """See `AgentIndex.feedback_order`."""
        events = events_where(self._engine, contract=_REPUTATION, name="NewFeedback", agentId=agent)
        return [
            (parse_address(event.args["clientAddress"]), int(event.args["feedbackIndex"]))
            for event in events
        ]

    def proofs(self, agent: int, client: Address) -> list[ProofOfPayment]:
        """See `AgentIndex.proofs`."""
        events = events_where(
            self._engine, contract=_REPUTATION, name="PaymentProven", agentId=agent, client=client
        )
        return [
            ProofOfPayment(
                kind=_KINDS[event.args["kind"]],
                name=Digest(event.args["proof"]),
                amount=event.args["amount"],
                transaction=event.transaction_hash,
            )
            for event in events
        ]

    def comment(self, agent: int, client: Address, number: int) -> CommentPlace | None:
        """See `AgentIndex.comment`."""
        events = events_where(
            self._engine,
            contract=_REPUTATION,
            name="NewFeedback",
            agentId=agent,
            clientAddress=client,
            feedbackIndex=number,
        )
        if not events or not events[-1].args["feedbackURI"]:
            return None
        return CommentPlace(events[-1].args["feedbackURI"], events[-1].args["feedbackHash"])
