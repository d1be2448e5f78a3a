"""Who is asking: a signed challenge, in the header SIGN-IN-WITH-X or in a body.

    @router.get("/v1/statement")
    def statement(request: Request, client: ClientDependency) -> ...:
        signed_in = admit_header(request, client, "statement")

Both functions block: call them from routes that are plain functions, which run in threads.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request
from pydantic import BaseModel

from assay.client import Client
from assay.market.sign_in import SignedIn
from assay.market.sign_in.errors import SignInMissing
from assay.market.sign_in.presenting import HEADER, read_sign_in_header, read_signature

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class SignInBody(BaseModel):
    """A signed challenge; `signature` is hexadecimal with 0x."""

    message: str
    signature: str


def admit_header(request: Request, client: Client, purpose: str) -> SignedIn:
    """Who signed the challenge in the request's header, for this purpose.

    Raises:
        SignInMissing: there is none.
        As `SignInDesk.admit`.
    """
    value = request.headers.get(HEADER)
    if not value:
        raise SignInMissing
    text, signature = read_sign_in_header(value)
    domain = own_domain(request, client)
    return client.workspace.sign_in.admit(text, signature, purpose, domain=domain)


def admit_body(body: SignInBody, request: Request, client: Client, purpose: str) -> SignedIn:
    """Who signed the challenge in a body, for this purpose.

    Raises:
        As `SignInDesk.admit`.
    """
    domain, signature = own_domain(request, client), read_signature(body.signature)
    return client.workspace.sign_in.admit(body.message, signature, purpose, domain=domain)


def own_origin(request: Request, client: Client) -> str:
    """The service's URL, without a slash at the end."""
    settings = client.settings
    if settings.public_url:
        return settings.public_url.rstrip("/")
    given = request.headers.get("host", "")
    _host, port = request.scope.get("server") or (settings.host, settings.port)
    # Any name may stand in Host: a site that passes our challenges on would write its own. The
    # names of this machine can be believed, on the very port that we listen on.
    if given in {f"{name}:{port}" for name in _LOOPBACK}:
        return f"http://{given}"
    return f"http://{settings.host}:{port}"


def own_domain(request: Request, client: Client) -> str:
    """Host and port of `own_origin`, as a challenge names them."""
    return urlsplit(own_origin(request, client)).netloc
