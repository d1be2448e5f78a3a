"""A promise of privacy has one spelling, and what can't be promised is refused."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from assay.core.digest import Digest
from assay.errors import InputError
from assay.training.plan import Plan
from assay.training.privacy.disclosure import blinded, disclosed, overstated, records_salt
from assay.training.privacy.errors import DeltaTooLarge, PrivacyTermsInvalid
from assay.training.privacy.terms import CLIENT, LEVELS, RECORD, PrivacyTerms
from assay.training.record_errors import PlanMalformed
from assay.training.rewards.quality import DataProfile

TERMS = PrivacyTerms(RECORD, 500_000, 1_250_000, 4000, 8_000_000)


@pytest.mark.parametrize("terms", [None, TERMS, PrivacyTerms(CLIENT)])
def test_a_plan_with_a_promise_survives_its_bytes(terms: PrivacyTerms | None) -> None:
    plan = Plan((4, 2), privacy=terms)

    assert Plan.decode(plan.encode()) == plan


@pytest.mark.parametrize(
    "changed",
    [
        {"noise_micro": 1.5},
        {"noise_micro": True},
        {"noise_micro": 0},
        {"level": "group"},
        {"extra": 1},
        {"clip_micro": 0},
    ],
)
def test_a_plan_with_another_promise_is_refused(changed: dict[str, object]) -> None:
    value = Plan((4, 2), privacy=TERMS).as_json()
    value["privacy"] = {**value["privacy"], **changed}

    with pytest.raises(PlanMalformed):
        Plan.decode(json.dumps(value, sort_keys=True, separators=(",", ":")).encode())


def test_leaves_and_privacy_exclude_each_other() -> None:
    with pytest.raises(InputError, match="leaves"):
        Plan((4, 2), leaves=2, privacy=TERMS)


@pytest.mark.parametrize(
    "terms",
    [
        {"level": ""},
        {"noise_micro": 199_999},
        {"noise_micro": 10**11},
        {"clip_micro": 0},
        {"delta_inverse": 1},
        {"delta_inverse": -5},
        {"epsilon_limit_micro": -1},
    ],
)
def test_a_term_that_cannot_be_is_refused(terms: dict[str, object]) -> None:
    with pytest.raises(PrivacyTermsInvalid) as refused:
        PrivacyTerms(**{"level": RECORD, **terms})  # type: ignore[arg-type]

    assert refused.value.hint


def test_delta_is_below_one_over_the_records() -> None:
    assert TERMS.delta(180) == TERMS.delta(4000) == Fraction(1, 4000)
    assert PrivacyTerms(RECORD).delta(180) == Fraction(1, 1800)
    assert PrivacyTerms(CLIENT).delta(10**7) == Fraction(1, 100_000)

    with pytest.raises(DeltaTooLarge, match="1/4001"):
        TERMS.delta(4001)


@pytest.mark.parametrize("level", LEVELS)
def test_what_nodes_tell_does_not_depend_on_a_record(level: str) -> None:
    told = disclosed(PrivacyTerms(level), records=182, features=64, classes=10)

    assert overstated(PrivacyTerms(level), told, 64, 5) is None
    assert max(told.labels) - min(told.labels) <= 1
    assert told.records == (182 if level == RECORD else 10)


def test_who_tells_more_than_may_be_told_is_left_out() -> None:
    real, other = DataProfile(100, 3000, 0, (80, 20)), DataProfile(100, 2999, 0, (50, 50))

    for level in LEVELS:
        for told in (real, other):
            assert "tells more" in str(overstated(PrivacyTerms(level), told, 30, 5))
    even = disclosed(TERMS, 100, 30, 2)
    assert "no epsilon" in str(overstated(TERMS, even, 30, None))


def test_records_can_be_shown_later_and_not_be_guessed_before() -> None:
    records = Digest.of(b"records")

    shown = blinded(records, records_salt(b"signature", 1))

    assert shown == blinded(records, records_salt(b"signature", 1))
    assert shown not in {
        records,
        Digest.of(records.raw),
        blinded(records, records_salt(b"signature", 2)),
        blinded(records, records_salt(b"another", 1)),
    }
