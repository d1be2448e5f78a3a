"""What can go wrong with reviews; see `assay.errors`."""

from __future__ import annotations

from collections.abc import Sequence

from assay.core.address import Address
from assay.core.amount import format_amount
from assay.core.digest import Digest
from assay.core.spending import tokens_text
from assay.errors import InputError, RefusedError, UnavailableError


class UnknownClaim(InputError):
    """Nothing of the kind can be claimed."""

    def __init__(self, text: str, claims: Sequence[str]) -> None:
        super().__init__(
            f"{text[:80]!r} is no claim about content.", hint=f"Claim one of {', '.join(claims)}."
        )
        self.text = text


class UnknownVote(InputError):
    """A vote is for a claim or against it."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text[:80]!r} is no vote.", hint="Vote uphold or reject.")
        self.text = text


class UnknownCase(InputError):
    """No case has this number."""

    http_status = 404

    def __init__(self, case: int) -> None:
        super().__init__(
            f"There is no case {case}.", hint="`assay content review list` shows all cases."
        )
        self.case = case


class EvidenceUnreadable(InputError):
    """What should be shown with a claim is no file, CID or digest."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"The evidence {text[:80]!r} is neither a file here, nor a CID in the store, nor a "
            "digest.",
            hint="Name a file: it is put into the store, and its SHA-256 on chain.",
        )
        self.text = text


class NothingMinted(InputError):
    """Only minted content is reviewed, and its creator has to be known."""

    http_status = 404

    def __init__(self, content_id: Digest) -> None:
        super().__init__(
            f"Content {content_id} is not minted on this chain, or its creator is not known here.",
            hint="`assay content list` shows what is minted; lazy content is reviewed once minted.",
        )
        self.content_id = content_id


class StakeTooSmall(RefusedError):
    """The step locks more than the account's free stake."""

    def __init__(self, address: Address, free: int, needed: int) -> None:
        missing = format_amount(needed - free, decimals=6)
        super().__init__(
            f"{address} has {tokens_text(free)} of free stake, and {tokens_text(needed)} are "
            "needed.",
            hint=f"`assay content review stake {missing}` adds what is missing.",
        )
        self.address = address
        self.free = free
        self.needed = needed


class NotWithdrawable(RefusedError):
    """No stake is on its way out, or its time has not passed."""

    def __init__(self, address: Address, at: str | None) -> None:
        super().__init__(
            f"{address} cannot withdraw before {at}." if at else f"{address} takes no stake back.",
            hint="Wait until then."
            if at
            else "`assay content review unstake AMOUNT` takes a part of the free stake back.",
        )
        self.address = address
        self.at = at


class WrongPhase(RefusedError):
    """The step is not what the case is ready for."""

    def __init__(self, case: int, phase: str, needed: str) -> None:
        super().__init__(
            f"Case {case} is in the phase “{phase}”, and this step belongs to “{needed}”.",
            hint=f"`assay content review show {case}` says which step is due, and until when.",
        )
        self.case = case
        self.phase = phase
        self.needed = needed


class Partial(RefusedError):
    """The account is a party of the case, or voted in its first round."""

    def __init__(self, case: int, address: Address) -> None:
        super().__init__(
            f"{address} has no vote in case {case}: it made or owns the content, opened the case, "
            "appealed, or voted in the first round.",
            hint="Others have to vote.",
        )
        self.case = case
        self.address = address


class AlreadyCommitted(RefusedError):
    """A vote is committed to once."""

    def __init__(self, case: int, address: Address) -> None:
        super().__init__(
            f"{address} committed to a vote in case {case} before; it cannot be changed.",
            hint=f"`assay content review reveal {case}` opens it when its time has come.",
        )
        self.case = case
        self.address = address


class NothingCommitted(RefusedError):
    """There is no vote of the account that waits to be opened."""

    def __init__(self, case: int, address: Address, detail: str) -> None:
        super().__init__(
            f"{address} has no vote to open in case {case}: {detail}.",
            hint="Open it from the account that committed, with --account.",
        )
        self.case = case
        self.address = address
        self.detail = detail


class CaseOpenAlready(RefusedError):
    """The same claim about the content is being decided."""

    def __init__(self, case: int) -> None:
        super().__init__(
            f"Case {case} decides the same claim already.",
            hint=f"Vote on it: `assay content review show {case}`.",
        )
        self.case = case


class CaseAtRest(RefusedError):
    """The same claim about the content was decided not long ago."""

    def __init__(self, case: int, until: str) -> None:
        super().__init__(
            f"Case {case} decided the same claim; it can be made again from {until}.",
            hint="Until the case is final it can be appealed against.",
        )
        self.case = case
        self.until = until


class ProvenanceChanged(RefusedError):
    """The chain does not confirm who made the content."""

    def __init__(self, content_id: Digest) -> None:
        super().__init__(
            f"The chain does not confirm where content {content_id} comes from.",
            hint="`assay content verify` and `assay trace` say what is wrong with it.",
        )
        self.content_id = content_id


class NothingLocked(RefusedError):
    """The case holds nothing of the account."""

    def __init__(self, case: int, address: Address) -> None:
        super().__init__(f"Case {case} holds nothing of {address}, or it was claimed before.")
        self.case = case
        self.address = address


class NothingStanding(RefusedError):
    """There is nothing to attest."""

    def __init__(self, case: int) -> None:
        super().__init__(f"Case {case} decided nothing that stands.")
        self.case = case


class StillWaiting(UnavailableError):
    """A phase did not end while it was waited for."""

    def __init__(self, case: int, waited_s: float) -> None:
        super().__init__(
            f"Case {case} did not go on within {waited_s:.0f} seconds.",
            hint=f"The vote is committed. `assay content review reveal {case}` opens it later.",
        )
        self.case = case
        self.waited_s = waited_s
