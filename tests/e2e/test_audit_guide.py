"""The Chinese guide to audits: every command in it is run, in its order, as its own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from assay.chain.local_node import LocalNode
from tests.e2e.guides import script_of
from tests.e2e.site import Site

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 300


def test_the_guide_runs_from_a_source_to_a_report_that_verifies_and_a_forged_one_that_fails(
    tmp_path: Path,
) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    with LocalNode.start(tmp_path / "chain") as node:
        done = subprocess.run(
            ["bash", "-c", script_of(ROOT / "docs" / "audit.zh.md", {})],
            cwd=tmp_path,
            env=Site(tmp_path / ".assay").environment(PATH=path, ASSAY_RPC_URL=node.url),
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )

    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-3000:]}"
    report = json.loads((tmp_path / "audit" / "report.json").read_bytes())
    assert report["rule_book"]["version"] == 1
    assert report["verdict"] == "failed"
    assert (tmp_path / "audit" / "report.pdf").read_bytes().startswith(b"%PDF")
    assert done.stdout.count(": verified\n") == 1
    assert "Verified: all" in done.stdout
    assert "do not rely on it" in done.stdout
