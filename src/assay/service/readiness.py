"""While the chain is being brought back, requests that rely on it are told to come again."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from assay.service.background import Background
from assay.service.limits import answer

RESTARTING = "The chain is being brought back after its node died."
_WITHOUT_CHAIN = ("/health", "/metrics", "/ipfs/", "/docs", "/openapi.json")
# A client that tried again by itself would sign a second payment: the first one stays good.
_HEADERS = [(b"retry-after", b"1"), (b"x-should-retry", b"false")]


class Readiness:
    """Answers 503 from the death of the local node until it has all that it lost."""

    def __init__(self, app: ASGIApp, *, background: Background) -> None:
        self._app = app
        self._background = background

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or put it off."""
        relies = scope["type"] == "http" and not scope["path"].startswith(_WITHOUT_CHAIN)
        if self._background.ready or not relies:
            return await self._app(scope, receive, send)
        hint = "Ask again in a moment, with the same payment if there is one."
        return await answer(send, 503, "ChainRestarting", RESTARTING, hint, more_headers=_HEADERS)
