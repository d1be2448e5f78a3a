"""`assay content review`, as a person or a program runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from assay.core.digest import Digest
from tests.integration.content.review.scene import OPENER, PERIOD_S, REVIEWERS, Scene

_MAIN = "from assay.cli.main import main; main()"


class Commands:
    """Runs commands in the home of a scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def run(self, *arguments: str, as_json: bool = True) -> tuple[int, str]:
        """Exit code, and what was printed on either stream."""
        done = subprocess.run(
            [sys.executable, "-c", _MAIN, "content", "review", *arguments]
            + (["--json"] if as_json else []),
            env={
                **os.environ,
                "ASSAY_HOME": str(self._scene.client.settings.home),
                "ASSAY_RPC_URL": self._scene.url,
                "ASSAY_REVIEW_PERIOD_S": str(PERIOD_S),
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout or done.stderr

    def read(self, *arguments: str) -> Any:
        code, printed = self.run(*arguments)
        assert code == 0, printed
        return json.loads(printed)


@pytest.fixture(scope="module")
def commands(scene: Scene) -> Iterator[Commands]:
    return Commands(scene)


def test_the_whole_life_of_a_case_by_command(scene: Scene, commands: Commands) -> None:
    content_id = scene.minted()
    evidence = Digest.of(b"an older book").hex

    opened = commands.read("open", content_id, "copy", "--evidence", evidence, "--account", OPENER)
    number = str(opened["case"])
    for name in REVIEWERS:
        cast = commands.read("commit", number, "uphold", "--account", name)
        assert cast["vote"] is None
    scene.pass_phase(opened["case"])
    votes = [commands.read("reveal", number, "--account", name)["vote"] for name in REVIEWERS]
    closed = commands.read("close", number)
    scene.pass_phase(opened["case"])
    shown = commands.read("show", number)
    claimed = commands.read("claim", number, "--all")

    assert opened["due"]["step"] == "commit"
    assert opened["due"]["until"] == opened["rounds"][0]["commit_until"]
    assert votes == ["uphold"] * 3
    assert (closed["decision"], closed["due"]["step"]) == ("upheld", "appeal")
    assert shown["outcome"]["attestation"]["valid"] is True
    assert shown["final"] is True
    assert {one["locked"] for one in shown["holdings"]} == {10_000_000, 20_000_000}
    assert len(claimed) == 4
    assert commands.read("claim", number, "--all") == []
    assert [one["case"] for one in commands.read("list", "--content", content_id)] == [
        opened["case"]
    ]


def test_stakes_by_command(commands: Commands) -> None:
    before = commands.read("stake", "--account", REVIEWERS[0])

    staked = commands.read("stake", "1.25", "--account", REVIEWERS[0])
    unbonding = commands.read("unstake", "1.25", "--account", REVIEWERS[0])

    assert staked["free"] == before["free"] + 1_250_000
    assert unbonding["unbonding"] == 1_250_000
    assert unbonding["withdrawable_at"] > 0
    code, printed = commands.run("unstake", "--account", REVIEWERS[0])
    assert code == 1
    assert "cannot withdraw before" in json.loads(printed)["error"]["message"]


def test_people_read_which_step_is_due_and_what_went_wrong(
    scene: Scene, commands: Commands
) -> None:
    case = scene.opened()

    code, shown = commands.run("show", str(case.id), as_json=False)
    assert code == 0
    assert "due      commit until" in shown
    code, rules = commands.run("rules", as_json=False)
    assert "quorum" in rules
    for arguments, words in (
        (("show", "99999"), "There is no case 99999"),
        (("commit", str(case.id), "maybe"), "is no vote"),
        (("open", case.content_id.hex, "ugly", "--evidence", "x"), "is no claim"),
        (("claim", str(case.id), "--all", "--for", "local-1"), "exclude each other"),
    ):
        code, printed = commands.run(*arguments, as_json=False)
        assert code == 2
        assert words in printed
