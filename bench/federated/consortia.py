"""Consortia of many nodes on a chain of their own, with scikit-learn's digits shared out evenly."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from eth_utils.abi import function_signature_to_4byte_selector
from sklearn.datasets import load_digits

import assay
from assay.bootstrap.consortium import Watch
from assay.chain.local_node import LocalNode
from assay.cli.train.logs import logs_on_stderr
from assay.client import Client
from assay.client.training import TaskOffer
from assay.training.learning.partition import even_shares
from assay.training.plan import LocalSchedule

WIDTHS = (64, 64, 10)
VALIDATORS = tuple(f"local-{number}" for number in range(1, 5))
HELD_OUT_RECORDS = 60
_PASSWORD = "consortia"  # of throw-away accounts on a chain of its own
_TOKENS = 1000 * 10**6
_STEPS = {
    function_signature_to_4byte_selector(signature)
    for signature in (
        "commit(uint256,uint32,bytes32)",
        "reveal(uint256,bytes32,bytes32)",
        "revealAll(uint256,(address,bytes32,bytes32)[])",
    )
}


@dataclass
class Noted:
    """An observer that notes when rounds ended, how many came in, and how good the model is."""

    ended: list[float] = field(default_factory=list)
    steps: dict[tuple[int, str], float] = field(default_factory=dict)
    done: dict[tuple[int, str], int] = field(default_factory=dict)
    accuracy: float = 0.0

    def seen(self, place: Any, step: str, done: int, total: int) -> None:  # noqa: ARG002
        """A step went on."""
        self.steps[place.round, step] = time.monotonic()
        self.done[place.round, step] = done

    def left_out(self, place: Any, node: str, reason: str) -> None:
        """Whether all came in, `done` says."""

    def finished(self, place: Any, model: Any, measured: Any) -> None:  # noqa: ARG002
        """A round has a result."""
        self.ended.append(time.monotonic())
        self.accuracy = measured.accuracy


@contextmanager
def client_on_a_chain() -> Generator[tuple[Client, Path]]:
    """A client on a fresh chain, and a folder that goes with it."""
    with tempfile.TemporaryDirectory() as name, LocalNode.start(Path(name) / "chain") as chain:
        folder = Path(name)
        with assay.connect(
            home=folder / "home", rpc_url=chain.url, account_password=_PASSWORD
        ) as client:
            yield client, folder


def accounts(client: Client, count: int) -> list[str]:
    """New accounts with tokens to stake, and ether for gas."""
    workspace, names = client.workspace, [f"node-{number + 1}" for number in range(count)]
    for name in (*VALIDATORS, *names):
        if name in names:
            client.accounts.create(name, _PASSWORD)
        address = workspace.address(name)
        sender = workspace.sender("local-0")
        sender.transact(workspace.deployment.token, "transfer", address, _TOKENS)
        if name in names:
            sender.wait(sender.send(address, value=10**18))
    return names


def shared_out(folder: Path, parts: int) -> tuple[list[Path], list[Path]]:
    """Files of the validators' records, and of so many equal parts of the rest."""
    features, labels = load_digits(return_X_y=True)
    features = (features / 16).astype(np.float32)
    random = np.random.default_rng(1)
    order = random.permutation(len(labels))
    held_out, rest = np.split(order, [HELD_OUT_RECORDS * len(VALIDATORS)])
    files = []
    shares = [rest[rows] for rows in even_shares(len(rest), parts, random)]
    for number, rows in enumerate([*np.array_split(held_out, len(VALIDATORS)), *shares]):
        files.append(folder / f"part-{number}.npz")
        np.savez(files[-1], features=features[rows], labels=labels[rows])
    return files[: len(VALIDATORS)], files[len(VALIDATORS) :]


def run(
    client: Client,
    folder: Path,
    names: list[str],
    parts: list[Path],
    held_out: list[Path],
    *,
    rounds: int,
    rule: str = "adaptive",
    simulated: bool = False,
) -> tuple[int, Noted]:
    """Open a task and run it: the parts go to the members in order, as leaves if they are more."""
    each = len(parts) // len(names)
    nodes: list[dict[str, Any]] = []
    for at, name in enumerate(names):
        own = [str(file) for file in parts[at * each : (at + 1) * each]]
        nodes.append({"account": name} | ({"leaves": own} if each > 1 else {"data": own[0]}))
    listed = {
        "validators": [
            {"account": name, "held_out": str(file)}
            for name, file in zip(VALIDATORS, held_out, strict=True)
        ],
        "nodes": nodes,
    }
    path = folder / f"consortium-{len(names)}.yaml"
    path.write_text(yaml.safe_dump(listed))
    offer = TaskOffer(
        widths=WIDTHS,
        rounds=rounds,
        minimum_nodes=len(names),
        rule=rule,
        leaves=each if each > 1 else 0,
        schedule=LocalSchedule(epochs=2, batch=16),
    )
    task = client.training.open(offer).task.id
    noted = Noted()
    with logs_on_stderr(logging.ERROR):
        client.training.run_here(task, path, Watch(noted), simulated=simulated)
    return task, noted


def members_gas(client: Client) -> int:
    """Gas of all commitments and openings since the chain began."""
    node, contract = client.workspace.node, client.workspace.deployment.training
    used = 0
    for number in range(node.block_number() + 1):
        block = node.request("eth_getBlockByNumber", [hex(number), True])
        for sent in block["transactions"]:
            ours = (sent["to"] or "").lower() == contract.address.lower()
            if ours and bytes.fromhex(sent["input"][2:10]) in _STEPS:
                receipt = node.receipt(sent["hash"])
                assert receipt is not None
                used += receipt.gas_used
    return used
