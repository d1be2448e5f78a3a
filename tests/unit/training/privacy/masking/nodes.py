"""Nodes with real keys, real folders and real disks on a chain that a test holds in its hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from assay.chain.account import Account
from assay.chain.known_keys import known_key
from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.clock import SystemClock
from assay.core.digest import Digest
from assay.store.disk import DiskStore
from assay.training.committee.signing import Domain
from assay.training.committee.unmasking_exchange import Refusal
from assay.training.compression.encoding import EXACT, Encodings
from assay.training.masking_memory import MaskingFolder
from assay.training.model import Member, Phase, Role, Task, TaskMoney, Terms
from assay.training.parameters import Parameters, Vector
from assay.training.payload import Payload, Source
from assay.training.plan import Plan
from assay.training.privacy.masking.cohort import Advert, Cohort, Roster, read_json
from assay.training.privacy.masking.state import GivenShares
from assay.training.privacy.masking.terms import MaskingTerms
from assay.training.privacy.masking.unmasking import Unmasking
from assay.training.privacy.sealing import Binding, CommitteeKeys, from_files
from assay.training.privacy.sealing_key import SealingKey
from assay.training.rewards.quality import DataProfile
from assay.training.rounds import LocalUpdate, RoundPlace
from assay.training.stored import StoredFolders
from assay.training.use_cases.masked_node import MaskedRounds
from assay.training.use_cases.masked_serving import ShareDesk
from assay.training.use_cases.node import NodeRounds
from assay.training.use_cases.patience import Patience
from assay.training.use_cases.serving import TaskAuthority

TASKS = Address("0x5FbDB2315678afecb367f032d93F642f64180aa3")
PLACE = RoundPlace(7, 1)
DOMAIN = Domain(31337, TASKS, PLACE.task)
START = Parameters(
    {"layer0.weight": np.ones((2, 3), np.float32), "layer0.bias": np.zeros(2, np.float32)}
)
MASKED_PLAN = Plan((3, 2), "mean", encodings=Encodings(up=EXACT), masking=MaskingTerms(3))
VALIDATOR = SealingKey(b"v" * 32)
NO_DIGEST = Digest(bytes(32))


@dataclass
class HeldChain:
    """Where the task stands, and what was committed and revealed; a test moves it on."""

    terms: MaskingTerms
    roles: dict[Address, Role]
    phase: Phase = Phase.COMMITTING
    round: int = PLACE.round
    committed: dict[Address, Digest] = field(default_factory=dict)
    roots: dict[Address, Digest] = field(default_factory=dict)

    def task(self, number: int) -> Task:
        terms = Terms(
            TASKS, 1, NO_DIGEST, NO_DIGEST, 1, 0, 9, self.terms.threshold, *([60] * 6), faults=1
        )
        money = TaskMoney(0, 0, 0, 0, None)
        return Task(
            number, TASKS, terms, self.phase, self.round, None, len(self.roles),
            len(self.committed), len(self.roots), 0, 0, None, (10_000, 0, 0), money, 1,
        )  # fmt: skip

    def member(self, task: int, address: Address) -> Member:
        roles = self.roles.get(address, Role(0))
        return Member(address, roles, bool(roles), False, 0, b"", False, 1, None, b"")

    def members(self, task: int) -> list[Member]:
        return [self.member(task, address) for address in self.roles]

    def committee_keys(self, task: int) -> CommitteeKeys:
        return CommitteeKeys(1, {TASKS: VALIDATOR.public})

    def commit(self, place: RoundPlace, commitment: Digest) -> None:
        self.commitment = commitment

    def revealed(self, place: RoundPlace) -> Mapping[Address, Digest]:
        return dict(self.roots)

    def result(self, place: RoundPlace) -> None:
        return None


@dataclass
class MaskingScene:
    """Some nodes, ascending by address, and a server that carries what they say."""

    chain: HeldChain
    folders: StoredFolders
    nodes: dict[Address, MaskedRounds]
    records: dict[Address, int]
    terms: MaskingTerms
    brought: list[bytes] = field(default_factory=list)
    refusals: dict[Address, Refusal] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, terms: MaskingTerms, records: Sequence[int]) -> MaskingScene:
        keys = sorted(
            (Account(known_key(at)) for at in range(len(records))),
            key=lambda account: account.address.lower(),
        )
        chain = HeldChain(terms, dict.fromkeys((key.address for key in keys), Role.TRAINER))
        folders = StoredFolders(DiskStore(folder / "store"))
        counts = {key.address: count for key, count in zip(keys, records, strict=True)}
        scene = cls(chain, folders, {}, counts, terms)
        scene.nodes = {key.address: scene.node(key, folder) for key in keys}
        return scene

    def node(self, key: Account, folder: Path) -> MaskedRounds:
        """A node as it is started, with what its disk holds."""
        records = self.records[key.address]
        half = records // 2
        source = Source(DataProfile(records, records, 0, (half, records - half)))
        memory = MaskingFolder(folder / key.address)
        plan = replace(MASKED_PLAN, masking=self.terms)
        rounds = NodeRounds(
            node=key.address,
            plan=plan,
            like=START,
            source=lambda: source,
            chain=self.chain,  # type: ignore[arg-type]
            folders=self.folders,
            memory=memory,
        )
        return MaskedRounds(rounds, self.terms, records, DOMAIN, key, self.chain, memory)

    def adverts(self) -> list[Advert]:
        """Of all nodes."""
        answers = (node.advertise(PLACE) for node in self.nodes.values())
        return [Advert.from_json(read_json(one, "advert")["advert"]) for one in answers]

    def cohort(self, without: Sequence[Address] = ()) -> Cohort:
        """Keys and shares go round; some nodes are gone before they deal."""
        roster = Roster(PLACE, tuple(self.adverts()))
        there = [node for node in self.nodes if node not in without]
        dealt = {node: self.nodes[node].deal(PLACE, spelt(roster)) for node in there}
        cohort = Cohort(roster, tuple(there))
        for node in there:
            boxes = {dealer: dealt[dealer][node] for dealer in there if dealer != node}
            self.nodes[node].accept(PLACE, spelt(cohort), boxes)
        return cohort

    def commit(self, updates: Mapping[Address, Vector]) -> None:
        """These nodes commit."""
        for node, vector in updates.items():
            self.nodes[node].commit(LocalUpdate(PLACE, vector, self.records[node]))

    def reveal(self, nodes: Sequence[Address]) -> None:
        """These nodes reveal, and then nobody can any more."""
        self.chain.phase = Phase.REVEALING
        for node in nodes:
            self.chain.roots[node] = self.nodes[node].reveal(PLACE).sealed
        self.chain.phase = Phase.CERTIFYING

    def messages(self) -> dict[Address, bytes]:
        """What a validator opens."""
        found = {}
        for node, root in self.chain.roots.items():
            files = {
                name: self.folders.read(root, name, 1 << 20) for name in ("keys.bin", "update.box")
            }
            sealed = from_files(files)
            payload = sealed.open(VALIDATOR, TASKS, Binding(PLACE, node, 1))
            found[node] = Payload.from_bytes(payload).message
        return found

    def unmasking(self, cohort: Cohort, givers: Sequence[Address]) -> Unmasking:
        """What comes of the shares of some nodes."""
        given = [GivenShares.from_bytes(self.nodes[node].unmask(PLACE)) for node in givers]
        assert self.desk.unmask(cohort, given) is None
        return Unmasking.from_json(read_json(self.brought[-1], "unmasking"))

    @cached_property
    def desk(self) -> ShareDesk:
        """The server's; the validators answer what a test says."""

        def deliver(place: RoundPlace, data: bytes) -> Mapping[Address, Refusal]:
            self.brought.append(data)
            return self.refusals

        authority = TaskAuthority(MASKED_PLAN, START, self.chain, self.folders, SystemClock())  # type: ignore[arg-type]
        return ShareDesk(self.terms, DOMAIN, authority, deliver, Patience())


def spelt(value: Roster | Cohort) -> bytes:
    return canonical_json(value.as_json())


def forged(advert: Advert, **changes: object) -> Advert:
    return replace(advert, **changes)  # type: ignore[arg-type]
