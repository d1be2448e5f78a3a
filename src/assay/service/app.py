"""The application: routes, limits, errors as JSON, metrics and logs around one client."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pkgutil import iter_modules

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

import assay.service.routes
from assay.client import Client
from assay.errors import AssayError, InputError, IntegrityError, RefusedError, UnavailableError
from assay.service.background import Background
from assay.service.limits import BodyLimit, RateLimit
from assay.service.observe import Observe
from assay.service.readiness import Readiness
from assay.service.windows import Windows

_STATUS = {InputError: 400, RefusedError: 409, IntegrityError: 502, UnavailableError: 503}
_FAULT = 500
_MOST_FAULTS = 10
_log = structlog.get_logger("assay.service")


def create_app(client: Client) -> FastAPI:
    """Build the application on a client that the caller opens and closes."""
    background = Background(client)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await background.start()
        try:
            yield
        finally:
            await background.stop()

    app = FastAPI(
        title="Assay",
        summary="Publish, pay, mint, verify and trace AI.",
        version="1",
        lifespan=lifespan,
    )
    app.state.client = client
    app.state.background = background
    app.add_exception_handler(AssayError, answer_error)
    app.add_exception_handler(HTTPException, answer_unknown)
    app.add_exception_handler(RequestValidationError, answer_malformed)
    for module_info in iter_modules(assay.service.routes.__path__):
        module = importlib.import_module(f"assay.service.routes.{module_info.name}")
        app.include_router(module.router)
    settings = client.settings
    app.add_middleware(
        BodyLimit,
        largest_bytes=settings.max_request_bytes,
        largest_content_bytes=settings.max_content_bytes,
    )
    app.add_middleware(Readiness, background=background)
    app.add_middleware(
        RateLimit,
        per_minute=settings.rate_limit_per_minute,
        gateway_per_minute=settings.gateway_rate_limit_per_minute,
        windows=Windows(settings.redis_url),
    )
    app.add_middleware(Observe)
    return app


async def answer_error(_request: Request, error: Exception) -> JSONResponse:
    """An expected failure as JSON, with the status of its branch of the tree."""
    assert isinstance(error, AssayError)
    status = error_status(error)
    if status >= _FAULT:  # the caller cannot mend it: whoever runs the service has to know why
        _log.warning(
            "failed",
            error=type(error).__name__,
            message=str(error),
            detail=str(getattr(error, "detail", "")),
        )
    return JSONResponse(error_body(error), status_code=status)


async def answer_unknown(_request: Request, error: Exception) -> JSONResponse:
    """What the router refuses - no such path, another method - in the shape of all errors."""
    assert isinstance(error, HTTPException)
    body = {"type": "HttpError", "message": str(error.detail), "hint": "See /openapi.json."}
    return JSONResponse({"error": body}, status_code=error.status_code, headers=error.headers)


async def answer_malformed(_request: Request, error: Exception) -> JSONResponse:
    """Which fields of a request are wrong, and how, without a word of what they hold."""
    assert isinstance(error, RequestValidationError)
    found = [
        f"{'.'.join(str(part) for part in one['loc'][1:]) or 'the body'}: {one['msg']}"
        for one in error.errors()[:_MOST_FAULTS]
    ]
    message = "; ".join(found).encode("utf-8", "replace").decode("utf-8")
    body = {"type": "RequestMalformed", "message": message, "hint": "See /openapi.json."}
    return JSONResponse({"error": body}, status_code=422)


def error_status(error: AssayError) -> int:
    """The HTTP status: the error's own `http_status`, or that of its branch."""
    own: int | None = getattr(error, "http_status", None)
    return own or next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)


def error_body(error: AssayError) -> dict[str, dict[str, str]]:
    """The JSON body that every failed request gets."""
    return {
        "error": {"type": type(error).__name__, "message": str(error), "hint": error.hint},
    }
