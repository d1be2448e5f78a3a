"""A command pays for what it uses: which libraries each part of the workspace loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    *("alembic", "eth_account", "fastapi", "flwr", "httpx", "nacl", "openai", "ray", "sqlalchemy"),
    *("torch", "web3", "x402"),
}


def loaded_by(program: str, home: Path) -> set[str]:
    listing = "import sys; print(*sys.modules)"
    shown = subprocess.run(
        [sys.executable, "-c", f"{program}\n{listing}"],
        env={"ASSAY_HOME": str(home)},
        capture_output=True,
        check=True,
        text=True,
    )
    return HEAVY & set(shown.stdout.split())


def test_importing_assay_or_its_commands_loads_no_heavy_library(tmp_path: Path) -> None:
    assert loaded_by("import assay", tmp_path) == set()
    every_area = (
        "import click, typer.main; from assay.cli.main import app;"
        "whole = typer.main.get_command(app); whole.list_commands(click.Context(whole))"
    )
    assert loaded_by(every_area, tmp_path) == set()


def test_the_store_needs_neither_chain_nor_database(tmp_path: Path) -> None:
    program = "import assay\nassay.connect().store.add_bytes(b'hello')"

    assert loaded_by(program, tmp_path) == set()


def test_the_database_is_opened_without_the_chain(tmp_path: Path) -> None:
    program = "import assay\nassay.connect().workspace.engine"
    loaded_by(program, tmp_path)  # the first time the tables are made

    assert loaded_by(program, tmp_path) == {"sqlalchemy"}


@pytest.mark.parametrize(
    "module", ["chain.transaction", "chain.deployment", "chain.signing", "market.onchain"]
)
def test_signing_and_sending_need_no_wallet_library(module: str, tmp_path: Path) -> None:
    assert loaded_by(f"import assay.{module}", tmp_path) == {"httpx"}


def test_a_client_is_ready_for_the_market_before_anything_is_paid(tmp_path: Path) -> None:
    program = "import assay\nclient = assay.connect()\nclient.market, client.content"

    assert loaded_by(program, tmp_path) == set()
