"""Read a file's credentials: valid, invalid or absent, and whose they are.

    credentials = read_credentials(data, trust=TrustAnchors(certificates, recover_typed_data))
    credentials.state, credentials.trusted, credentials.reason

Nothing is fetched, and no chain is asked: `weighing` holds what was read against a chain.
"""

from __future__ import annotations

import re
from typing import Any

from assay.content.credentials.containers.formats import (
    PDF,
    RESTORED_EXACTLY,
    UNKNOWN,
    locate,
    strip_credentials,
)
from assay.content.credentials.containers.pdf import locate_in_pdf
from assay.content.credentials.errors import FileTooLarge, ManifestMalformed, NativeWorkFailed
from assay.content.credentials.framing import Message
from assay.content.credentials.isolation import native_process
from assay.content.credentials.judging import invalid, judge
from assay.content.credentials.jumbf import parse_store
from assay.content.credentials.model import Credentials, CredentialState, TrustAnchors
from assay.content.credentials.reasons import explain_error
from assay.content.credentials.writing import FILE_LIMIT_BYTES
from assay.core.digest import Digest

READ_LIMIT_S = 20.0
_ABSENT = Credentials(
    CredentialState.ABSENT,
    trusted=False,
    reason="The file holds no content credentials; they may have been taken out.",
)
# What the library answers of files without a manifest, and of those that it cannot look through.
_NOT_FOUND = {"_C2paManifestNotFound", "_C2paNotSupported", "_C2paOther", "_C2paIo"}
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-zA-Z0-9.+-]+")


def read_credentials(
    data: bytes,
    *,
    media_type: str | None = None,
    sidecar: bytes | None = None,
    trust: TrustAnchors,
) -> Credentials:
    """Check a file's manifest, or one that lies beside it.

    Args:
        media_type: of files that do not show it by their first bytes, such as video/mp4.
        sidecar: the content of a `.c2pa` file; it is read instead of what the file holds.

    Raises:
        FileTooLarge: more than 128 MB.
    """
    if len(data) > FILE_LIMIT_BYTES:
        raise FileTooLarge(len(data), FILE_LIMIT_BYTES)
    located = locate(data)
    kind = located.media_type
    if kind == UNKNOWN and media_type and _MEDIA_TYPE.fullmatch(media_type):
        kind = media_type
    stores = locate_in_pdf(data).manifests if kind == PDF else located.manifests
    if sidecar is not None:
        stores = (sidecar,)
    if not stores and (kind in RESTORED_EXACTLY or kind == UNKNOWN):
        return _ABSENT
    try:
        answer = _checked(data, kind, stores, sidecar is not None, trust)
    except (ManifestMalformed, NativeWorkFailed) as error:
        return invalid(str(error))
    if answer is None:
        return _ABSENT
    content = None
    if sidecar is not None or kind in RESTORED_EXACTLY:
        content = Digest.of(strip_credentials(data))
    return judge(answer, content, trust.recover)


def _checked(
    data: bytes, kind: str, stores: tuple[bytes, ...], beside: bool, trust: TrustAnchors
) -> dict[str, Any] | None:
    """What the C2PA library found, and the certificate that signed; None if there is nothing.

    Raises:
        ManifestMalformed: there are two stores, or one that cannot be taken apart.
        NativeWorkFailed: the library died of it or took too long.
    """
    if len(stores) > 1:
        raise ManifestMalformed(f"the file holds {len(stores)} manifest stores, and may hold one")
    active = parse_store(stores[0]).active if stores else None
    header = {"operation": "read", "media_type": kind, "beside": beside}
    parts = [data, trust.certificates.encode(), *stores]
    answer = native_process("reader").ask(Message(header, parts), limit_s=READ_LIMIT_S).header
    if not stores and answer.get("error") in _NOT_FOUND:
        return None
    if "error" in answer:
        raise ManifestMalformed(explain_error(str(answer["error"]), str(answer["detail"])))
    report = answer["report"]
    named = report.get("active_manifest")
    if named not in report.get("manifests", {}) or active not in {None, named}:
        raise ManifestMalformed(
            "its last manifest cannot be taken apart, or is not the one that counts"
        )
    return answer
