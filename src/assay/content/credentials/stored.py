"""The certificates of a home folder: one authority and one certificate for each creator.

    stored = StoredCertificates(home / "credentials", time.time)
    stored.signer(account, secret)      # made, found or renewed

Certificates are public, and all that is kept: their keys are derived from the account when they
are needed (see `certificates`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import mkstemp

from assay.content.credentials.certificates import Authority, key_of_issued, load_given
from assay.content.credentials.errors import CertificateFileUnreadable
from assay.content.credentials.model import CreatorKey, CredentialSigner
from assay.core.address import Address

_LIMIT_BYTES = 1024 * 1024
_LOCAL_ALGORITHM = "es256"


class StoredCertificates:
    """Authorities and certificates in one folder; several processes may use it at once."""

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        """`clock` gives seconds since 1970."""
        self._folder = folder
        self._clock = clock

    def signer(self, creator: CreatorKey, secret: bytes) -> CredentialSigner:
        """The creator's certificate by its local authority: kept, or made anew where it is due.

        Args:
            secret: bytes that only the creator's account can make, the same every time.

        Raises:
            CertificateFileUnreadable: the folder cannot be read or written.
        """
        now_s = self._clock()
        path = self._folder / f"{creator.address}.chain.pem"
        chain = _read(path).decode("ascii", "replace") if path.exists() else ""
        key = key_of_issued(chain, secret, now_s=now_s)
        if key is None:
            authority = Authority.of(secret, creator.address, now_s=now_s)
            chain, key = authority.issue(now_s=now_s)
            _write(self._authority(creator.address), authority.pem)
            _write(path, chain)
        return CredentialSigner(chain, key, _LOCAL_ALGORITHM, creator)

    def anchors(self) -> str:
        """The certificates of all authorities of this home, as PEM."""
        files = sorted(self._folder.glob("*.authority.pem"))
        return "".join(_read(path).decode("ascii", "replace") for path in files)

    def _authority(self, creator: Address) -> Path:
        return self._folder / f"{creator}.authority.pem"


def given_signer(
    creator: CreatorKey, chain: Path, key: Path, password: bytes | None, now_s: float
) -> CredentialSigner:
    """A certificate from a user's own files.

    Raises:
        CertificateFileUnreadable: a file cannot be read.
        CertificateUnusable: the files do not fit together, or may not sign.
    """
    pem, private, algorithm = load_given(_read(chain), _read(key), password, now_s=now_s)
    return CredentialSigner(pem, private, algorithm, creator)


def given_anchors(path: Path) -> str:
    """The certificates of authorities in a user's own file, as PEM.

    Raises:
        CertificateFileUnreadable: it cannot be read.
    """
    return _read(path).decode("ascii", "replace")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LIMIT_BYTES)
    except OSError as error:
        raise CertificateFileUnreadable(path, error.strerror or str(error)) from None


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError as error:
        raise CertificateFileUnreadable(path, error.strerror or str(error)) from None
