"""`/health`: whether the parts that paid calls depend on answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from assay.errors import AssayError
from assay.service.deps import ClientDependency
from assay.service.readiness import RESTARTING

router = APIRouter(tags=["operations"])


@router.get("/")
def start() -> dict[str, str]:
    """Where to look."""
    return {
        "models": "/v1/models",
        "calls": "/v1/chat/completions",
        "assets": "/assets",
        "content": "/content",
        "health": "/health",
        "description": "/openapi.json",
    }


@router.get("/metrics", response_class=Response)
def metrics() -> Response:
    """Counters and times for Prometheus."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


@router.get("/health")
def health(client: ClientDependency, request: Request, response: Response) -> dict[str, Any]:
    """Chain, contracts and index, each `ok` or what is wrong; status 503 if one is."""
    checks: dict[str, Callable[[], object]] = {
        "chain": lambda: client.workspace.node.block_number(),  # noqa: PLW0108 - connects when called
        "contracts": lambda: client.workspace.deployment.anchor.address,
        "index": lambda: client.sync().block_number,
    }
    parts: dict[str, str] = {}
    for name, check in checks.items():
        try:
            check()
            parts[name] = "ok"
        except AssayError as error:
            parts[name] = str(error)
    if parts["chain"] == "ok" and not request.app.state.background.ready:
        parts["chain"] = RESTARTING
    healthy = all(state == "ok" for state in parts.values())
    response.status_code = 200 if healthy else 503
    return {"status": "ok" if healthy else "unhealthy", "parts": parts}
