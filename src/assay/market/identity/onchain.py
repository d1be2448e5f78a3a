"""The registries of ERC-8004: read, and acted on by one account."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assay.chain.contract import Contract, read_many
from assay.chain.errors import ContractRevert
from assay.chain.node import Node
from assay.chain.reverts import reverts_as
from assay.chain.transaction import Sender
from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.calls import SignedCallRecord
from assay.market.channels.model import ChannelConfig
from assay.market.identity.errors import NoProofOfPayment, OwnFeedback
from assay.market.identity.model import SERVICE_KEY, Agent, ProofOfPayment
from assay.market.identity.ports import GivenFeedback, Proof, Rating

_NOBODY = "0x" + "0" * 40
_KINDS = ("channel", "call")


@dataclass(frozen=True)
class Registries:
    """The contracts that identities rest on."""

    identity: Contract
    reputation: Contract
    settlement: Callable[[], Contract]
    token: Contract
    anchor: Contract


class OnChainAgents:
    """The `AgentReader` port."""

    def __init__(self, node: Node, registries: Registries) -> None:
        self._node = node
        self._registries = registries

    @property
    def registry(self) -> str:
        """See `AgentReader.registry`."""
        return f"eip155:{self._node.chain_id}:{self._registries.identity.address}"

    def agent(self, number: int) -> Agent | None:
        """See `AgentReader.agent`."""
        identity = self._registries.identity
        answers = read_many(
            self._node,
            [
                (identity, "ownerOf", (number,)),
                (identity, "tokenURI", (number,)),
                (identity, "getAgentWallet", (number,)),
                (identity, "getMetadata", (number, SERVICE_KEY)),
            ],
        )
        facts = [answer for answer in answers if not isinstance(answer, ContractRevert)]
        if len(facts) != len(answers):
            return None
        owner, uri, wallet, service = facts
        return Agent(
            id=number,
            owner=parse_address(owner),
            uri=uri,
            wallet=None if wallet == _NOBODY else parse_address(wallet),
            service=Digest(service) if len(service) == 32 else None,
        )

    def feedback(self, agent: int) -> list[GivenFeedback]:
        """See `AgentReader.feedback`."""
        columns = self._registries.reputation.read("readAllFeedback", agent, [], "", "", False)
        clients, numbers, values, decimals, tags, _, _ = columns
        return [
            GivenFeedback(parse_address(client), *row)
            for client, *row in zip(clients, numbers, values, decimals, tags, strict=True)
        ]

    def mean(self, agent: int, clients: Sequence[Address]) -> tuple[int, int, int]:
        """See `AgentReader.mean`."""
        count, mean, decimals = self._registries.reputation.read(
            "getSummary", agent, list(clients), "", ""
        )
        return int(count), int(mean), int(decimals)

    def feedback_left(self, agent: int, client: Address) -> int:
        """See `AgentReader.feedback_left`."""
        return int(self._registries.reputation.read("feedbackLeft", agent, client))

    def claimed(self, channel: ChannelConfig) -> int:
        """See `AgentReader.claimed`."""
        settlement = self._registries.settlement()
        channel_id = settlement.read("getChannelId", channel.as_tuple())
        return int(settlement.read("channels", channel_id)[1])

    def payment_used(self, payer: Address, nonce: Digest) -> bool:
        """See `AgentReader.payment_used`."""
        return bool(self._registries.token.read("authorizationState", payer, nonce.raw))

    def checked(self, agent: int, client: Address, proof: ProofOfPayment) -> ProofOfPayment:
        """See `AgentReader.checked`."""
        receipt = self._node.receipt(proof.transaction)
        logs = receipt.logs if receipt and receipt.succeeded else ()
        events = (self._registries.reputation.decode_log(log) for log in logs)
        expected = {
            "agentId": agent,
            "client": client,
            "proof": proof.name.raw,
            "kind": _KINDS.index(proof.kind),
            "amount": proof.amount,
        }
        if not any(event and event.args == expected for event in events):
            return replace(proof, problem="the transaction on chain proves no such payment")
        if proof.kind == "channel":
            claimed = int(self._registries.settlement().read("channels", proof.name.raw)[1])
            known = claimed >= proof.amount
        else:
            known = self.payment_used(client, proof.name)
        return proof if known else replace(proof, problem="the payment itself is not on chain")

    def calls_served(self, provider: Address) -> int:
        """See `AgentReader.calls_served`."""
        return int(self._registries.anchor.read("headOf", provider)[2])


class OnChainAgentAccount:
    """The `AgentAccount` port."""

    def __init__(
        self, registries: Registries, address: Address, open_sender: Callable[[], Sender]
    ) -> None:
        self._registries = registries
        self._open_sender = open_sender
        self.address = address

    def register(self, service: Digest) -> tuple[int, str]:
        """See `AgentAccount.register`."""
        identity = self._registries.identity
        link = [(SERVICE_KEY, service.raw)]
        receipt = self._open_sender().transact(identity, "register", "", link)
        events = (identity.decode_log(log) for log in receipt.logs)
        [registered] = [event for event in events if event and event.name == "Registered"]
        return int(registered.args["agentId"]), receipt.transaction_hash

    def set_uri(self, agent: int, uri: str) -> str:
        """See `AgentAccount.set_uri`."""
        identity = self._registries.identity
        receipt = self._open_sender().transact(identity, "setAgentURI", agent, uri)
        return receipt.transaction_hash

    def rate(self, agent: int, rating: Rating, proof: Proof | None) -> str:
        """See `AgentAccount.rate`."""
        reputation = self._registries.reputation
        give = reputation.encode(
            "giveFeedback",
            agent,
            rating.value,
            rating.decimals,
            rating.tag,
            "",
            rating.endpoint,
            rating.uri,
            rating.uri_hash,
        )
        prove = [self._proof_call(agent, proof)] if proof is not None else []
        with reverts_as(self._refusals(agent)):
            receipt = self._open_sender().transact(reputation, "multicall", [*prove, give])
        return receipt.transaction_hash

    def _proof_call(self, agent: int, proof: Proof) -> bytes:
        reputation = self._registries.reputation
        if isinstance(proof, SignedCallRecord):
            record = tuple(proof.record.message().values())
            return reputation.encode("proveCall", agent, record, proof.signature)
        return reputation.encode("proveChannel", agent, proof.as_tuple())

    def _refusals(self, agent: int) -> Mapping[str, Callable[[ContractRevert], AssayError]]:
        reasons = {
            "NotPaid": "it has no payment proven that feedback was not given for",
            "NotPayer": "the payment is somebody else's",
            "NotPayee": "the payment is to another than the agent's wallet",
            "WrongToken": "the payment is in another token",
            "WrongService": "the call was one of another service",
            "InvalidSignature": "the provider has not signed the record",
            "NothingProven": "the payment is not on chain, or feedback was given for it before",
        }
        return {
            "ReputationRegistrySelfFeedback": lambda _: OwnFeedback(agent, self.address),
            **{
                f"ReputationRegistry{name}": self._refusal(agent, reason)
                for name, reason in reasons.items()
            },
        }

    def _refusal(self, agent: int, reason: str) -> Callable[[Any], AssayError]:
        return lambda _: NoProofOfPayment(agent, self.address, reason)
