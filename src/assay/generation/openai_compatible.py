"""Any server that speaks OpenAI's chat completions: vLLM, Ollama, llama.cpp, OpenAI itself.

    model = OpenAITextModel("http://127.0.0.1:11434/v1", key=None, model="smollm2:135m")
    async for chunk in model.stream(request):
        print(chunk.text, end="")

Retries are switched off: whether a question may be asked twice is for the caller to say.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import Any

import openai
from openai.types.chat import ChatCompletionChunk

from assay.core.chat import TextChunk, TextRequest
from assay.errors import AssayError
from assay.generation.errors import (
    ContextOverflow,
    ModelAccessDenied,
    ModelFailed,
    ModelTimeout,
    ModelUnreachable,
    RequestRejected,
)

_CLIENT_FAULTS = (400, 404, 413, 422)
_DETAIL_CHARACTERS = 300


class OpenAITextModel:
    """One model on an OpenAI-compatible server.

    Args:
        url: base URL, ending in /v1 for most servers.
        key: bearer token, if the server asks for one.
        model: the server's name of the model.
        name: the name that our callers know it by; by default the server's.
        timeout_s: longest silence of the server.
        extra_body: fields added to every request.
        keep_alive: use a connection for several requests; not with a server that closes idle ones
            without a word, for a request that meets the closing is lost.
    """

    def __init__(
        self,
        url: str,
        key: str | None,
        model: str,
        *,
        name: str | None = None,
        timeout_s: float = 300.0,
        connect_timeout_s: float = 10.0,
        extra_body: Mapping[str, Any] | None = None,
        keep_alive: bool = True,
    ) -> None:
        self.url = url
        self.name = name or model
        self._model = model
        self._timeout_s = timeout_s
        self._extra_body = dict(extra_body or {})
        self._client = openai.AsyncOpenAI(
            base_url=url,
            api_key=key or "none",
            max_retries=0,
            timeout=openai.Timeout(timeout_s, connect=connect_timeout_s),
            default_headers=None if keep_alive else {"Connection": "close"},
        )

    def __repr__(self) -> str:
        return f"OpenAITextModel({self.url!r}, model={self._model!r})"

    async def stream(self, request: TextRequest) -> AsyncGenerator[TextChunk, None]:
        """Generate; see `TextModel.stream`."""
        finish_reason: str | None = None
        usage = (0, 0)
        try:
            stream = await self._client.chat.completions.create(**self._body(request))
            async with stream:
                async for event in stream:
                    text, reason = _first_choice(event)
                    finish_reason = reason or finish_reason
                    if event.usage:
                        usage = (event.usage.prompt_tokens, event.usage.completion_tokens)
                    if text:
                        yield TextChunk(text)
        except openai.APIError as error:
            raise self._translate(error) from error
        if finish_reason is None:
            raise ModelFailed(self.name, "the answer broke off")
        yield TextChunk("", finish_reason, *usage)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    def _body(self, request: TextRequest) -> dict[str, Any]:
        return {
            "model": self._model,
            "messages": [{"role": item.role, "content": item.content} for item in request.messages],
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
            "top_p": request.top_p,
            "seed": request.seed,
            "stop": list(request.stop) or None,
            "stream": True,
            "stream_options": {"include_usage": True},
            "extra_body": self._extra_body,
        }

    def _translate(self, error: openai.APIError) -> AssayError:
        """The one place where errors of the `openai` library become ours."""
        detail = error.message[:_DETAIL_CHARACTERS].rstrip(".")
        if isinstance(error, openai.APITimeoutError):
            return ModelTimeout(self.name, self._timeout_s)
        if isinstance(error, openai.APIConnectionError):
            reason = str(error.__cause__ or detail)[:_DETAIL_CHARACTERS].rstrip(".")
            return ModelUnreachable(self.name, self.url, reason or type(error.__cause__).__name__)
        if isinstance(error, (openai.AuthenticationError, openai.PermissionDeniedError)):
            return ModelAccessDenied(self.name, error.status_code)
        overflow = _overflow(error.body)
        if overflow:
            return ContextOverflow(self.name, *overflow)
        if isinstance(error, openai.APIStatusError) and error.status_code in _CLIENT_FAULTS:
            return RequestRejected(self.name, error.status_code, detail)
        return ModelFailed(self.name, detail)


def _first_choice(event: ChatCompletionChunk) -> tuple[str, str | None]:
    if not event.choices:
        return "", None
    choice = event.choices[0]
    return choice.delta.content or "", choice.finish_reason


def _overflow(body: object) -> tuple[int, int] | None:
    """(prompt tokens, context tokens) where the server, like llama.cpp, says that they clash."""
    if not isinstance(body, dict):
        return None
    given, context = body.get("n_prompt_tokens"), body.get("n_ctx")
    return (given, context) if isinstance(given, int) and isinstance(context, int) else None
