"""Whole numbers modulo 2^bits, masks that cancel, shares, and what is believed of an unmasking."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from flwr.common.secure_aggregation.crypto.shamir import create_shares
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.core.address import parse_address
from assay.core.digest import Digest
from assay.training.compression.encoding import Encoding, Encodings
from assay.training.plan import Plan
from assay.training.privacy.masking.cohort import read_json
from assay.training.privacy.masking.errors import (
    MaskingExcludes,
    MaskingMalformed,
    MaskingTermsInvalid,
    NotUnmaskable,
)
from assay.training.privacy.masking.fixed_point import FixedPoint
from assay.training.privacy.masking.shares import join
from assay.training.privacy.masking.streams import own_mask, pair_mask, public_half, summed
from assay.training.privacy.masking.terms import MaskingTerms
from assay.training.privacy.masking.unmasking import Unmasking
from assay.training.record_errors import PlanMalformed
from tests.unit.training.privacy.masking.nodes import MASKED_PLAN, START, MaskingScene

LOW, HIGH = parse_address("0x" + "11" * 20), parse_address("0x" + "22" * 20)
COHORT = Digest.of(b"cohort")
TERMS = MaskingTerms(threshold=3)


@given(
    st.sampled_from([16, 32]),
    st.integers(1, 60),
    st.integers(1, 10_000),
    st.sampled_from([1, 10, 400]),
    st.integers(0, 2**32),
)
@settings(max_examples=80, deadline=None)
def test_a_decoded_mean_is_within_the_bound_and_no_sum_leaves_the_range(
    bits: int, nodes: int, most_records: int, clip_tenths: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    clip = Fraction(clip_tenths, 10)
    scale = FixedPoint(bits, clip, nodes, most_records)
    records = [most_records, *random.integers(1, most_records + 1, nodes - 1).tolist()]
    rows = random.normal(0, float(clip), (nodes, 9))
    rows[:, 0], rows[:, 1] = float(clip), -100 * float(clip)  # all at one end

    encoded = [scale.encode(row, one) for row, one in zip(rows, records, strict=True)]

    whole = np.sum([one.view(f"<i{bits // 8}").astype(np.int64) for one in encoded], axis=0)
    assert (np.abs(whole) < 2 ** (bits - 1)).all()
    cut = np.clip(rows, -float(clip), float(clip))
    expected = np.average(cut, axis=0, weights=records)
    found = scale.decode(summed(encoded, scale, 9), sum(records))
    slack = 1e-12 * float(clip)  # of the average in float64 that it is held against
    assert np.abs(found - expected).max() <= float(scale.bound(nodes, sum(records))) + slack


def test_sixteen_bits_cost_precision_that_the_bound_names() -> None:
    wide, narrow = (FixedPoint(bits, Fraction(8), 5, 100) for bits in (32, 16))

    assert float(wide.bound(5, 500)) < 1e-8
    assert 1e-4 < float(narrow.bound(5, 500)) < 1e-3


@pytest.mark.parametrize("bits", [16, 32])
def test_the_masks_of_a_pair_cancel_and_differ_by_all_that_they_are_for(bits: int) -> None:
    scale = FixedPoint(bits, Fraction(1), 5, 1)
    first, second = b"a" * 32, b"b" * 32

    def masks(cohort: Digest) -> tuple[np.ndarray, np.ndarray]:
        return (
            pair_mask(first, LOW, public_half(second), HIGH, cohort=cohort, scale=scale, size=64),
            pair_mask(second, HIGH, public_half(first), LOW, cohort=cohort, scale=scale, size=64),
        )

    here, there = masks(COHORT)
    assert not summed([here, there], scale, 64).any()
    assert len(np.unique(here)) > 32
    assert (masks(Digest.of(b"another"))[0] != here).any()
    own = own_mask(first, COHORT, LOW, scale, 64)
    assert (own != own_mask(first, COHORT, HIGH, scale, 64)).any()
    assert (own != own_mask(second, COHORT, LOW, scale, 64)).any()


def test_seeds_that_differ_in_the_order_of_their_words_alone_give_other_masks() -> None:
    scale = FixedPoint(32, Fraction(1), 5, 1)
    seed = bytes(range(32))
    turned = seed[4:] + seed[:4]  # the same to a generator that folds 32-bit words together

    one, other = (own_mask(given, COHORT, LOW, scale, 16) for given in (seed, turned))

    assert (one != other).any()


def test_a_weak_key_is_refused_by_name() -> None:
    scale = FixedPoint(32, Fraction(1), 5, 1)

    with pytest.raises(MaskingMalformed, match=f"that of {HIGH} is weak"):
        pair_mask(b"a" * 32, LOW, bytes(32), HIGH, cohort=COHORT, scale=scale, size=4)


def test_wrong_shares_among_right_ones_do_no_harm_and_too_few_give_nothing() -> None:
    secret = bytes(range(32))
    shares = create_shares(secret, 3, 5)
    wrong = shares[0][:4] + bytes(48)
    expected = Digest.of(secret)

    def fits(found: bytes) -> bool:
        return Digest.of(found) == expected

    assert join([wrong, *shares[1:]], 3, fits) == secret
    assert join([wrong, b"", *shares[3:]], 3, fits) is None
    assert join(shares[:2], 3, fits) is None
    many = create_shares(secret, 21, 30)
    assert join([many[0][:4] + bytes(48), *many[1:]], 21, fits) == secret


@pytest.fixture
def found(tmp_path: Path) -> tuple[Unmasking, dict[object, bytes]]:
    scene = MaskingScene.of(tmp_path, TERMS, (20, 30, 40, 50))
    nodes = list(scene.nodes)
    cohort = scene.cohort()
    scene.commit({node: np.full(START.size, 0.25) for node in nodes})
    scene.reveal(nodes[:3])
    return scene.unmasking(cohort, nodes[:3]), dict(scene.messages())


def test_an_unmasking_survives_its_json_and_nothing_else_is_one(
    found: tuple[Unmasking, dict[object, bytes]],
) -> None:
    unmasking, messages = found
    value = unmasking.as_json()

    again = Unmasking.from_json(value)

    size = START.size
    assert (
        again.mean(messages, TERMS, size).tobytes()
        == unmasking.mean(messages, TERMS, size).tobytes()
    )
    assert again.mean(messages, TERMS, size) == pytest.approx(0.25, abs=1e-7)
    for damaged in ({**value, "more": 1}, {**value, "seeds": {LOW: "00"}}, {}, [], None):
        with pytest.raises(MaskingMalformed):
            Unmasking.from_json(damaged)
    with pytest.raises(MaskingMalformed):
        read_json(b"[" * 100_000, "unmasking")


def test_what_does_not_fit_the_commitments_is_not_believed(
    found: tuple[Unmasking, dict[object, bytes]],
) -> None:
    unmasking, messages = found
    survivor, dropped = unmasking.survivors[0], next(iter(unmasking.mask_secrets))
    size = START.size

    def refused(changed: Unmasking, given: dict[object, bytes], reason: str) -> None:
        with pytest.raises(NotUnmaskable, match=reason):
            changed.mean(given, TERMS, size)  # type: ignore[arg-type]

    lied = {**unmasking.seeds, survivor: bytes(32)}
    refused(replace(unmasking, seeds=lied), messages, "not what it committed to")
    foreign = {dropped: b"x" * 32}
    refused(replace(unmasking, mask_secrets=foreign), messages, "is not its own")
    refused(replace(unmasking, mask_secrets={}), messages, "other survivors")
    fewer = {node: one for node, one in messages.items() if node != survivor}
    refused(unmasking, fewer, "other survivors than the chain holds")
    short = {**messages, survivor: messages[survivor][:-1]}
    refused(unmasking, short, "has another size")
    other = {**messages, survivor: bytes(32) + messages[survivor][32:]}
    refused(unmasking, other, "masked with another cohort")
    with pytest.raises(NotUnmaskable, match="3 nodes survived, and 4 have to"):
        unmasking.mean(messages, MaskingTerms(threshold=4), size)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"rule": "adaptive"}, "the rule 'adaptive'"),
        ({"rule": "krum"}, "the rule 'krum'"),
        ({"encodings": Encodings()}, "the compression of updates"),
        ({"encodings": Encodings(up=Encoding(10_000, 8))}, "the compression of updates"),
        ({"leaves": 3}, "leaves behind a node"),
    ],
)
def test_what_needs_single_updates_is_refused_with_the_reason(
    changes: dict[str, object], what: str
) -> None:
    with pytest.raises(MaskingExcludes, match=what) as refused:
        replace(MASKED_PLAN, **changes)  # type: ignore[arg-type]

    assert refused.value.hint


@pytest.mark.parametrize(
    "terms", [{"threshold": 2}, {"threshold": 3, "bits": 8}, {"threshold": 3, "clip_micro": 0}]
)
def test_terms_that_promise_too_little_are_refused(terms: dict[str, int]) -> None:
    with pytest.raises(MaskingTermsInvalid):
        MaskingTerms(**terms)


def test_a_plan_keeps_its_terms_and_no_plan_can_be_read_that_mixes_them() -> None:
    assert Plan.decode(MASKED_PLAN.encode()) == MASKED_PLAN
    mixed = MASKED_PLAN.encode().replace(b'"rule":"mean"', b'"rule":"krum"')

    with pytest.raises(PlanMalformed, match="MaskingExcludes"):
        Plan.decode(mixed)
