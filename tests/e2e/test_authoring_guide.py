"""The guide to contracts from language: every command in it is run, in its order."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.e2e.guides import script_of
from tests.e2e.site import Site

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 300


def test_the_guide_runs_from_the_words_to_a_verified_trace(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    done = subprocess.run(
        ["bash", "-c", script_of(ROOT / "docs" / "authoring.md", {})],
        cwd=tmp_path,
        env=Site(tmp_path / ".assay").environment(PATH=path),
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )

    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-3000:]}"
    assert "Verified: all" in done.stdout
