"""Meanings are held against each other passage by passage, and what was not compared is said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from assay.content.errors import EmbeddingUnusable, FingerprintMalformed
from assay.content.texts.calibration import Calibration, calibrate, load_calibration
from assay.content.texts.fingerprint import (
    MEANING_METHOD,
    METHOD,
    TextFingerprint,
    compare,
    fingerprint_text,
)
from assay.content.texts.meaning import Direction, Meaning
from assay.content.texts.paraphrase import (
    align,
    alike_passages,
    compare_meanings,
    meaning_of,
    search_vectors,
)

SIZE = 64
TOPICS = ("rivers", "violins", "courts", "bees", "trains", "planets", "hotels", "foxes")


class TopicEmbedder:
    """Stands in for a model: passages of one topic word point alike, whatever else they say."""

    name = "topics"
    dimensions = SIZE

    def embed(self, passages: Sequence[str]) -> list[np.ndarray]:
        return [self._vector(passage) for passage in passages]

    def _vector(self, passage: str) -> np.ndarray:
        vector = np.ones(SIZE) * 3
        for word in passage.replace(".", " ").split():
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4])
            weight = 4.0 if word in TOPICS else 0.3
            vector += np.random.default_rng(seed).standard_normal(SIZE) * weight
        return vector


EMBEDDER = TopicEmbedder()
CALIBRATION = Calibration(
    "topics",
    {"latin": np.full(SIZE, SIZE**-0.5, np.float32)},
    {"latin": 0.6},
    0.0,
    20.0,
    0.5,
    100,
    0.9,
)


def text_on(*topics: str, manner: str = "plain") -> str:
    filler = {
        "plain": "are what this long sentence is about and it says as much as it can here now",
        "other": "is the thing that somebody else wrote on in other terms the day before today",
    }[manner]
    return " ".join(
        f"Thus {topic} {filler} and then some more for every reader." for topic in topics
    )


def meaning(text: str) -> Meaning:
    return meaning_of(text, EMBEDDER, CALIBRATION)


def test_the_same_said_in_other_words_is_a_paraphrase() -> None:
    first, second = text_on(*TOPICS[:6]), text_on(*TOPICS[:6], manner="other")

    likeness = compare_meanings(meaning(first), meaning(second), CALIBRATION)

    assert likeness.is_paraphrase
    assert likeness.aligned == 1.0
    assert likeness.confidence > 0.9
    assert "have their like in the other by topics" in likeness.evidence[0]


def test_a_paraphrase_in_another_order_is_found_too() -> None:
    first, second = text_on(*TOPICS[:6]), text_on(*reversed(TOPICS[:6]), manner="other")

    assert compare_meanings(meaning(first), meaning(second), CALIBRATION).is_paraphrase


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(TOPICS[2:], id="half of the topics"),
        pytest.param(TOPICS[:1] * 6, id="one topic again and again"),
        pytest.param(TOPICS[:2] * 12, id="much longer"),
    ],
)
def test_a_text_that_shares_a_part_is_none(other: tuple[str, ...]) -> None:
    first, second = meaning(text_on(*TOPICS[:4])), meaning(text_on(*other, manner="other"))

    assert not compare_meanings(first, second, CALIBRATION).is_paraphrase


def test_comparing_is_symmetric() -> None:
    first, second = meaning(text_on(*TOPICS[:4])), meaning(text_on(*TOPICS[1:7], manner="other"))

    one = compare_meanings(first, second, CALIBRATION)
    other = compare_meanings(second, first, CALIBRATION)

    assert one == other


def test_no_passage_serves_more_than_twice() -> None:
    assert align(np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3]], np.float32)) == pytest.approx(
        [0.9, 0.8, 0.3]
    )


def test_a_script_that_nobody_covers_is_said_and_never_judged() -> None:
    russian = "Река поднялась за ночь на два метра и затопила все нижние поля вокруг деревни. " * 3

    both = meaning(russian)
    likeness = compare_meanings(both, both, CALIBRATION)

    assert both.directions == ()
    assert not likeness.is_paraphrase
    assert likeness.evidence == (
        "not compared for paraphrase: no passages in one script that a model covers",
        "passages in cyrillic were not compared for paraphrase",
    )


def test_meanings_of_two_models_are_not_compared() -> None:
    mine = meaning(text_on(*TOPICS))

    likeness = compare_meanings(mine, replace(mine, model="another"), CALIBRATION)

    assert not likeness.is_paraphrase
    assert "the models differ (another, topics)" in likeness.evidence[0]


def test_a_forged_script_is_said_and_not_compared() -> None:
    mine = meaning(text_on(*TOPICS))
    forged = replace(mine, directions=(*mine.directions, Direction("elvish", 9, bytes(SIZE))))

    likeness = compare_meanings(mine, forged, CALIBRATION)

    assert not likeness.is_paraphrase
    assert "topics is not calibrated for elvish" in likeness.evidence[0]


def test_fingerprints_carry_meanings_and_older_ones_are_still_read() -> None:
    text = text_on(*TOPICS[:6])
    plain = fingerprint_text(text)
    rich = fingerprint_text(text, embedder=EMBEDDER, calibration=CALIBRATION)
    other = fingerprint_text(
        text_on(*TOPICS[:6], manner="other"), embedder=EMBEDDER, calibration=CALIBRATION
    )

    assert plain.as_json()["method"] == METHOD
    assert rich.as_json()["method"] == MEANING_METHOD
    for one in (plain, rich):
        assert TextFingerprint.from_json(json.loads(json.dumps(one.as_json()))) == one
    assert compare(rich, other, CALIBRATION).is_paraphrase
    assert compare(plain, other, CALIBRATION).paraphrase is None
    assert compare(rich, other).paraphrase is None
    assert compare(plain, rich).same_reading


def test_the_longest_meaning_keeps_its_place_in_metadata() -> None:
    class Wide(TopicEmbedder):
        dimensions = SIZE * 48

        def _vector(self, passage: str) -> np.ndarray:
            return np.tile(super()._vector(passage), 48)

    wide = Wide()
    mean = {"latin": np.zeros(SIZE * 48, np.float32)}
    calibration = replace(CALIBRATION, means=mean)
    rich = fingerprint_text(text_on(*TOPICS) * 40, embedder=wide, calibration=calibration)

    assert rich.meaning is not None
    assert not rich.meaning.whole
    assert len(json.dumps(rich.as_json())) <= 60_000


@pytest.mark.parametrize(
    "change",
    [
        {"scripts": ["latin"] * 65, "units": [9] * 65},
        {"values": "!"},
        {"values": "AAAA" * 50_000},
        {"units": [0]},
        {"model": 3},
        {"model": ""},
    ],
)
def test_malformed_meanings_are_refused(change: dict[str, object]) -> None:
    value = meaning(text_on("bees", "foxes")).as_json()

    with pytest.raises(FingerprintMalformed):
        Meaning.from_json(value | change)


def test_search_vectors_of_alike_passages_are_near() -> None:
    first, second, third = (
        search_vectors(meaning(text), "space")["space"][0]
        for text in (text_on("bees"), text_on("bees", manner="other"), text_on("courts"))
    )

    def differing(one: bytes, other: bytes) -> int:
        return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()

    assert differing(first, second) < 20 < differing(first, third)


def test_nothing_is_claimed_by_a_model_without_shipped_numbers() -> None:
    unknown = calibrate(EMBEDDER)
    first, second = (
        meaning_of(text_on(*TOPICS[:6], manner=manner), EMBEDDER, unknown)
        for manner in ("plain", "other")
    )

    likeness = compare_meanings(first, second, unknown)

    assert load_calibration("topics") is None
    assert set(unknown.means) == {"latin", "han"}
    assert (likeness.aligned, likeness.is_paraphrase, likeness.confidence) == (1.0, False, 0.0)
    assert "not known of this model: nothing is claimed" in likeness.evidence[0]


def test_the_passages_that_make_texts_alike_are_named_from_either_side() -> None:
    first = meaning(text_on("bees", "courts", "foxes"))
    second = meaning(text_on("foxes", "bees", "rivers", "courts", manner="other"))

    pairs = alike_passages(first, second, CALIBRATION)
    turned = alike_passages(second, first, CALIBRATION)

    assert [(one.place, one.other_place) for one in pairs] == [(0, 1), (1, 3), (2, 0)]
    assert [(one.other_place, one.place) for one in turned] == [(2, 0), (0, 1), (1, 3)]
    assert all(one.likeness >= 0.6 for one in pairs)


@pytest.mark.parametrize(
    ("vector", "complaint"),
    [
        pytest.param([1.0] * (SIZE - 1), "63 numbers in place of 64", id="another size"),
        pytest.param([float("nan")] * SIZE, "points nowhere", id="no numbers"),
        pytest.param([0.0] * SIZE, "points nowhere", id="no direction"),
    ],
)
def test_vectors_that_are_none_are_refused(vector: list[float], complaint: str) -> None:
    class Broken(TopicEmbedder):
        def _vector(self, passage: str) -> np.ndarray:
            return np.array(vector)

    with pytest.raises(EmbeddingUnusable, match=complaint):
        meaning_of(text_on("bees"), Broken(), CALIBRATION)


def test_a_server_that_only_claims_a_known_name_is_refused() -> None:
    class Impostor(TopicEmbedder):
        name = "multilingual-e5-small/4-bit"

    with pytest.raises(EmbeddingUnusable, match="64 numbers in place of 384"):
        calibrate(Impostor())
