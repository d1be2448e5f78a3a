"""What the ledger knows of reviews: where to look, never what to believe."""

from __future__ import annotations

from sqlalchemy import Engine

from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.ledger.events import events_where

CONTRACT = "ContentReview"


class LedgerReviewIndex:
    """The `ReviewIndex` port on the ledger's events."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def cases_of(self, content_id: Digest) -> list[int]:
        """See `ReviewIndex.cases_of`."""
        return self._cases("CaseOpened", contentId=content_id.token_id)

    def cases_with(self, address: Address) -> list[int]:
        """See `ReviewIndex.cases_with`."""
        opened = self._cases("CaseOpened", opener=address)
        voted = self._cases("VoteCommitted", voter=address)
        appealed = self._cases("CaseAppealed", appellant=address)
        return sorted({*opened, *voted, *appealed})

    def parties_of(self, case: int) -> list[Address]:
        """See `ReviewIndex.parties_of`."""
        found: dict[Address, None] = {}
        for name, role in (
            ("CaseOpened", "opener"),
            ("CaseAppealed", "appellant"),
            ("VoteCommitted", "voter"),
        ):
            events = events_where(self._engine, contract=CONTRACT, name=name, caseId=case)
            found |= dict.fromkeys(parse_address(event.args[role]) for event in events)
        return list(found)

    def _cases(self, name: str, **arguments: object) -> list[int]:
        events = events_where(self._engine, contract=CONTRACT, name=name, **arguments)
        return list(dict.fromkeys(int(event.args["caseId"]) for event in events))
