"""Paraphrases are found among stored texts by real vectors, in English and in Chinese."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from assay.content.search.model import Space
from assay.content.search.stored import Entry, StoredCatalogue
from assay.content.search.tables import catalogue
from assay.content.search.vectors import StoredVectors
from assay.content.stored import StoredContentIndex
from assay.content.texts.calibration import load_calibration
from assay.content.texts.fingerprint import TextFingerprint, compare, fingerprint_text
from assay.content.texts.meaning import Direction, Meaning
from assay.content.texts.references import REFERENCES
from assay.content.texts.stored import StoredMeaningIndex
from assay.coordination.file_locks import FileLocks
from assay.core.digest import Digest
from assay.generation.embeddings.multilingual_e5 import MultilingualE5
from assay.ledger.database import open_database
from tests.integration.content.test_stored_index import minting, record_events

ORIGINALS = {
    "en": "The old lighthouse keeper climbed the stairs every evening to light the lamp. He had "
    "done so for forty years, and he knew each of the hundred and twelve steps by heart. When the "
    "company told him that a machine would soon do his work, he only nodded and went on polishing "
    "the lens. Ships would still need the light, he said, whoever it was that lit it.",
    "zh": "这家小面馆开在老城的一条窄巷里，已经有三十多年了。"
    "老板每天凌晨四点就起床，亲手和面、熬汤，从来不用机器。"
    "来吃面的大多是附近的老街坊，很多人从小吃到大。"
    "去年有人劝他开分店，他笑着摇摇头，说做面要用心，人一多就做不好了。",
}
REWORDED = {
    "en": "Every evening the aged keeper of the lighthouse went up the stairs so that he could "
    "light its lamp. For four decades he had been doing this, and he had learned all one hundred "
    "and twelve steps by heart. As the firm informed him that his job would soon be done by a "
    "machine, he merely nodded and carried on polishing the lens. The light would still be needed "
    "by ships, he remarked, no matter who lit it.",
    "zh": "三十多年来，这间小面馆一直开在老城的一条窄小巷子里。"
    "每天凌晨四点店主就起来了，和面、熬汤全都亲自动手，从不使用机器。"
    "前来吃面的多半是住在附近的老邻居，不少人从小时候一直吃到长大。"
    "去年有朋友建议他开分店，他笑了笑摇头拒绝，说煮面必须用心，人多了就煮不好。",
}
SAME_TOPIC = {
    "en": "Lighthouses were among the tallest buildings on many coasts. Their lamps burned oil at "
    "first, later gas, and in the end electricity. Most of them work without a keeper today, and "
    "some have become hotels or museums. Sailors now find their way by satellites instead.",
    "zh": "面条是中国北方最常见的主食之一。各地的做法很不一样，有的用手拉，有的用刀削。"
    "汤底可以用牛骨、鸡肉或者蔬菜来熬。近年来许多面馆开始使用机器，以便更快地招待客人。",
}


@cache
def embedder() -> MultilingualE5:
    return MultilingualE5()


@cache
def read(text: str) -> TextFingerprint:
    """A text with its meaning, embedded once: the same texts are stored on each database."""
    return fingerprint_text(text, embedder=embedder())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_reworded_text_is_found_and_one_on_the_same_topic_is_not_called_its_copy(
    language: str, database_url: str, tmp_path: Path
) -> None:
    model = embedder()
    engine = open_database(database_url)
    index = open_index(engine, tmp_path, model.name, model.dimensions)
    texts = [" ".join(REFERENCES[one][at : at + 6]) for one in REFERENCES for at in (0, 6, 12, 18)]
    texts += [ORIGINALS[language], SAME_TOPIC[language]]
    prints = [read(text) for text in texts]
    index.add(
        [
            (Digest.of(text.encode()), one.meaning)
            for text, one in zip(texts, prints, strict=True)
            if one.meaning is not None
        ]
    )
    query = read(REWORDED[language])

    assert query.meaning is not None
    [(first, _), *_] = index.candidates(query.meaning, 5)
    original, same_topic = compare(query, prints[-2]), compare(query, prints[-1])

    assert load_calibration(model.name) is not None
    assert first.content_id == Digest.of(ORIGINALS[language].encode())
    assert not original.is_copy
    assert original.is_paraphrase
    assert not same_topic.is_paraphrase
    assert original.paraphrase is not None
    assert same_topic.paraphrase is not None
    assert original.paraphrase.confidence > 0.95 > 0.05 > same_topic.paraphrase.confidence


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


def direction(*signs: int) -> Meaning:
    """What a model of eight dimensions says of a text with one passage."""
    values = bytes(127 if sign > 0 else 129 for sign in signs)
    return Meaning("small", True, (Direction("latin", 30, values),))


def open_index(engine: Engine, folder: Path, model: str, dimensions: int) -> StoredMeaningIndex:
    vectors = StoredVectors(engine, [], folder / "search", FileLocks(folder / "locks"))
    return StoredMeaningIndex(engine, vectors, model, dimensions)


def test_each_model_and_size_has_texts_of_its_own_and_loses_none(
    engine: Engine, tmp_path: Path
) -> None:
    known = [minting(number) for number in range(3)]
    record_events(engine, known)
    contents = StoredContentIndex(engine)
    contents.add_fingerprints([(one, fingerprint_text(ORIGINALS["en"])) for one in known])
    small = open_index(engine, tmp_path, "small", 8)
    meaning = direction(1, 1, -1, 1, -1, -1, 1, 1)
    small.add([(known[0].content_id, meaning)])
    small.add_absent([known[1].content_id])

    for other in (("large", 8), ("small", 16)):
        changed = open_index(engine, tmp_path, *other)
        assert contents.texts_without(changed.kinds) == known
        assert changed.count_absent() == 0
    again = open_index(engine, tmp_path, "small", 8)

    assert contents.texts_without(again.kinds) == [known[2]]
    assert again.count_absent() == 1
    assert [(one.content_id, found) for one, found in again.candidates(meaning, 5)] == [
        (known[0].content_id, meaning)
    ]
    assert contents.without_fingerprint() == []


def test_a_damaged_meaning_is_embedded_again_and_its_text_keeps_its_place(
    engine: Engine, tmp_path: Path
) -> None:
    [one] = known = [minting(1)]
    record_events(engine, known)
    contents = StoredContentIndex(engine)
    contents.add_fingerprints([(one, fingerprint_text(ORIGINALS["en"]))])
    index = open_index(engine, tmp_path, "small", 8)
    meaning = direction(1, 1, -1, 1, -1, -1, 1, 1)
    index.add([(one.content_id, meaning)])
    with engine.begin() as connection:
        connection.execute(update(catalogue).values(fingerprint=zlib.compress(b'{"model": 1}')))

    damaged = index.candidates(meaning, 5)
    waiting = contents.texts_without(index.kinds)
    index.add([(one.content_id, meaning)])

    assert (damaged, waiting) == ([], known)
    assert [found for _, found in index.candidates(meaning, 5)] == [meaning]
    assert contents.same_reading(fingerprint_text(ORIGINALS["en"])) == known


def test_texts_come_into_vectors_that_were_made_for_pictures(
    engine: Engine, tmp_path: Path
) -> None:
    pictures = Space("pictures", "binary", 8, neighbours=5)
    locks = FileLocks(tmp_path / "locks")
    vectors = StoredVectors(engine, [pictures], tmp_path / "search", locks, saved_after=1)
    catalogued = StoredCatalogue(engine, vectors, "image")
    catalogued.add([Entry(Digest.of(b"picture"), {}, {"pictures": [b"\x0f"]})])
    before = vectors.nearest({"pictures": [b"\x0f"]}, 5)

    index = StoredMeaningIndex(engine, vectors, "small", 8)
    meaning = direction(1, 1, -1, 1, -1, -1, 1, 1)
    index.add([(Digest.of(b"text"), meaning)])

    assert vectors.nearest({"pictures": [b"\x0f"]}, 5) == before
    assert [one.content_id for one, _ in index.candidates(meaning, 5)] == [Digest.of(b"text")]
