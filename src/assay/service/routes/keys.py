"""`/v1/assets/{id}/key`: the key of a sealed asset, to whoever a licence entitles."""

from __future__ import annotations

import base64
from typing import Any

from fastapi import APIRouter, Request

from assay.core.digest import Digest
from assay.market.licences.model import licence_text
from assay.market.licences.wrapping import SCHEME, key_purpose, read_receiver
from assay.service.deps import ClientDependency
from assay.service.sign_in import SignInBody, admit_body

router = APIRouter(prefix="/v1/assets", tags=["licences"])


class KeyBody(SignInBody):
    """A signed challenge for the purpose `key/<asset id without 0x>/<receiver>`.

    Attributes:
        receiver: the X25519 key, in base64url, that the answer is wrapped to (HPKE, RFC 9180).
        licence: by which licence; null for the owner of the asset.
    """

    receiver: str
    licence: str | None = None


@router.post("/{asset_id}/key")
def release_key(
    asset_id: str, body: KeyBody, request: Request, client: ClientDependency
) -> dict[str, Any]:
    """Release the key to an account that owns or rents a licence which is good now.

    Ask GET /sign-in/challenge for the text to sign. The licence is checked on chain at the block
    that the answer names, and the release is logged before the key leaves.
    """
    digest, receiver = Digest.parse(asset_id), read_receiver(body.receiver)
    signed_in = admit_body(body, request, client, key_purpose(digest, receiver))
    released = client.licences.release_key(
        digest.hex, body.licence, signed_in.address, signed_in.nonce, receiver
    )
    release = released.release
    return {
        "asset_id": digest.hex,
        "scheme": SCHEME,
        "key": base64.b64encode(released.wrapped).decode(),
        "licence": None if release.licence is None else licence_text(release.licence),
        "block": release.block.number,
        "block_hash": release.block.hash,
    }
