"""A question to a text model and its answer, as values that every area shares and hashes alike.

>>> request = TextRequest((Message("user", "Name a colour."),), max_tokens=8, seed=1)
>>> request.parameters["temperature"]
'1'
>>> request.prompt_digest.hex[:10]
'0x4504c5ae'
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any

from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.errors import InputError

ROLES = ("system", "user", "assistant")
LARGEST_PROMPT_BYTES = 262_144
LARGEST_SEED = 2**32 - 2  # 2**32 - 1 means "pick one" to llama.cpp
MOST_STOPS = 4


class PromptEmpty(InputError):
    """There is nothing to answer."""

    def __init__(self) -> None:
        super().__init__(
            "The prompt is empty.", hint="Give at least one user message with some text."
        )


class PromptTooLong(InputError):
    """The messages are larger than any model here accepts."""

    def __init__(self, given_bytes: int, largest_bytes: int = LARGEST_PROMPT_BYTES) -> None:
        super().__init__(
            f"The prompt has {given_bytes} bytes, more than {largest_bytes}.",
            hint="Shorten it, or split it into several calls.",
        )
        self.given_bytes = given_bytes
        self.largest_bytes = largest_bytes


class ParameterOutOfRange(InputError):
    """A sampling parameter has a value that no model here accepts."""

    def __init__(self, name: str, value: object, rule: str) -> None:
        super().__init__(f"{name} is {value!r}, but must be {rule}.")
        self.name = name
        self.value = value


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation: a role (`system`, `user`, `assistant`) and its text."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class TextRequest:
    """A whole question, with everything that decides the answer.

    Attributes:
        max_tokens: the most tokens to generate.
        temperature: 0 (always the likeliest token) to 2.
        top_p: share of the probability mass to sample from, above 0 up to 1.
        seed: 0 to 2**32 - 2; the same seed gives the same text.
        stop: texts that end the answer.

    Raises:
        PromptEmpty: no message of the user has text.
        PromptTooLong: the messages have more than `LARGEST_PROMPT_BYTES` bytes.
        ParameterOutOfRange: a parameter is outside the range above.
    """

    messages: tuple[Message, ...]
    max_tokens: int = 256
    temperature: float = 1.0
    top_p: float = 1.0
    seed: int = 0
    stop: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_messages(self.messages)
        if self.max_tokens < 1:
            raise ParameterOutOfRange("max_tokens", self.max_tokens, "1 or more")
        if not (isfinite(self.temperature) and 0 <= self.temperature <= 2):
            raise ParameterOutOfRange("temperature", self.temperature, "from 0 to 2")
        if not (isfinite(self.top_p) and 0 < self.top_p <= 1):
            raise ParameterOutOfRange("top_p", self.top_p, "above 0, up to 1")
        if not 0 <= self.seed <= LARGEST_SEED:
            raise ParameterOutOfRange("seed", self.seed, f"from 0 to {LARGEST_SEED}")
        if len(self.stop) > MOST_STOPS or not all(self.stop):
            raise ParameterOutOfRange("stop", self.stop, f"up to {MOST_STOPS} non-empty texts")

    @property
    def parameters(self) -> dict[str, Any]:
        """What decides the answer besides the messages, in JSON without floats."""
        return {
            "max_tokens": self.max_tokens,
            "seed": self.seed,
            "stop": list(self.stop),
            "temperature": decimal_text(self.temperature),
            "top_p": decimal_text(self.top_p),
        }

    def as_json(self) -> dict[str, Any]:
        """The prompt document: `{"messages": [...], "parameters": {...}}`."""
        messages = [{"role": item.role, "content": item.content} for item in self.messages]
        return {"messages": messages, "parameters": self.parameters}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> TextRequest:
        """Read what `as_json` wrote."""
        parameters = document["parameters"]
        return cls(
            messages=tuple(Message(item["role"], item["content"]) for item in document["messages"]),
            max_tokens=int(parameters["max_tokens"]),
            temperature=float(parameters["temperature"]),
            top_p=float(parameters["top_p"]),
            seed=int(parameters["seed"]),
            stop=tuple(parameters["stop"]),
        )

    @property
    def prompt_digest(self) -> Digest:
        """SHA-256 of the canonical JSON of the prompt document."""
        return Digest.of(canonical_json(self.as_json()))


@dataclass(frozen=True, slots=True)
class TextChunk:
    """A piece of an answer; the last one has a finish reason (`stop`, `length`) and the counts."""

    text: str
    finish_reason: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0


def join_chunks(chunks: Iterable[TextChunk]) -> TextChunk:
    """The whole answer as one last chunk."""
    pieces = list(chunks)
    last = pieces[-1] if pieces else TextChunk("", "stop")
    return TextChunk(
        text="".join(piece.text for piece in pieces),
        finish_reason=last.finish_reason,
        prompt_tokens=last.prompt_tokens,
        completion_tokens=last.completion_tokens,
    )


def decimal_text(number: float) -> str:
    """The shortest decimal spelling that reads back as the same float: 0.7, 1, 0.00001."""
    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _check_messages(messages: tuple[Message, ...]) -> None:
    total_bytes = 0
    for message in messages:
        if message.role not in ROLES:
            raise ParameterOutOfRange("role", message.role[:40], "one of " + ", ".join(ROLES))
        try:
            total_bytes += len(message.content.encode("utf-8"))
        except UnicodeEncodeError:
            raise InputError("A message has text that is not valid Unicode.") from None
    if not any(item.role == "user" and item.content.strip() for item in messages):
        raise PromptEmpty
    if total_bytes > LARGEST_PROMPT_BYTES:
        raise PromptTooLong(total_bytes)


def pick_seed() -> int:
    """A seed for a caller who gave none."""
    return secrets.randbelow(LARGEST_SEED + 1)
