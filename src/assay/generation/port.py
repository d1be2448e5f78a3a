"""The port to text models.

request = TextRequest((Message("user", "Hello"),))
async for chunk in model.stream(request):
    print(chunk.text, end="")
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Protocol

from assay.core.chat import Message, TextChunk, TextRequest

__all__ = ["Message", "TextChunk", "TextModel", "TextRequest"]


class TextModel(Protocol):
    """Answers requests one token after the other; used from one event loop."""

    @property
    def name(self) -> str:
        """The name that callers know the model by."""
        ...

    def stream(self, request: TextRequest) -> AsyncGenerator[TextChunk, None]:
        """Generate; closing the generator stops the work.

        Raises:
            InputError: the model cannot take this request (`ContextOverflow`, `RequestRejected`).
            UnavailableError: the model or its server fails (`ModelCrashed`, `ModelTimeout`, ...).
        """
        ...

    async def close(self) -> None:
        """Release processes and connections."""
        ...
