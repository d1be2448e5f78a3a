"""What can go wrong in a committee; see `assay.errors` for the tree."""

from __future__ import annotations

from pathlib import Path

from assay.core.address import Address
from assay.errors import InputError, IntegrityError, UnavailableError


class CommitteeInvalid(InputError):
    """The members given cannot form a committee."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"This is no committee: {reason}.",
            hint="A committee has 1, 4, 7, 10, ... distinct members (3f+1), each with a stake.",
        )
        self.reason = reason


class MessageRejected(IntegrityError):
    """Bytes that should be a message of this committee are something else.

    Attributes:
        reason: what is wrong, without any of the message's bytes.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"A committee message is left out: {reason}.")
        self.reason = reason


class NotAMember(InputError):
    """The account that should validate has no seat."""

    def __init__(self, address: Address) -> None:
        super().__init__(
            f"{address} is no member of this committee.",
            hint="Join the task as a verifier before it starts, and validate with that account.",
        )
        self.address = address


class PeersIncomplete(InputError):
    """The configuration does not say where every other member listens."""

    def __init__(self, missing: list[Address]) -> None:
        super().__init__(
            f"No URL is known for {', '.join(missing)}.",
            hint='Add a line of the form "0xADDRESS": "http://HOST:PORT" for each of them.',
        )
        self.missing = missing


class JournalBusy(UnavailableError):
    """Another process of the same validator is running."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The journal {path} is in use by another process.",
            hint="Run one process per validator: two of them might sign different votes, for "
            "which the stake is lost.",
        )
        self.path = path


class JournalDamaged(IntegrityError):
    """A validator's journal cannot be read, or belongs to something else."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The journal {path} cannot be used: {reason}.",
            hint="Never start a validator without its journal in a round that it may have voted "
            "in: leave the round to the others, then move the file away.",
        )
        self.path = path


class JournalNotWritten(UnavailableError):
    """A vote could not be put on the disk, and is therefore not sent."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The journal {path} cannot be written: {reason}.",
            hint="Free some space or fix the permissions, then start the validator again.",
        )
        self.path = path


class VoteForbidden(IntegrityError):
    """A second vote in one round and view: refused by the journal, whatever asked for it."""

    def __init__(self, round_: int, view: int) -> None:
        super().__init__(
            f"This validator has already voted for another result in round {round_}, view {view}.",
            hint="This should be impossible; keep the journal and report it.",
        )
        self.round = round_
        self.view = view


class PeerUnusable(UnavailableError):
    """Another validator cannot be reached, or answers with what is no answer.

    Attributes:
        reason: what is wrong, without any of what it sent.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"A validator does not answer as it should: {reason}.",
            hint="See that it runs, and that peers.yaml has its URL.",
        )
        self.reason = reason


class PortTaken(UnavailableError):
    """The validator cannot listen where it should."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"The validator cannot listen on {host}:{port}: another program does.",
            hint="Stop it, or choose another port and tell the other validators.",
        )
        self.host = host
        self.port = port
