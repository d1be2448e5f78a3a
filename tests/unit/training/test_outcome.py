"""What one hostile node says of itself neither stops a round nor takes the others' rewards."""

from __future__ import annotations

import numpy as np

from assay.chain.account import Account
from assay.chain.known_keys import known_key
from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.training.committee.reports import sign_report
from assay.training.committee.scoring import Score, ScoreReport
from assay.training.committee.signing import Domain
from assay.training.compression.wire import encode
from assay.training.outcome import (
    Ground,
    OpenedUpdate,
    Outcome,
    RoundTerms,
    conclude,
    screened_updates,
)
from assay.training.parameters import Parameters
from assay.training.payload import Payload, Source
from assay.training.plan import Plan
from assay.training.rewards.formula import Weights
from assay.training.rewards.quality import DataProfile
from assay.training.rounds import RoundPlace

PLAN = Plan((3, 2))
TERMS = RoundTerms(RoundPlace(1, 1), PLAN, Weights(4000, 3000, 3000), 1_000_001, faults=1)
DOMAIN = Domain(31337, parse_address("0x" + "11" * 20), 1)
START = Parameters(
    {"layer0.weight": np.ones((2, 3), np.float32), "layer0.bias": np.zeros(2, np.float32)}
)
NODES = [parse_address("0x" + digit * 40) for digit in "1234"]
HONEST = DataProfile(100, 300, 0, (50, 50))


def opened(
    node: Address, profile: DataProfile = HONEST, gpu_seconds: int = 0, leaves: int = 0
) -> OpenedUpdate:
    vector = np.linspace(0.1, 0.8, START.size) * (1 + int(node[2]) / 10)
    message = encode(vector, PLAN.encodings.up)
    payload = Payload(Source(profile, leaves=leaves), message, gpu_seconds)
    return OpenedUpdate(node, Digest.of(node.encode()), 900, "ab" * 32, payload)


def concluded(updates: list[OpenedUpdate]) -> Outcome:
    scored = screened_updates(TERMS, START.size, updates).updates.nodes
    scores = ScoreReport(30, 700_000, 500_000, {node: Score(500, 100, 1, 1) for node in scored})
    keys = sorted((Account(known_key(at)) for at in range(4)), key=lambda key: key.address.lower())
    worth = dict.fromkeys(scored, 10_000)
    reports = [sign_report(DOMAIN, 1, scores, worth, key) for key in keys]
    return conclude(TERMS, Ground.initial(START, PLAN), updates, reports)


def test_rewards_of_equal_nodes_sum_to_the_budget() -> None:
    outcome = concluded([opened(node) for node in NODES])

    assert outcome.earnings.total == TERMS.budget_units
    assert len(outcome.record.accepted) == 4


def test_a_profile_of_other_labels_is_left_out_and_stops_nothing() -> None:
    foreign = DataProfile(100, 300, 0, (50, 25, 25))

    outcome = concluded([opened(NODES[0], foreign), *(opened(node) for node in NODES[1:])])

    assert outcome.record.accepted == tuple(NODES[1:])
    assert "2" in outcome.record.updates[0].refused
    assert outcome.earnings.units(NODES[0]) == 0
    assert outcome.earnings.total == TERMS.budget_units


def test_more_leaves_behind_a_member_than_the_plan_admits_are_left_out() -> None:
    outcome = concluded(
        [opened(NODES[0], leaves=PLAN.leaves + 1), *(opened(node) for node in NODES[1:])]
    )

    assert outcome.record.accepted == tuple(NODES[1:])
    assert outcome.record.updates[0].refused == "1 leaves stand behind it, and the task admits 0"
    assert outcome.record.updates[0].facts["leaves"] == 1


def test_claims_of_boundless_records_and_gpu_time_are_cut() -> None:
    most = 2**52
    boaster = opened(NODES[0], DataProfile(2 * most, 6 * most // 4, 0, (most, most)), most)

    outcome = concluded([boaster, *(opened(node) for node in NODES[1:])])

    assert outcome.earnings.total == TERMS.budget_units
    assert outcome.earnings.units(NODES[0]) < TERMS.budget_units // 2
