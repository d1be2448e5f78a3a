"""Accounts: keys in encrypted files, and the known ones of the local chain.

    accounts = Accounts(Path(".assay/accounts"), local_chain=node.is_local)
    accounts.create("alice", "a long password")
    alice = accounts.open("alice", "a long password")

Files are Web3 secret storage, version 3, scrypt, mode 0600:
https://ethereum.org/developers/docs/data-structures-and-encoding/web3-secret-storage/
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eth_keys.datatypes import PrivateKey
from eth_utils.crypto import keccak

from assay.chain import (
    fee_market,
    light_cryptography,  # noqa: F401 - before eth_account is imported
)
from assay.chain.errors import (
    AccountExists,
    AccountUnknown,
    KeystoreDamaged,
    LocalAccountRefused,
    PasswordWrong,
)
from assay.chain.files import write_durably
from assay.chain.known_keys import known_key
from assay.chain.typed_data import Types, typed_data_digest
from assay.core.address import Address, parse_address
from assay.errors import InputError

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

LOCAL_ACCOUNTS = 10
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_LOCAL_NAME = re.compile(r"local-\d+")


class Account:
    """A key that signs. Nothing that is printed or logged shows it."""

    __slots__ = ("_key", "address", "name")

    def __init__(self, key: bytes, name: str = "") -> None:
        """Wrap a 32-byte private key."""
        self._key = PrivateKey(key)
        self.address = Address(self._key.public_key.to_checksum_address())
        self.name = name

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign 32 bytes as they are: r, s, v in 65 bytes, v 27 or 28, s in the lower half."""
        signature = self._key.sign_msg_hash(digest)
        r, s, v = int(signature.r), int(signature.s), int(signature.v)
        return r.to_bytes(32, "big") + s.to_bytes(32, "big") + bytes([27 + v])

    def sign_typed_data(
        self,
        domain: Mapping[str, Any],
        types: Types,
        primary_type: str,
        message: Mapping[str, Any],
    ) -> bytes:
        """Sign a message by EIP-712; 65 bytes.

        Raises:
            InputError: the message does not fit its type.
        """
        return self.sign_digest(typed_data_digest(domain, types, primary_type, message))

    def sign_transaction(self, transaction: Mapping[str, Any]) -> bytes:
        """The raw signed transaction (see `fee_market`), as eth_sendRawTransaction takes it."""
        return fee_market.sign_transaction(self._key, transaction)

    def signer(self) -> LocalAccount:
        """The key in eth_account's shape, for libraries that sign by themselves. Never log it."""
        from assay.chain import wallet  # noqa: PLC0415 - slow to import

        return wallet.local_account(self._key.to_bytes())

    def __repr__(self) -> str:
        return f"Account({self.name!r}, {self.address})"


class Accounts:
    """All accounts that a state folder knows, by name."""

    def __init__(self, folder: Path, *, local_chain: bool) -> None:
        """`local_chain` allows local-0 to local-9: pass `node.is_local`, nothing laxer."""
        self._folder = folder
        self._local_chain = local_chain

    def create(self, name: str, password: str) -> Account:
        """Make a new key and store it, encrypted, in `<folder>/<name>.json`.

        Raises:
            InputError: a name with other than lower-case letters, digits, - and _; no password.
            AccountExists: the name is taken.
        """
        path = self._path(name)
        if not password:
            raise InputError("An account needs a password.", hint="Set ASSAY_ACCOUNT_PASSWORD.")
        if path.exists():
            raise AccountExists(name)
        from assay.chain import wallet  # noqa: PLC0415 - slow to import

        key = wallet.new_key()
        account, content = Account(key, name), wallet.encrypt(key, password)
        try:
            data = json.dumps(content, indent=1).encode() + b"\n"
            write_durably(path, data, mode=0o600, replace=False)
        except FileExistsError:
            raise AccountExists(name) from None
        return account

    def names(self) -> list[str]:
        """All names: those of the local chain where they may be used, then the stored ones."""
        local = [f"local-{index}" for index in range(LOCAL_ACCOUNTS)] if self._local_chain else []
        stored = [path.stem for path in self._folder.glob("*.json") if _NAME.fullmatch(path.stem)]
        return local + sorted(name for name in stored if not _LOCAL_NAME.fullmatch(name))

    def address(self, name: str) -> Address:
        """The address of an account; needs no password.

        Raises:
            AccountUnknown, KeystoreDamaged, LocalAccountRefused, InputError: as `open`.
        """
        if _LOCAL_NAME.fullmatch(name):
            return self.open(name, None).address
        return self._address(self._load(name), self._path(name))

    def open(self, name: str, password: str | None) -> Account:
        """The account, ready to sign.

        Raises:
            AccountUnknown: no account of this name.
            PasswordWrong: not its password, or none.
            KeystoreDamaged: the file was changed.
            LocalAccountRefused: local-N outside the local chain.
            InputError: not a name.
        """
        if _LOCAL_NAME.fullmatch(name):
            return self._local(name)
        content, path = self._load(name), self._path(name)
        if not password:
            raise PasswordWrong(name, missing=True)
        from assay.chain import wallet  # noqa: PLC0415 - slow to import

        promised = self._address(content, path)
        try:
            key = wallet.decrypt(content, password)
        except ValueError as error:
            if "MAC mismatch" in str(error):
                raise PasswordWrong(name) from None
            raise KeystoreDamaged(path, "its fields do not fit together") from None
        except (KeyError, TypeError, NotImplementedError):
            raise KeystoreDamaged(path, "a field is missing or unknown") from None
        account = Account(key, name)
        if account.address != promised:
            raise KeystoreDamaged(path, "the address is not the key's")
        return account

    def _local(self, name: str) -> Account:
        if not self._local_chain:
            raise LocalAccountRefused(name)
        index = int(name.removeprefix("local-"))
        if index >= LOCAL_ACCOUNTS:
            raise AccountUnknown(name, self.names())
        return Account(known_key(index), name)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name) or _LOCAL_NAME.fullmatch(name):
            raise InputError(
                f"{name[:80]!r} cannot name an account.",
                hint="Use up to 64 lower-case letters, digits, - and _; local-N is taken.",
            )
        return self._folder / f"{name}.json"

    def _load(self, name: str) -> dict[str, Any]:
        path = self._path(name)
        try:
            content = json.loads(path.read_bytes())
        except FileNotFoundError:
            raise AccountUnknown(name, self.names()) from None
        except (OSError, ValueError, RecursionError) as error:
            raise KeystoreDamaged(path, f"it cannot be read ({type(error).__name__})") from None
        if not isinstance(content, dict) or not {"address", "crypto", "version"} <= set(content):
            raise KeystoreDamaged(path, "it is not a keystore file")
        return content

    @staticmethod
    def _address(content: Mapping[str, Any], path: Path) -> Address:
        try:
            return parse_address("0x" + str(content["address"]).removeprefix("0x"))
        except InputError:
            raise KeystoreDamaged(path, "its address is not one") from None


def transaction_hash(raw: bytes) -> str:
    """The hash by which a raw signed transaction is known."""
    return "0x" + keccak(raw).hex()
