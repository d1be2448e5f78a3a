"""What can go wrong with content credentials; see `assay.errors` for the tree."""

from __future__ import annotations

from pathlib import Path

from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError, RefusedError, UnavailableError


class ClaimMalformed(IntegrityError):
    """What a manifest says of its token is not what the schema says."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The manifest's statement about the token is malformed: {detail}.")
        self.detail = detail


class ManifestMalformed(IntegrityError):
    """A manifest store cannot be taken apart."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The manifest is malformed: {detail}.")
        self.detail = detail


class BindingInvalid(IntegrityError):
    """No account, or not the one that the manifest names, vouches for the certificate."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The creator's account does not vouch for the manifest: {detail}.")
        self.detail = detail


class ContentMismatch(InputError):
    """The bytes are not the content of the named token."""

    def __init__(self, content_id: Digest, token_id: Digest) -> None:
        super().__init__(
            f"These bytes are content {content_id}, not content {token_id}.",
            hint="Credentials are written into the very bytes that are minted.",
        )
        self.content_id = content_id
        self.token_id = token_id


class NotTheCreator(RefusedError):
    """Only the account that minted a token signs credentials for it."""

    def __init__(self, token_id: Digest, creator: str | None, account: str) -> None:
        by = creator or "an account that is not indexed here"
        super().__init__(
            f"Token {token_id} was created by {by}; {account} cannot sign for it.",
            hint="Name the creator's account with --account.",
        )
        self.token_id = token_id
        self.creator = creator
        self.account = account


class TokenWithdrawn(RefusedError):
    """No credentials are signed for a token that is burnt or revoked."""

    def __init__(self, token_id: Digest, how: str) -> None:
        super().__init__(f"Token {token_id} is {how}; no credentials are signed for it any more.")
        self.token_id = token_id
        self.how = how


class FileTooLarge(InputError):
    """More bytes than credentials are written into or read from."""

    http_status = 413

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            f"The file has {size} bytes; credentials are read and written up to {limit}."
        )
        self.size = size
        self.limit = limit


class CertificateUnusable(InputError):
    """A certificate, its chain or its key cannot sign content credentials."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"The certificate cannot sign content credentials: {detail}.",
            hint="Give the key and the chain, the signer's certificate first, as PEM files.",
        )
        self.detail = detail


class CertificateFileUnreadable(UnavailableError):
    """A file of a certificate or a key cannot be read or written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be used: {reason}.")
        self.path = path
        self.reason = reason


class SigningFailed(IntegrityError):
    """The manifest could not be made or written into the file."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"No content credentials could be written: {detail}.",
            hint="The file may be damaged: open it in a viewer, save it again, and mint that.",
        )
        self.detail = detail


class NativeWorkFailed(UnavailableError):
    """The separate process that handles manifests died or took too long."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"The manifest was not handled: {detail}.")
        self.detail = detail
