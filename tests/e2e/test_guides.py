"""The guides for sellers and buyers do what they say: every command in them is run, in order."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from assay.cli.demo.material import bundled_weights
from tests.e2e.guides import script_of
from tests.e2e.scripted_server import scripted_server
from tests.e2e.shop import fund, install_javascript, selling
from tests.e2e.site import Site

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 900


def free_ports(count: int) -> list[str]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [str(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def lay_out(folder: Path) -> None:
    """What a reader of the guides has at hand: weights, the examples, x402's packages."""
    folder.mkdir()
    (folder / bundled_weights().name).symlink_to(bundled_weights())
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / "node_modules").symlink_to(install_javascript() / "node_modules")


def run(script: str, folder: Path, environment: Mapping[str, str]) -> str:
    """Run it with the tools of this environment; what was printed."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**environment, "PATH": path},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    logs = "".join(log.read_text()[-2000:] for log in folder.glob("serve-*.err"))
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-5000:]}\n{logs}"
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay_out(tmp_path / "reader")
    return tmp_path / "reader"


def test_the_sellers_guide_runs(folder: Path, tmp_path: Path) -> None:
    with scripted_server(0.0) as server:
        named = ("8000", "8001", "8002")
        ports = dict(zip(named, free_ports(3), strict=True))
        script = script_of(
            ROOT / "docs" / "selling.md", {"http://127.0.0.1:9000/v1": server.url, **ports}
        )
        environment = Site(tmp_path / ".assay").environment(ASSAY_PORT=ports["8000"])

        said = run(script, folder, environment)

    assert "ASSAY" in said
    assert (folder / "proof.json").exists()
    link = (folder / "serve-1.out").read_text().splitlines()[0]
    assert link == f"http://127.0.0.1:{ports['8000']}/v1/chat/completions?model=smollm2"


def test_the_buyers_guide_runs(folder: Path, tmp_path: Path) -> None:
    site = Site(tmp_path / ".assay")
    arguments = [str(bundled_weights()), "--name", "smollm2", "--price", "0.0001"]
    with selling(site, *arguments) as shop:
        fund(site, "local-2")
        script = script_of(ROOT / "docs" / "buying.md", {"http://127.0.0.1:8000": shop.url})
        environment = site.environment(ASSAY_PORT=shop.url.rpartition(":")[2], RPC_URL=shop.rpc)

        said = run(script, folder, environment)

    assert said.count("the rest came back in 0x") == 2
    assert "closed" in said
