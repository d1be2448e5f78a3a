"""The same use cases from Python, from the command line and over HTTP, on one home folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import assay
from assay.client.content import ContentClient
from assay.content.limits import CONTENT_LIMIT_BYTES
from assay.content.model import Authentication
from assay.core.digest import Digest
from assay.service.app import answer_error
from assay.service.routes.content import router
from tests.unit.content.texts.test_fingerprint import CHINESE, OTHER_CHINESE, PARAGRAPH

_MAIN = "from assay.cli.main import main; main()"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[assay.Client]:
    with assay.connect(home=tmp_path_factory.mktemp("home") / ".assay") as client:
        client.content.mint(CHINESE)
        yield client


@pytest.fixture(scope="module")
def web(client: assay.Client) -> Iterator[TestClient]:
    app = FastAPI()
    app.state.client = client
    app.include_router(router)
    app.add_exception_handler(assay.AssayError, answer_error)
    with TestClient(app) as http:
        yield http


def command(client: assay.Client, *arguments: str, stdin: bytes = b"") -> tuple[int, Any]:
    """Run `assay content ... --json`; the exit code and the JSON on either stream."""
    done = subprocess.run(
        [sys.executable, "-c", _MAIN, "content", *arguments, "--json"],
        env={**os.environ, "ASSAY_HOME": str(client.settings.home)},
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )
    return done.returncode, json.loads(done.stdout or done.stderr)


def test_a_text_is_minted_verified_and_shown_by_command(
    client: assay.Client, tmp_path: Path
) -> None:
    text, altered = tmp_path / "text.txt", tmp_path / "altered.txt"
    text.write_text(PARAGRAPH)
    altered.write_text(PARAGRAPH.replace("question", "riddle").replace("licence", "contract"))

    minted = command(client, "mint", str(text))
    again = command(client, "mint", str(text), "--account", "local-4")
    same = command(client, "verify", str(text))
    near = command(client, "verify", "-", stdin=altered.read_bytes())
    other = command(client, "verify", "-", stdin=OTHER_CHINESE.encode())
    shown = command(client, "show", minted[1]["content_id"])

    assert minted[0] == 0
    assert minted[1]["content_id"] == Digest.of(PARAGRAPH.encode()).hex
    assert (again[0], again[1]["error"]["type"]) == (1, "AlreadyMinted")
    assert (same[0], same[1]["verdict"]) == (0, "identical")
    assert (near[0], near[1]["verdict"]) == (1, "altered")
    assert {"verdict", "similarity", "confidence", "transform", "token", "evidence"} <= set(near[1])
    assert near[1]["token"]["content_id"] == minted[1]["content_id"]
    assert 0.7 < near[1]["similarity"] < 1
    assert (other[0], other[1]["verdict"], other[1]["token"]) == (1, "unknown", None)
    assert (shown[0], shown[1]["owner"]) == (0, minted[1]["owner"])


@pytest.mark.parametrize(
    ("arguments", "data"),
    [
        (("mint", "-"), b""),
        (("mint", "-"), b"\xff\xfe"),
        (("mint", "missing.txt"), b""),
        (("mint", "-", "--model", "0x12"), b"some text"),
        (("verify", "-"), b"a" * (CONTENT_LIMIT_BYTES + 1)),
        (("lazy", "voucher", __file__, "--price", "1", "--out", "/none/voucher.json"), b""),
        (("lazy", "voucher", str(Path(__file__).parent), "--price", "1"), b""),
        (("show", "0x" + "12" * 32), b""),
        (("show", "no id"), b""),
    ],
    ids=[
        "empty",
        "no UTF-8",
        "no file",
        "bad model",
        "too long",
        "no folder",
        "folder",
        "unknown",
        "no id",
    ],
)
def test_bad_input_ends_with_exit_code_two_and_a_hint(
    client: assay.Client, arguments: tuple[str, ...], data: bytes
) -> None:
    code, answer = command(client, *arguments, stdin=data)

    assert code == 2
    assert answer["error"]["message"]


def test_a_text_that_is_called_a_picture_is_not_minted(
    client: assay.Client, tmp_path: Path
) -> None:
    path = tmp_path / "picture.PNG"
    path.write_text("I am a text, and whoever calls me a picture has the wrong file.")

    code, answer = command(client, "mint", str(path))

    assert (code, answer["error"]["type"]) == (2, "NotAPicture")
    assert ".txt" in answer["error"]["hint"]


def test_plain_text_is_verified_over_http(web: TestClient) -> None:
    answer = web.post("/content/verify", content=CHINESE.encode())

    assert answer.status_code == 200
    assert answer.json()["verdict"] == "identical"


def test_a_json_body_is_verified_over_http(web: TestClient) -> None:
    answer = web.post("/content/verify", json={"text": CHINESE.replace("问题", "谜语")})

    assert answer.json()["verdict"] == "altered"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "text/plain"),
        (b"{", "application/json"),
        (b'{"other": 1}', "application/json"),
        (b'{"text": 5}', "application/json"),
        (b'{"text": "\\ud800"}', "application/json"),
    ],
)
def test_a_malformed_body_is_answered_with_400(web: TestClient, content: bytes, kind: str) -> None:
    answer = web.post("/content/verify", content=content, headers={"content-type": kind})

    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_a_token_is_shown_over_http(web: TestClient) -> None:
    content_id = Digest.of(CHINESE.encode()).hex

    answer = web.get(f"/content/{content_id}")

    assert answer.status_code == 200
    assert answer.json()["content_id"] == content_id
    assert answer.json()["metadata"]["content_digest"] == content_id


def test_an_unknown_token_is_answered_with_404(web: TestClient) -> None:
    assert web.get("/content/0x" + "12" * 32).status_code == 404
    assert web.get("/content/nothing").status_code == 400


def test_no_more_than_four_contents_are_compared_at_once(
    client: assay.Client, web: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, most, guard = 0, 0, Lock()
    verify = type(client.content).verify

    def counted(content: ContentClient, data: bytes) -> Authentication:
        nonlocal running, most
        with guard:
            running += 1
            most = max(most, running)
        try:
            time.sleep(0.1)
            return verify(content, data)
        finally:
            with guard:
                running -= 1

    monkeypatch.setattr(type(client.content), "verify", counted)
    with ThreadPoolExecutor(12) as threads:
        answers = list(
            threads.map(lambda _: web.post("/content/verify", content=CHINESE.encode()), range(12))
        )

    assert {one.status_code for one in answers} == {200}
    assert 2 <= most <= 4
