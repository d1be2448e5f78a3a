"""What a round comes to: a pure function of what everybody can read, the same to the bit for all.

    outcome = conclude(terms, ground, opened, reports)
    outcome.result(task, round)          # what the committee votes on
    outcome.files                        # the record's folder

Validators run it to propose and to judge, and whoever checks a task later runs it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.training.aggregation.adaptive import MILLION, Verdict, accepted_mean, whole_median
from assay.training.aggregation.rules import Rule
from assay.training.aggregation.screening import Screened, screen
from assay.training.aggregation.updates import Updates
from assay.training.committee.reports import SignedReport
from assay.training.committee.scoring import ReportMalformed, judge_reports
from assay.training.compression.broadcast import Published, publish, publish_start
from assay.training.compression.wire import decode
from assay.training.errors import UpdateRejected
from assay.training.parameters import Parameters, Vector
from assay.training.payload import Payload
from assay.training.plan import Plan
from assay.training.privacy.disclosure import overstated
from assay.training.records import (
    BROADCAST_FILE,
    MODEL_FILE,
    PPB,
    RESIDUAL_FILE,
    ROUND_FILE,
    Earning,
    RecordedUpdate,
    RoundRecord,
)
from assay.training.rewards.earnings import Earnings
from assay.training.rewards.formula import NodeWork, Weights, gain_shares
from assay.training.rewards.payouts import round_payouts
from assay.training.rewards.quality import quality
from assay.training.rounds import RoundPlace

ADAPTIVE = "adaptive"
_FLOAT64 = np.dtype("<f8")


@dataclass(frozen=True, slots=True)
class RoundTerms:
    """What the task says of a round.

    Attributes:
        budget_units: that the round releases if it becomes final.
        faults: f of the 3f+1 validators.
    """

    place: RoundPlace
    plan: Plan
    weights: Weights
    budget_units: int
    faults: int


@dataclass(frozen=True, eq=False)
class Ground:
    """What a round starts from: the last result, or the initial model.

    Attributes:
        residual: what the broadcast of the parameters left over, shape (size,).
        broadcast: the message by which nodes get the parameters, and
        base: the digest of what it is a difference from; None for the initial model.
        record: of the round that the parameters came of, and `root`, its folder; None at first.
    """

    parameters: Parameters
    residual: Vector
    broadcast: bytes
    base: Digest | None = None
    record: RoundRecord | None = None
    root: Digest | None = None

    @classmethod
    def initial(cls, parameters: Parameters, plan: Plan) -> Ground:
        """The task's initial model, as everybody gets it."""
        published = publish_start(parameters, plan.encodings.start)
        return cls(published.parameters, published.residual, published.message)

    @property
    def reputation(self) -> Mapping[Address, int]:
        """Of each node, from the last verdict."""
        return self.record.reputation if self.record else {}

    @property
    def earnings(self) -> Earnings:
        """Of each node, up to the last result."""
        if self.record is None:
            return Earnings.none()
        return Earnings(tuple((one.node, one.cumulative) for one in self.record.earnings))


@dataclass(frozen=True, slots=True)
class OpenedUpdate:
    """A revealed update.

    Attributes:
        payload: None if it could not be opened or read.
        reason: why not.
    """

    node: Address
    sealed: Digest
    bytes: int
    content_key: str = ""
    payload: Payload | None = None
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Judgement:
    """What a round's updates come to.

    Attributes:
        update: of the global parameters, shape (size,).
        refused: why a node's update is not in it.
        work: for which nodes are paid.
        unmasking: what took the masks off, where only the sum is seen.
    """

    update: Vector
    refused: Mapping[Address, str]
    reputation: Mapping[Address, int]
    contributions: Mapping[Address, int]
    work: Mapping[Address, NodeWork]
    unmasking: Mapping[str, Any] | None = None


@dataclass(frozen=True, eq=False)
class Outcome:
    """A round's record, and the model that everybody goes on with."""

    record: RoundRecord
    published: Published
    earnings: Earnings

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Of the record's folder."""
        return {
            ROUND_FILE: self.record.encode(),
            MODEL_FILE: self.published.parameters.to_bytes(),
            BROADCAST_FILE: self.published.message,
            RESIDUAL_FILE: self.published.residual.astype(_FLOAT64).tobytes(),
        }

    def ground(self, root: Digest) -> Ground:
        """What the next round starts from."""
        published, base = self.published, self.record.base
        return Ground(
            published.parameters, published.residual, published.message, base, self.record, root
        )


def read_residual(data: bytes, size: int) -> Vector:
    """The residual out of a record's file.

    Raises:
        ValueError: it has another length.
    """
    return np.frombuffer(data, _FLOAT64, count=size).astype(np.float64)


def screened_updates(terms: RoundTerms, size: int, opened: Sequence[OpenedUpdate]) -> Screened:
    """Decode what was opened, and hold it against the limits.

    Raises:
        UpdatesUnfit: nothing is left.
    """
    given: dict[Address, tuple[Vector, int]] = {}
    refused: dict[Address, UpdateRejected] = {}
    for update in opened:
        if update.payload is None:
            refused[update.node] = UpdateRejected(update.node, update.reason)
            continue
        reason = unfit(update.payload, terms.plan)
        if reason is not None:
            refused[update.node] = UpdateRejected(update.node, reason)
            continue
        try:
            vector = decode(update.payload.message, size, terms.plan.encodings.up)
        except AssayError as error:
            refused[update.node] = UpdateRejected(update.node, str(error))
        else:
            given[update.node] = (vector, update.payload.source.profile.records)
    screened = screen(given, size)
    return Screened(screened.updates, {**refused, **screened.refused})


def unfit(payload: Payload, plan: Plan) -> str | None:
    """Why what a node says of its records can't be, or None."""
    source = payload.source
    labels, classes = len(source.profile.labels), plan.widths[-1]
    if labels != classes:
        return f"it counts records of {labels} labels, and the task has {classes}"
    if source.leaves > plan.leaves:
        return f"{source.leaves} leaves stand behind it, and the task admits {plan.leaves}"
    if plan.privacy is not None:
        return overstated(plan.privacy, source.profile, plan.widths[0], payload.epsilon_micro)
    if payload.epsilon_micro is not None:
        return "it names an epsilon, and the task promises no privacy"
    return None


def conclude(
    terms: RoundTerms,
    ground: Ground,
    opened: Sequence[OpenedUpdate],
    reports: Sequence[SignedReport],
) -> Outcome:
    """The outcome of a round.

    Args:
        opened: of every node that revealed, ascending by address.
        reports: of 2f+1 or more validators, ascending by address.

    Raises:
        UpdatesUnfit: no update can be used.
        ReportMalformed, TooFewReports: the reports do not score exactly the usable updates.
        NotEncodable: the new model is not finite.
    """
    screened = screened_updates(terms, ground.parameters.size, opened)
    updates = screened.updates
    check_scored(updates.nodes, reports)
    verdict = judge_reports([one.scores for one in reports], ground.reputation, terms.faults)
    accepted = verdict.accepted if terms.plan.rule == ADAPTIVE else updates.nodes
    refused = {node: error.reason for node, error in screened.refused.items()}
    for node in set(updates.nodes) - set(accepted):
        refused[node] = "the committee's scores speak against it"
    contributions = median_contributions(updates.nodes, reports)
    counted = dict(zip(updates.nodes, map(int, updates.weights.tolist()), strict=True))
    kept = {node: counted[node] for node in accepted}
    work = work_of(kept, opened, contributions, _gain(accepted, reports))
    update = _aggregate(terms.plan.rule, updates, verdict)
    judgement = Judgement(update, refused, verdict.reputation, contributions, work)
    return settle(terms, ground, opened, reports, judgement)


def settle(
    terms: RoundTerms,
    ground: Ground,
    opened: Sequence[OpenedUpdate],
    reports: Sequence[SignedReport],
    judgement: Judgement,
) -> Outcome:
    """Pay, publish and record what a round was judged to be.

    Raises:
        NotEncodable: the new model is not finite.
    """
    encoding = terms.plan.encodings.down
    published = publish(
        ground.parameters, judgement.update, ground.residual, encoding, seed=terms.place.round
    )
    payouts = round_payouts(terms.budget_units, terms.weights, judgement.work)
    earnings = ground.earnings.plus(payouts)
    refused, contributions = judgement.refused, judgement.contributions
    record = RoundRecord(
        task=terms.place.task,
        round=terms.place.round,
        plan=terms.plan.digest,
        base=ground.parameters.digest,
        previous=ground.root,
        updates=tuple(_recorded(one, refused.get(one.node, "")) for one in opened),
        reports=tuple(one.as_json() for one in reports),
        reputation=judgement.reputation,
        earnings=tuple(
            Earning(node, contributions.get(node, 0), payouts.get(node, 0), units)
            for node, units in earnings.of
        ),
        base_loss_micro=whole_median([one.scores.loss for one in reports]),
        base_accuracy_ppm=whole_median([one.scores.accuracy for one in reports]),
        bytes_up=sum(one.bytes for one in opened),
        bytes_down=len(published.message) * len(opened),
        unmasking=judgement.unmasking,
    )
    return Outcome(record, published, earnings)


def _aggregate(rule: str, updates: Updates, verdict: Verdict) -> Vector:
    if rule == ADAPTIVE:
        return accepted_mean(updates, verdict.accepted)
    return Rule(rule).aggregate(updates)


def check_scored(nodes: Sequence[Address], reports: Sequence[SignedReport]) -> None:
    """See that reports score exactly these nodes.

    Raises:
        ReportMalformed: one scores others.
    """
    for report in reports:
        if tuple(report.scores.scores) != tuple(nodes):
            raise ReportMalformed(f"{report.validator} scores other updates than can be used")


def median_contributions(
    nodes: Sequence[Address], reports: Sequence[SignedReport]
) -> dict[Address, int]:
    """What each node's update was worth, in billionths of accuracy."""
    return {node: whole_median([one.contributions[node] for one in reports]) for node in nodes}


def _gain(accepted: Sequence[Address], reports: Sequence[SignedReport]) -> Fraction:
    """What the round made the accuracy better by, at least: what it lacks without each node."""
    gains = [
        whole_median([one.scores.scores[node].accuracy_gain for one in reports])
        for node in accepted
    ]
    return min(Fraction(1), Fraction(sum(max(gain, 0) for gain in gains), MILLION))


def work_of(
    counted: Mapping[Address, int],
    opened: Sequence[OpenedUpdate],
    contributions: Mapping[Address, int],
    gain: Fraction,
) -> dict[Address, NodeWork]:
    """What accepted nodes brought. GPU time counts up to twice the median: nobody can check what a
    node claims.

    Args:
        counted: each one's records, as far as screening lets them count.
    """
    payloads = {one.node: one.payload for one in opened if one.payload is not None}
    profiles = {node: payloads[node].source.profile for node in counted}
    pool = [sum(of) for of in zip(*(one.labels for one in profiles.values()), strict=True)]
    most_seconds = 2 * whole_median([payloads[node].gpu_seconds for node in counted])
    shares = {node: Fraction(contributions[node], PPB) for node in counted}
    gained = gain_shares(shares, gain)
    return {
        node: NodeWork(
            records=counted[node],
            quality=quality(profiles[node], pool),
            gpu_seconds=min(payloads[node].gpu_seconds, most_seconds),
            accuracy_gain=gained[node],
        )
        for node in counted
    }


def _recorded(update: OpenedUpdate, refused: str) -> RecordedUpdate:
    facts = update.payload.facts if update.payload else {}
    return RecordedUpdate(
        update.node, update.sealed, update.content_key, update.bytes, facts, refused
    )
