"""A quick OpenAI-compatible server to sell: it answers each question with what `said` says.

python bench/load/upstream.py        prints its base URL, then serves until it is stopped
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route


def said(prompt: str, seed: int) -> str:
    """The answer to a prompt, the same every time."""
    return f"{prompt} ({seed % 1000}): heard."


async def complete(request: Request) -> Response:
    """`POST /v1/chat/completions`, streamed."""
    try:
        asked = await request.json()
    except ClientDisconnect:  # the service was killed
        return Response(status_code=400)
    text = said(asked["messages"][-1]["content"], asked["seed"])
    return StreamingResponse(_events(text), media_type="text/event-stream")


async def _events(text: str) -> AsyncIterator[str]:
    choice: dict[str, Any] = {"index": 0, "delta": {"content": text}, "finish_reason": None}
    yield _event({"choices": [choice]})
    yield _event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    usage = {"prompt_tokens": 8, "completion_tokens": len(text.split()), "total_tokens": 8}
    yield _event({"choices": [], "usage": usage})
    yield "data: [DONE]\n\n"


def _event(more: dict[str, Any]) -> str:
    head = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "echo"}
    return f"data: {json.dumps({**head, **more})}\n\n"


async def main() -> None:
    app = Starlette(routes=[Route("/v1/chat/completions", complete, methods=["POST"])])
    listening = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}/v1", flush=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    await server.serve(sockets=[listening])


if __name__ == "__main__":
    asyncio.run(main())
