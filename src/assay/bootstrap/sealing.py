"""The `Sealer` port: envelopes in the store, keys in the home folder under an account."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from eth_utils.crypto import keccak

from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.market.errors import MetadataMalformed
from assay.market.licences.errors import StoredInTheClear
from assay.market.model import AssetMetadata
from assay.market.sealing import Progress, SealedFile
from assay.store.envelope import SCHEME, Kind
from assay.store.key_vault import KeyVault
from assay.store.port import BlobStore
from assay.store.sealing import PlainContent, measure, open_into, seal_into

if TYPE_CHECKING:
    from assay.chain.account import Account
    from assay.core.address import Address

# The account signs this digest for nothing else. No wallet can be talked into signing it: what
# wallets sign begins with 0x19 'E' (EIP-191) or 0x19 0x01 (EIP-712).
_SECRET_OF = keccak(text="Assay: secret of the content keys of this account, version 1")


def open_vault(home: Path, address: Address, open_account: Callable[[], Account]) -> KeyVault:
    """An account's content keys in a home folder; the account is opened when a key is needed."""
    return KeyVault(home / "keys", address, lambda: open_account().sign_digest(_SECRET_OF))


class StoreSealer:
    """Seals into a store, with keys from a vault."""

    def __init__(self, store: BlobStore, vault: KeyVault) -> None:
        self._store = store
        self._vault = vault
        self._measured: dict[Digest, PlainContent] = {}

    def measure(self, path: Path) -> tuple[Digest, int]:
        """See `Sealer.measure`."""
        plain = measure(path)
        in_the_clear = self._store.find_digest(plain.digest)
        if in_the_clear is not None:
            raise StoredInTheClear(plain.digest, in_the_clear)
        self._measured[plain.digest] = plain
        return plain.digest, plain.bytes

    def seal(self, path: Path, asset_id: Digest, *, progress: Progress | None = None) -> SealedFile:
        """See `Sealer.seal`."""
        plain = self._measured[asset_id]
        kept = self._vault.find(asset_id)
        key = kept or ContentKey.random()
        content = seal_into(self._store, path, plain, key, progress)
        if kept is None:
            kept = self._vault.put(asset_id, key)
            if kept != key:  # another process published the same meanwhile: its key counts
                self._store.unpin(content)
                content = seal_into(self._store, path, plain, kept)
        return SealedFile(content, SCHEME, self._store.size(content))

    def key(self, asset_id: Digest) -> ContentKey | None:
        """See `Sealer.key`."""
        return self._vault.find(asset_id)

    def open(
        self,
        metadata: AssetMetadata,
        key: ContentKey,
        destination: Path,
        *,
        progress: Progress | None = None,
    ) -> None:
        """See `Sealer.open`."""
        scheme = metadata.sealed.scheme if metadata.sealed else "none"
        if scheme != SCHEME:
            raise MetadataMalformed(f"it is sealed by the scheme {scheme!r}, which is unknown")
        promised = PlainContent(metadata.content_digest, metadata.content_bytes, Kind.FILE)
        open_into(self._store, metadata.content, promised, key, destination, progress=progress)
