"""`/trace`: the verified lineage of an artefact, an asset or a minted text."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError
from assay.ledger.page import POLICY
from assay.ledger.rendering import as_json, html
from assay.service.deps import ClientDependency

router = APIRouter(prefix="/trace", tags=["trace"])


@router.get(
    "/{digest}",
    response_model=None,
    responses={200: {"content": {"application/json": {}, "text/html": {}}}},
)
def trace(
    digest: str,
    client: ClientDependency,
    shape: Annotated[Literal["json", "html"], Query(alias="format")] = "json",
) -> Response:
    """Walk back from a digest, CID, asset id or content id and check every link.

    `verified` tells the verdict; the status is 200 whatever it is, 404 for an unknown subject.
    """
    lineage = client.trace(_subject(digest))
    if shape == "html":
        return HTMLResponse(html(lineage), headers={"Content-Security-Policy": POLICY})
    return JSONResponse(as_json(lineage))


def _subject(text: str) -> str:
    """A digest or a CID, perhaps after a kind and a colon: never the name of a file here.

    Raises:
        InputError: neither of the two.
    """
    kind, colon, name = text.rpartition(":")
    try:
        return f"{kind}{colon}{Digest.parse(name).hex}"
    except InputError:
        return f"{kind}{colon}{Cid.parse(name)}"
