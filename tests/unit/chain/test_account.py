"""Keystore files and the local chain's known keys."""

from __future__ import annotations

import copy
import json
import logging
import stat
from pathlib import Path
from typing import Any

import pytest

from assay.chain.account import Account, Accounts
from assay.chain.errors import (
    AccountExists,
    AccountUnknown,
    KeystoreDamaged,
    LocalAccountRefused,
    PasswordWrong,
)
from assay.errors import InputError

PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Accounts, Account, Path]:
    folder = tmp_path_factory.mktemp("accounts")
    accounts = Accounts(folder, local_chain=False)
    return accounts, accounts.create("alice", PASSWORD), folder / "alice.json"


def test_a_stored_key_opens_with_its_password(stored: tuple[Accounts, Account, Path]) -> None:
    accounts, alice, path = stored

    opened = accounts.open("alice", PASSWORD)

    assert opened.address == alice.address == accounts.address("alice")
    assert opened.sign_digest(b"1" * 32) == alice.sign_digest(b"1" * 32)
    assert accounts.names() == ["alice"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_file_is_web3_secret_storage_with_scrypt(
    stored: tuple[Accounts, Account, Path],
) -> None:
    content = json.loads(stored[2].read_bytes())

    assert content["version"] == 3
    assert content["crypto"]["kdf"] == "scrypt"
    assert stored[1].signer().key.hex() not in stored[2].read_text()


@pytest.mark.parametrize("password", ["wrong", "", None])
def test_another_password_is_refused(
    stored: tuple[Accounts, Account, Path], password: str | None
) -> None:
    with pytest.raises(PasswordWrong) as caught:
        stored[0].open("alice", password)

    assert "ASSAY_ACCOUNT_PASSWORD" in caught.value.hint


def test_a_name_is_given_once(stored: tuple[Accounts, Account, Path]) -> None:
    before = stored[2].read_bytes()

    with pytest.raises(AccountExists):
        stored[0].create("alice", "another")

    assert stored[2].read_bytes() == before


@pytest.mark.parametrize(
    "name",
    ["", "..", "../alice", "a/b", "/etc/passwd", "a\x00b", "Alice", "a b", ".a", "é", "a" * 65],
)
def test_a_name_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    accounts = Accounts(tmp_path / "accounts", local_chain=False)

    for act in (
        lambda: accounts.create(name, PASSWORD),
        lambda: accounts.open(name, PASSWORD),
        lambda: accounts.address(name),
    ):
        with pytest.raises(InputError):
            act()
    assert not list(tmp_path.rglob("*.json"))


def test_an_unknown_name_lists_the_known_ones(stored: tuple[Accounts, Account, Path]) -> None:
    with pytest.raises(AccountUnknown) as caught:
        stored[0].open("bob", PASSWORD)

    assert "alice" in caught.value.hint


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: b"[1]",
        lambda content: b"[" * 100_000,
        lambda content: b"\xff\xfe",
        lambda content: json.dumps({**content, "address": "beef"}).encode(),
        lambda content: json.dumps({**content, "address": "11" * 20}).encode(),
        lambda content: json.dumps({**content, "version": 9}).encode(),
        lambda content: json.dumps({**content, "crypto": {}}).encode(),
        lambda content: json.dumps({k: content[k] for k in content if k != "crypto"}).encode(),
    ],
)
def test_a_damaged_file_is_told_from_a_wrong_password(
    stored: tuple[Accounts, Account, Path], tmp_path: Path, damage: Any
) -> None:
    (tmp_path / "alice.json").write_bytes(damage(json.loads(stored[2].read_bytes())))

    with pytest.raises(KeystoreDamaged):
        Accounts(tmp_path, local_chain=False).open("alice", PASSWORD)


def test_local_names_hold_the_ten_known_keys(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path, local_chain=True)

    addresses = [accounts.address(f"local-{index}") for index in range(10)]

    assert addresses[0] == "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
    assert addresses[9] == "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720"
    assert accounts.names() == [f"local-{index}" for index in range(10)]
    with pytest.raises(AccountUnknown):
        accounts.open("local-10", None)


def test_local_names_are_refused_elsewhere(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path, local_chain=False)

    with pytest.raises(LocalAccountRefused):
        accounts.open("local-0", None)
    with pytest.raises(LocalAccountRefused):
        accounts.address("local-0")
    with pytest.raises(InputError):
        accounts.create("local-0", PASSWORD)
    assert accounts.names() == []


def test_nothing_printed_or_logged_shows_a_key(caplog: pytest.LogCaptureFixture) -> None:
    key = bytes(range(1, 33))
    account = Account(key, "alice")

    with caplog.at_level(logging.DEBUG):
        logging.getLogger("test").info("%r %s", account, account)
    shown = f"{account!r} {account} {caplog.text}"

    assert account.address in shown
    assert key.hex() not in shown.lower()
    assert not hasattr(account, "__dict__")


def test_a_copy_of_an_account_signs_the_same() -> None:
    account = Account(b"\x07" * 32, "alice")

    assert copy.copy(account).sign_digest(b"1" * 32) == account.sign_digest(b"1" * 32)
