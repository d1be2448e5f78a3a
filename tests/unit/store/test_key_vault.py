"""Content keys at rest open with the account that keeps them, and with nothing else."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from assay.core.address import Address
from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.store.errors import KeyDamaged
from assay.store.key_vault import KeyVault

ASSET = Digest.of(b"an asset")
ALICE = Address("0x" + "A1" * 20)
BOB = Address("0x" + "B0" * 20)


def vault(folder: Path, account: Address = ALICE, secret: bytes = b"alice") -> KeyVault:
    return KeyVault(folder / "keys", account, lambda: secret)


def test_a_key_that_was_kept_is_found_by_another_process(tmp_path: Path) -> None:
    key = ContentKey.random()

    vault(tmp_path).put(ASSET, key)

    assert vault(tmp_path).find(ASSET) == key
    assert vault(tmp_path).find(Digest.of(b"another")) is None
    assert vault(tmp_path, BOB, b"bob").find(ASSET) is None


def test_only_the_owner_may_read_the_file_and_the_key_is_not_in_it(tmp_path: Path) -> None:
    key = ContentKey(b"k" * 32)

    vault(tmp_path).put(ASSET, key)

    [path] = (tmp_path / "keys").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (b"k" * 32).hex() not in path.read_text()


def test_the_first_key_stays(tmp_path: Path) -> None:
    first, second = ContentKey.random(), ContentKey.random()
    vault(tmp_path).put(ASSET, first)

    kept = vault(tmp_path).put(ASSET, second)

    assert kept == first == vault(tmp_path).find(ASSET)


def test_another_secret_does_not_open_it(tmp_path: Path) -> None:
    vault(tmp_path).put(ASSET, ContentKey.random())

    with pytest.raises(KeyDamaged):
        vault(tmp_path, secret=b"mallory").find(ASSET)


@pytest.mark.parametrize("change", ["asset", "box", "assay", "text"])
def test_a_changed_file_is_refused(tmp_path: Path, change: str) -> None:
    vault(tmp_path).put(ASSET, ContentKey.random())
    [path] = (tmp_path / "keys").iterdir()
    content = json.loads(path.read_text())
    if change == "text":
        path.write_text("{")
    else:
        content[change] = {"asset": Digest.of(b"x").hex, "box": "00" * 60, "assay": "2"}[change]
        path.write_text(json.dumps(content))

    with pytest.raises(KeyDamaged):
        vault(tmp_path).find(ASSET)
