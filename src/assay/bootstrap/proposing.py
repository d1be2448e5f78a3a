"""The model that is asked about words which no rule could read: any OpenAI-compatible server."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from assay.authoring.proposing.answers import LONGEST_ANSWER
from assay.config import Settings
from assay.core.chat import Message, TextRequest
from assay.errors import InputError
from assay.generation.errors import ModelFailed, ModelTimeout
from assay.generation.openai_compatible import OpenAITextModel

DEFAULT = "default"
TIMEOUT_S = 120.0
_MOST_TOKENS = 2048


@dataclass(frozen=True)
class ModelProposer:
    """The `Proposer` port. The likeliest answer, and the same one to the same question.

    Attributes:
        timeout_s: for one whole answer.
    """

    url: str
    key: str | None
    model: str
    timeout_s: float = TIMEOUT_S

    def answer(self, rules: str, data: str) -> str:
        """See `Proposer.answer`."""
        messages = (Message("system", rules), Message("user", data))
        request = TextRequest(messages, max_tokens=_MOST_TOKENS, temperature=0.0, seed=1)
        try:
            return asyncio.run(asyncio.wait_for(self._answer(request), self.timeout_s))
        except TimeoutError:
            raise ModelTimeout(self.model, self.timeout_s) from None

    async def _answer(self, request: TextRequest) -> str:
        model = OpenAITextModel(self.url, self.key, self.model, timeout_s=self.timeout_s)
        answer = ""
        try:
            async for chunk in model.stream(request):
                answer += chunk.text
                if len(answer) > LONGEST_ANSWER:
                    raise ModelFailed(self.model, f"more than {LONGEST_ANSWER} characters")
        finally:
            await model.close()
        return answer


def make_proposer(settings: Settings, url: str, model: str) -> ModelProposer:
    """The model of a server; `default` is the server of ASSAY_MODEL_URL, with its key.

    Raises:
        InputError: there is no default server, or no model is named.
    """
    if not model:
        raise InputError("Which model is to propose?", hint="Name it with --model.")
    if url != DEFAULT:
        return ModelProposer(url, None, model)
    if settings.model_url is None:
        raise InputError(
            "There is no default server of models.",
            hint="Set ASSAY_MODEL_URL, or give --propose the URL of an OpenAI-compatible server.",
        )
    key = settings.model_key
    return ModelProposer(settings.model_url, key.get_secret_value() if key else None, model)
