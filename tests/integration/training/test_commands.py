"""`assay train`, as a person or a program runs it: a whole consortium on one machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from fastapi.testclient import TestClient
from sklearn.datasets import load_breast_cancer
from typer.testing import CliRunner

import assay
from assay.bootstrap.consortium import Watch
from assay.chain.local_node import LocalNode
from assay.cli.main import app
from assay.client.training_checks import certified_rounds
from assay.service.app import create_app
from assay.training.edge_errors import LeavesUnforeseen
from assay.training.rounds import RoundPlace

SPONSOR = "local-0"
VALIDATORS = ("local-1", "local-2", "local-3", "local-4")
NODES = ("local-5", "local-6", "local-7")
FUNDS = 1_000_000_000


@dataclass
class Commands:
    """Runs commands in one home, on a chain of its own."""

    folder: Path
    environment: dict[str, str]
    client: assay.Client

    def run(self, *arguments: str) -> Any:
        return CliRunner().invoke(app, ["train", *arguments], env=self.environment)

    def read(self, *arguments: str) -> Any:
        done = self.run(*arguments, "--json")
        if done.exception is not None:
            raise done.exception
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    folder = tmp_path_factory.mktemp("commands")
    with (
        LocalNode.start(folder / "chain") as node,
        assay.connect(home=folder / "home", rpc_url=node.url) as client,
    ):
        workspace = client.workspace
        token, sender = workspace.deployment.token, workspace.sender(SPONSOR)
        for name in (*VALIDATORS, *NODES):
            sender.transact(token, "transfer", workspace.address(name), FUNDS)
        environment = {
            "ASSAY_HOME": str(folder / "home"),
            "ASSAY_RPC_URL": node.url,
            "ASSAY_ACCOUNT": SPONSOR,
        }
        yield Commands(folder, environment, client)


@pytest.fixture(scope="module")
def consortium(commands: Commands) -> Path:
    """Seven data files, half of them tables, and the list of members."""
    features, labels = load_breast_cancer(return_X_y=True)
    features = ((features - features.mean(axis=0)) / features.std(axis=0)).astype(np.float32)
    order = np.random.default_rng(5).permutation(len(labels))
    parts = iter(np.array_split(order, 7))
    listed: dict[str, list[dict[str, str]]] = {"validators": [], "nodes": []}
    for name in VALIDATORS:
        rows = next(parts)
        file = commands.folder / f"{name}.npz"
        np.savez(file, features=features[rows], labels=labels[rows])
        listed["validators"].append({"account": name, "held_out": file.name})
    for name in NODES:
        rows = next(parts)
        file = commands.folder / f"{name}.csv"
        table = np.column_stack([labels[rows], features[rows]])
        header = ",".join(["diagnosis", *(f"f{at}" for at in range(30))])
        np.savetxt(file, table, delimiter=",", header=header, comments="")
        listed["nodes"].append({"account": name, "data": file.name, "label": "diagnosis"})
    path = commands.folder / "consortium.yaml"
    path.write_text(yaml.safe_dump(listed))
    return path


def test_a_consortium_trains_by_two_commands_and_is_paid_by_a_third(
    commands: Commands, consortium: Path
) -> None:
    opened = commands.read(
        "open", "--widths", "30,8,2", "--rounds", "2", "--budget", "7.000001",
        "--keep-percent", "50", "--bits", "8", "--epochs", "5",
        "--data", "Standardised features of tumours.",
    )  # fmt: skip
    task = str(opened["task"])
    before = commands.read("status", task)

    ran = commands.read("run", task, "--here", str(consortium))

    assert before["round"] <= 1
    assert before["rewards"] == {}
    assert set(ran) == {
        "task", "round", "accuracy", "bytes_up", "bytes_down", "committee", "rewards", "slashed",
        "model_asset",
    }  # fmt: skip
    assert ran["committee"]["phase"] == "finished"
    assert len(ran["committee"]["members"]) == 4
    assert ran["accuracy"] > 0.8
    assert ran["bytes_up"] > 0
    assert ran["bytes_down"] > 0
    assert (ran["slashed"], ran["model_asset"]) == ([], None)
    assert sum(map(Decimal, ran["rewards"].values())) == Decimal("7.000001")
    measured = commands.read("status", task, "--held-out", str(commands.folder / "local-1.npz"))
    assert measured["accuracy"] > 0.8
    assert measured["rewards"] == ran["rewards"]
    again = commands.read("run", task, "--here", str(consortium))
    assert again == ran

    claims = commands.read("claim", task)

    assert {one["node"]: one["paid"] for one in claims} == ran["rewards"]
    assert [one["paid"] for one in commands.read("claim", task)] == ["0"] * len(claims)
    shown = commands.run("status", task).stdout
    assert "finished, round 2 of 2" in shown
    assert "accuracy of the model of round 1: " in shown
    assert "; --held-out FILE measures that of round 2" in shown
    own = str(commands.folder / "local-1.npz")
    assert (
        "accuracy of the model of round 2: "
        in commands.run("status", task, "--held-out", own).stdout
    )


@pytest.mark.parametrize("level", ["record", "client"])
def test_a_private_task_records_what_every_node_has_spent(
    commands: Commands, consortium: Path, tmp_path: Path, level: str
) -> None:
    promise = ("--privacy", level, "--noise", "1.5", "--clip", "0.5", "--epsilon-limit", "30")
    options = ("--widths", "30,4,2", "--rounds", "2", "--budget", "3", "--rule", "mean")
    task = str(commands.read("open", *options, *promise)["task"])

    ran = commands.read("run", task, "--here", str(consortium))

    assert commands.read("show", task)["plan"]["privacy"] == {
        "level": level,
        "clip_micro": 500_000,
        "noise_micro": 1_500_000,
        "delta_inverse": 0,
        "epsilon_limit_micro": 30_000_000,
    }
    assert len(ran["epsilon"]) == len(NODES)
    assert all(0 < spent["1"] < spent["2"] < 30 for spent in ran["epsilon"].values())
    checked = commands.read("verify", task)
    assert checked["verified"]
    by_round = [one["epsilon"] for one in checked["rounds"]]
    assert {node: spent["2"] for node, spent in ran["epsilon"].items()} == by_round[1]
    assert "epsilon " in commands.run("status", task).stdout
    report = commands.read("report", task, "--out", str(tmp_path))
    assert str(tmp_path / "epsilon.png") in report["plots"]
    assert "Privacy spent" in Path(report["page"]).read_text()
    newest = certified_rounds(commands.client.workspace, int(task))[-1]
    facts = [update.facts for update in newest.updates]
    assert all(max(one["labels"]) - min(one["labels"]) <= 1 for one in facts)
    home = commands.client.workspace.training.home(int(task))
    ledgers = list(home.glob("node-*/privacy.sqlite"))
    assert len(ledgers) == len(NODES)
    ledgers[0].unlink()
    again = commands.run("run", task, "--here", str(consortium))
    assert "lacks round 1, in which this node has committed" in str(again.exception)


def test_an_edge_trains_by_its_leaves_and_is_paid_as_one_member(
    commands: Commands, consortium: Path
) -> None:
    listed = yaml.safe_load(consortium.read_text())
    *leaves, single = [one["data"] for one in listed["nodes"]]
    listed["nodes"] = [
        {"account": NODES[0], "leaves": leaves, "label": "diagnosis"},
        {"account": NODES[1], "data": single, "label": "diagnosis"},
    ]
    path = consortium.with_name("edges.yaml")
    path.write_text(yaml.safe_dump(listed))
    options = ("--widths", "30,4,2", "--rounds", "1", "--epochs", "3", "--budget", "3")
    task = str(commands.read("open", *options, "--leaves", "2")["task"])

    ran = commands.read("run", task, "--here", str(path))

    edge, node = (commands.client.workspace.address(name) for name in NODES[:2])
    (newest,) = certified_rounds(commands.client.workspace, int(task))
    facts = {update.node: update.facts for update in newest.updates}
    assert (facts[edge]["leaves"], facts[node]["leaves"]) == (2, 0)
    assert sum(facts[edge]["labels"]) > 1.9 * sum(facts[node]["labels"])
    assert set(ran["rewards"]) <= {edge, node}
    assert sum(map(Decimal, ran["rewards"].values())) == Decimal(3)
    assert commands.read("verify", task)["verified"]


def test_a_task_without_leaves_admits_no_edge(commands: Commands, consortium: Path) -> None:
    task = str(commands.read("open", "--widths", "30,4,2", "--rounds", "1")["task"])
    commands.read("join", task, "--roles", "trainer", "--account", NODES[0])
    file = str(consortium.with_name(f"{NODES[0]}.csv"))
    node = ("node", task, "--superlink", "127.0.0.1:1", "--account", NODES[0])

    refused = commands.run(*node, "--leaf", file)
    neither = commands.run(*node)

    assert isinstance(refused.exception, LeavesUnforeseen)
    assert (refused.exception.asked, refused.exception.admitted) == (1, 0)
    assert "--leaf FILE" in neither.exception.hint


class Interrupting:
    """Presses Ctrl-C in the middle of a round."""

    def seen(self, place: RoundPlace, step: str, done: int, total: int) -> None:
        if (place.round, step) == (2, "train"):
            raise KeyboardInterrupt

    def left_out(self, place: RoundPlace, node: str, reason: str) -> None: ...

    def finished(self, place: RoundPlace, model: object, measured: object) -> None: ...


def test_a_run_that_is_broken_off_goes_on_where_the_task_is(
    commands: Commands, consortium: Path
) -> None:
    options = ("--widths", "30,4,2", "--rounds", "3", "--budget", "3", "--keep-percent", "50")
    task = commands.read("open", *options)["task"]
    with pytest.raises(KeyboardInterrupt):
        commands.client.training.run_here(task, consortium, Watch(Interrupting()), account=SPONSOR)
    broken_off = commands.read("status", str(task))

    ran = commands.read("run", str(task), "--here", str(consortium))

    assert broken_off["round"] == 2
    assert broken_off["committee"]["phase"] in {"committing", "revealing"}
    assert (ran["round"], ran["committee"]["phase"]) == (3, "finished")
    assert len(commands.client.training.progress(task).rounds) == 3
    assert sum(map(Decimal, ran["rewards"].values())) == 3


def test_tasks_are_shown_by_command_and_route(commands: Commands) -> None:
    task = commands.read("open", "--widths", "4,2", "--rate", "0.125", "--commit", "90s")["task"]
    member = commands.read("join", str(task), "--roles", "trainer,data-provider", "--stake", "12.5")

    listed, shown = commands.read("list"), commands.read("show", str(task))

    assert [one["id"] for one in listed] == list(range(task, 0, -1))
    assert shown["terms"]["commit_s"] == 90
    assert shown["plan"]["schedule"]["rate_micro"] == 125_000
    assert shown["members"] == [member]
    assert member["roles"] == ["data-provider", "trainer"]
    assert member["stake"] == 12_500_000
    assert "joining" in commands.run("list").stdout
    with TestClient(create_app(commands.client)) as http:
        assert http.get("/training/tasks").json() == listed
        assert http.get(f"/training/tasks/{task}/members").json() == [member]
        one = http.get(f"/training/tasks/{task}").json()
        unknown = http.get("/training/tasks/99")
    assert {**shown, **one} == shown
    assert unknown.status_code == 404
    assert "There is no task 99" in unknown.json()["error"]["message"]


def test_a_sealing_key_is_rotated_to_one_that_the_account_can_make_again(
    commands: Commands,
) -> None:
    task = commands.read("open", "--widths", "4,2")["task"]
    first = commands.read("join", str(task), "--roles", "verifier", "--account", "local-1")

    second = commands.read("rotate-key", str(task), "--account", "local-1")

    keys = commands.client.workspace.training.sealing_keys("local-1", task)
    assert [key.public.hex() for key in keys] == [second["sealing_key"], first["sealing_key"]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["open"], "A task begins with a registered model, or with a new perceptron."),
        (["open", "--widths", "4,x"], "are no widths of layers"),
        (["open", "--widths", "4,2", "--rule", "best"], "best"),
        (["open", "--widths", "4,2", "--join", "soon"], "is no period"),
        (["open", "--widths", "4,2", "--noise", "2"], "--noise is a term of a promise of privacy"),
        (["open", "--widths", "4,2", "--privacy", "group"], "level = 'group'"),
        (["open", "--widths", "4,2", "--privacy", "record", "--delta", "0.3"], "is no delta"),
        (
            ["open", "--widths", "4,2", "--privacy", "client", "--epsilon-limit", "9"],
            "Training in round 10 would bring a node's epsilon to",
        ),
        (["join", "1", "--roles", "boss"], "'boss' is no role in a task"),
        (["run", "1"], "A run needs nodes."),
        (["run", "1", "--here", "none.yaml"], "none.yaml lists no consortium"),
        (["claim", "1", "--for", "local-9"], "has earned nothing"),
        (["status", "99"], "There is no task 99"),
    ],
)
def test_what_cannot_be_done_says_why(
    commands: Commands, arguments: list[str], message: str
) -> None:
    commands.read("open", "--widths", "4,2")

    done = commands.run(*arguments)

    assert message in str(done.exception)
    assert getattr(done.exception, "hint", "")


def test_a_task_that_has_not_started_has_no_round_to_be_done_again(commands: Commands) -> None:
    task = str(commands.read("open", "--widths", "4,2")["task"])

    done = commands.run("verify", task)

    assert done.exit_code == 1
    assert done.stdout.strip() == "No round is certified yet."


def test_a_member_leaves_and_gets_its_stake_back_in_time(commands: Commands) -> None:
    task = str(commands.read("open", "--widths", "4,2", "--unbonding", "2h")["task"])
    commands.read("join", task, "--roles", "trainer", "--account", NODES[0], "--stake", "11.5")

    left = commands.read("leave", task, "--account", NODES[0])
    early = commands.run("withdraw", task, "--account", NODES[0])
    commands.client.workspace.node.request("evm_increaseTime", [7200])
    withdrawn = commands.read("withdraw", task, "--account", NODES[0])

    assert not left["active"]
    assert "withdraw" in str(early.exception)
    assert withdrawn["amount"] == "11.5"
