"""What a validator measures of a round's updates, and what a committee makes of all reports.

    report = score(start, screened.updates, reputation, evaluate)  # on the validator's own records
    verdict = judge_reports(reports, reputation, faults=1)         # the same for every replica
    vector = accepted_mean(screened.updates, verdict.accepted)

A report holds whole numbers only, so it has one spelling, can be signed, and is kept in the round's
record. Replicas never measure again to check: they take the signed reports as they are. Of 3f + 1
validators f may report anything, so of each number the median counts: among 2f + 1 reports or more
it lies between two that honest validators gave.

A validator's records must be its own: neither a node's training data nor what the finished model
is tested on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assay.core.address import Address, parse_address
from assay.errors import AssayError, InputError
from assay.training.aggregation.adaptive import (
    MILLION,
    Verdict,
    accepted_mean,
    judge,
    team,
    whole_median,
)
from assay.training.aggregation.arithmetic import Vector, inner_products, norms
from assay.training.aggregation.geometric_median import geometric_median
from assay.training.aggregation.updates import Updates
from assay.training.parameters import Parameters
from assay.training.ports import Measured

LIMIT = 10**15
"""No number of a report is larger; a loss that is not finite counts as this."""


class ReportMalformed(InputError):
    """A score report does not say what a report has to say."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The score report cannot be used: {reason}.",
            hint="The validator has to score the updates that this round revealed, once each.",
        )
        self.reason = reason


class TooFewReports(InputError):
    """With so few score reports faulty validators could decide alone."""

    def __init__(self, found: int, needed: int) -> None:
        super().__init__(
            f"A round needs {needed} score reports on the same updates, there are {found} reports.",
            hint="Wait until more validators have the updates and have reported.",
        )
        self.found = found
        self.needed = needed


@dataclass(frozen=True, slots=True)
class Score:
    """One update as a validator sees it; all in millionths.

    Attributes:
        loss_gain: by how much the loss of the trusted nodes' mean is lower with it than without.
        accuracy_gain: by how much the share of right answers is higher.
        norm: of the update.
        cosine: of the angle to the geometric median of all updates.
    """

    loss_gain: int
    accuracy_gain: int
    norm: int
    cosine: int

    def __post_init__(self) -> None:
        for name in self.__slots__:
            _check_whole(name, getattr(self, name), -LIMIT)


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """What one validator measured in a round; the losses and shares in millionths.

    Attributes:
        records: how many the validator holds out.
        loss: of the global model before the round.
        accuracy: the same, the share right.
        scores: for each node whose update passed screening, ascending by address.

    Raises:
        ReportMalformed: a number is no whole number, or out of bounds.
    """

    records: int
    loss: int
    accuracy: int
    scores: dict[Address, Score]

    def __post_init__(self) -> None:
        _check_whole("records", self.records, 1)
        _check_whole("loss", self.loss, -LIMIT)
        _check_whole("accuracy", self.accuracy, 0)

    def as_json(self) -> dict[str, Any]:
        """For `canonical_json`."""
        return {
            "records": self.records,
            "loss": self.loss,
            "accuracy": self.accuracy,
            "scores": {
                node: {name: getattr(score, name) for name in Score.__slots__}
                for node, score in self.scores.items()
            },
        }

    @classmethod
    def from_json(cls, value: Any) -> ScoreReport:
        """The inverse of `as_json`, of whatever another validator sent.

        Raises:
            ReportMalformed: anything is missing, unknown or out of bounds.
        """
        try:
            given = {parse_address(node): score for node, score in value["scores"].items()}
            report = cls(
                records=value["records"],
                loss=value["loss"],
                accuracy=value["accuracy"],
                scores={node: Score(**given[node]) for node in sorted(given, key=str.lower)},
            )
        except ReportMalformed:
            raise
        except (AssayError, AttributeError, KeyError, TypeError) as error:
            raise ReportMalformed(f"{type(error).__name__}: {error}"[:200]) from None
        if report.as_json() != value:
            raise ReportMalformed("it has unknown fields, or addresses without checksum")
        return report


def score(
    start: Parameters,
    updates: Updates,
    reputation: Mapping[Address, int],
    evaluate: Callable[[Parameters], Measured],
) -> ScoreReport:
    """Measure the updates of a round: one evaluation for each, and two more.

    Args:
        start: the global model that the nodes started from.
        updates: after screening, of shape (nodes, start.size).
        reputation: what the last round's verdict left; empty in the first.
        evaluate: on the validator's own records.

    Raises:
        ShapesDiffer: the updates belong to another model.
    """
    before, vector = evaluate(start), start.vector()
    trusted = team(updates.nodes, reputation)
    together = evaluate(start.from_vector(vector + accepted_mean(updates, trusted)))
    centre = geometric_median(updates.rows, np.ones(len(updates)))
    lengths, cosines = norms(updates.rows), _cosines(updates, centre)
    scores = {}
    for place, node in enumerate(updates.nodes):
        others = set(trusted) ^ {node}
        change = accepted_mean(updates, others) if others else np.zeros(start.size)
        other = evaluate(start.from_vector(vector + change))
        sign = 1 if node in trusted else -1
        scores[node] = Score(
            loss_gain=sign * (_millionths(other.loss) - _millionths(together.loss)),
            accuracy_gain=sign * (_millionths(together.accuracy) - _millionths(other.accuracy)),
            norm=_millionths(float(lengths[place])),
            cosine=_millionths(float(cosines[place])),
        )
    return ScoreReport(
        before.records, _millionths(before.loss), _millionths(before.accuracy), scores
    )


def judge_reports(
    reports: Sequence[ScoreReport], reputation: Mapping[Address, int], faults: int
) -> Verdict:
    """Whom to accept, by the median of each gain; the order of the reports is nothing.

    A node that fewer than 2f + 1 of the reports score is neither judged nor accepted: what it sent
    did not reach enough validators, or faulty ones made it up.

    Args:
        reports: of different validators, at most one each.
        reputation: what the last round's verdict left.
        faults: how many validators may lie, f of 3f + 1.

    Raises:
        TooFewReports: no node is scored by 2f + 1.
    """
    needed = 2 * faults + 1
    gains: dict[Address, list[int]] = {}
    for report in reports:
        for node, scored in report.scores.items():
            gains.setdefault(node, []).append(scored.loss_gain)
    known = {node: whole_median(found) for node, found in gains.items() if len(found) >= needed}
    if not known:
        raise TooFewReports(len(reports), needed)
    return judge(known, reputation)


def _cosines(updates: Updates, centre: Vector) -> Vector:
    """Zero where a vector is zero."""
    lengths = norms(updates.rows) * norms(centre[None])[0]
    products = inner_products(updates.rows, centre)
    cosines: Vector = np.divide(products, lengths, out=np.zeros(len(updates)), where=lengths > 0)
    return cosines


def _millionths(value: float) -> int:
    if not math.isfinite(value):
        return LIMIT // 4
    return max(-LIMIT // 4, min(round(value * MILLION), LIMIT // 4))


def _check_whole(name: str, value: object, least: int) -> None:
    if type(value) is not int or not least <= value <= LIMIT:
        raise ReportMalformed(
            f"{name} is {value!r:.40}, not a whole number from {least} to {LIMIT}"
        )
