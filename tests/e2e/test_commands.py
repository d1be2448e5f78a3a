"""The command line: names, examples, JSON, exit codes, and how bad input ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assay.cli.main import app
from tests.e2e.site import Site

COMMANDS = [
    "demo", "up", "deploy", "doctor", "account new", "account list", "account show", "store add",
    "store get", "store ls", "store verify", "store gc", "asset publish", "asset list",
    "asset show", "asset pull", "call", "anchor", "call-proof make", "call-proof check",
    "content mint", "content verify", "content show", "trace",
]  # fmt: skip


@pytest.fixture
def empty(tmp_path: Path) -> Site:
    return Site(tmp_path / ".assay")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_json_and_an_example(command: str) -> None:
    shown = CliRunner().invoke(app, [*command.split(), "--help"], env={"COLUMNS": "200"})

    assert shown.exit_code == 0
    assert "--json" in shown.output
    assert "Example: " in shown.output
    assert f"assay {command}" in shown.output.split("Example: ")[1]


def test_help_is_shown_for_nothing_and_says_the_exit_codes() -> None:
    shown = CliRunner().invoke(app, ["--help"])

    assert "Exit codes: 0 ok, 1 negative verdict, 2 usage, 3 environment" in shown.output


def test_the_store_gives_back_what_it_was_given(empty: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"hello")

    added = empty.run("store", "add", str(tmp_path / "file"), "--json").json
    got = empty.run("store", "get", added["cid"], str(tmp_path / "copy"))

    assert added == {
        "cid": "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq",
        "bytes": 5,
    }
    assert got.code == 0
    assert (tmp_path / "copy").read_bytes() == b"hello"
    assert not (empty.home / "chain").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["store", "get", "nonsense", "out"], 2),
        (["store", "get", "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq", "o"], 2),
        (["store", "add", "no/such/file"], 2),
        (["asset", "show", "0x12"], 2),
        (["asset", "publish", "no/such/file", "--kind", "model"], 2),
        (["account", "new", "../../etc/passwd"], 2),
        (["call-proof", "check", "no/such/file"], 2),
        (["content", "mint", "no/such/file"], 2),
        (["asset", "list", "--kind", "nonsense"], 2),
    ],
)
def test_bad_input_ends_with_a_json_error_and_its_exit_code(
    arguments: list[str], code: int, empty: Site
) -> None:
    ran = empty.run(*arguments, "--json")

    assert ran.code == code, ran.err
    error = json.loads(ran.err.strip().splitlines()[-1])["error"]
    assert error["message"]
    assert ran.out == ""


def test_a_node_that_is_not_there_is_an_error_of_the_environment(empty: Site) -> None:
    ran = empty.run("asset", "list", "--json", ASSAY_RPC_URL="http://user:secret@127.0.0.1:9")

    assert ran.code == 3
    assert "secret" not in ran.err + ran.out


def test_a_wrong_setting_is_named(empty: Site) -> None:
    ran = empty.run("store", "ls", "x", ASSAY_PORT="ninety")

    assert ran.code == 2
    assert "port" in ran.err


def test_an_account_is_made_and_listed_without_showing_its_key(empty: Site) -> None:
    made = empty.run("account", "new", "alice", "--json", ASSAY_ACCOUNT_PASSWORD="a long one")
    listed = empty.run("account", "list", "--json")

    assert made.code == 0, made.err
    assert made.json["address"] in listed.out
    stored = (empty.home / "accounts" / "alice.json").read_text()
    assert "a long one" not in stored + made.out + made.err
