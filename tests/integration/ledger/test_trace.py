"""`assay trace` and `/trace` on real assets, whole and damaged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

import assay
from assay.service.app import create_app

WEIGHTS = b"weights of a small model, " * 40
HOSTILE = "<script>alert(1)</script>"


@dataclass
class Published:
    """A home folder with a model that was made from a dataset."""

    client: assay.Client
    home: Path
    model: str
    dataset: str

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"ASSAY_HOME": str(self.home), "COLUMNS": "100"}
        return subprocess.run(
            [sys.executable, "-m", "assay.cli.main", *arguments],
            check=False,
            capture_output=True,
            text=True,
            env=environment,
            timeout=120,
        )


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    folder = tmp_path_factory.mktemp("trace")
    (folder / "data.csv").write_text("island,bill\nTorgersen,39.1\n")
    (folder / "model.bin").write_bytes(WEIGHTS)
    with assay.connect(home=folder / "home") as client:
        dataset = client.market.publish(
            folder / "data.csv", kind="dataset", licence="CC0-1.0", name=HOSTILE
        ).asset.registered.asset_id.hex
        model = client.market.publish(
            folder / "model.bin", kind="model", licence="Apache-2.0", datasets=[dataset]
        ).asset.registered.asset_id.hex
        yield Published(client, folder / "home", model, dataset)


@pytest.fixture
def damaged(published: Published) -> Iterator[None]:
    """One bit of the model's weights is flipped in the store, and flipped back in the end."""
    for path in sorted((published.home / "store").rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        if WEIGHTS in content:
            path.write_bytes(content.replace(WEIGHTS, b"W" + WEIGHTS[1:]))
            yield
            path.write_bytes(content)
            return
    raise AssertionError("the weights are not in the store")


@pytest.fixture
def web(published: Published) -> Iterator[TestClient]:
    with TestClient(create_app(published.client)) as http:
        yield http


def test_an_asset_is_traced_to_its_bytes_licence_and_datasets(published: Published) -> None:
    finished = published.run("trace", published.model, "--json")

    assert finished.returncode == 0, finished.stderr
    traced = json.loads(finished.stdout)
    assert traced["verified"] is True
    assert traced["nodes"][0]["id"] == f"asset:{published.model}"
    assert {"id": "licence:Apache-2.0", "kind": "licence", "title": "Apache-2.0"} in traced["nodes"]
    ends = {(link["from"], link["to"]) for link in traced["links"]}
    assert (f"asset:{published.model}", f"asset:{published.dataset}") in ends
    assert {frozenset(link) for link in traced["links"]} == {
        frozenset({"from", "to", "kind", "ok", "evidence", "reason"})
    }


def test_a_file_and_a_cid_name_what_was_made_of_them(published: Published, tmp_path: Path) -> None:
    copy = tmp_path / "a copy.bin"
    copy.write_bytes(WEIGHTS)
    cid = str(published.client.store.add_bytes(WEIGHTS))

    for subject in (str(copy), cid, f"asset:{published.model}"):
        finished = published.run("trace", subject, "--json")

        assert finished.returncode == 0, finished.stderr
        assert json.loads(finished.stdout)["nodes"][0]["id"] == f"asset:{published.model}"


def test_one_damaged_byte_fails_the_links_to_those_bytes_alone(
    published: Published, damaged: None
) -> None:
    finished = published.run("trace", published.model, "--json")

    assert finished.returncode == 1
    traced = json.loads(finished.stdout)
    failed = [link for link in traced["links"] if not link["ok"]]
    assert traced["verified"] is False
    assert [(link["from"], link["kind"]) for link in failed] == [
        (f"asset:{published.model}", "bytes of")
    ]
    assert failed[0]["reason"]


def test_the_tree_tells_a_person_the_same(published: Published, damaged: None) -> None:
    finished = published.run("trace", published.model)

    assert finished.returncode == 1
    assert "✗ bytes of" in finished.stdout
    assert "✓ licensed under" in finished.stdout
    assert "Not verified" in finished.stdout


def test_page_picture_and_digraph_are_written(published: Published, tmp_path: Path) -> None:
    page, picture = tmp_path / "lineage.html", tmp_path / "lineage.svg"

    finished = published.run(
        "trace", published.model, "--dot", "--html", str(page), "--svg", str(picture)
    )

    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.startswith("digraph")
    assert "<script" not in page.read_text()
    assert "&lt;script&gt;" in page.read_text()
    ET.fromstring(picture.read_text())


@pytest.mark.parametrize("subject", ["0x" + "00" * 32, "no such file", "../../etc/passwd", ""])
def test_an_unknown_subject_is_a_usage_error(published: Published, subject: str) -> None:
    finished = published.run("trace", subject, "--json")

    assert finished.returncode == 2
    assert json.loads(finished.stderr)["error"]["type"] == "UnknownSubjectError"


def test_a_file_that_cannot_be_written_is_an_environment_error(published: Published) -> None:
    finished = published.run("trace", published.model, "--html", "/nowhere/page.html")

    assert finished.returncode == 3
    assert "/nowhere/page.html" in finished.stderr


def test_the_lineage_is_served_as_json(web: TestClient, published: Published) -> None:
    answer = web.get(f"/trace/{published.model}")

    assert answer.status_code == 200
    assert answer.json()["verified"] is True
    assert answer.json()["nodes"][0]["id"] == f"asset:{published.model}"


def test_the_lineage_is_served_as_a_page_that_may_run_nothing(
    web: TestClient, published: Published
) -> None:
    answer = web.get(f"/trace/{published.model}", params={"format": "html"})

    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "<script" not in answer.text


def test_a_broken_lineage_is_served_with_its_verdict(
    web: TestClient, published: Published, damaged: None
) -> None:
    answer = web.get(f"/trace/{published.model}")

    assert (answer.status_code, answer.json()["verified"]) == (200, False)


def test_over_http_an_unknown_digest_is_404_and_a_file_name_is_no_subject(
    web: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.bin").write_bytes(WEIGHTS)

    assert web.get("/trace/0x" + "00" * 32).status_code == 404
    assert web.get("/trace/model.bin").status_code == 400
    assert web.get("/trace/x", params={"format": "pdf"}).status_code == 422
