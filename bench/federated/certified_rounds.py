"""Rounds of a task as in production: a chain, four validators and all nodes as processes.

Every member runs what `assay train node`, `validator` and `run` run; the chain is Anvil, which
mines each transaction at once, and results are final without a challenge window: a window adds its
length to every round, whatever else a round costs.
"""

from __future__ import annotations

import socket
import tempfile
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from eth_utils.abi import function_signature_to_4byte_selector

import assay
from assay.chain.local_node import LocalNode
from assay.client import Client
from assay.client.training import Durations, TaskOffer
from federated import flower_app
from federated.forked import members
from federated.workload import (
    VALIDATORS,
    WIDTHS,
    held_out_records,
    node_records,
    schedule,
)

_PASSWORD = "rounds"  # of throw-away accounts on a chain of its own
_STAKE = "10"
_STEPS = {
    function_signature_to_4byte_selector(signature): signature.split("(")[0]
    for signature in (
        "commit(uint256,uint32,bytes32)",
        "reveal(uint256,bytes32,bytes32)",
        "revealAll(uint256,(address,bytes32,bytes32)[])",
        "certify(uint256,bytes32,bytes32,bytes32,uint32,bytes[])",
    )
}


@dataclass
class Noted:
    """An observer that notes when a round's steps were done."""

    ended: list[float] = field(default_factory=list)
    processor_s: list[float] = field(default_factory=list)
    steps: dict[tuple[int, str], float] = field(default_factory=dict)
    done: dict[tuple[int, str], int] = field(default_factory=dict)

    def seen(self, place: Any, step: str, done: int, total: int) -> None:  # noqa: ARG002
        self.steps[place.round, step] = time.time()
        self.done[place.round, step] = done

    def left_out(self, place: Any, node: str, reason: str) -> None:
        """The committee may leave an update out; whether all came in, `done` says."""

    def finished(self, place: Any, model: Any, measured: Any) -> None:  # noqa: ARG002
        self.ended.append(time.time())
        self.processor_s.append(flower_app.processor_s())


def certified(nodes: int, rounds: int, epochs: int) -> dict[str, Any]:
    """Seconds of each round, of its processor time and parts, and the gas of all rounds."""
    with tempfile.TemporaryDirectory() as name, LocalNode.start(Path(name) / "chain") as chain:
        folder = Path(name)
        connect = {
            "home": str(folder / "home"),
            "rpc_url": chain.url,
            "account_password": _PASSWORD,
        }
        with assay.connect(**connect) as client:
            # The first is left out, and the last, at whose end members are gone with their times.
            task, setting = _started(client, folder, nodes, rounds + 2, epochs)
            noted = Noted()
            with members("certified", {**setting, "connect": connect}, folder / "log"):
                client.training.run(task, setting["superlink"], noted)
            assert len(noted.ended) == rounds + 2, (folder / "log").read_text()[-4000:]
            assert all(noted.done[one + 1, "reveal"] == nodes for one in range(rounds + 2))
            del noted.ended[-1]
            return {
                "rounds_s": [b - a for a, b in pairwise(noted.ended)],
                "cpu_s": [b - a for a, b in pairwise(noted.processor_s[:-1])],
                "parts_s": _parts(noted),
                **_gas(client, nodes, rounds + 2),
            }


def _started(
    client: Client, folder: Path, nodes: int, rounds: int, epochs: int
) -> tuple[int, dict[str, Any]]:
    validators = [f"validator-{number + 1}" for number in range(VALIDATORS)]
    names = [f"node-{number + 1}" for number in range(nodes)]
    files = {}
    for number, name in enumerate(validators):
        files[name] = _kept(folder / name, held_out_records(number, nodes))
    for number, name in enumerate(names):
        files[name] = _kept(folder / name, node_records(number, nodes))
    offer = TaskOffer(
        widths=WIDTHS,
        rounds=rounds,
        stake=_STAKE,
        minimum_nodes=nodes,
        schedule=schedule(epochs),
        durations=Durations(),
    )
    _fund(client, client.settings.account)
    task = client.training.open(offer).task.id
    for name in (*validators, *names):
        _fund(client, name)
        roles = "verifier" if name in validators else "trainer,data-provider"
        client.training.join(task, roles, account=name)
    client.training.start(task)
    ports = dict(zip(validators, _free_ports(len(validators)), strict=True))
    [link] = _free_ports(1)
    return task, {
        "task": task,
        "superlink": f"127.0.0.1:{link}",
        "nodes": {name: files[name] for name in names},
        "validators": {
            name: {"file": files[name], "listen": f"127.0.0.1:{ports[name]}"} for name in validators
        },
        "peers": {
            client.accounts.address(name): f"http://127.0.0.1:{port}"
            for name, port in ports.items()
        },
    }


def _kept(path: Path, records: Any) -> str:
    file = path.with_suffix(".npz")
    np.savez(file, features=records.features, labels=records.labels)
    return str(file)


def _fund(client: Client, name: str) -> None:
    if name not in client.accounts.names():
        client.accounts.create(name, _PASSWORD)
    workspace, address = client.workspace, client.accounts.address(name)
    sender = workspace.sender("local-0")
    sender.transact(workspace.deployment.token, "transfer", address, 1000 * 10**6)
    sender.wait(sender.send(address, value=10**18))


def _parts(noted: Noted) -> dict[str, list[float]]:
    """From the last round's end: to all receipts, to all openings, to the certified model."""
    names = ("train", "reveal", "certify")
    found: dict[str, list[float]] = {name: [] for name in names}
    for number, before in enumerate(noted.ended[:-1], start=2):
        times = [before, *(noted.steps[number, name] for name in names)]
        for name, (a, b) in zip(names, pairwise(times), strict=True):
            found[name].append(b - a)
    return found


def _gas(client: Client, nodes: int, rounds: int) -> dict[str, float]:
    """Of what nodes and server send in a round for one node, and of a certificate."""
    node, contract = client.workspace.node, client.workspace.deployment.training
    used: dict[str, list[int]] = {name: [] for name in _STEPS.values()}
    refused = 0
    for number in range(node.block_number() + 1):
        block = node.request("eth_getBlockByNumber", [hex(number), True])
        for sent in block["transactions"]:
            if (sent["to"] or "").lower() != contract.address.lower():
                continue
            name = _STEPS.get(bytes.fromhex(sent["input"][2:10]), "")
            receipt = node.receipt(sent["hash"])
            assert receipt is not None
            if not receipt.succeeded:
                refused += receipt.gas_used
            elif name in used:
                used[name].append(receipt.gas_used)
    for_nodes = sum(sum(used[name]) for name in ("commit", "reveal", "revealAll"))
    return {
        "gas_per_node_round": for_nodes / (nodes * rounds),
        "gas_per_certificate": median(used["certify"]),
        "gas_first_certificate": used["certify"][0],
        "gas_refused_per_round": refused / rounds,
    }


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports
