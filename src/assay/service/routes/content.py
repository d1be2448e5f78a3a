"""`/content`: show minted content; verify and search by a text or a picture."""

from __future__ import annotations

from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Query, Request
from fastapi import Path as PathParameter
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from assay.errors import InputError
from assay.service.deps import ClientDependency

router = APIRouter(prefix="/content", tags=["content"])

_COMPARING = CapacityLimiter(4)
"""A picture of a few kilobytes can take 600 MB while it is compared: the others wait meanwhile."""

_BODIES = {
    "requestBody": {
        "required": True,
        "content": {
            "text/plain": {"schema": {"type": "string"}},
            "image/*": {"schema": {"type": "string", "format": "binary"}},
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["text"],
                    "properties": {"text": {"type": "string"}},
                }
            },
        },
    }
}


class OverlayGone(InputError):
    """There is no such picture, or not any more."""

    http_status = 404

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no overlay {name}.", hint="Verify the file again.")
        self.name = name


class TextToVerify(BaseModel):
    """The JSON form of the body; text/plain keeps bytes as they are and is to be preferred."""

    text: str = Field(min_length=1)


async def _content_bytes(request: Request) -> bytes:
    """The bytes to verify: the body itself, or `text` of a JSON body in UTF-8."""
    body = await request.body()
    if not body:
        raise InputError("The body is empty.", hint="Send the text or the picture as the body.")
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return body
    try:
        return TextToVerify.model_validate_json(body).text.encode("utf-8")
    except (ValidationError, UnicodeEncodeError):
        raise InputError(
            "The body is not JSON with a `text`.", hint='Send {"text": "..."}, or the bytes.'
        ) from None


@router.post("/verify", openapi_extra=_BODIES)
async def verify_content(
    data: Annotated[bytes, Depends(_content_bytes)], client: ClientDependency
) -> dict[str, Any]:
    """Identical to minted content, an altered copy of some, or unknown; with the evidence.

    `overlay` is the address of a picture that shows what was recognised.
    """
    authentication = await to_thread.run_sync(client.content.verify, data, limiter=_COMPARING)
    drawn = await run_in_threadpool(client.content.save_overlay, authentication)
    overlay = f"/content/overlays/{drawn.name}" if drawn else None
    return {**authentication.as_json(), "overlay": overlay}


@router.post("/search", openapi_extra=_BODIES)
async def search_content(
    data: Annotated[bytes, Depends(_content_bytes)],
    client: ClientDependency,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> list[dict[str, Any]]:
    """The minted contents that come nearest, copies or not, the nearest first."""
    result = await to_thread.run_sync(client.content.search, data, limit, limiter=_COMPARING)
    return [one.as_json() for one in result.found]


@router.get("/overlays/{name}", response_class=FileResponse)
def overlay(
    name: Annotated[str, PathParameter(pattern=r"^[0-9a-f]{16}\.png$")], client: ClientDependency
) -> FileResponse:
    """A picture that `verify` has drawn."""
    path = client.content.overlay_folder / name
    if not path.is_file():
        raise OverlayGone(name)
    return FileResponse(path, media_type="image/png")


@router.get("")
def list_content(
    client: ClientDependency, limit: Annotated[int, Query(ge=1, le=1000)] = 100
) -> list[dict[str, Any]]:
    """The newest content tokens, the newest first."""
    return [token.as_json() for token in client.content.tokens(limit)]


@router.get("/{content_id}")
def show_content(content_id: str, client: ClientDependency) -> dict[str, Any]:
    """One content token, as chain and store have it."""
    return client.content.show(content_id).as_json()
