"""Content keys at rest: one file an asset, encrypted under the account that published it.

    vault = KeyVault(home / "keys", provider.address, secret_of(provider))
    vault.put(asset_id, key)
    vault.find(asset_id) == key

Each file is AES-256-GCM under HKDF-SHA256(secret, asset id), where `secret` is what only the
account's key can make: a deterministic signature (RFC 6979). Whoever copies the folder without the
account opens nothing; whoever has the account needs no further password.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assay.core.address import Address
from assay.core.content_key import KEY_BYTES, ContentKey
from assay.core.digest import Digest
from assay.errors import InputError
from assay.store.durable import flush_folder, write_fully
from assay.store.errors import KeyDamaged, KeyNotKept

VERSION = "assay/content-key-1"
_NONCE_BYTES = 12


class KeyVault:
    """The content keys of one account in one folder; several processes may use it at once."""

    def __init__(self, folder: Path, account: Address, open_secret: Callable[[], bytes]) -> None:
        """`open_secret` gives bytes that only the account can make, the same every time."""
        self._folder = folder
        self._account = account
        self._open_secret = open_secret

    def put(self, asset_id: Digest, key: ContentKey) -> ContentKey:
        """Keep a key, durably; the one that is kept, which may be an earlier one.

        Raises:
            KeyNotKept: the disk refuses.
            KeyDamaged: an earlier file is there, and does not open.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        box = self._cipher(asset_id).encrypt(nonce, key.reveal(), self._context(asset_id))
        content = {
            "assay": VERSION,
            "asset": asset_id.hex,
            "account": self._account,
            "box": (nonce + box).hex(),
        }
        path = self._path(asset_id)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write(path, json.dumps(content, indent=1).encode() + b"\n")
        except FileExistsError:
            kept = self.find(asset_id)
            assert kept is not None, "keys are never removed"
            return kept
        except OSError as error:
            raise KeyNotKept(path, error.strerror or str(error)) from None
        return key

    def find(self, asset_id: Digest) -> ContentKey | None:
        """The key of an asset; None if this account keeps none here.

        Raises:
            KeyDamaged: the file was changed, or another account sealed it.
        """
        path = self._path(asset_id)
        try:
            content = json.loads(path.read_bytes())
            if content["assay"] != VERSION or content["asset"] != asset_id.hex:
                raise KeyDamaged(path, "it is another asset's or version's")
            data = bytes.fromhex(content["box"])
            nonce, box = data[:_NONCE_BYTES], data[_NONCE_BYTES:]
            raw = self._cipher(asset_id).decrypt(nonce, box, self._context(asset_id))
            return ContentKey(raw)
        except FileNotFoundError:
            return None
        except InvalidTag:
            raise KeyDamaged(path, "it does not open with this account") from None
        except (OSError, ValueError, KeyError, TypeError, InputError):
            raise KeyDamaged(path, "it is not a key file") from None

    def _path(self, asset_id: Digest) -> Path:
        return self._folder / f"{asset_id.raw.hex()}.{self._account.lower()}.json"

    def _context(self, asset_id: Digest) -> bytes:
        return VERSION.encode() + asset_id.raw + self._account.lower().encode()

    def _cipher(self, asset_id: Digest) -> AESGCM:
        derivation = HKDF(
            algorithm=SHA256(), length=KEY_BYTES, salt=None, info=self._context(asset_id)
        )
        return AESGCM(derivation.derive(self._open_secret()))

    def _write(self, path: Path, data: bytes) -> None:
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            try:
                write_fully(descriptor, data)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            os.link(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        flush_folder(self._folder)
