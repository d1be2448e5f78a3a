"""`/content`: show minted content, and verify a text."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from assay.errors import InputError
from assay.service.deps import ClientDependency

router = APIRouter(prefix="/content", tags=["content"])

_BODIES = {
    "requestBody": {
        "required": True,
        "content": {
            "text/plain": {"schema": {"type": "string"}},
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


class TextToVerify(BaseModel):
    """The JSON form of the body; text/plain keeps bytes as they are and is to be preferred."""

    text: str = Field(min_length=1)


async def _text_bytes(request: Request) -> bytes:
    """The bytes to verify: the body itself, or `text` of a JSON body in UTF-8."""
    body = await request.body()
    if not body:
        raise InputError("The body is empty.", hint="Send the text as the body.")
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return body
    try:
        return TextToVerify.model_validate_json(body).text.encode("utf-8")
    except (ValidationError, UnicodeEncodeError):
        raise InputError(
            "The body is not JSON with a `text`.", hint='Send {"text": "..."}, or text/plain.'
        ) from None


@router.post("/verify", openapi_extra=_BODIES)
async def verify_content(
    data: Annotated[bytes, Depends(_text_bytes)], client: ClientDependency
) -> dict[str, Any]:
    """Identical to a minted text, an altered copy of one, or unknown; with the evidence."""
    authentication = await run_in_threadpool(client.content.verify, data)
    return authentication.as_json()


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
