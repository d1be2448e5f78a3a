"""The example of ten hospitals runs from nothing, and says what it promises."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "hospitals" / "run.py"


def test_ten_hospitals_train_are_paid_and_can_be_checked(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, EXAMPLE, "--home", tmp_path / "home", "--rounds", "2"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Paid 1000 of 1000 ASSAY." in done.stdout
    assert "Slashed: validator-4." in done.stdout
    assert "Done again: 2 of 2 rounds." in done.stdout
    traced = re.search(r"Traced: (\d+) of (\d+) links hold, to (\d+) sets", done.stdout)
    assert traced
    assert traced[1] == traced[2]
    assert int(traced[3]) >= 5
    for hostile in ("sign-flip", "noise"):
        assert hostile not in done.stdout, "an attacker was paid"
