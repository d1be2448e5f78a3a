"""`client.credentials`: C2PA manifests that name a token, written, read and taken out.

written = client.credentials.write(png)
Path("picture.png").write_bytes(written.rendition.data)
client.credentials.read(downloaded).credentials.trusted
"""

from __future__ import annotations

import time

from assay.bootstrap import Workspace
from assay.content.credentials.containers.formats import strip_credentials
from assay.content.credentials.model import Origin
from assay.content.credentials.weighing import Weighed
from assay.content.use_cases.credentials import (
    NewCredentials,
    WrittenCredentials,
    inspect_file_credentials,
    write_token_credentials,
)
from assay.core.digest import Digest
from assay.errors import InputError


class CredentialClient:
    """Content credentials on one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def write(
        self,
        data: bytes,
        *,
        token: str | None = None,
        origin: str = "generated",
        generator: str = "",
        media_type: str = "application/octet-stream",
        account: str | None = None,
    ) -> WrittenCredentials:
        """Sign credentials for a token that the account minted.

        Args:
            data: the very bytes that were minted.
            token: content id; the file's own digest if None.
            origin: generated, composite or human.
            generator: name of the model or program that made it; the token's model if empty.
            media_type: of files that do not show it by their first bytes.
            account: who minted it; the configured account if None.

        Raises:
            ContentMismatch, UnknownContent, NotTheCreator: not a token of this account.
            TokenWithdrawn: the token is burnt or revoked.
            CertificateUnusable, SigningFailed: the certificate or the file does not do.
        """
        workspace, name = self._workspace, account or self._workspace.settings.account
        workspace.sync()
        new = NewCredentials(
            data=data,
            token_id=Digest.parse(token) if token else None,
            origin=_origin(origin),
            generator=generator,
            media_type=media_type,
        )
        return write_token_credentials(
            new,
            open_signer=lambda: workspace.credentials.signer(name),
            now_s=int(time.time()),
            blobs=workspace.store,
            contract=workspace.content_contract(name),
            index=workspace.content_index,
        )

    def read(self, data: bytes, *, sidecar: bytes | None = None) -> Weighed:
        """Check a file's credentials, and hold them against the chain.

        `client.content.verify` compares fingerprints too.
        """
        workspace = self._workspace
        workspace.sync()
        return inspect_file_credentials(
            data,
            sidecar=sidecar,
            trust=workspace.credentials.trust,
            contract=workspace.content_contract(),
            index=workspace.content_index,
        )

    @staticmethod
    def strip(data: bytes) -> bytes:
        """A file without its manifest; unchanged where there is none."""
        return strip_credentials(data)


def _origin(text: str) -> Origin:
    try:
        return Origin(text)
    except ValueError:
        raise InputError(f"{text[:40]!r} is no origin.", hint=f"Say {', '.join(Origin)}.") from None
