"""OpenAI's chat completions as JSON: reading a request, writing an answer whole or in pieces.

What would change the answer and cannot be honoured is refused, never ignored. Every answer carries
one more member, `assay`: the record of the call, the parameters in force and the payment.

Reference: https://platform.openai.com/docs/api-reference/chat
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assay.core.chat import Message, TextChunk, TextRequest
from assay.errors import InputError
from assay.market.metering import CallRequest, PaidCall, ServedModel

_DEFAULT_MAX_TOKENS = 256
_HARMLESS = {
    "metadata", "parallel_tool_calls", "prompt_cache_key", "safety_identifier", "service_tier",
    "store", "stream_options", "user",
}  # fmt: skip
# What these parameters say when they say nothing.
_NEUTRAL: dict[str, tuple[Any, ...]] = {
    "n": (1,),
    "frequency_penalty": (0,),
    "presence_penalty": (0,),
    "logprobs": (False,),
    "logit_bias": ({},),
    "tools": ([],),
    "functions": ([],),
    "tool_choice": ("none", "auto"),
    "response_format": ({"type": "text"},),
    "modalities": (["text"],),
}


class ParameterUnsupported(InputError):
    """A parameter of the OpenAI API that would change the answer and is not supported."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The parameter {name[:80]!r} is not supported.", hint="Leave it out of the request."
        )
        self.name = name


class RequestMalformed(InputError):
    """The body is not a request of the kind that the route takes."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The request cannot be read: {detail}.")
        self.detail = detail


class ChatCompletionRequest(BaseModel):
    """The body of POST /v1/chat/completions."""

    model_config = ConfigDict(extra="allow", strict=True)

    model: str = Field(min_length=1, max_length=200)
    messages: list[dict[str, Any]] = Field(min_length=1, max_length=1000)
    max_tokens: Annotated[int | None, Field(ge=1, le=100_000)] = None
    max_completion_tokens: Annotated[int | None, Field(ge=1, le=100_000)] = None
    temperature: float | None = None
    top_p: float | None = None
    seed: int | None = None
    stop: str | list[str] | None = None
    stream: bool | None = None
    stream_options: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A request as it was read: the call, and how the answer is to be written."""

    call: CallRequest
    stream: bool
    include_usage: bool


def read_request(body: bytes) -> ChatRequest:
    """Read a request's body.

    Raises:
        RequestMalformed: not UTF-8, not JSON, or of another shape.
        ParameterUnsupported: it asks for something else than text.
        InputError: a message or parameter is out of range.
    """
    try:
        given = ChatCompletionRequest.model_validate_json(body)
    except ValidationError as error:
        raise malformed(error) from None
    for name, value in (given.model_extra or {}).items():
        if name not in _HARMLESS and value is not None and value not in _NEUTRAL.get(name, ()):
            raise ParameterUnsupported(name)
    text = TextRequest(
        messages=tuple(_message(item) for item in given.messages),
        max_tokens=given.max_completion_tokens or given.max_tokens or _DEFAULT_MAX_TOKENS,
        temperature=1.0 if given.temperature is None else given.temperature,
        top_p=1.0 if given.top_p is None else given.top_p,
        seed=given.seed or 0,
        stop=(given.stop,) if isinstance(given.stop, str) else tuple(given.stop or ()),
    )
    return ChatRequest(
        call=CallRequest(given.model, text, seed_given=given.seed is not None),
        stream=bool(given.stream),
        include_usage=bool((given.stream_options or {}).get("include_usage")),
    )


def malformed(error: ValidationError) -> RequestMalformed:
    """What is wrong with a body, first of all."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "body"
    return RequestMalformed(f"{where[:80]}: {first['msg'][:200]}")


def _message(item: dict[str, Any]) -> Message:
    role, content = item.get("role"), item.get("content")
    if not isinstance(role, str):
        raise RequestMalformed("a message has no role")
    if isinstance(content, list):
        content = "".join(_part(part) for part in content)
    if not isinstance(content, str):
        raise RequestMalformed("a message has no text")
    return Message("system" if role == "developer" else role, content)


def _part(part: Any) -> str:
    if not isinstance(part, dict) or part.get("type") != "text":
        raise ParameterUnsupported("messages.content: other than text")
    text = part.get("text")
    if not isinstance(text, str):
        raise RequestMalformed("a part of a message has no text")
    return text


def completion(call: PaidCall) -> dict[str, Any]:
    """The whole answer of a settled call."""
    answer = call.answer
    assert answer, "only an answered call is written"
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": answer.text},
        "finish_reason": answer.finish_reason,
    }
    return {
        **_head(call, "chat.completion"),
        "choices": [choice],
        "usage": _usage(answer.prompt_tokens, answer.completion_tokens),
        "assay": evidence(call),
    }


def first_piece(call: PaidCall) -> str:
    """The event that opens a stream."""
    return _event(call, {"role": "assistant", "content": ""}, None)


def piece(call: PaidCall, chunk: TextChunk) -> str:
    """An event with some text."""
    return _event(call, {"content": chunk.text}, None)


def last_pieces(call: PaidCall, *, include_usage: bool) -> str:
    """The events that close a stream: why it ends, the record, the counts if asked for."""
    answer = call.answer
    assert answer, "a stream is closed when its call is answered"
    events = _event(call, {}, answer.finish_reason, assay=evidence(call))
    if include_usage:
        usage = _usage(answer.prompt_tokens, answer.completion_tokens)
        events += _line({**_head(call, "chat.completion.chunk"), "choices": [], "usage": usage})
    return events + "data: [DONE]\n\n"


def error_piece(body: bytes | memoryview) -> str:
    """The event that tells that the rest of a stream is missing."""
    return f"data: {bytes(body).decode()}\n\n"


def model_list(services: list[ServedModel], token: str) -> dict[str, Any]:
    """The body of GET /v1/models."""
    return {"object": "list", "data": [_model(served, token) for served in services]}


def _model(served: ServedModel, token: str) -> dict[str, Any]:
    offer = {
        "service": served.service.hex,
        "model": served.model.hex,
        "price": str(served.price),
        "token": token,
        "provider": served.provider,
    }
    return {
        "id": served.name,
        "object": "model",
        "created": 0,
        "owned_by": served.provider,
        "assay": offer,
    }


def _head(call: PaidCall, kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{call.payment.nonce.hex[2:26]}",
        "object": kind,
        "created": call.verified_at,
        "model": call.served.name,
    }


def _usage(prompt_tokens: int, completion_tokens: int) -> dict[str, int]:
    return {
        "prompt_tokens": prompt_tokens,
        "completion_tokens": completion_tokens,
        "total_tokens": prompt_tokens + completion_tokens,
    }


def evidence(call: PaidCall) -> dict[str, Any]:
    """The member `assay` of an answer: record, parameters in force and payment."""
    assert call.answer
    return {
        "record": str(call.answer.record.cid),
        "artefact": call.answer.record.as_json(),
        "parameters": call.request.parameters,
        "transaction": call.transaction,
    }


def _event(call: PaidCall, delta: dict[str, str], finish_reason: str | None, **more: Any) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    return _line({**_head(call, "chat.completion.chunk"), "choices": [choice], **more})


def _line(value: Any) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"
