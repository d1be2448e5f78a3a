"""A running `assay sell`, and buyers of other people against it, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import assay
from assay.core.amount import parse_amount
from tests.e2e.site import ASSAY, Ran, Site, wait_until_healthy

CLIENTS = Path(__file__).parent / "x402_clients"
SDK_TIMEOUT_S = 900


@dataclass(frozen=True)
class Shop:
    """What `assay sell --json` said first, and its process."""

    site: Site
    said: dict[str, Any]
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        return str(self.said["base_url"])

    @property
    def rpc(self) -> str:
        return str(self.said["rpc"])

    @property
    def model(self) -> str:
        return str(self.said["name"])

    def tokens(self, account: str) -> int:
        """Units of the payment token that an account holds."""
        shown = self.site.run("account", "show", account, "--json")
        assert shown.code == 0, shown.err
        return parse_amount(shown.json["assay"], decimals=6)

    def buyer(self, account: str, calls: int, **more: Any) -> dict[str, Any]:
        """An order for one of the clients; see `x402_clients`."""
        with assay.connect(home=self.site.home, rpc_url=self.rpc) as client:
            key = "0x" + bytes(client.workspace.account(account).signer().key).hex()
        order = {
            "url": self.url,
            "rpc": self.rpc,
            "network": f"eip155:{self.said['chain_id']}",
            "model": self.model,
            "key": key,
            "calls": calls,
            "channels": 1,
            "salt": 1,
            "deposit": "1000000",
        }
        return {**order, **more}


@contextmanager
def selling(site: Site, *arguments: str, **more: str) -> Iterator[Shop]:
    """`assay sell` until the block ends."""
    site.home.mkdir(parents=True, exist_ok=True)
    path = site.home / "sell.log"
    with path.open("a") as log:
        process = subprocess.Popen(
            [*ASSAY, "sell", *arguments, "--port", "0", "--json"],
            env=site.environment(ASSAY_RATE_LIMIT_PER_MINUTE="1000000", **more),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, path.read_text()[-3000:]
            shop = Shop(site, json.loads(line), process)
            wait_until_healthy(shop.url)
            yield shop
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(60)


def buy_in_python(order: dict[str, Any]) -> Any:
    """Run the Python client; what it printed."""
    return _run([sys.executable, str(CLIENTS / "python_buyer.py")], order)


def buy_in_javascript(order: dict[str, Any]) -> Any:
    """Run the JavaScript client; what it printed. `install_javascript` comes first."""
    return _run(["node", str(CLIENTS / "javascript" / "buyer.mjs")], order)


def install_javascript() -> Path:
    """The packages of the JavaScript client, installed where they are not."""
    folder = CLIENTS / "javascript"
    if not (folder / "node_modules" / ".package-lock.json").exists():
        npm = ["npm", "--prefix", str(folder), "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(npm, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return folder


def fund(site: Site, *accounts: str) -> None:
    """Tokens for buyers."""
    for account in accounts:
        ran: Ran = site.run("account", "fund", account, "--amount", "100")
        assert ran.code == 0, ran.err


def _run(command: list[str], order: dict[str, Any]) -> Any:
    started = time.monotonic()
    done = subprocess.run(
        [*command, json.dumps(order)],
        capture_output=True,
        text=True,
        timeout=SDK_TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return {**json.loads(done.stdout), "seconds": time.monotonic() - started}
