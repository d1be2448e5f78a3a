"""What validators say to each other (§4.2 to §4.4), without the bytes; see `encoding` for those.

Every message names its sender and carries its signature, by EIP-712 in the domain of votes. The
signature of a commit is the vote itself, so that 2f+1 commits are the contract's certificate.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.committee.model import Certificate
from assay.training.model import RoundResult

MOST_VALUE_BYTES = 256 * 1024
MOST_MESSAGE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class PrePrepare:
    """The primary of a view proposes a value (§4.2).

    Attributes:
        digest: SHA-256 of the value; the signature covers it.
        value: the bytes, beside the signature; left out inside proofs.
    """

    round: int
    view: int
    digest: Digest
    sender: Address
    signature: bytes = field(default=b"", repr=False)
    value: bytes | None = field(default=None, repr=False)

    def stripped(self) -> PrePrepare:
        """The same without the value's bytes."""
        return replace(self, value=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepare:
    """A backup accepts the primary's proposal of a view (§4.2)."""

    round: int
    view: int
    digest: Digest
    sender: Address
    signature: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A validator that has prepared a value votes for its result (§4.2)."""

    result: RoundResult
    view: int
    sender: Address
    signature: bytes = field(default=b"", repr=False)

    @property
    def round(self) -> int:
        """The result's round."""
        return self.result.round


@dataclass(frozen=True, slots=True)
class Equivocation:
    """Two votes of one validator in one round and view on different results.

    Whoever holds it can have the validator slashed: `TrainingTasks.slashEquivocation`.

    Attributes:
        first, second: of the same sender, round and view; each carries its signature.
    """

    first: Commit
    second: Commit

    def __post_init__(self) -> None:
        places = [(vote.sender, vote.round, vote.view) for vote in (self.first, self.second)]
        assert places[0] == places[1]
        assert self.first.result != self.second.result

    @property
    def sender(self) -> Address:
        """Who is guilty."""
        return self.first.sender


@dataclass(frozen=True, slots=True)
class Prepared:
    """Proof that a quorum prepared a value in a view: §4.4's set P, of one sequence number."""

    pre_prepare: PrePrepare
    prepares: tuple[Prepare, ...]

    @property
    def view(self) -> int:
        """In which it was prepared."""
        return self.pre_prepare.view

    @property
    def digest(self) -> Digest:
        """Of the value."""
        return self.pre_prepare.digest

    def stripped(self) -> Prepared:
        """The same without the value's bytes."""
        return Prepared(self.pre_prepare.stripped(), self.prepares)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewChange:
    """A validator gives up on a view's primary and asks for view `view` (§4.4).

    Attributes:
        prepared: what it prepared in the latest view, if anything; the value goes with it, so that
            the next primary can propose it again.
    """

    round: int
    view: int
    prepared: Prepared | None
    sender: Address
    signature: bytes = field(default=b"", repr=False)

    def stripped(self) -> ViewChange:
        """The same without the value's bytes."""
        return replace(self, prepared=self.prepared and self.prepared.stripped())


@dataclass(frozen=True, slots=True, kw_only=True)
class NewView:
    """The primary of a new view proves that a quorum asked for it (§4.4).

    What it must propose follows from `changes`; the proposal itself is a pre-prepare as any other.
    """

    round: int
    view: int
    changes: tuple[ViewChange, ...]
    sender: Address
    signature: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A validator has this round's certificate on its disk (§4.3)."""

    round: int
    digest: Digest
    sender: Address
    signature: bytes = field(default=b"", repr=False)
    view: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """A validator knows no decision of this round or a later one, and asks for it (§4.6)."""

    round: int
    sender: Address
    signature: bytes = field(default=b"", repr=False)
    view: int = 0


SignedMessage: TypeAlias = PrePrepare | Prepare | Commit | ViewChange | NewView | Checkpoint | Fetch
Message: TypeAlias = SignedMessage | Certificate
"""A certificate needs no sender: its votes speak for it."""
