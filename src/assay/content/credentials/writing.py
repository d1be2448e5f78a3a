"""Write credentials into a file, or make them to lie beside it.

    rendition = write_credentials(png, "image/png", claim, signer)
    strip_credentials(rendition.data) == png

The manifest is written by the C2PA library (`native`), then taken out again before anything is
handed over: a rendition that does not give its content back is not made, but for PDF.
"""

from __future__ import annotations

from importlib.metadata import version

from assay.content.credentials.binding import sign_binding
from assay.content.credentials.certificates import fingerprint
from assay.content.credentials.containers.formats import (
    EMBEDDING,
    PDF,
    UNKNOWN,
    media_type_of,
    strip_credentials,
)
from assay.content.credentials.errors import ContentMismatch, FileTooLarge, SigningFailed
from assay.content.credentials.framing import Message
from assay.content.credentials.isolation import native_process
from assay.content.credentials.manifest import definition
from assay.content.credentials.model import CredentialClaim, CredentialSigner, Rendition
from assay.core.digest import Digest

FILE_LIMIT_BYTES = 128 * 1024 * 1024
SIGN_LIMIT_S = 60.0
_NOT_RESTORABLE = (
    "a PDF is written anew: its manifest cannot be taken out again to the same bytes, so the "
    "rendition's own digest tells which content it is of"
)
_SIDECAR = "files of this kind hold no manifest; keep the .c2pa file beside it"
_ODD_FILE = (
    "the file is laid out so that a manifest cannot be put into it and taken out again; keep the "
    ".c2pa file beside it"
)


def write_credentials(
    data: bytes, media_type: str, claim: CredentialClaim, signer: CredentialSigner
) -> Rendition:
    """Sign a manifest for a token's content.

    PNG, JPEG, WebP and PDF hold it themselves; all else, and the odd picture that could not be
    restored to its bytes, gets it as a sidecar.

    Args:
        data: the content; a manifest that it came with is taken out and becomes the parent's.
        media_type: of files that do not show it by their first bytes.

    Raises:
        ContentMismatch: the content is not the one that the claim names.
        FileTooLarge: more than 128 MB.
        SigningFailed: the file is damaged, or the certificate may not sign.
        NativeWorkFailed: the C2PA library died of it or took too long.
    """
    if len(data) > FILE_LIMIT_BYTES:
        raise FileTooLarge(len(data), FILE_LIMIT_BYTES)
    content = strip_credentials(data)
    if Digest.of(content) != claim.content_digest:
        raise ContentMismatch(Digest.of(content), claim.content_digest)
    kind = media_type_of(content)
    earlier = data if content != data else None
    if kind in EMBEDDING and (rendition := _embed(content, kind, claim, signer, earlier)):
        return rendition
    note = _ODD_FILE if kind in EMBEDDING else _SIDECAR
    beside = UNKNOWN if kind in EMBEDDING else media_type
    _none, manifest = _sign(content, beside, claim, signer, earlier, embed=False)
    return Rendition(content, manifest, sidecar=True, restorable=True, note=note)


def _embed(
    content: bytes,
    kind: str,
    claim: CredentialClaim,
    signer: CredentialSigner,
    earlier: bytes | None,
) -> Rendition | None:
    """The file with its manifest inside; None where that does not work or could not be undone."""
    try:
        data, manifest = _sign(content, kind, claim, signer, earlier, embed=True)
    except SigningFailed:
        return None
    restorable = strip_credentials(data) == content
    if not restorable and kind != PDF:
        return None
    note = "" if restorable else _NOT_RESTORABLE
    return Rendition(data, manifest, sidecar=False, restorable=restorable, note=note)


def _sign(
    content: bytes,
    media_type: str,
    claim: CredentialClaim,
    signer: CredentialSigner,
    earlier: bytes | None,
    *,
    embed: bool,
) -> tuple[bytes, bytes]:
    """The file with its manifest, and the manifest by itself."""
    binding = sign_binding(claim, fingerprint(signer.chain), signer.creator)
    value = definition(claim, binding, version=version("assay-chain"), earlier=earlier is not None)
    header = {
        "operation": "sign",
        "definition": value,
        "media_type": media_type,
        "earlier_type": media_type_of(content),
        "algorithm": signer.algorithm,
        "embed": embed,
    }
    parts = [content, signer.key, signer.chain.encode(), *([earlier] if earlier else [])]
    answer = native_process("signer").ask(Message(header, parts), limit_s=SIGN_LIMIT_S)
    if "error" in answer.header:
        raise SigningFailed(str(answer.header["detail"]))
    rendition, manifest = answer.parts
    return rendition, manifest
