"""The pages about payments: their commands run in their order, and end as the pages say."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assay.chain.local_node import LocalNode
from assay.cli.main import app

DOCS = Path(__file__).parents[3] / "docs"
_FILE = re.compile(r"cat > (\S+) <<'END'\n(.*?)END\n", re.DOTALL)


def commands(page: Path) -> Iterator[tuple[list[str], bool]]:
    """The words of each command of the shell blocks, and whether it has to succeed.

    Files that a block makes are written into the working folder.
    """
    for block in re.findall(r"```sh\n(.*?)```", page.read_text(), re.DOTALL):
        for name, words in _FILE.findall(block):
            Path(name).write_text(words)
        for line in _FILE.sub("", block).replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words:
                yield [one for one in words[1:] if one not in {"||", "true"}], "||" not in words


@pytest.mark.parametrize("page", ["payments.md", "payments.zh.md"])
def test_the_commands_of_the_page_run(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path / "home"))
    runner, output = CliRunner(), ""

    with LocalNode.start(tmp_path / "chain") as node:
        monkeypatch.setenv("ASSAY_RPC_URL", node.url)
        for words, succeeds in commands(DOCS / page):
            ran = runner.invoke(app, words)
            assert (ran.exit_code == 0) == succeeds, f"{words}: {ran.output} {ran.exception}"
            output += ran.output

    assert output.count("\nexecuted") == 3
    assert output.count("\nallowed") == 1  # the dry run
    assert output.count("\nneeds approval") == 2
    for rule in ("duplicate", "lookalike_payee", "changed_details", "flag_instruction"):
        assert f"  {rule}: " in output
