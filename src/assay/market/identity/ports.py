"""What identities need from the outside; `bootstrap` plugs the adapters in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.calls import SignedCallRecord
from assay.market.channels.model import ChannelConfig
from assay.market.identity.model import Agent, ProofOfPayment

Proof = ChannelConfig | SignedCallRecord
"""What shows that a client paid: a channel of its own, or a call that its provider signed for."""


@dataclass(frozen=True, slots=True)
class Rating:
    """Feedback about to be given.

    Attributes:
        uri: where the comment is; empty if there is none.
        uri_hash: keccak256 of what is there, 32 bytes; zeros if there is none.
    """

    value: int
    decimals: int
    tag: str
    endpoint: str
    uri: str
    uri_hash: bytes


@dataclass(frozen=True, slots=True)
class GivenFeedback:
    """Feedback as the reputation registry holds it."""

    client: Address
    number: int
    value: int
    decimals: int
    tag: str


@dataclass(frozen=True, slots=True)
class CommentPlace:
    """Where the comment of a feedback is, and what it has to hash to (keccak256)."""

    uri: str
    uri_hash: bytes


class AgentReader(Protocol):
    """The identity and reputation registries, as anybody reads them."""

    @property
    def registry(self) -> str:
        """The identity registry, as `eip155:<chain id>:<address>`."""
        ...

    def agent(self, number: int) -> Agent | None:
        """An agent; None if there is none of this number."""
        ...

    def feedback(self, agent: int) -> list[GivenFeedback]:
        """All feedback that was not revoked, in the order of clients and numbers."""
        ...

    def mean(self, agent: int, clients: Sequence[Address]) -> tuple[int, int, int]:
        """Count, mean and the mean's decimals of what the clients said."""
        ...

    def feedback_left(self, agent: int, client: Address) -> int:
        """How much feedback a client may give for payments that it has proven."""
        ...

    def claimed(self, channel: ChannelConfig) -> int:
        """What has been claimed from a channel."""
        ...

    def payment_used(self, payer: Address, nonce: Digest) -> bool:
        """Whether the token knows a payment."""
        ...

    def checked(self, agent: int, client: Address, proof: ProofOfPayment) -> ProofOfPayment:
        """A proof that the index tells of, held against the chain."""
        ...

    def calls_served(self, provider: Address) -> int:
        """How many calls a provider has anchored."""
        ...


class AgentAccount(Protocol):
    """The registries, as one account acts on them; each call is one transaction."""

    @property
    def address(self) -> Address:
        """Who acts."""
        ...

    def register(self, service: Digest) -> tuple[int, str]:
        """Mint an agent that is linked to a service; its number and the transaction."""
        ...

    def set_uri(self, agent: int, uri: str) -> str:
        """Say where the agent's card is; the transaction."""
        ...

    def rate(self, agent: int, rating: Rating, proof: Proof | None) -> str:
        """Prove a payment, if one is given, and give feedback for it; the transaction.

        Raises:
            NoProofOfPayment, OwnFeedback: the registry refuses it.
        """
        ...


class AgentIndex(Protocol):
    """The ledger's view of agents: where to look, never what to believe."""

    def agents_of(self, owner: Address) -> list[int]:
        """The numbers of the agents that an account registered or was given, oldest first."""
        ...

    def agents_for(self, service: Digest) -> list[int]:
        """The numbers of the agents that say they are a service, oldest first."""
        ...

    def feedback_order(self, agent: int) -> list[tuple[Address, int]]:
        """Client and number of each feedback, oldest first."""
        ...

    def proofs(self, agent: int, client: Address) -> list[ProofOfPayment]:
        """The payments that a client proved to an agent, oldest first."""
        ...

    def comment(self, agent: int, client: Address, number: int) -> CommentPlace | None:
        """Where the comment of a feedback is; None if it has none."""
        ...
