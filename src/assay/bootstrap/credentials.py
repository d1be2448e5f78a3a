"""The parts of content credentials: certificates of this home or given ones, and whom to trust."""

# ruff: noqa: PLC0415

from __future__ import annotations

import time
from functools import cached_property
from typing import TYPE_CHECKING

from eth_utils.crypto import keccak

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.content.credentials.model import CredentialSigner, TrustAnchors
    from assay.content.credentials.stored import StoredCertificates

# The account signs this digest for nothing else; see `sealing` for why no wallet would.
_SECRET_OF = keccak(text="Assay: secret of the credential certificates of this account, version 1")


class CredentialParts:
    """What `workspace.credentials` holds; each part is built when it is first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @cached_property
    def certificates(self) -> StoredCertificates:
        """The authorities and certificates of the home folder."""
        from assay.content.credentials.stored import StoredCertificates

        return StoredCertificates(self._workspace.settings.home / "credentials", time.time)

    @property
    def trust(self) -> TrustAnchors:
        """This home's authorities, those of ASSAY_CREDENTIAL_ANCHORS, and accounts' signatures."""
        from assay.chain.signing import recover_typed_data
        from assay.content.credentials.model import TrustAnchors
        from assay.content.credentials.stored import given_anchors

        anchors = self._workspace.settings.credential_anchors
        given = given_anchors(anchors) if anchors else ""
        return TrustAnchors(self.certificates.anchors() + given, recover_typed_data)

    def signer(self, account: str) -> CredentialSigner:
        """An account's certificate: the given one where there is one, else by its local authority.

        Raises:
            CertificateUnusable: the given files do not fit together, or may not sign.
        """
        from assay.content.credentials.errors import CertificateUnusable
        from assay.content.credentials.stored import given_signer

        settings = self._workspace.settings
        creator = self._workspace.account(account)
        if settings.credential_chain and settings.credential_key:
            sealed = settings.credential_key_password
            password = sealed.get_secret_value().encode() if sealed else None
            chain, key = settings.credential_chain, settings.credential_key
            return given_signer(creator, chain, key, password, time.time())
        if settings.credential_chain or settings.credential_key:
            raise CertificateUnusable("a chain and a key are needed, and only one is named")
        return self.certificates.signer(creator, creator.sign_digest(_SECRET_OF))
