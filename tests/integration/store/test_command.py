"""`assay store` from the outside: what it prints and what it exits with."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assay.cli.main import main
from assay.core.cid import Cid
from assay.store.disk import DiskStore
from tests.integration.store.servers import gateway_app, serving

HELLO = "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq"
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def assay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path / "home"))

    def run(*arguments: str) -> tuple[int, Any]:
        monkeypatch.setattr(sys, "argv", ["assay", "store", *arguments])
        try:
            main()
        except SystemExit as ending:
            code = int(ending.code or 0)
        out, err = capsys.readouterr()
        if "--json" in arguments:
            return code, json.loads(out or err)
        return code, out + err

    return run


def test_add_prints_the_cid_and_the_bytes_and_nothing_else(assay: Run, tmp_path: Path) -> None:
    (tmp_path / "hello").write_bytes(b"hello")

    assert assay("add", str(tmp_path / "hello"), "--json") == (0, {"cid": HELLO, "bytes": 5})
    assert assay("add", str(tmp_path / "hello")) == (0, f"{HELLO}  5 bytes\n")


def test_a_folder_goes_round(assay: Run, tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "hello").write_bytes(b"hello")
    _, added = assay("add", str(tmp_path / "f"), "--json")

    code, listed = assay("ls", added["cid"], "--json")
    assert (code, listed["entries"]) == (0, [{"name": "hello", "cid": HELLO, "bytes": 5}])
    assert HELLO in assay("ls", added["cid"])[1]
    assert assay("get", added["cid"], str(tmp_path / "out"), "--json")[1]["bytes"] == 5
    assert (tmp_path / "out" / "hello").read_bytes() == b"hello"
    assert assay("pins", "--json")[1] == {"pins": [added["cid"]]}
    assert assay("unpin", added["cid"])[0] == 0
    assert assay("gc", "--json") == (0, {"blocks": 2, "bytes": 5 + 53})


def test_a_name_that_drives_terminals_is_shown_harmless(assay: Run, tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "\x1b[2Jgone").touch()
    _, added = assay("add", str(tmp_path / "f"), "--json")

    assert "\x1b" not in assay("ls", added["cid"])[1]


def test_verify_exits_with_1_and_names_cid_and_file(assay: Run, tmp_path: Path) -> None:
    (tmp_path / "hello").write_bytes(b"hello")
    assay("add", str(tmp_path / "hello"))
    assert assay("verify", "--json")[1]["ok"] is True
    path = next((tmp_path / "home" / "store" / "blocks").rglob("baf*"))
    path.write_bytes(b"jello")

    for arguments in (("verify",), ("verify", HELLO)):
        code, found = assay(*arguments, "--json")
        assert code == 1
        assert (found["ok"], found["faults"][0]["cid"]) == (False, HELLO)
        assert found["faults"][0]["place"] == str(path)
    assert HELLO in assay("verify")[1]
    assert assay("get", HELLO, str(tmp_path / "out"))[0] == 1
    assert not (tmp_path / "out").exists()


def test_a_gateway_fills_what_is_missing(assay: Run, tmp_path: Path) -> None:
    data = os.urandom(600_000)
    origin = DiskStore(tmp_path / "origin")
    cid = origin.add_bytes(data)

    with serving(gateway_app(origin)) as url:
        code, _ = assay("get", str(cid), str(tmp_path / "out"), "--gateway", url)

    assert code == 0
    assert (tmp_path / "out").read_bytes() == data


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("add", "/nowhere/at/all"), 2),
        (("get", "nonsense", "out"), 2),
        (("get", str(Cid.raw(b"unknown")), "out"), 2),
        (("ls", str(Cid.raw(b"unknown"))), 2),
        (("verify", str(Cid.raw(b"unknown"))), 2),
        (("pin", str(Cid.raw(b"unknown"))), 2),
        (("get", str(Cid.raw(b"unknown")), "out", "--gateway", "http://127.0.0.1:1"), 3),
    ],
)
def test_what_cannot_be_done_says_why(assay: Run, arguments: tuple[str, ...], code: int) -> None:
    ended, told = assay(*arguments, "--json")

    assert ended == code
    assert told["error"]["message"]


def test_every_command_has_an_example(assay: Run) -> None:
    for command in ("add", "get", "ls", "verify", "pin", "unpin", "pins", "gc"):
        code, told = assay(command, "--help")
        assert code == 0
        assert f"Example: assay store {command}" in told
