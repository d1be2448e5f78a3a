"""A provider, buyers and a service on one chain of their own, whose clock can be moved."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn

from assay.chain.account import Account
from assay.chain.local_node import LocalNode
from assay.chain.transaction import Sender
from assay.client import Client, connect
from assay.core.address import Address
from assay.market.model import Asset
from assay.service.app import create_app

PROVIDER, BUYER, OTHER, THIRD = "local-1", "local-2", "local-4", "local-5"
UNIT = 10**6
ROYALTY_PERCENT = "7.5"


@dataclass
class Scene:
    """Two homes on one chain: that of the provider, who serves, and that of all buyers."""

    folder: Path
    provider: Client
    buyer: Client
    _count: int = field(default=0)

    def account(self, name: str) -> Account:
        return self.buyer.workspace.account(name)

    def address(self, name: str) -> Address:
        return self.buyer.workspace.address(name)

    def sender(self, name: str) -> Sender:
        return self.buyer.workspace.sender(name)

    def tokens(self, name: str) -> int:
        token = self.buyer.workspace.deployment.token
        return int(token.read("balanceOf", self.address(name)))

    def fund(self, name: str, units: int) -> None:
        token = self.buyer.workspace.deployment.token
        self.sender("local-0").transact(token, "transfer", self.address(name), units)

    def request(self, method: str, *parameters: Any) -> Any:
        return self.buyer.workspace.node.request(method, list(parameters))

    def later(self, seconds: int) -> None:
        """Let the chain's clock run ahead."""
        self.request("evm_increaseTime", seconds)
        self.request("evm_mine")

    def content(self, size: int = 300_000) -> bytes:
        """Bytes that no other asset has."""
        self._count += 1
        return (b"secret %06d " % self._count) * (size // 14)

    def asset(self, *, sealed: bool = False, url: str | None = None) -> Asset:
        """A dataset that the provider owns."""
        path = self.folder / f"data-{self._count + 1}"
        path.write_bytes(self.content())
        return self.provider.market.publish(
            path,
            kind="dataset",
            licence="MIT",
            royalty_percent=ROYALTY_PERCENT,
            sealed=sealed,
            url=url,
        ).asset

    def plain(self, asset: Asset) -> bytes:
        """What the provider published."""
        return (self.folder / asset.metadata.name).read_bytes()


@contextmanager
def open_scene(folder: Path, **settings: Any) -> Iterator[Scene]:
    """A fresh chain with its own clock."""
    with (
        LocalNode.start(folder / "chain") as node,
        connect(home=folder / "provider", rpc_url=node.url, **settings) as provider,
        connect(home=folder / "buyer", rpc_url=node.url) as buyer,
    ):
        scene = Scene(folder, provider, buyer)
        for name in (BUYER, OTHER, THIRD):
            scene.fund(name, 1000 * UNIT)
        yield scene


@contextmanager
def serving(client: Client) -> Iterator[str]:
    """The service of a client, in a thread; its URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(client), log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            thread.join(0.01)
        assert server.started
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)
        listener.close()
