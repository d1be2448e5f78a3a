"""What wallets and marketplaces show of a content token: the fields of ERC-721 metadata.

They stand in the metadata artefact itself, beside Assay's own fields, and the token's `tokenURI`
leads there. What changes later (a revocation) is not in here: the contract then answers with
metadata of its own, https://eips.ethereum.org/EIPS/eip-4906.

>>> cid, digest = Cid.raw(b"png"), Digest.of(b"png")
>>> facts = presented(
...     "A seven", "image/png", cid, content_digest=digest, model=None, creator="0xaa"
... )
>>> facts["name"], facts["image"]
('A seven', 'ipfs://bafkreieprs5x3t2g4c6h2uzgk5e2nql5cfqjhjv2sxsee5samddw7vfinq')
"""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import Any

from assay.core.cid import Cid
from assay.core.digest import Digest

_SHOWN = 24


def presented(
    title: str,
    media_type: str,
    content: Cid,
    *,
    content_digest: Digest,
    model: Digest | None,
    creator: str,
) -> dict[str, Any]:
    """name, description, image, external_url and attributes, as marketplaces read them.

    A picture is its own image; of anything else the image is a card with its name, a data URI.
    """
    name = title or f"Content {content_digest.hex[:10]}"
    is_picture = media_type.startswith("image/")
    return {
        "name": name,
        "description": "AI-generated content, named by the SHA-256 of its bytes: "
        f"{content_digest}. `assay trace {content_digest}` checks where it came from.",
        "image": f"ipfs://{content}" if is_picture else _card(name, media_type),
        "animation_url": None if is_picture else f"ipfs://{content}",
        "external_url": f"ipfs://{content}",
        "attributes": [
            {"trait_type": "AI-generated", "value": "yes"},
            {"trait_type": "Media type", "value": media_type},
            {"trait_type": "Creator", "value": creator},
            {"trait_type": "Model", "value": model.hex if model else "not registered"},
        ],
    }


def _card(name: str, media_type: str) -> str:
    shown = name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…"
    kind = media_type.partition(";")[0]
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">'
        '<rect width="400" height="400" fill="#1d2433"/>'
        '<text x="200" y="190" fill="#fff" font-family="sans-serif" font-size="26" '
        f'text-anchor="middle">{escape(shown)}</text>'
        '<text x="200" y="230" fill="#9ab" font-family="sans-serif" font-size="16" '
        f'text-anchor="middle">{escape(kind)}</text></svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
