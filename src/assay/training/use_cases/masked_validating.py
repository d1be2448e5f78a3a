"""A validator in a round of secure aggregation: it takes what unmasks the sum, and scores that.

    application = MaskedApplication(...)         # as a RoundApplication
    board = UnmaskingBoard(task, application.take)

What it takes is held against the chain and against what the nodes committed to, whoever brings it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assay.core.address import Address
from assay.training.committee.scoring import ScoreReport
from assay.training.masked_outcome import conclude_masked, masked_mean, score_sum
from assay.training.outcome import Ground, OpenedUpdate, Outcome, RoundTerms
from assay.training.privacy.masking.cohort import read_json
from assay.training.privacy.masking.unmasking import Unmasking
from assay.training.use_cases.validating import Proposal, RoundApplication


@dataclass
class MaskedApplication(RoundApplication):
    """The `Application` of one validator in a task whose updates are masked."""

    _unmaskings: dict[int, Unmasking] = field(default_factory=dict)

    def take(self, round_: int, data: bytes) -> None:
        """Keep what unmasks the sum of a round.

        Raises:
            MaskingMalformed: it is anything else.
            NotUnmaskable: it does not fit what the chain holds.
            UnavailableError: chain or store do not answer.
        """
        if round_ in self._unmaskings:
            return
        unmasking = Unmasking.from_json(read_json(data, "unmasking"))
        self._look_anew()
        opened = self._holding(round_)
        masked_mean(self.terms(round_), self.initial.size, opened, unmasking)
        self._unmaskings = {round_: unmasking}

    def _measure(
        self, terms: RoundTerms, ground: Ground
    ) -> tuple[ScoreReport, Mapping[Address, int]] | None:
        unmasking = self._unmaskings.get(terms.place.round)
        if unmasking is None:
            return None
        start = ground.parameters
        mean = masked_mean(terms, start.size, self._holding(terms.place.round), unmasking)
        return score_sum(start, mean, unmasking.survivors, self.evaluate)

    def _unmasking(self, round_: int) -> Mapping[str, Any] | None:
        unmasking = self._unmaskings.get(round_)
        return unmasking.as_json() if unmasking else None

    def _conclude(
        self,
        terms: RoundTerms,
        ground: Ground,
        opened: Sequence[OpenedUpdate],
        proposal: Proposal,
    ) -> Outcome:
        unmasking = Unmasking.from_json(proposal.unmasking)
        return conclude_masked(terms, ground, opened, proposal.reports, unmasking)
