"""End the locks of a case: stakes and bonds come back, with losses and rewards."""

from __future__ import annotations

from assay.content.review.errors import NothingLocked
from assay.content.review.model import Case, Phase, Release
from assay.content.review.ports import ReviewAccount, ReviewIndex, ReviewReader
from assay.content.review.use_cases.deciding import show_case
from assay.core.address import Address


def claim_case(
    case: int, address: Address, *, account: ReviewAccount, reader: ReviewReader
) -> Release:
    """Give an account back what a case holds of it; anybody can.

    Raises:
        UnknownCase, WrongPhase: the case is not over.
        NothingLocked: the case holds nothing of it.
    """
    show_case(case, reader=reader)
    return account.claim(case, address)


def claim_for_all(
    case: int, *, account: ReviewAccount, reader: ReviewReader, index: ReviewIndex
) -> list[Release]:
    """Give everybody in a case back what it holds; those who have it already are passed over.

    Raises:
        UnknownCase, WrongPhase: the case is not over.
    """
    released = []
    for held in holdings(show_case(case, reader=reader), reader=reader, index=index):
        try:
            released.append(account.claim(case, held.address))
        except NothingLocked:  # somebody claimed meanwhile
            continue
    return released


def holdings(case: Case, *, reader: ReviewReader, index: ReviewIndex) -> list[Release]:
    """What a case holds of whom, with losses and rewards once it is final."""
    held = [reader.claimable(case.id, address) for address in index.parties_of(case.id)]
    return [one for one in held if one.locked]


def has_holdings(case: Case, *, reader: ReviewReader, index: ReviewIndex) -> bool:
    """Whether claiming is due."""
    return case.phase is Phase.FINAL and bool(holdings(case, reader=reader, index=index))
