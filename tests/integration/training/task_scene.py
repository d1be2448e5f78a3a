"""A chain of its own with a sponsor, validators and nodes, whose clock can be moved ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from assay.chain.account import Account, Accounts
from assay.chain.deployment import Deployment, deploy
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.core.address import Address
from assay.core.digest import Digest
from assay.core.merkle import MerkleTree
from assay.training.model import (
    VOTE_TYPE,
    VOTE_TYPES,
    Role,
    RoundResult,
    SignedVote,
    Terms,
    vote_domain,
    vote_message,
)
from assay.training.onchain.acting import OnChainTaskAccount
from assay.training.onchain.reading import OnChainTasks
from assay.training.rounds import Opening, RoundPlace, commitment

SPONSOR = 0
VALIDATORS = (1, 2, 3, 4)
NODES = (5, 6, 7)
STRANGER = 8
STAKE = 1_000_003
BUDGET = 10_000_001
_FUNDS = 100 * STAKE
_KEY = b"k" * 32


@dataclass
class TaskScene:
    """Everybody's view of one chain, by the number of the local account."""

    node: Node
    deployment: Deployment
    accounts: tuple[Account, ...]
    chains: tuple[OnChainTaskAccount, ...]

    def address(self, number: int) -> Address:
        return self.accounts[number].address

    def balance(self, address: Address) -> int:
        return int(self.deployment.token.read("balanceOf", address))

    def nonce(self, number: int) -> int:
        """How many transactions an account has sent that are mined."""
        found = self.node.request("eth_getTransactionCount", [self.address(number), "latest"])
        return int(found, 16)

    def terms(self, **changes: int) -> Terms:
        usual = Terms(
            token=self.deployment.token.address,
            minimum_stake=STAKE,
            initial_model=Digest.of(b"model"),
            policy=Digest.of(b"policy"),
            budget=BUDGET,
            modes=0,
            rounds=2,
            minimum_nodes=2,
            join_s=600,
            commit_s=600,
            reveal_s=600,
            certify_s=600,
            challenge_s=600,
            unbonding_s=3600,
            faults=1,
        )
        return replace(usual, **changes)

    def started(self, **changes: int) -> int:
        """A task that everybody has joined, in its first round."""
        sponsor = self.chains[SPONSOR]
        task, _ = sponsor.open(self.terms(**changes))
        for number in VALIDATORS:
            self.chains[number].join(task, Role.VERIFIER, STAKE, _KEY)
        for number in NODES:
            self.chains[number].join(task, Role.TRAINER | Role.DATA_PROVIDER, STAKE, _KEY)
        sponsor.start(task)
        return task

    def opening(self, place: RoundPlace, number: int) -> Opening:
        """What a node commits to in a round."""
        address = self.address(number)
        sealed = Digest.of(f"update of {address} in {place}".encode())
        return Opening(place, address, sealed, sha256(sealed.raw).digest(), size_bytes=100)

    def committed(self, place: RoundPlace, nodes: Sequence[int] = NODES) -> list[Opening]:
        """Has nodes commit; what they committed to."""
        openings = [self.opening(place, number) for number in nodes]
        for number, opening in zip(nodes, openings, strict=True):
            bound = commitment(place, opening.node, opening.sealed, opening.salt)
            self.chains[number].commit(place, bound)
        return openings

    def brought(self, place: RoundPlace) -> None:
        """Has all nodes commit and opens all at once."""
        self.chains[SPONSOR].reveal_all(place, self.committed(place))

    def result(self, place: RoundPlace, root: bytes, name: str = "record") -> RoundResult:
        digests = (Digest.of(b"aggregate"), Digest.of(name.encode()), Digest(root))
        return RoundResult(place.task, place.round, *digests)

    def vote(self, number: int, result: RoundResult, view: int = 0) -> SignedVote:
        domain = vote_domain(self.node.chain_id, self.chains[number].address)
        message = vote_message(result, view)
        signature = self.accounts[number].sign_typed_data(domain, VOTE_TYPES, VOTE_TYPE, message)
        return SignedVote(result, view, signature)

    def certified(self, result: RoundResult, signers: Sequence[int] = VALIDATORS[:3]) -> str:
        """Has a quorum sign a result, and brings it in the order in which they happen to come."""
        signatures = {
            self.address(number): self.vote(number, result).signature for number in signers
        }
        return self.chains[STRANGER].certify(result, 0, signatures)

    def earned(self, amounts: dict[int, int]) -> MerkleTree:
        """The tree of what each node has earned."""
        return MerkleTree(
            [
                int(self.address(number), 16).to_bytes(32, "big") + amount.to_bytes(32, "big")
                for number, amount in amounts.items()
            ]
        )

    def pass_phase(self, task: int) -> None:
        """Let the deadline pass, and have a stranger end the phase."""
        deadline_s = self.chains[STRANGER].task(task).deadline_s
        assert deadline_s is not None
        self.later(deadline_s - self.node.block("latest").timestamp)
        self.chains[STRANGER].advance(task)

    def later(self, seconds: int) -> None:
        self.node.request("evm_increaseTime", [max(0, seconds)])
        self.node.request("evm_mine")


@contextmanager
def open_task_scene(folder: Path) -> Iterator[TaskScene]:
    """A fresh chain with the contracts, on which everybody has money."""
    with (
        LocalNode.start(folder / "chain") as local,
        Node(local.url, expected_chain_id=31337) as node,
    ):
        keys = Accounts(folder / "accounts", local_chain=True)
        accounts = tuple(keys.open(f"local-{number}", None) for number in range(STRANGER + 1))
        senders = [Sender(node, account, folder / "outbox") for account in accounts]
        deployment = deploy(node, senders[SPONSOR], folder / "deployments")
        for account in accounts[1:]:
            senders[SPONSOR].transact(deployment.token, "transfer", account.address, _FUNDS)
        reader = OnChainTasks(node, deployment.training, deployment.first_block)
        chains = tuple(
            OnChainTaskAccount(reader, deployment.token, sender.account.address, lambda s=sender: s)
            for sender in senders
        )
        yield TaskScene(node, deployment, accounts, chains)
