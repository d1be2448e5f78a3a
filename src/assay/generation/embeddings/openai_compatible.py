"""Any server that speaks OpenAI's embeddings: vLLM, Ollama, llama.cpp, OpenAI itself.

embedder = OpenAIEmbedder("http://127.0.0.1:11434/v1", key=None, model="bge-m3")
embedder.embed(["one passage", "another"])
"""

from __future__ import annotations

from collections.abc import Sequence

import openai

from assay.errors import AssayError
from assay.generation.errors import (
    ModelAccessDenied,
    ModelFailed,
    ModelTimeout,
    ModelUnreachable,
    RequestRejected,
)

_BATCH = 64
_CLIENT_FAULTS = frozenset({400, 404, 413, 422})
_PROBE = "A sentence."
_DETAIL_CHARACTERS = 300


class OpenAIEmbedder:
    """The `TextEmbedder` port of the content area, by a server.

    Args:
        url: base URL, ending in /v1 for most servers.
        key: bearer token, if the server asks for one.
        model: the server's name of the model; it stands in fingerprints.
    """

    def __init__(self, url: str, key: str | None, model: str, *, timeout_s: float = 60.0) -> None:
        self.url = url
        self.name = model
        self._timeout_s = timeout_s
        self._dimensions: int | None = None
        self._client = openai.OpenAI(
            base_url=url, api_key=key or "none", max_retries=1, timeout=timeout_s
        )

    def __repr__(self) -> str:
        return f"OpenAIEmbedder({self.url!r}, model={self.name!r})"

    @property
    def dimensions(self) -> int:
        """How many numbers a vector of the last answer had; the server is asked for a first one.

        Raises: what `embed` raises.
        """
        if self._dimensions is None:
            self.embed([_PROBE])
        assert self._dimensions is not None, "an answer has at least one vector"
        return self._dimensions

    def embed(self, passages: Sequence[str]) -> Sequence[Sequence[float]]:
        """As many numbers for each passage as the model has dimensions.

        Raises:
            UnavailableError: the server does not answer (`ModelUnreachable`, `ModelTimeout`), or
                not with one vector for each passage (`ModelFailed`).
            InputError: it cannot take a passage (`RequestRejected`).
        """
        vectors: list[Sequence[float]] = []
        for start in range(0, len(passages), _BATCH):
            asked = list(passages[start : start + _BATCH])
            try:
                answer = self._client.embeddings.create(
                    model=self.name, input=asked, encoding_format="float"
                )
            except openai.APIError as error:
                raise self._translate(error) from error
            ordered = sorted(answer.data, key=lambda one: one.index)
            found = [one.embedding for one in ordered]
            if len(found) != len(asked) or len({len(vector) for vector in found}) != 1:
                detail = f"{len(found)} vectors came back for {len(asked)} passages"
                raise ModelFailed(self.name, detail)
            vectors += found
            self._dimensions = len(found[0])
        return vectors

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _translate(self, error: openai.APIError) -> AssayError:
        """The one place where errors of the `openai` library become ours here."""
        detail = error.message[:_DETAIL_CHARACTERS].rstrip(".")
        if isinstance(error, openai.APITimeoutError):
            return ModelTimeout(self.name, self._timeout_s)
        if isinstance(error, openai.APIConnectionError):
            reason = str(error.__cause__ or detail)[:_DETAIL_CHARACTERS].rstrip(".")
            setting = "ASSAY_EMBEDDING_URL"
            return ModelUnreachable(self.name, self.url, reason, setting=setting)
        if isinstance(error, (openai.AuthenticationError, openai.PermissionDeniedError)):
            return ModelAccessDenied(self.name, error.status_code, setting="ASSAY_EMBEDDING_KEY")
        if isinstance(error, openai.APIStatusError) and error.status_code in _CLIENT_FAULTS:
            return RequestRejected(self.name, error.status_code, detail)
        return ModelFailed(self.name, detail)
