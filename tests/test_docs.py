"""Documentation that cannot rot: generated pages are fresh, links lead somewhere, doctests run."""

import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import assay

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")


def test_generated_pages_are_fresh() -> None:
    checked = subprocess.run(
        [sys.executable, ROOT / "docs" / "refresh.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def module_names() -> list[str]:
    found = pkgutil.walk_packages(assay.__path__, "assay.")
    skipped = ("migrations", "cli.demo.payer")
    return [info.name for info in found if not any(part in info.name for part in skipped)]


@pytest.mark.parametrize("name", module_names())
def test_the_examples_in_docstrings_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
