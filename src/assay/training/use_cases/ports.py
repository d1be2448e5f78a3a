"""What members of a task need from chain, store and disk; `bootstrap` plugs the adapters in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.committee.reports import SignedReport
from assay.training.model import Member, RoundResult, SignedVote, Task
from assay.training.parameters import Parameters, Vector
from assay.training.privacy.sealing import CommitteeKeys
from assay.training.rounds import Opening, RoundPlace


@dataclass(frozen=True, slots=True)
class KeptUpdate:
    """What a node keeps of a round until it has revealed.

    Attributes:
        files: the sealed folder.
        sealed: SHA-256 of its root block.
        salt: of the commitment, 32 bytes.
    """

    files: Mapping[str, bytes]
    sealed: Digest
    salt: bytes

    @property
    def size_bytes(self) -> int:
        """Of the sealed folder's files."""
        return sum(map(len, self.files.values()))


class Folders(Protocol):
    """Small folders by the SHA-256 of their root block, whose codec is dag-pb."""

    def digest(self, files: Mapping[str, bytes]) -> Digest:
        """The root that these files have, without storing them where others find them."""
        ...

    def add(self, files: Mapping[str, bytes]) -> Digest:
        """Store a folder where the other members can fetch it."""
        ...

    def read(self, root: Digest, name: str, limit_bytes: int) -> bytes:
        """One file of a folder, verified.

        Raises:
            AssayError: there is no such folder or file here, it is larger, or it is damaged.
        """
        ...


class ResultReader(Protocol):
    """What the contract of tasks holds of rounds that are over."""

    def result(self, place: RoundPlace) -> RoundResult | None:
        """What was certified for a round; None if nothing was, or it was overturned."""
        ...


class ValidatorChain(ResultReader, Protocol):
    """The contract of tasks, as a validator reads it."""

    def revealed(self, place: RoundPlace) -> Mapping[Address, Digest]:
        """The root of each node's sealed update of a round."""
        ...


class ServerChain(ResultReader, Protocol):
    """The contract of tasks, as the server uses it."""

    @property
    def address(self) -> Address:
        """Where the contract lives."""
        ...

    @property
    def chain_id(self) -> int:
        """The chain that it lives on."""
        ...

    def task(self, task: int) -> Task:
        """Where a task stands."""
        ...

    def members(self, task: int) -> Sequence[Member]:
        """All who ever joined."""
        ...

    def commitments(self, place: RoundPlace) -> Mapping[Address, Digest]:
        """What each node committed to in a round."""
        ...

    def revealed(self, place: RoundPlace) -> Mapping[Address, Digest]:
        """The root of each node's sealed update of a round."""
        ...

    def reveal_all(self, place: RoundPlace, openings: Sequence[Opening]) -> str | None:
        """Open what nodes committed to, in one transaction; None if all are open.

        Raises:
            RefusedError: one does not fit its commitment, or the phase is another.
        """
        ...

    def slash_silence(self, task: int, node: Address) -> str:
        """Have a node pay that did not open its commitment in time; the transaction.

        Raises:
            RefusedError: it did, or somebody was quicker.
        """
        ...

    def advance(self, task: int) -> str:
        """End a phase past its deadline; the transaction.

        Raises:
            RefusedError: it is too early, or somebody was quicker.
        """
        ...


class CertifyingChain(ServerChain, Protocol):
    """The contract of tasks, as a validator acts on it."""

    def certify(self, result: RoundResult, view: int, signatures: Mapping[Address, bytes]) -> str:
        """Bring a certificate: the votes' signatures by validator.

        Raises:
            RefusedError: there is one already, or it is none.
        """
        ...

    def slash_equivocation(self, first: SignedVote, second: SignedVote) -> str:
        """Prove that one validator signed two different votes in one view."""
        ...


class ReportBoard(Protocol):
    """Where validators put up their score reports for each other."""

    def of(self, round_: int) -> Mapping[Address, SignedReport]:
        """The reports of a round that are known here, each checked."""
        ...

    def keys(self, round_: int) -> Mapping[Address, tuple[str, ...]]:
        """Content keys, in hex, by which others say that a node's update opens; not checked."""
        ...

    def put(self, round_: int, report: SignedReport, keys: Mapping[Address, str]) -> None:
        """Put up a report, and the keys by which the updates opened, for the other validators."""
        ...


class NodeChain(ResultReader, Protocol):
    """The contract of tasks, as a node uses it."""

    def task(self, task: int) -> Task:
        """Where a task stands."""
        ...

    def member(self, task: int, address: Address) -> Member:
        """An account in a task."""
        ...

    def time_s(self) -> int:
        """When the newest block was made, in seconds since 1970."""
        ...

    def committee_keys(self, task: int) -> CommitteeKeys:
        """The keys that updates are sealed to, of all validators with a seat."""
        ...

    def commit(self, place: RoundPlace, commitment: Digest) -> None:
        """Bind the node to a sealed update; does nothing where it is bound to the same already.

        Raises:
            RefusedError: commitments are closed, or the node is bound to another.
        """
        ...

    def reveal(self, place: RoundPlace, sealed: Digest, salt: bytes) -> None:
        """Open the commitment; does nothing where it is open already.

        Raises:
            RefusedError: commitments are still open, or it is too late.
        """
        ...


class NodeMemory(Protocol):
    """What a node keeps of a task on its own disk; every write is durable when it returns."""

    def model(self) -> Parameters | None:
        """The global model that it holds."""
        ...

    def keep_model(self, model: Parameters) -> None:
        """Hold another global model."""
        ...

    def residual(self) -> Vector | None:
        """What compression owes since the last update; None before the first."""
        ...

    def update(self, round_number: int) -> KeptUpdate | None:
        """The sealed update of a round."""
        ...

    def keep_update(self, round_number: int, kept: KeptUpdate, residual: Vector) -> None:
        """Keep an update, and what it owes, in one step; those of earlier rounds can go."""
        ...


class RoundIndex(Protocol):
    """Where rounds are to be found; what is found is looked up on chain."""

    def rounds_of(self, aggregate: Digest) -> Sequence[RoundPlace]:
        """The rounds whose certified parameters have this SHA-256."""
        ...

    def certificate_transaction(self, place: RoundPlace) -> str | None:
        """The transaction that brought a round's certificate, if indexed."""
        ...
