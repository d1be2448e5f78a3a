"""`/v1/statement`: what a payer was charged in a period, after signing in as the payer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from assay.core.digest import Digest
from assay.market.statements.period import Period
from assay.market.statements.use_cases.make import StatementMaker
from assay.service.deps import ClientDependency
from assay.service.sign_in import admit_header

router = APIRouter(prefix="/v1", tags=["calls"])

_PURPOSE = "v1/statement"
_SCHEMA = {
    "parameters": [
        {
            "name": "SIGN-IN-WITH-X",
            "in": "header",
            "required": True,
            "description": "GET /sign-in/challenge?purpose=v1/statement, signed by the payer",
            "schema": {"type": "string"},
        }
    ]
}


@router.get("/statement", openapi_extra=_SCHEMA)
def statement(
    request: Request,
    client: ClientDependency,
    start: Annotated[str, Query(alias="from", description="Date or time of ISO 8601, in UTC")],
    end: Annotated[str, Query(alias="to", description="The first moment after the period")],
    service: str | None = None,
) -> StreamingResponse:
    """The bill of who signed in, one line of the text for each charge, while it is made.

    The provider itself gets the lines of all payers.
    """
    period = Period.parse(start, end)
    only = Digest.parse(service) if service else None
    payer = admit_header(request, client, _PURPOSE).address
    provider = client.workspace.address(client.settings.account)
    maker = client.workspace.statements.maker(
        provider, None if payer == provider else payer, period
    )
    return StreamingResponse(
        _document(maker, only),
        media_type="application/json",
        headers={"ASSAY-STATEMENT-LINES": str(maker.count())},
    )


def _document(maker: StatementMaker, service: Digest | None) -> Iterator[str]:
    total, used, separator = 0, set[int | None](), ""
    yield '{"lines": ['
    for line in maker.lines():
        if service is None or line.service == service:
            yield f"{separator}\n{json.dumps(line.as_json())}"
            total, separator = total + line.amount, ","
            used.add(line.batch)
    anchor = json.dumps(maker.anchor().of_batches(used).as_json())
    yield f'\n], "total": "{total}", "anchor": {anchor}}}\n'
