"""`/sign-in`: challenges to sign with a wallet, by EIP-4361."""

from __future__ import annotations

from fastapi import APIRouter, Request

from assay.core.address import parse_address
from assay.service.deps import ClientDependency
from assay.service.sign_in import own_domain, own_origin

router = APIRouter(prefix="/sign-in", tags=["sign-in"])


@router.get("/challenge")
def challenge(
    address: str, purpose: str, request: Request, client: ClientDependency
) -> dict[str, str]:
    """A text for `address` to sign (EIP-191); good for one request with this purpose.

    Send it with that request: in the header SIGN-IN-WITH-X, or as message and signature in its
    body, as the request's own description says.
    """
    text = client.workspace.sign_in.challenge(
        parse_address(address),
        purpose,
        domain=own_domain(request, client),
        origin=own_origin(request, client),
    )
    return {"message": text}
