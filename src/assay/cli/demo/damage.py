"""Copies that are not what they should be: two words changed, one byte flipped."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from assay.cli.console import open_client
from assay.client import Client
from assay.errors import IntegrityError
from assay.ledger.lineage import Lineage


@dataclass(frozen=True)
class DamagedTrace:
    """What a trace over a damaged store said; `file` is relative to the store."""

    file: Path
    offset: int
    lineage: Lineage


def change_two_words(text: str) -> str:
    """The text with two words replaced, a third and two thirds of the way through."""
    words = text.split(" ")
    for place in (len(words) // 3, 2 * len(words) // 3):
        words[place] = "otherwise" if words[place] != "otherwise" else "however"
    return " ".join(words)


def trace_damaged_copy(client: Client, text_file: Path) -> DamagedTrace:
    """Copy the store, flip one bit of the text in it, and trace the text over the copy."""
    home = client.settings.home
    with tempfile.TemporaryDirectory(prefix="assay-demo-") as folder:
        copy = Path(folder)
        shutil.copytree(home / "store", copy / "store")
        shutil.copytree(home / "deployments", copy / "deployments")
        file, offset = flip_bit(copy / "store", text_file.read_bytes())
        settings = client.settings
        with open_client(
            home=copy,
            rpc_url=client.workspace.node.url,
            database_url=settings.database_url or f"sqlite:///{home.absolute() / 'ledger.db'}",
            account=settings.account,
        ) as damaged:
            return DamagedTrace(file, offset, damaged.trace(str(text_file)))


def flip_bit(store: Path, content: bytes) -> tuple[Path, int]:
    """Flip one bit in the middle of `content` where the store's files hold it.

    Raises:
        IntegrityError: no file of the store holds it in one piece.
    """
    for file in sorted(path for path in store.rglob("*") if path.is_file()):
        data = bytearray(file.read_bytes())
        start = data.find(content)
        if start >= 0:
            offset = start + len(content) // 2
            data[offset] ^= 1
            file.write_bytes(data)
            return file.relative_to(store), offset
    raise IntegrityError("The store does not hold the text that was just minted.")
