"""Paraphrases in verdicts: what is claimed, what is said instead, and what no failure may cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assay.content.model import Authentication, Verdict
from assay.content.texts.calibration import Calibration, calibrate
from assay.content.texts.fingerprint import TextFingerprint
from assay.content.use_cases.mint import Minted
from assay.content.use_cases.search import search_content
from assay.content.use_cases.text_matching import TextMatcher
from assay.content.use_cases.text_paraphrases import (
    CATCH_UP_S,
    RETRY_AFTER_S,
    Meanings,
    Paraphrases,
)
from assay.core.digest import Digest
from assay.errors import UnavailableError
from assay.store.disk import DiskStore
from tests.fakes.content import FakeContentIndex, FakeMeaningIndex
from tests.unit.content.conftest import World
from tests.unit.content.texts.test_paraphrase import CALIBRATION, TOPICS, TopicEmbedder, text_on

TEXT = text_on(*TOPICS[:6])
REWORDED = text_on(*TOPICS[:6], manner="other")
OTHER = text_on("trains", "hotels", "foxes", "planets", manner="other")


class Moody(TopicEmbedder):
    """Fails, or answers in another size, when it is told to."""

    def __init__(self) -> None:
        self.fails = False
        self.wide = False
        self.asked = 0

    @property
    def dimensions(self) -> int:
        return TopicEmbedder.dimensions * (2 if self.wide else 1)

    def embed(self, passages: Sequence[str]) -> list[np.ndarray]:
        self.asked += 1
        if self.fails:
            raise UnavailableError("The server of topics cannot be reached.", hint="Start it.")
        found = super().embed(passages)
        return [np.tile(one, 2) for one in found] if self.wide else found


class Reader(World):
    """The use cases with an embedder, and a clock of its own."""

    def __init__(self, world: World, calibration: Calibration | None = CALIBRATION) -> None:
        super().__init__(world.blobs, world.contract, world.index)
        self.embedder, self.now_s = Moody(), 0.0
        self.meanings = FakeMeaningIndex(world.index)
        self._calibration = calibration
        self.paraphrases = Paraphrases(self._open, self.index, self.blobs, lambda: self.now_s)

    @property
    def matchers(self) -> tuple[TextMatcher, ...]:
        return (TextMatcher(self.index, self.blobs, lambda: self.paraphrases),)

    def _open(self) -> Meanings:
        calibration = self._calibration or calibrate(self.embedder)
        if len(calibration.means["latin"]) != self.embedder.dimensions:
            mean = np.zeros(self.embedder.dimensions, np.float32)
            calibration = replace(calibration, means={"latin": mean})
        return Meanings(self.embedder, calibration, self.meanings)


@pytest.fixture
def reader(world: World) -> Reader:
    return Reader(world)


def named(found: Authentication, minted: Minted) -> bool:
    return found.token is not None and found.token.content_id == minted.token.content_id


def said(found: Authentication) -> str:
    return "\n".join(found.evidence)


def stranger_with(minted: Minted, reader: Reader, folder: Path) -> Reader:
    """Somebody who has the metadata and not the content."""
    blobs, index = DiskStore(folder / "bare"), FakeContentIndex(reader.contract)
    blobs.add_bytes(minted.metadata.encode())
    index.fingerprints = reader.index.fingerprints
    return Reader(World(blobs, reader.contract, index))


def test_a_paraphrase_is_an_altered_copy_and_its_passages_are_named(reader: Reader) -> None:
    minted = reader.mint(TEXT)

    found = reader.verify(REWORDED)

    assert (found.verdict, found.as_json()["transform"]) == (Verdict.ALTERED, "paraphrase")
    assert named(found, minted)
    assert 0.9 <= found.confidence <= 0.98
    assert f"the stored content of {minted.token.content_id} by what the passages mean" in said(
        found
    )
    assert 'its passage 1, "thus rivers is the thing' in said(found)
    assert "means what passage 1 of the token's text does: likeness" in said(found)


def test_another_text_is_unknown_and_the_nearest_is_said(reader: Reader) -> None:
    minted = reader.mint(TEXT)

    found = reader.verify(OTHER)

    assert (found.verdict, found.token) == (Verdict.UNKNOWN, None)
    assert f"no minted text is a paraphrase of it; {minted.token.content_id} comes" in said(found)


def test_a_copy_by_its_words_costs_no_embedding_and_reads_as_before(
    reader: Reader, world: World
) -> None:
    reader.mint(TEXT)
    asked = reader.embedder.asked

    for copy in (TEXT, TEXT.upper(), TEXT.replace("rivers", "brooks")):
        assert reader.verify(copy) == world.verify(copy)
    assert reader.embedder.asked == asked


def test_a_search_names_the_paraphrase(reader: Reader) -> None:
    minted = reader.mint(TEXT)

    result = search_content(
        REWORDED.encode(),
        5,
        contract=reader.contract,
        index=reader.index,
        matchers=reader.matchers,
    )

    first = result.found[0].as_json()
    assert first["content_id"] == minted.token.content_id.hex
    assert (first["is_copy"], first["transform"]) == (True, "paraphrase")


def test_texts_that_were_minted_without_an_embedder_are_found(reader: Reader, world: World) -> None:
    minted = world.mint(TEXT)
    plain = world.verify(REWORDED)

    assert plain.verdict == Verdict.UNKNOWN
    assert named(reader.verify(REWORDED), minted)


def test_without_the_content_the_meaning_in_the_metadata_tells(
    reader: Reader, tmp_path: Path
) -> None:
    minted = reader.mint(TEXT)
    stranger = stranger_with(minted, reader, tmp_path)

    found = stranger.verify(REWORDED)

    assert isinstance(minted.metadata.fingerprint, TextFingerprint)
    assert minted.metadata.fingerprint.meaning is not None
    assert named(found, minted)
    assert "held against the indexed fingerprint" in said(found)


def test_a_meaning_that_no_embedder_makes_is_not_indexed(reader: Reader, tmp_path: Path) -> None:
    minted = reader.mint(TEXT)
    honest = minted.metadata.fingerprint
    assert isinstance(honest, TextFingerprint)
    assert honest.meaning is not None
    directions = tuple(replace(one, script="elvish") for one in honest.meaning.directions)
    forged = replace(honest, meaning=replace(honest.meaning, directions=directions))
    metadata = replace(minted.metadata, fingerprint=forged)
    token = reader.contract.tokens[minted.token.content_id]
    stranger = stranger_with(replace(minted, metadata=metadata), reader, tmp_path)
    cid = stranger.blobs.add_bytes(metadata.encode())
    token.provenance = replace(token.provenance, metadata=cid)

    found = stranger.verify(REWORDED)

    assert found.verdict == Verdict.UNKNOWN
    assert stranger.meanings.known == {}


def test_texts_whose_meaning_is_not_to_be_had_are_counted(
    reader: Reader, world: World, tmp_path: Path
) -> None:
    minted = world.mint(TEXT)
    stranger = stranger_with(minted, reader, tmp_path)

    first, second = stranger.verify(REWORDED), stranger.verify(REWORDED)

    assert first.verdict == Verdict.UNKNOWN
    for found in (first, second):
        assert "1 minted texts could not be compared for paraphrase: neither they nor" in said(
            found
        )


def test_a_model_that_is_not_calibrated_claims_nothing(world: World) -> None:
    unfitted = Reader(world, None)
    unfitted.mint(TEXT)

    found = unfitted.verify(REWORDED)

    assert (found.verdict, found.confidence) == (Verdict.UNKNOWN, 0.0)
    assert "is not known of this model: nothing is claimed" in said(found)


def test_a_dead_server_costs_a_note_and_one_wait(reader: Reader) -> None:
    reader.embedder.fails = True

    minted = reader.mint(TEXT)
    found, again = reader.verify(REWORDED), reader.verify(OTHER)

    [note] = minted.notes
    assert note.endswith("in the metadata: The server of topics cannot be reached. Start it.")
    assert (found.verdict, again.verdict) == (Verdict.UNKNOWN, Verdict.UNKNOWN)
    assert "paraphrases were not looked for: The server of topics cannot be reached." in said(found)
    assert reader.embedder.asked == 1


def test_what_was_minted_while_the_server_was_dead_is_found_when_it_is_back(reader: Reader) -> None:
    reader.embedder.fails = True
    minted = reader.mint(TEXT)
    reader.embedder.fails = False
    reader.now_s += RETRY_AFTER_S

    assert named(reader.verify(REWORDED), minted)


def test_a_server_that_changes_its_vectors_is_said_and_then_begun_anew(reader: Reader) -> None:
    reader.mint(TEXT)
    reader.embedder.wide = True

    found = reader.verify(REWORDED)
    reader.now_s += RETRY_AFTER_S
    later = reader.verify(OTHER)

    assert found.verdict == Verdict.UNKNOWN
    assert "its vectors have 128 numbers in place of 64" in said(found)
    assert "not compared for paraphrase: the vectors have different sizes" in said(later)


def test_one_text_that_cannot_be_embedded_hides_no_other(
    reader: Reader, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.mint(text_on("violins", "violins", "violins"))
    minted = world.mint(TEXT)
    embed = reader.embedder.embed

    def without_violins(passages: Sequence[str]) -> list[np.ndarray]:
        nowhere = all("violins" in one for one in passages)
        return [one * 0 if nowhere else one for one in embed(passages)]

    monkeypatch.setattr(reader.embedder, "embed", without_violins)
    found = reader.verify(REWORDED)

    assert named(found, minted)
    assert "1 minted texts are not indexed by their meaning yet" in said(found)
    assert "a vector points nowhere" in said(found)


def test_many_texts_are_embedded_bit_by_bit(
    reader: Reader, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    minted = [world.mint(text_on(*TOPICS[:6], f"word{number}")) for number in range(3)]
    embed = reader.embedder.embed

    def slow(passages: Sequence[str]) -> list[np.ndarray]:
        reader.now_s += CATCH_UP_S + 1
        return embed(passages)

    monkeypatch.setattr(reader.embedder, "embed", slow)
    found = [reader.verify(OTHER), reader.verify(OTHER), reader.verify(OTHER)]

    left = [
        line for one in found for line in one.evidence if "not indexed by their meaning" in line
    ]
    assert [line[0] for line in left] == ["2", "1"]
    assert reader.meanings.known.keys() == {one.token.content_id for one in minted}


def test_a_forged_meaning_is_refuted_by_the_stored_content(reader: Reader) -> None:
    minted = reader.mint(text_on("planets", "trains", "hotels", "foxes", "courts", "bees"))
    wanted, _ = reader.paraphrases.register(Digest.of(b"elsewhere"), TEXT)
    assert wanted is not None
    reader.meanings.known[minted.token.content_id] = wanted

    found = reader.verify(REWORDED)

    assert found.verdict == Verdict.UNKNOWN
    assert "held against the stored content" in said(found)


def test_a_text_in_a_script_that_is_not_covered_is_not_judged(reader: Reader) -> None:
    reader.mint(TEXT)
    russian = "Река поднялась за ночь на два метра и затопила все нижние поля вокруг деревни. " * 3

    found = reader.verify(russian)

    assert found.verdict == Verdict.UNKNOWN
    assert "no passage of it could be compared by meaning (it is in cyrillic)" in said(found)
