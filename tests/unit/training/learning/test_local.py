"""A node's training by the plan: the same again, and another's is another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assay.core.address import Address
from assay.training.aggregation.updates import Updates
from assay.training.contribution.perceptron_values import perceptron_values
from assay.training.learning.data import LabelledData
from assay.training.learning.local import PerceptronTraining, training_seed
from assay.training.plan import LocalSchedule, Plan
from assay.training.privacy.accounting import PrivacyAccount, a_round
from assay.training.privacy.errors import PrivacyBudgetSpent, PrivacyMissing, RecordsPrivate
from assay.training.privacy.ledger import SqliteLedger
from assay.training.privacy.terms import CLIENT, LEVELS, RECORD, PrivacyTerms
from assay.training.rounds import RoundPlace

PLAN = Plan((4, 5, 2), schedule=LocalSchedule(epochs=2, batch=8, rate_micro=100_000))
ONE, OTHER = Address("0x" + "11" * 20), Address("0x" + "22" * 20)
PLACE = RoundPlace(3, 2)


@pytest.fixture(scope="module")
def data() -> LabelledData:
    random = np.random.default_rng(7)
    features = random.normal(size=(64, 4)).astype(np.float32)
    return LabelledData(features, (features[:, 0] > 0).astype(np.int64))


def test_training_again_gives_the_same_and_another_place_or_node_another(
    data: LabelledData,
) -> None:
    training = PerceptronTraining(PLAN, ONE, data)
    start = training.learner.initial(1)

    trained = training.train(start, PLACE)

    assert training.train(start, PLACE).digest == trained.digest
    assert training.train(start, RoundPlace(3, 3)).digest != trained.digest
    assert PerceptronTraining(PLAN, OTHER, data).train(start, PLACE).digest != trained.digest
    assert training.evaluate(trained).loss < training.evaluate(start).loss
    assert training.samples == 64


def test_the_plan_decides_how_far_a_node_goes(data: LabelledData) -> None:
    start = PerceptronTraining(PLAN, ONE, data).learner.initial(1)

    def moved(**changes: int) -> float:
        plan = replace(PLAN, schedule=replace(PLAN.schedule, **changes))
        trained = PerceptronTraining(plan, ONE, data).train(start, PLACE)
        return float(np.linalg.norm(trained.vector() - start.vector()))

    assert moved(rate_micro=0) == 0
    assert moved(epochs=1) < moved()
    assert moved(proximal_micro=5_000_000) < moved()


@pytest.mark.parametrize("level", LEVELS)
def test_records_that_are_private_are_neither_trained_on_nor_measured_without_an_account(
    data: LabelledData, level: str
) -> None:
    training = PerceptronTraining(replace(PLAN, privacy=PrivacyTerms(level)), ONE, data)
    start = training.learner.initial(1)

    with pytest.raises(PrivacyMissing):
        training.train(start, PLACE)
    with pytest.raises(RecordsPrivate):
        training.evaluate(start)


def test_a_limit_ends_the_training_of_a_node_as_a_whole_before_it_begins(
    data: LabelledData, tmp_path: Path
) -> None:
    terms = PrivacyTerms(CLIENT, noise_micro=2_000_000, epsilon_limit_micro=3_700_000)
    ledger = SqliteLedger(tmp_path / "privacy.sqlite")
    account = PrivacyAccount(terms, terms.delta(64), a_round(terms, 64, 8, 2), ledger)
    training = PerceptronTraining(replace(PLAN, privacy=terms), ONE, data, account)
    start = training.learner.initial(1)
    training.train(start, RoundPlace(3, 1))
    training.train(start, RoundPlace(3, 2))

    with pytest.raises(PrivacyBudgetSpent):
        training.train(start, RoundPlace(3, 3))

    assert [one.round for one in ledger.spent()] == [1, 2]


def test_training_with_privacy_is_never_the_same_again_and_is_counted(
    data: LabelledData, tmp_path: Path
) -> None:
    terms = PrivacyTerms(RECORD)
    ledger = SqliteLedger(tmp_path / "privacy.sqlite")
    account = PrivacyAccount(terms, terms.delta(64), a_round(terms, 64, 8, 2), ledger)
    training = PerceptronTraining(replace(PLAN, privacy=terms), ONE, data, account)
    start = training.learner.initial(1)

    first, second = training.train(start, PLACE), training.train(start, PLACE)

    assert first.digest != second.digest
    assert [one.mechanism.steps for one in ledger.spent()] == [16, 16]


def test_seeds_differ_by_task_round_and_node() -> None:
    places = [RoundPlace(1, 1), RoundPlace(1, 2), RoundPlace(2, 1), RoundPlace(11, 1)]

    seeds = {training_seed(place, node) for place in places for node in (ONE, OTHER)}

    assert len(seeds) == 8
    assert training_seed(PLACE, ONE) == training_seed(PLACE, Address(ONE.upper().replace("X", "x")))


def test_values_of_updates_sum_to_what_they_are_worth_together(data: LabelledData) -> None:
    training = PerceptronTraining(PLAN, ONE, data)
    start = training.learner.initial(1)
    good = training.train(start, PLACE).vector() - start.vector()
    updates = Updates.of({ONE: (good, 10), OTHER: (-good, 10)})

    values = perceptron_values(PLAN.widths, data)(start, updates)

    assert values[ONE] > 0 > values[OTHER]
    together = start.from_vector(start.vector() + 0 * good)
    worth = training.evaluate(start).loss - training.evaluate(together).loss
    assert sum(values.values()) == pytest.approx(worth * 10**9, abs=2000)


def test_an_update_that_breaks_the_model_is_worth_a_bounded_loss(data: LabelledData) -> None:
    training = PerceptronTraining(PLAN, ONE, data)
    start = training.learner.initial(1)
    updates = Updates.of({ONE: (np.full(start.size, 1e30), 1)})

    values = perceptron_values(PLAN.widths, data)(start, updates)

    assert values == {ONE: -(10**12)}
