"""`assay account` and `assay deploy`, run as people run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.plan import CREATED_NAMES


class Shell:
    """Runs commands on one home folder."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def run(self, *arguments: str, **settings: str) -> tuple[int, str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSAY_")}
        done = subprocess.run(
            [sys.executable, "-c", "from assay.cli.main import main; main()", *arguments],
            env={**kept, "ASSAY_HOME": str(self.home), **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return done.returncode, done.stdout, done.stderr

    def json(self, *arguments: str, **settings: str) -> Any:
        code, out, err = self.run(*arguments, "--json", **settings)
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "home")


def test_an_account_is_made_listed_funded_and_shown(shell: Shell) -> None:
    made = shell.json("account", "new", "alice", ASSAY_ACCOUNT_PASSWORD="secret")
    funded = shell.json("account", "fund", "alice", "--amount", "12.5", "--ether", "2")
    listed = shell.json("account", "list")
    shown = shell.json("account", "show", "alice")

    assert made["name"] == "alice"
    assert made in listed
    assert listed[0]["name"] == "local-0"
    assert (funded["assay"], funded["ether"]) == ("12.5", "2")
    assert {**shown, "transaction": funded["transaction"]} == funded


def test_making_an_account_without_a_password_is_a_usage_error(shell: Shell) -> None:
    code, out, err = shell.run("account", "new", "alice")

    assert (code, out) == (2, "")
    assert "ASSAY_ACCOUNT_PASSWORD" in err


def test_deploying_to_a_node_by_url_needs_an_account_that_can_pay(
    shell: Shell, tmp_path: Path
) -> None:
    with LocalNode.start(tmp_path / "consortium", options=["--chain-id", "77"]) as local:
        made = shell.json("account", "new", "alice", ASSAY_ACCOUNT_PASSWORD="secret")
        deploy = ("deploy", "--rpc", local.url, "--account")
        refused, _, known_key = shell.run(*deploy, "local-0")
        poor, _, insufficient = shell.run(*deploy, "alice", ASSAY_ACCOUNT_PASSWORD="secret")
        _give_ether(local.url, made["address"])
        first = shell.json(*deploy, "alice", ASSAY_ACCOUNT_PASSWORD="secret")
        second = shell.json(*deploy, "alice", ASSAY_ACCOUNT_PASSWORD="secret")
        not_local, _, _ = shell.run("account", "fund", "alice", ASSAY_RPC_URL=local.url)

    assert (refused, poor, not_local) == (1, 3, 1)
    assert "publicly known key" in known_key
    assert "needs up to" in insufficient
    assert first == second
    assert first["chain_id"] == 77
    assert set(first["contracts"]) == set(CREATED_NAMES)
    assert Path(first["manifest"]).is_file()


def _give_ether(url: str, address: str) -> None:
    with Node(url) as node:
        node.request("anvil_setBalance", [address, hex(10**18)])


def test_every_help_has_an_example(shell: Shell) -> None:
    for command in (["deploy"], *(["account", name] for name in ("new", "list", "show", "fund"))):
        code, out, _ = shell.run(*command, "--help")

        assert code == 0
        assert "Example:" in out
