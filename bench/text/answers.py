"""Let the small model answer the same prompts several times: the hardest unrelated texts.

The answers that the benchmark uses are in `answers.jsonl`, so that it needs no model; they come out
the same again from the same weights and seeds.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from pathlib import Path

from assay.core.chat import Message, TextRequest
from assay.generation.embedded import EmbeddedTextModel
from text.corpus import ANSWERS

_TOPICS = (
    "why the sky is blue", "how a bicycle stays upright", "what a blockchain is",
    "how bread rises", "why leaves turn red in autumn", "how vaccines work",
    "what inflation means", "how a computer stores numbers", "why the moon has phases",
    "how to learn a language", "what photosynthesis does", "how rivers form", "why we sleep",
    "how a refrigerator works", "what a contract is", "how to plan a garden",
    "why the sea is salty", "how birds migrate", "what an operating system does",
    "how to prepare for an interview",
)  # fmt: skip
_PROMPTS = ("Explain {} in one paragraph.", "Write a short note for a school magazine on {}.")
_SEEDS = range(1, 7)


def write_answers(gguf_path: Path, path: Path = ANSWERS) -> int:
    """Answer every prompt with every seed; the number of answers."""
    return asyncio.run(_write(gguf_path, path))


async def _write(gguf_path: Path, path: Path) -> int:
    prompts = [prompt.format(topic) for prompt in _PROMPTS for topic in _TOPICS]
    with tempfile.TemporaryDirectory() as folder, path.open("w", encoding="utf-8") as out:
        model = EmbeddedTextModel(gguf_path, "smollm2", Path(folder) / "model.log")
        try:
            for prompt in prompts:
                for seed in _SEEDS:
                    text = await _answer(model, prompt, seed)
                    row = {"prompt": prompt, "seed": seed, "text": text}
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
        finally:
            await model.close()
    return len(prompts) * len(_SEEDS)


async def _answer(model: EmbeddedTextModel, prompt: str, seed: int) -> str:
    request = TextRequest((Message("user", prompt),), max_tokens=160, temperature=0.8, seed=seed)
    return "".join([chunk.text async for chunk in model.stream(request)])
