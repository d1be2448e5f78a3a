"""What a promise of privacy costs is what Opacus says, is never forgotten, and ends in time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from opacus.accountants import PRVAccountant, RDPAccountant
from scipy.optimize import brentq
from scipy.stats import norm

from assay.training.privacy.accounting import (
    Mechanism,
    PrivacyAccount,
    Spent,
    a_round,
    check_rounds,
    epsilon,
)
from assay.training.privacy.errors import PrivacyBudgetSpent, PrivacyLedgerDamaged
from assay.training.privacy.ledger import SqliteLedger
from assay.training.privacy.terms import CLIENT, MICRO, RECORD, PrivacyTerms
from assay.training.rounds import RoundPlace

RECORDS = 180
TERMS = PrivacyTerms(RECORD, noise_micro=1_100_000)


def account(folder: Path, limit: float = 0, records: int = RECORDS) -> PrivacyAccount:
    terms = PrivacyTerms(
        RECORD, noise_micro=TERMS.noise_micro, epsilon_limit_micro=round(limit * MICRO)
    )
    each = a_round(terms, records, batch=32, epochs=2)
    ledger = SqliteLedger(folder / "privacy.sqlite")
    return PrivacyAccount(terms, terms.delta(records), each, ledger)


def test_epsilon_is_what_opacus_counts_step_by_step(tmp_path: Path) -> None:
    counted = RDPAccountant()
    for _ in range(3 * 2 * 6):
        counted.step(noise_multiplier=1.1, sample_rate=32 / RECORDS)
    own = account(tmp_path)

    for round_ in (1, 2, 3):
        own.spend(RoundPlace(1, round_))

    assert own.each == Mechanism(1.1, 32 / RECORDS, 12)
    expected = counted.get_epsilon(1 / (10 * RECORDS))
    assert own.spent_micro() == pytest.approx(expected * MICRO, abs=1)


def test_epsilon_is_a_bound_and_no_loose_one() -> None:
    mechanism = Mechanism(1.1, 0.2, 60)
    tight = PRVAccountant()
    tight.history = [(mechanism.noise, mechanism.sample_rate, mechanism.steps)]

    found = epsilon([mechanism], 1e-4)

    assert tight.get_epsilon(1e-4) - 0.02 < found < 1.25 * tight.get_epsilon(1e-4)


@pytest.mark.parametrize(("noise", "rounds"), [(1.0, 1), (4.0, 10), (40.0, 10)])
def test_unsampled_rounds_cost_little_more_than_the_exact_gaussian(
    noise: float, rounds: int
) -> None:
    # Balle and Wang 2018: rounds of noise s are one of noise s / sqrt(rounds).
    once, delta = rounds**0.5 / noise, 1e-5

    def excess(value: float) -> float:
        tail = norm.cdf(-value / once - once / 2)
        return float(norm.cdf(-value / once + once / 2) - np.exp(value) * tail - delta)

    exact = brentq(excess, 0, 200)

    found = epsilon(
        [a_round(PrivacyTerms(CLIENT, noise_micro=round(noise * MICRO)), 9, 9, 9)] * rounds, delta
    )

    assert exact < found < 1.2 * exact


def test_nothing_spent_is_nothing_and_more_is_more() -> None:
    mechanism = Mechanism(1.0, 0.1, 10)

    assert epsilon([], 1e-5) == 0
    assert epsilon([mechanism], 1e-5) < epsilon([mechanism, mechanism], 1e-5)
    assert epsilon([mechanism], 1e-5) < epsilon([mechanism], 1e-7)
    assert epsilon([Mechanism(0.2, 1.0, 10_000)], 1e-9) < float("inf")


def test_more_records_than_a_batch_or_fewer_make_whole_steps() -> None:
    assert a_round(TERMS, 100, batch=32, epochs=3) == Mechanism(1.1, 0.32, 12)
    assert a_round(TERMS, 20, batch=32, epochs=3) == Mechanism(1.1, 1.0, 3)
    assert a_round(PrivacyTerms(CLIENT), 100, batch=32, epochs=3) == Mechanism(1.0, 1.0, 1)


def test_a_limit_is_reached_before_it_is_passed_and_no_training_counts_after(
    tmp_path: Path,
) -> None:
    free = account(tmp_path / "free")
    for round_ in (1, 2):
        free.spend(RoundPlace(1, round_))
    limit = (free.spent_micro() or 0) / MICRO + 0.001
    own = account(tmp_path / "own", limit)
    own.spend(RoundPlace(1, 1))
    own.spend(RoundPlace(1, 2))

    assert account(tmp_path / "new", limit).rounds_left(10) == 2
    assert own.rounds_left(10) == 0
    assert free.rounds_left(10) == 10
    with pytest.raises(PrivacyBudgetSpent, match="in round 3") as refused:
        own.spend(RoundPlace(1, 3))

    assert refused.value.would_be_micro > refused.value.limit_micro
    assert "assay train leave" in refused.value.hint
    assert own.spent_micro() == free.spent_micro()


def test_a_restarted_node_goes_on_from_what_it_has_spent(tmp_path: Path) -> None:
    account(tmp_path).spend(RoundPlace(1, 1))
    once = account(tmp_path).spent_micro()

    account(tmp_path).spend(RoundPlace(1, 1))  # it was broken off before it had committed
    account(tmp_path, records=90).spend(RoundPlace(1, 2))

    twice = account(tmp_path).spent_micro()
    assert once is not None
    assert twice is not None
    assert twice > once
    assert [one.round for one in account(tmp_path).ledger.spent()] == [1, 1, 2]
    assert (tmp_path / "privacy.sqlite").stat().st_mode & 0o077 == 0


def test_a_damaged_ledger_stops_a_node_rather_than_starting_at_nothing(tmp_path: Path) -> None:
    own = account(tmp_path)
    own.spend(RoundPlace(1, 1))
    (tmp_path / "privacy.sqlite").write_bytes(b"no database at all, but of some length" * 40)

    for use in (own.spent_micro, lambda: own.spend(RoundPlace(1, 2))):
        with pytest.raises(PrivacyLedgerDamaged):
            use()


def test_processes_of_one_node_do_not_both_take_the_last_of_a_budget(tmp_path: Path) -> None:
    ledger, one = SqliteLedger(tmp_path / "privacy.sqlite"), Spent(1, Mechanism(1.0, 1.0, 1))

    def up_to_three(before: object) -> None:
        if len(before) >= 3:  # type: ignore[arg-type]
            raise PrivacyBudgetSpent(1, 2, 1)

    def take(_: int) -> bool:
        try:
            ledger.add(one, up_to_three)
        except PrivacyBudgetSpent:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(take, range(8)))

    assert sum(taken) == len(ledger.spent()) == 3


def test_a_limit_that_no_task_of_so_many_rounds_keeps_is_refused_beforehand() -> None:
    terms = PrivacyTerms(CLIENT, noise_micro=4 * MICRO, epsilon_limit_micro=4 * MICRO)

    check_rounds(terms, 8)

    with pytest.raises(PrivacyBudgetSpent):
        check_rounds(terms, 12)
