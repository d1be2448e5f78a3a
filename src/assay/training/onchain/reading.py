"""The contract of training tasks, as anybody reads it.

    tasks = OnChainTasks(node, deployment.training, deployment.first_block)
    tasks.task(1).phase

What a round's members did is read from the contract's events, straight from the node: a validator
has to know it at once, and may have no ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eth_utils.crypto import keccak

from assay.chain.contract import Contract, Event, read_many
from assay.chain.errors import ContractRevert
from assay.chain.node import Node
from assay.chain.reverts import reverts_as
from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.training.model import (
    Member,
    Phase,
    Role,
    RoundResult,
    Seat,
    Slash,
    Task,
    TaskMoney,
    Terms,
)
from assay.training.privacy.sealing import CommitteeKeys
from assay.training.refusals import TRANSLATIONS
from assay.training.rounds import RoundPlace
from assay.training.task_errors import ResultForged, UnknownTask

_VIEWS = ("taskOf", "termsOf", "accountOf", "totalStakeOf")
_REORGANISED_BLOCKS = 64
"""A task may come to stand this much earlier than where it was first seen."""


class OnChainTasks:
    """The `TaskReader` port.

    Args:
        first_block: no task is older.
    """

    def __init__(self, node: Node, contract: Contract, first_block: int) -> None:
        self.node = node
        self.contract = contract
        self.first_block = first_block
        self._opened_at: dict[int, int] = {}

    @property
    def address(self) -> Address:
        """See `TaskReader.address`."""
        return self.contract.address

    @property
    def chain_id(self) -> int:
        """See `TaskReader.chain_id`."""
        return self.node.chain_id

    def task_count(self) -> int:
        """See `TaskReader.task_count`."""
        return int(self.contract.read("taskCount"))

    def tasks(self, tasks: Sequence[int]) -> list[Task]:
        """See `TaskReader.tasks`."""
        calls = [(self.contract, view, (task,)) for task in tasks for view in _VIEWS]
        answers = read_many(self.node, calls)
        width = len(_VIEWS)
        return [
            _task(task, answers[place * width : (place + 1) * width])
            for place, task in enumerate(tasks)
        ]

    def task(self, task: int) -> Task:
        """See `TaskReader.task`."""
        return self.tasks([task])[0]

    def members(self, task: int) -> tuple[Member, ...]:
        """See `TaskReader.members`."""
        accounts = [parse_address(account) for account in self._read("membersOf", task)]
        calls = [(self.contract, "memberOf", (task, account)) for account in accounts]
        answers = read_many(self.node, calls)
        return tuple(map(_member, accounts, answers))

    def member(self, task: int, address: Address) -> Member:
        """See `TaskReader.member`."""
        return _member(address, self._read("memberOf", task, address))

    def committee(self, task: int) -> tuple[Seat, ...]:
        """See `TaskReader.committee`."""
        seats = self._read("committeeOf", task)
        return tuple(Seat(parse_address(seat.validator), seat.weight) for seat in seats)

    def formed_committee(self, task: int) -> tuple[Seat, ...]:
        """See `TaskReader.formed_committee`."""
        return tuple(
            Seat(parse_address(validator), weight)
            for event in self._events("CommitteeFormed", task)
            for validator, weight in event.args["seats"]
        )

    def committee_keys(self, task: int) -> CommitteeKeys:
        """See `TaskReader.committee_keys`."""
        epoch, keys = self._read("sealingKeysOf", task)
        return CommitteeKeys(epoch, {parse_address(each.validator): each.key for each in keys})

    def commitments(self, place: RoundPlace) -> Mapping[Address, Digest]:
        """See `TaskReader.commitments`."""
        return self._by_node(place, "UpdateCommitted", "commitment")

    def revealed(self, place: RoundPlace) -> Mapping[Address, Digest]:
        """See `TaskReader.revealed`."""
        return self._by_node(place, "UpdateRevealed", "sealedDigest")

    def result(self, place: RoundPlace) -> RoundResult | None:
        """See `TaskReader.result`."""
        held = self._read("resultOf", place.task, place.round)
        if not any(held):
            return None
        events = list(self._events("RoundCertified", place.task, place.round))
        if len(events) != 1:
            raise ResultForged(place.task, place.round)
        args = events[0].args
        digests = (args["aggregate"], args["record"], args["contributions"])
        if keccak(place.round.to_bytes(32, "big") + b"".join(digests)) != held:
            raise ResultForged(place.task, place.round)
        return RoundResult(place.task, place.round, *map(Digest, digests))

    def slashes(self, task: int) -> tuple[Slash, ...]:
        """See `TaskReader.slashes`."""
        events = [*self._events("EquivocationSlashed", task), *self._events("SilenceSlashed", task)]
        events.sort(key=lambda event: (event.block_number, event.log_index))
        return tuple(map(_slash, events))

    def claimed(self, task: int, node: Address) -> int:
        """See `TaskReader.claimed`."""
        return int(self._read("claimedBy", task, node))

    def time_s(self) -> int:
        """See `TaskReader.time_s`."""
        return self.node.block("latest").timestamp

    def _by_node(self, place: RoundPlace, name: str, value: str) -> Mapping[Address, Digest]:
        found = {
            parse_address(event.args["node"]): Digest(event.args[value])
            for event in self._events(name, place.task)
            if event.args["round"] == place.round
        }
        return dict(sorted(found.items(), key=lambda item: int(item[0], 16)))

    def _events(self, name: str, task: int, *indexed: int) -> Iterator[Event]:
        """Of a task; no block before it was opened is searched."""
        if task not in self._opened_at:
            opened = list(self._logged("TaskOpened", self.first_block, task))
            if not opened:
                return
            self._opened_at[task] = opened[0].block_number
        first = max(self.first_block, self._opened_at[task] - _REORGANISED_BLOCKS)
        yield from self._logged(name, first, task, *indexed)

    def _logged(self, name: str, first_block: int, *indexed: int) -> Iterator[Event]:
        topics = [self.contract.topic(name), *(value.to_bytes(32, "big") for value in indexed)]
        newest = self.node.block_number()
        for log in self.node.logs([self.address], first_block, newest, topics):
            event = self.contract.decode_log(log)
            if event is not None:
                yield event

    def _read(self, view: str, *arguments: Any) -> Any:
        with reverts_as(TRANSLATIONS):
            return self.contract.read(view, *arguments)


def _task(number: int, answers: Sequence[Any]) -> Task:
    facts, terms, money, total_stake = answers
    if isinstance(facts, ContractRevert):
        raise UnknownTask(number)
    return Task(
        id=number,
        sponsor=parse_address(facts.sponsor),
        terms=_terms(terms),
        phase=Phase(facts.phase),
        round=facts.round,
        deadline_s=facts.deadline or None,
        trainers=facts.trainers,
        committed=facts.committed,
        revealed=facts.revealed,
        final_rounds=facts.finalRounds,
        failures=facts.failures,
        ended_at_s=facts.endedAt or None,
        weights_bps=(facts.weights.alpha, facts.weights.beta, facts.weights.gamma),
        money=TaskMoney(
            released=money.released,
            claimed=money.claimed,
            forfeited=money.forfeited,
            reclaimed=money.reclaimed,
            root=Digest(money.root) if any(money.root) else None,
        ),
        total_stake=total_stake,
    )


def _terms(terms: Any) -> Terms:
    return Terms(
        token=parse_address(terms.token),
        minimum_stake=terms.minimumStake,
        initial_model=Digest.from_token_id(terms.initialModel),
        policy=Digest(terms.policy),
        budget=terms.budget,
        modes=terms.modes,
        rounds=terms.rounds,
        minimum_nodes=terms.minimumNodes,
        join_s=terms.joinSeconds,
        commit_s=terms.commitSeconds,
        reveal_s=terms.revealSeconds,
        certify_s=terms.certifySeconds,
        challenge_s=terms.challengeSeconds,
        unbonding_s=terms.unbondingSeconds,
        faults=terms.faults,
    )


def _member(address: Address, facts: Any) -> Member:
    return Member(
        address=address,
        roles=Role(facts.roles),
        active=facts.isActive,
        seated=facts.hasSeat,
        last_round=facts.lastRound,
        commitment=facts.commitment,
        silent=facts.hasOpenCommitment,
        stake=facts.stake,
        withdrawable_at_s=facts.withdrawableAt or None,
        sealing_key=facts.sealingKey,
    )


def _slash(event: Event) -> Slash:
    args, equivocation = event.args, event.name == "EquivocationSlashed"
    return Slash(
        member=parse_address(args["validator" if equivocation else "node"]),
        round=args["round"],
        equivocation=equivocation,
        amount=args["amount"],
        reporter=parse_address(args["reporter"]),
    )
