"""Both directions: nothing is lost for good, and everybody holds the same bits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.core.address import ZERO_ADDRESS, Address
from assay.training.compression.broadcast import (
    follow,
    joined,
    publish,
    publish_start,
    whole_model,
)
from assay.training.compression.encoding import Encoding, Encodings
from assay.training.compression.errors import (
    EncodingImpossible,
    MessageMalformed,
    NotEncodable,
    ResidualDamaged,
)
from assay.training.compression.feedback import (
    no_residual,
    residual_from_bytes,
    residual_to_bytes,
    rounding_seed,
    send,
)
from assay.training.parameters import Parameters
from assay.training.rounds import RoundPlace

SIZE = 500


def model(seed: int = 1) -> Parameters:
    random = np.random.default_rng(seed)
    weight = random.normal(0, 0.1, (40, 12)).astype(np.float32)
    return Parameters({"weight": weight, "bias": random.normal(0, 0.1, 20).astype(np.float32)})


@given(st.integers(0, 2**32), st.booleans(), st.sampled_from((2, 4, 8, 32)))
@settings(max_examples=25, deadline=None)
def test_what_was_sent_and_what_is_owed_are_all_that_was_learnt(
    seed: int, stochastic: bool, bits: int
) -> None:
    encoding = Encoding(bits=bits, stochastic=stochastic)
    random = np.random.default_rng(seed)
    learnt, arrived, residual = np.zeros(SIZE), np.zeros(SIZE), no_residual(SIZE)

    for number in range(8):
        update = random.normal(0, 0.01, SIZE)
        sent = send(update, residual, encoding, seed=number)
        learnt, arrived, residual = learnt + update, arrived + sent.decoded, sent.residual

    assert np.abs(learnt - arrived - residual).max() < 1e-15 * 8


def test_a_steady_update_arrives_whole_in_the_end() -> None:
    update, residual, arrived = np.linspace(0.1, 1, SIZE), no_residual(SIZE), np.zeros(SIZE)
    rounds = 400

    for _ in range(rounds):
        sent = send(update, residual, Encoding())
        residual, arrived = sent.residual, arrived + sent.decoded

    assert np.abs(arrived / rounds - update).max() < 0.1


def test_without_error_feedback_nothing_is_owed() -> None:
    sent = send(np.linspace(0, 1, SIZE), no_residual(SIZE), Encoding(error_feedback=False))

    assert not sent.residual.any()


def test_a_residual_of_another_model_is_refused() -> None:
    with pytest.raises(NotEncodable, match="residual"):
        send(np.zeros(SIZE), no_residual(SIZE + 1), Encoding())


def test_a_residual_is_kept_to_the_bit_and_a_damaged_one_refused() -> None:
    residual = send(np.linspace(0, 1, SIZE), no_residual(SIZE), Encoding()).residual
    kept = residual_to_bytes(residual)

    assert residual_from_bytes(kept, SIZE).tobytes() == residual.tobytes()
    for damaged in (kept[:-1], kept + kept, np.full(SIZE, np.nan).tobytes()):
        with pytest.raises(ResidualDamaged):
            residual_from_bytes(damaged, SIZE)


def test_nodes_that_follow_and_one_that_joins_late_hold_the_certified_bits() -> None:
    encodings, random = Encodings(), np.random.default_rng(4)
    published = publish_start(model(), encodings.start)
    held = follow(model().from_vector(np.zeros(SIZE)), published.message, encodings.start)

    for number in range(5):
        update = random.normal(0, 0.01, SIZE)
        published = publish(
            published.parameters, update, published.residual, encodings.down, seed=number
        )
        held = follow(held, published.message, encodings.down)
        late = joined(whole_model(published.parameters), like=model(seed=2))

        assert held.digest == late.digest == published.parameters.digest


def test_the_way_down_owes_what_the_aggregates_say_beyond_the_published_model() -> None:
    encodings, random = Encodings(), np.random.default_rng(5)
    published = publish_start(model(), encodings.start)
    exact = model().vector()

    for _ in range(10):
        update = random.normal(0, 0.01, SIZE)
        exact = exact + update
        published = publish(published.parameters, update, published.residual, encodings.down)

    assert np.abs(published.parameters.vector() + published.residual - exact).max() < 1e-14


def test_a_verifier_who_repeats_a_broadcast_gets_the_same_bytes() -> None:
    encoding = Encoding(stochastic=True)
    update, residual = np.linspace(-1, 1, SIZE), np.linspace(0, 1e-3, SIZE)

    first, second = (publish(model(), update, residual, encoding, seed=7) for _ in range(2))

    assert first.message == second.message
    assert first.residual.tobytes() == second.residual.tobytes()


def test_rounding_is_seeded_by_round_and_sender() -> None:
    sender = Address("0x" + "11" * 20)
    seeds = {
        rounding_seed(RoundPlace(task, number), who)
        for task in (1, 2)
        for number in (1, 2)
        for who in (ZERO_ADDRESS, sender)
    }

    assert len(seeds) == 8
    assert rounding_seed(RoundPlace(1, 2), sender) == rounding_seed(RoundPlace(1, 2), sender)


def test_a_broadcast_that_would_make_a_parameter_infinite_is_refused() -> None:
    encoding = Encoding(kept_basis_points=10_000, bits=32, error_feedback=False)
    huge = model().from_vector(np.full(SIZE, 3e38))
    message = publish(
        model().from_vector(np.zeros(SIZE)), np.full(SIZE, 3e38), no_residual(SIZE), encoding
    ).message

    with pytest.raises(MessageMalformed, match="infinite"):
        follow(huge, message, encoding)


def test_an_update_of_another_model_is_not_published() -> None:
    with pytest.raises(NotEncodable, match="do not fit"):
        publish(model(), np.zeros(SIZE + 1), no_residual(SIZE), Encoding())


def test_encodings_come_back_from_their_terms() -> None:
    encodings = Encodings(up=Encoding(bits=8), down=Encoding(kept_basis_points=600))

    assert Encodings.from_terms(encodings.terms()) == encodings
    assert Encodings.from_terms({}) == Encodings()
    with pytest.raises(EncodingImpossible):
        Encodings.from_terms({"sideways": {}})
