"""Agents, their cards, and feedback as values (ERC-8004).

>>> parse_score("87.50"), format_score(875, 1)
((875, 1), '87.5')

The card is the registration file of https://eips.ethereum.org/EIPS/eip-8004, canonical JSON under
its own CID.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.market.identity.errors import CardMalformed, ScoreMalformed

CARD_TYPE = "https://eips.ethereum.org/EIPS/eip-8004#registration-v1"
CARD_LIMIT_BYTES = 64 * 1024
COMMENT_LIMIT_BYTES = 16 * 1024
SERVICE_KEY = "assay.service"
"""The metadata key on chain that links an agent to a service asset, by its id in 32 bytes."""

STARRED = "starred"
"""The tag that ERC-8004 suggests for a score from 0 to 100."""

_HIGHEST_SCORE = 100
_MOST_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent as the identity registry holds it.

    Attributes:
        uri: where its card is.
        wallet: the account that it is paid at; None if it has none.
        service: the asset that it says it is; good only if the asset's owner owns it as well.
    """

    id: int
    owner: Address
    uri: str
    wallet: Address | None
    service: Digest | None


@dataclass(frozen=True, slots=True)
class AgentCard:
    """What a service says of itself.

    Attributes:
        endpoints: URLs by the protocol that is spoken there.
        service: id of the service asset.
        agent: its number in the registry.
        registry: the registry, as `eip155:<chain id>:<address>`.
    """

    name: str
    description: str
    endpoints: Mapping[str, str]
    service: Digest
    agent: int
    registry: str

    def as_json(self) -> dict[str, Any]:
        """The registration file."""
        return {
            "type": CARD_TYPE,
            "name": self.name,
            "description": self.description,
            "services": [
                {"name": name, "endpoint": url} for name, url in sorted(self.endpoints.items())
            ],
            "x402Support": True,
            "active": True,
            "registrations": [{"agentId": self.agent, "agentRegistry": self.registry}],
            "supportedTrust": ["reputation"],
            "assay": {"service": self.service.hex},
        }

    def encode(self) -> bytes:
        """The canonical bytes."""
        return canonical_json(self.as_json())


def read_card(data: bytes, agent: int, registry: str) -> dict[str, Any]:
    """A registration file, whoever wrote it, that names the agent it was found for.

    Raises:
        CardMalformed: not a registration file, or one of another agent.
    """
    try:
        card = json.loads(data)
    except (ValueError, RecursionError):
        raise CardMalformed("it is not JSON") from None
    if not isinstance(card, dict) or card.get("type") != CARD_TYPE:
        raise CardMalformed("it is not a registration file of ERC-8004")
    listed = card.get("registrations")
    wanted = {"agentId": agent, "agentRegistry": registry}
    if not isinstance(listed, list) or wanted not in listed:
        raise CardMalformed(f"it does not name agent {agent} of {registry}")
    return card


@dataclass(frozen=True, slots=True)
class ProofOfPayment:
    """That a client paid, as the reputation registry recorded and the chain confirms.

    Attributes:
        kind: `channel` or `call`.
        name: the channel's id, or the payment's nonce.
        problem: why the chain does not confirm it; empty if it does.
    """

    kind: str
    name: Digest
    amount: int
    transaction: str
    problem: str = ""

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "kind": self.kind,
            "proof": self.name.hex,
            "amount": str(self.amount),
            "transaction": self.transaction,
            "verified": not self.problem,
            "problem": self.problem,
        }


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one client said.

    Attributes:
        value: with `decimals`, the score.
        comment: the text that goes with it; None if there is none, or it cannot be had.
        proof: the payment that it was given for.
    """

    client: Address
    number: int
    value: int
    decimals: int
    tag: str
    comment: str | None
    proof: ProofOfPayment | None

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "client": self.client,
            "number": self.number,
            "score": format_score(self.value, self.decimals),
            "tag": self.tag,
            "comment": self.comment,
            "proof": self.proof.as_json() if self.proof else None,
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything about a registered service.

    Attributes:
        card: what it says of itself; None with the reason in `card_problem`.
        is_linked: the owner of the service asset owns the agent as well.
        price: of one call, in units of the token.
        calls_served: the calls that its owner has put on chain, of all its services.
        count: of feedback that was not revoked; `mean` is the mean of its values.
        latest: the newest feedback, newest first.
    """

    agent: Agent
    card: Mapping[str, Any] | None
    card_problem: str
    is_linked: bool
    price: int | None
    calls_served: int
    count: int
    mean: str | None
    latest: tuple[Feedback, ...]

    def as_json(self) -> dict[str, Any]:
        """What `assay service show --json` prints."""
        agent = self.agent
        return {
            "agent": agent.id,
            "owner": agent.owner,
            "wallet": agent.wallet,
            "uri": agent.uri,
            "service": agent.service.hex if agent.service else None,
            "linked": self.is_linked,
            "card": self.card,
            "card_problem": self.card_problem,
            "price": self.price,
            "calls_served": self.calls_served,
            "feedback": {
                "count": self.count,
                "mean": self.mean,
                "latest": [feedback.as_json() for feedback in self.latest],
            },
        }


def parse_score(text: str) -> tuple[int, int]:
    """Read a score into a whole number and its decimals.

    Raises:
        ScoreMalformed: not from 0 to 100 with up to four decimals.
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ScoreMalformed(text) from None
    if not number.is_finite() or not 0 <= number <= _HIGHEST_SCORE:
        raise ScoreMalformed(text)
    decimals = 0
    while number != number.to_integral_value():
        number, decimals = number * 10, decimals + 1
        if decimals > _MOST_DECIMALS:
            raise ScoreMalformed(text)
    return int(number), decimals


def format_score(value: int, decimals: int) -> str:
    """A score as a decimal number."""
    text = format(Decimal(value).scaleb(-decimals), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
