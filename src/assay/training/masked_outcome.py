"""What a round of secure aggregation comes to: as `outcome`, but of the sum of updates alone.

    mean = masked_mean(terms, size, opened, unmasking)
    outcome = conclude_masked(terms, ground, opened, reports, unmasking)

Nobody sees what a single node brought. So nothing is screened and nobody's reputation changes; all
whose updates are in the sum share what the round made better in equal parts, and are paid for their
data as in any task.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import numpy as np

from assay.core.address import Address
from assay.training.aggregation.adaptive import MILLION, whole_median
from assay.training.aggregation.updates import Updates
from assay.training.committee.reports import SignedReport
from assay.training.committee.scoring import ScoreReport, score
from assay.training.outcome import (
    Ground,
    Judgement,
    OpenedUpdate,
    Outcome,
    RoundTerms,
    check_scored,
    median_contributions,
    settle,
    unfit,
    work_of,
)
from assay.training.parameters import Parameters, Vector
from assay.training.ports import Measured
from assay.training.privacy.masking.errors import NotUnmaskable
from assay.training.privacy.masking.terms import MaskingTerms
from assay.training.privacy.masking.unmasking import Unmasking
from assay.training.records import PPB

_TO_PPB = PPB // MILLION


def masked_mean(
    terms: RoundTerms, size: int, opened: Sequence[OpenedUpdate], unmasking: Unmasking
) -> Vector:
    """The mean of the updates in the sum, weighted by records, shape (size,).

    Args:
        opened: of every node that revealed.

    Raises:
        NotUnmaskable: an update of the cohort can't be opened, or what was made known does not fit.
    """
    place, cohort = terms.place, unmasking.cohort
    if cohort.roster.place != place:
        raise NotUnmaskable(place.round, "the secrets are of another round")
    messages = {}
    for update in opened:
        if update.payload is not None:
            messages[update.node] = update.payload.message
        elif update.node in cohort.nodes:
            reason = f"of {update.node}, {update.reason}"
            raise NotUnmaskable(place.round, reason, spoiler=update.node)
    return unmasking.mean(messages, masking_of(terms), size)


def masking_of(terms: RoundTerms) -> MaskingTerms:
    """The plan's terms of secure aggregation, which has some."""
    masking = terms.plan.masking
    assert masking is not None, "the task's updates are masked"
    return masking


def score_sum(
    start: Parameters,
    mean: Vector,
    survivors: Sequence[Address],
    evaluate: Callable[[Parameters], Measured],
) -> tuple[ScoreReport, Mapping[Address, int]]:
    """What a validator reports: of each node the same, what all of them brought together; and its
    even part of the accuracy gained, in billionths.
    """
    together = Updates.of({survivors[0]: (mean, 1)})
    measured = score(start, together, {}, evaluate)
    whole = measured.scores[survivors[0]]
    scores = dict.fromkeys(survivors, whole)
    part = whole.accuracy_gain * _TO_PPB // len(survivors)
    report = ScoreReport(measured.records, measured.loss, measured.accuracy, scores)
    return report, dict.fromkeys(survivors, part)


def conclude_masked(
    terms: RoundTerms,
    ground: Ground,
    opened: Sequence[OpenedUpdate],
    reports: Sequence[SignedReport],
    unmasking: Unmasking,
) -> Outcome:
    """The outcome of a round.

    Args:
        opened: of every node that revealed, ascending by address.
        reports: of 2f+1 or more validators, ascending by address.

    Raises:
        NotUnmaskable: the sum can't be read.
        ReportMalformed: the reports do not score exactly the nodes in the sum.
        NotEncodable: the new model is not finite.
    """
    mean = masked_mean(terms, ground.parameters.size, opened, unmasking)
    survivors = unmasking.survivors
    check_scored(survivors, reports)
    contributions = median_contributions(survivors, reports)
    payloads = {one.node: one.payload for one in opened if one.payload is not None}
    # Whose facts can't be is in the sum, where nobody can take it out, and is not paid.
    counted = {
        node: min(unmasking.cohort.records[node], payloads[node].source.profile.records)
        for node in survivors
        if unfit(payloads[node], terms.plan) is None
    }
    gain = max(whole_median([one.scores.scores[survivors[0]].accuracy_gain for one in reports]), 0)
    equal = dict.fromkeys(counted, 1)
    work = work_of(counted, opened, equal, min(Fraction(gain, MILLION), Fraction(1)))
    refused = {
        one.node: "it is not of the cohort that masked together"
        for one in opened
        if one.node not in survivors
    }
    judgement = Judgement(
        np.asarray(mean), refused, ground.reputation, contributions, work, unmasking.as_json()
    )
    return settle(terms, ground, opened, reports, judgement)
