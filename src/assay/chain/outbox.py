"""Signed transactions on the disk: what was promised to a chain is never forgotten by a crash.

One file per transaction, written and synced before the transaction leaves, removed when it is deep
enough in the chain. The folder is `<chain id>-<genesis>/<address>`, so that what was meant for one
chain is never sent to another with the same id.
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.chain.account import transaction_hash
from assay.chain.errors import AccountBusy, BlockMissing
from assay.chain.files import exclusive_lock, write_durably
from assay.chain.node import Node
from assay.core.address import Address
from assay.core.canonical import canonical_json

_log = logging.getLogger(__name__)

_FILE = re.compile(r"\d{12}-[0-9a-f]{64}\.json")
_LOCK_LIMIT_S = 60.0
_DEEP_BLOCKS = 12
_OLD_S = 30.0


@dataclass(frozen=True, slots=True)
class SignedTransaction:
    """A transaction as it was signed.

    Attributes:
        fields: what was signed, as eth_account takes it; `data` is text.
        raw: the signed bytes.
        signed_at_ns: when, in nanoseconds since 1970.
    """

    hash: str
    nonce: int
    fields: Mapping[str, Any]
    raw: bytes
    signed_at_ns: int

    @classmethod
    def of(cls, fields: Mapping[str, Any], raw: bytes) -> SignedTransaction:
        """Note down a transaction that has just been signed."""
        return cls(transaction_hash(raw), fields["nonce"], dict(fields), raw, time.time_ns())


class Outbox:
    """The transactions of one account on one chain that are not deep in the chain yet."""

    def __init__(self, folder: Path, address: Address) -> None:
        """`folder` is the chain's (see `chain_folder`)."""
        self._folder = folder / address
        self._address = address

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep all other processes and threads from choosing nonces for the account.

        Raises:
            AccountBusy: another one held the lock for a minute.
        """
        path = self._folder / "lock"
        try:
            with exclusive_lock(path, _LOCK_LIMIT_S):
                yield
        except TimeoutError:
            raise AccountBusy(self._address, path) from None

    def add(self, signed: SignedTransaction) -> None:
        """Put a transaction on the disk.

        Raises:
            FileNotWritten: the disk is full or read-only; nothing may be sent then.
        """
        content = {
            "fields": dict(signed.fields),
            "raw": signed.raw.hex(),
            "signed_at_ns": signed.signed_at_ns,
        }
        write_durably(self._path(signed), canonical_json(content), mode=0o600)

    def remove(self, signed: SignedTransaction) -> None:
        """Forget a transaction that is deep in the chain, or that no node can have."""
        self._path(signed).unlink(missing_ok=True)

    def nonces(self) -> set[int]:
        """The nonces in use, from the file names alone."""
        try:
            names = os.listdir(self._folder)  # noqa: PTH208 - Path objects are slow by the hundred
        except FileNotFoundError:
            return set()
        return {int(name.split("-")[0]) for name in names if _FILE.fullmatch(name)}

    def transactions(self) -> list[SignedTransaction]:
        """All of them, by nonce and, for one nonce, in the order of signing."""
        found = [self._read(path) for path in self._folder.glob("*-*.json")]
        return sorted(
            (signed for signed in found if signed is not None),
            key=lambda signed: (signed.nonce, signed.signed_at_ns),
        )

    def rivals(self, tx_hash: str) -> list[SignedTransaction]:
        """The transaction of that hash and all others with its nonce, oldest first."""
        for path in self._folder.glob(f"*-{tx_hash.removeprefix('0x')}.json"):
            nonce = path.stem.split("-")[0]
            found = [self._read(other) for other in self._folder.glob(f"{nonce}-*.json")]
            return sorted(
                (signed for signed in found if signed is not None),
                key=lambda signed: signed.signed_at_ns,
            )
        return []

    def prune(self, node: Node) -> None:
        """Forget what is old and deep in the chain, with its rivals."""
        old_ns = time.time_ns() - int(_OLD_S * 1e9)
        old = [signed for signed in self.transactions() if signed.signed_at_ns < old_ns]
        newest = node.block_number()
        receipts = node.receipts([signed.hash for signed in old])
        done = {
            signed.nonce
            for signed, receipt in zip(old, receipts, strict=True)
            if receipt and newest - receipt.block_number >= _DEEP_BLOCKS
        }
        for signed in old:
            if signed.nonce in done:
                self.remove(signed)

    def _path(self, signed: SignedTransaction) -> Path:
        return self._folder / f"{signed.nonce:012d}-{signed.hash.removeprefix('0x')}.json"

    def _read(self, path: Path) -> SignedTransaction | None:
        try:
            content = json.loads(path.read_bytes())
            raw = bytes.fromhex(content["raw"])
            tx_hash = "0x" + path.stem.split("-")[1]
            if transaction_hash(raw) != tx_hash:
                raise ValueError(path)
            fields = content["fields"]
            return SignedTransaction(tx_hash, fields["nonce"], fields, raw, content["signed_at_ns"])
        except FileNotFoundError:
            return None  # pruned meanwhile
        except (ValueError, KeyError, TypeError):
            kept = path.with_suffix(".damaged")
            path.replace(kept)
            _log.warning("A kept transaction is damaged and will not be sent again: %s", kept)
            return None


def chain_folder(node: Node, folder: Path) -> Path:
    """Where the outboxes of the node's chain lie; its genesis block tells chains apart."""
    try:
        genesis = node.block(0).hash[2:18]
    except BlockMissing:  # some nodes prune it
        genesis = "unknown"
    return folder / f"{node.chain_id}-{genesis}"


def lost(node: Node, transactions: Sequence[SignedTransaction]) -> list[SignedTransaction]:
    """Those of one account that the chain should have and has not: the newest rival per nonce."""
    if not transactions:
        return []
    receipts = node.receipts([signed.hash for signed in transactions])
    mined = {
        signed.nonce for signed, receipt in zip(transactions, receipts, strict=True) if receipt
    }
    newest = {signed.nonce: signed for signed in transactions}
    return [signed for nonce, signed in sorted(newest.items()) if nonce not in mined]
