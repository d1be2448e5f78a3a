"""A text model without weights: says the same words for the same request, at a set pace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from assay.core.chat import TextChunk, TextRequest
from assay.errors import AssayError
from assay.market.metering import ServedModel


class ScriptedModel:
    """The `TextModel` port, and `TextModels` with this one model behind every service.

    Attributes:
        error: raised, where set, after `words_before_error` words.
        open: the first word waits until this is true; any thread may set it.
        generated: the requests that were answered to the end.
    """

    name = "scripted"

    def __init__(self, pause_s: float = 0.0) -> None:
        self.pause_s = pause_s
        self.error: AssayError | None = None
        self.words_before_error = 0
        self.open = True
        self.started: list[TextRequest] = []
        self.generated: list[TextRequest] = []

    def text_model(self, served: ServedModel) -> ScriptedModel:
        return self

    async def stream(self, request: TextRequest) -> AsyncGenerator[TextChunk, None]:
        self.started.append(request)
        while not self.open:
            await asyncio.sleep(0.005)
        words = scripted_text(request).split(" ")
        for number, word in enumerate(words):
            if self.error and number == self.words_before_error:
                raise self.error
            await asyncio.sleep(self.pause_s)
            yield TextChunk(word if number == 0 else f" {word}")
        self.generated.append(request)
        yield TextChunk("", "stop", 7, len(words))

    async def close(self) -> None:
        pass


def scripted_text(request: TextRequest) -> str:
    """What the model says."""
    return f"To '{request.messages[-1].content}' seed {request.seed} answers: é 好 and so on."
