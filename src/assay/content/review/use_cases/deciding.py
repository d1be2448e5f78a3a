"""Open cases, count their votes, appeal, and look at them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from assay.content.review.errors import EvidenceUnreadable, NothingMinted
from assay.content.review.model import Case, Claim, ReviewOutcome
from assay.content.review.ports import (
    Evidence,
    Origins,
    ReviewAccount,
    ReviewIndex,
    ReviewReader,
)
from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError


def evidence_digest(given: str, *, evidence: Evidence) -> Digest:
    """The SHA-256 that stands for evidence: of a file, which is put into the store, of the file
    under a CID in the store, or the one that is given.

    Raises:
        EvidenceUnreadable: it is none of these.
        UnavailableError, IntegrityError: the store fails.
    """
    path = Path(given)
    if path.is_file():
        return evidence.digest_of(evidence.add(path))
    with suppress(InputError):
        return Digest.parse(given)
    with suppress(InputError):
        return evidence.digest_of(Cid.parse(given))
    raise EvidenceUnreadable(given)


def open_case(
    content_id: Digest,
    claim: Claim,
    shown: Digest,
    *,
    account: ReviewAccount,
    reader: ReviewReader,
    origins: Origins,
) -> Case:
    """Claim something about content, with a bond.

    Raises:
        NothingMinted: it is not minted, or the index does not know where it comes from.
        CaseOpenAlready, CaseAtRest: the same is being decided, or was not long ago.
        StakeTooSmall: the bond exceeds the free stake.
    """
    provenance = origins.provenance(content_id)
    if provenance is None:
        raise NothingMinted(content_id)
    case, _transaction = account.open(content_id, claim, shown, provenance)
    return show_case(case, reader=reader)


def appeal_case(case: int, shown: Digest, *, account: ReviewAccount, reader: ReviewReader) -> Case:
    """Appeal against a first decision, with a higher bond.

    Raises:
        UnknownCase, WrongPhase, StakeTooSmall: see their messages.
    """
    show_case(case, reader=reader)
    account.appeal(case, shown)
    return show_case(case, reader=reader)


def close_case(case: int, *, account: ReviewAccount, reader: ReviewReader) -> Case:
    """Count the votes of a round; anybody can.

    Raises:
        UnknownCase, WrongPhase: votes are still to be opened.
    """
    show_case(case, reader=reader)
    account.close(case)
    return show_case(case, reader=reader)


def attest_case(case: int, *, account: ReviewAccount, reader: ReviewReader) -> Case:
    """Have the decision attested where the attestation service failed when it was made.

    Raises:
        UnknownCase, NothingStanding: there is nothing to attest.
    """
    show_case(case, reader=reader)
    account.attest(case)
    return show_case(case, reader=reader)


def show_case(case: int, *, reader: ReviewReader) -> Case:
    """A case as the chain has it.

    Raises:
        UnknownCase: no case has this number.
    """
    return reader.cases([case])[0]


def list_cases(
    *,
    reader: ReviewReader,
    index: ReviewIndex,
    content_id: Digest | None = None,
    address: Address | None = None,
    limit: int = 100,
) -> list[Case]:
    """Cases about content, or with an account, or all; the newest first."""
    if content_id is not None:
        numbers = index.cases_of(content_id)
        if address is not None:
            own = set(index.cases_with(address))
            numbers = [number for number in numbers if number in own]
    elif address is not None:
        numbers = index.cases_with(address)
    else:
        numbers = list(range(1, reader.case_count() + 1))
    return reader.cases(numbers[: -limit - 1 : -1]) if numbers else []


def review_outcomes(content_id: Digest, *, reader: ReviewReader) -> tuple[ReviewOutcome, ...]:
    """What the community decided about content, with the attestations checked on chain."""
    return reader.outcomes(content_id)
