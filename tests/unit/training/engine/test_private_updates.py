"""Privacy at client level: an update is cut and noised before anybody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from flwr.app import Context, Message, RecordDict
from flwr.supercore.task_identity import TaskIdentity
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from assay.core.digest import Digest
from assay.training.engine.private_updates import clipped, private_updates
from assay.training.engine.records import read_update, write_order, write_update
from assay.training.privacy.accounting import PrivacyAccount, a_round
from assay.training.privacy.client_level import ClientPrivacy
from assay.training.privacy.ledger import SqliteLedger
from assay.training.privacy.noise import SecretNoise
from assay.training.privacy.terms import CLIENT, MICRO, PrivacyTerms
from assay.training.rounds import LocalUpdate, Order, RoundPlace

SIZE, CLIP = 1000, 0.5
CONTEXT = Context(1, 1, {}, RecordDict(), {})


@pytest.fixture(autouse=True, scope="module")
def a_run() -> Iterator[None]:
    """Flower makes messages in a run alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TaskIdentity, "_run_id", 1)
        patch.setattr(TaskIdentity, "_task_id", 1)
        patch.setattr(TaskIdentity, "_node_id", 1)
        yield


def message() -> Message:
    order = Order(RoundPlace(1, 1), Digest(bytes(32)), b"")
    return Message(write_order(order), dst_node_id=1, message_type="train")


def privacy(folder: Path, source: SecretNoise | None = None) -> ClientPrivacy:
    terms = PrivacyTerms(CLIENT, clip_micro=round(CLIP * MICRO), noise_micro=2 * MICRO)
    ledger = SqliteLedger(folder / "privacy.sqlite")
    account = PrivacyAccount(terms, Fraction(1, 10**5), a_round(terms, 1, 1, 1), ledger)
    return ClientPrivacy(account, source or SecretNoise())


def training(vector: np.ndarray) -> Callable[[Message, Context], Message]:
    def train(asked: Message, _context: Context) -> Message:
        update = LocalUpdate(RoundPlace(1, 1), vector, samples=7)
        return Message(write_update(update), reply_to=asked)

    return train


def published(owner: ClientPrivacy, vector: np.ndarray) -> np.ndarray:
    mod = private_updates(lambda _context: owner)
    return read_update(mod(message(), CONTEXT, training(vector)).content).vector


@settings(max_examples=50, deadline=None)
@given(arrays.arrays(np.float64, 5, elements=st.floats(-1e200, 1e200)))
def test_whatever_was_learnt_is_cut_to_the_clip_and_keeps_its_direction(
    vector: np.ndarray,
) -> None:
    cut = clipped(vector, CLIP, message(), CONTEXT)

    length = np.linalg.norm(vector)
    assert np.linalg.norm(cut) <= CLIP * (1 + 1e-12)
    if 1e-100 < length < 1e150:
        np.testing.assert_allclose(cut, vector * min(1, CLIP / length), rtol=1e-9)


def test_noise_of_the_clip_hides_the_update(tmp_path: Path) -> None:
    owner, long = privacy(tmp_path), np.full(SIZE, 3.0)

    first, second = published(owner, long), published(owner, long)

    assert np.all(first != second)
    assert (first - second).std() == pytest.approx(2**0.5 * 2 * CLIP, rel=0.15)
    without = published(privacy(tmp_path, SecretNoise(bytes)), long)
    assert np.linalg.norm(without) == pytest.approx(CLIP)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_an_update_that_is_no_number_gives_nothing_away(tmp_path: Path, value: float) -> None:
    found = published(privacy(tmp_path), np.full(SIZE, value))

    assert np.isfinite(found).all()
    assert found.std() == pytest.approx(2 * CLIP, rel=0.2)


def test_a_task_that_promises_nothing_is_left_alone() -> None:
    mod = private_updates(lambda _context: None)

    reply = mod(message(), CONTEXT, training(np.full(SIZE, 3.0)))

    np.testing.assert_array_equal(read_update(reply.content).vector, np.full(SIZE, 3.0))
