"""The contract of training tasks, as one account acts on it.

    chain = OnChainTaskAccount(tasks, deployment.token, address, open_sender)
    chain.commit(place, commitment)

Budgets and stakes are approved to the unit before they are paid, since a task's token may know no
permits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assay.chain.contract import Contract, Event
from assay.chain.records import Receipt
from assay.chain.reverts import reverts_as
from assay.chain.transaction import Sender
from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.certificates import certificate_signatures
from assay.training.model import Role, RoundResult, SignedVote, Terms
from assay.training.onchain.reading import OnChainTasks
from assay.training.refusals import TRANSLATIONS
from assay.training.rounds import Opening, RoundPlace

_KEPT_BYTES = 25  # of a commitment, on chain
_SPARE_GAS = 100_000
"""Members act at the same time, and the last of them pays for moving the task on."""


class OnChainTaskAccount(OnChainTasks):
    """The `TaskChain` port.

    Args:
        token: the payment token; other tokens are spoken to in the same way.
    """

    def __init__(
        self,
        tasks: OnChainTasks,
        token: Contract,
        account: Address,
        open_sender: Callable[[], Sender],
    ) -> None:
        super().__init__(tasks.node, tasks.contract, tasks.first_block)
        self._token = token
        self._open_sender = open_sender
        self.account = account

    def open(self, terms: Terms) -> tuple[int, str]:
        """See `TaskChain.open`."""
        self._approve(terms.token, terms.budget)
        receipt = self._transact("open", _terms(terms))
        return int(self._event(receipt, "TaskOpened").args["task"]), receipt.transaction_hash

    def join(self, task: int, roles: Role, stake: int, sealing_key: bytes) -> str:
        """See `TaskChain.join`."""
        self._approve(self.task(task).terms.token, stake)
        return self._transact("join", task, int(roles), stake, sealing_key).transaction_hash

    def rotate_key(self, task: int, sealing_key: bytes) -> str:
        """See `TaskChain.rotate_key`."""
        return self._transact("rotateKey", task, sealing_key).transaction_hash

    def leave(self, task: int) -> str:
        """See `TaskChain.leave`."""
        return self._transact("quit", task).transaction_hash

    def withdraw(self, task: int) -> int:
        """See `TaskChain.withdraw`."""
        return self._paid(self._transact("withdraw", task), "StakeReturned")

    def start(self, task: int) -> str:
        """See `TaskChain.start`."""
        return self._transact("start", task).transaction_hash

    def advance(self, task: int) -> str:
        """See `TaskChain.advance`."""
        return self._transact("advance", task).transaction_hash

    def commit(self, place: RoundPlace, commitment: Digest) -> None:
        """See `TaskChain.commit`."""
        member = self.member(place.task, self.account)
        if member.last_round == place.round and member.commitment == commitment.raw[:_KEPT_BYTES]:
            return
        self._transact_once("commit", place.task, place.round, commitment.raw)

    def reveal(self, place: RoundPlace, sealed: Digest, salt: bytes) -> None:
        """See `TaskChain.reveal`."""
        member = self.member(place.task, self.account)
        if member.last_round == place.round and not member.silent:
            return
        self._transact_once("reveal", place.task, sealed.raw, salt)

    def reveal_all(self, place: RoundPlace, openings: Sequence[Opening]) -> str | None:
        """See `TaskChain.reveal_all`."""
        revealed = self.revealed(place)
        waiting = [
            (opening.node, opening.sealed.raw, opening.salt)
            for opening in openings
            if opening.node not in revealed
        ]
        if not waiting:
            return None
        return self._transact("revealAll", place.task, waiting).transaction_hash

    def certify(self, result: RoundResult, view: int, signatures: Mapping[Address, bytes]) -> str:
        """See `TaskChain.certify`."""
        ordered = certificate_signatures(self.committee(result.task), signatures)
        digests = (result.aggregate.raw, result.record.raw, result.contributions.raw)
        return self._transact("certify", result.task, *digests, view, ordered).transaction_hash

    def slash_equivocation(self, first: SignedVote, second: SignedVote) -> str:
        """See `TaskChain.slash_equivocation`."""
        evidence = (_vote(first), first.signature, _vote(second), second.signature)
        return self._transact("slashEquivocation", first.result.task, *evidence).transaction_hash

    def slash_silence(self, task: int, node: Address) -> str:
        """See `TaskChain.slash_silence`."""
        return self._transact("slashSilence", task, node).transaction_hash

    def claim(self, task: int, node: Address, cumulative: int, proof: Sequence[bytes]) -> int:
        """See `TaskChain.claim`."""
        return self._paid(
            self._transact("claim", task, node, cumulative, list(proof)), "RewardClaimed"
        )

    def reclaim(self, task: int) -> int:
        """See `TaskChain.reclaim`."""
        return self._paid(self._transact("reclaim", task), "BudgetReclaimed")

    def _approve(self, currency: Address, amount: int) -> None:
        if amount == 0:
            return
        token = Contract(self.node, self._token.name, currency)
        with reverts_as(TRANSLATIONS):
            if token.read("allowance", self.account, self.address) < amount:
                self._open_sender().transact(token, "approve", self.address, amount)

    def _transact(self, function: str, *arguments: Any) -> Receipt:
        with reverts_as(TRANSLATIONS):
            return self._open_sender().transact(
                self.contract, function, *arguments, spare_gas=_SPARE_GAS
            )

    def _transact_once(self, function: str, *arguments: Any) -> None:
        """For what is never done again: what an earlier try sent, and lost sight of, counts."""
        with reverts_as(TRANSLATIONS):
            sent = self._open_sender().resume(
                self.address, self.contract.encode(function, *arguments)
            )
        if sent is None:
            self._transact(function, *arguments)

    def _paid(self, receipt: Receipt, name: str) -> int:
        return int(self._event(receipt, name).args["amount"])

    def _event(self, receipt: Receipt, name: str) -> Event:
        decoded = (self.contract.decode_log(log) for log in receipt.logs)
        [event] = [event for event in decoded if event is not None and event.name == name]
        return event


def _vote(vote: SignedVote) -> tuple[Any, ...]:
    result = vote.result
    digests = (result.aggregate.raw, result.record.raw, result.contributions.raw)
    return (result.task, result.round, vote.view, *digests)


def _terms(terms: Terms) -> tuple[Any, ...]:
    return (
        terms.token,
        terms.minimum_stake,
        terms.initial_model.token_id,
        terms.policy.raw,
        terms.budget,
        terms.modes,
        terms.rounds,
        terms.minimum_nodes,
        terms.join_s,
        terms.commit_s,
        terms.reveal_s,
        terms.certify_s,
        terms.challenge_s,
        terms.unbonding_s,
        terms.faults,
    )
