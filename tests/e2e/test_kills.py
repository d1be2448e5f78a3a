"""Everything is killed with SIGKILL, in turn and again and again, while callers pay.

Afterwards: every payment on the chain bought one answer, every answer was paid once, and what
store, database and index say is what the chain says.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

import assay
from assay.core.digest import Digest
from assay.ledger import stored as index_tables
from assay.ledger.database import reading
from assay.market.tables import calls, payments
from tests.e2e import paying_client
from tests.e2e.paying_client import SEED
from tests.e2e.scene import BUYER_TOKENS, MODEL, PRICE, Scene, kill, running_scene
from tests.e2e.scripted_server import scripted_text
from tests.e2e.site import wait_until_healthy

VICTIMS = ["node", "service", "indexer", "keeper", "service and node", "node and indexer"]
ROUNDS = 3
ANSWERED_S = 120


@contextmanager
def paying(scene: Scene, folder: Path, **settings: str) -> Iterator[list[dict[str, Any]]]:
    """Callers pay while the block runs; after it, the list holds every answer they got."""
    answers: list[dict[str, Any]] = []
    with assay.connect(home=scene.site.home, **settings) as client:
        deployment = client.workspace.deployment
        order = {
            "url": scene.url,
            "model": MODEL,
            "house": folder.name,
            "account": "local-2",
            "pending": str(folder / "pending"),
            "stop": str(folder / "stop"),
            "chain_id": client.workspace.node.chain_id,
            "token": deployment.token.address,
            "anchor": deployment.anchor.address,
        }
    output, problems = folder / "answers.jsonl", folder / "caller.log"
    with output.open("w") as out, problems.open("w") as err:
        process = subprocess.Popen(
            [sys.executable, str(paying_client.__file__)],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=err,
            text=True,
        )
        assert process.stdin is not None
        process.stdin.write(json.dumps(order))
        process.stdin.close()
        try:
            yield answers
            (folder / "stop").touch()
            assert exit_code_of(process) == 0, problems.read_text()[-2000:]
        finally:
            process.kill()
            process.wait()
    answers += [json.loads(line) for line in output.read_text().splitlines()]


def wait_for_answers(folder: Path, count: int) -> None:
    """Until callers got more than so many, however slow the machine is."""
    deadline = time.monotonic() + ANSWERED_S
    while len((folder / "answers.jsonl").read_bytes().splitlines()) <= count:
        assert time.monotonic() < deadline, (folder / "caller.log").read_text()[-2000:]
        time.sleep(0.1)


def exit_code_of(process: subprocess.Popen[str]) -> int | None:
    """None of one that does not end."""
    with suppress(subprocess.TimeoutExpired):
        return process.wait(120)
    return None


def test_kills_at_any_moment_leave_everything_consistent(tmp_path: Path) -> None:
    dice = random.Random(7)

    with running_scene(tmp_path, pause_s=0.005) as scene:
        with paying(scene, tmp_path) as answers:
            time.sleep(1)
            for killed, victims in enumerate(VICTIMS * ROUNDS, start=1):
                scene.kill(victims)
                time.sleep(dice.uniform(0.0, 1.0))
                wait_until_healthy(scene.url)
                time.sleep(dice.uniform(0.3, 1.5))
                wait_for_answers(tmp_path, 2 * killed)
        kill(scene.indexer)
        scene.service.terminate()
        exit_code = scene.service.wait(60)

    assert exit_code == 0
    assert len(answers) > 2 * len(VICTIMS) * ROUNDS
    with assay.connect(home=scene.site.home) as client:
        client.market.anchor()
        assert_answers_are_those_that_were_asked(answers)
        assert_paid_once_each(client, answers)
        assert_anchored_once_each(client, answers)
        assert_kept(client, answers)
    assert_index_is_that_of_the_chain(scene.site.home, tmp_path)
    assert "Traceback" not in scene.log


def assert_answers_are_those_that_were_asked(answers: list[dict[str, Any]]) -> None:
    assert [answer["text"] for answer in answers] == [
        scripted_text(answer["prompt"], SEED) for answer in answers
    ]
    for name in ("prompt", "record", "nonce", "transaction"):
        assert len({answer[name] for answer in answers}) == len(answers), name


def assert_paid_once_each(client: assay.Client, answers: list[dict[str, Any]]) -> None:
    """Chain, balances and the provider's book agree with the answers, to the unit."""
    workspace = client.workspace
    token = workspace.deployment.token
    buyer, provider = workspace.account("local-2").address, workspace.account("local-1").address
    events = [token.decode_log(log) for log in workspace.node.logs([token.address], 0, 10**9)]
    used = [e.args["nonce"] for e in events if e and e.name == "AuthorizationUsed"]
    paid = [
        event.args["value"]
        for event in events
        if event
        and event.name == "Transfer"
        and (event.args["from"], event.args["to"]) == (buyer, provider)
    ]
    with reading(workspace.engine) as connection:
        states = list(connection.execute(select(payments.c.nonce, payments.c.state)))
        served = list(connection.execute(select(calls.c.nonce)).scalars())

    nonces = sorted(answer["nonce"] for answer in answers)
    assert sorted(Digest(bytes(nonce)).hex for nonce in used) == nonces
    assert sorted(states) == [(nonce, "settled") for nonce in nonces]
    assert sorted(served) == nonces
    assert paid == [PRICE] * len(answers)
    assert token.read("balanceOf", buyer) == BUYER_TOKENS - PRICE * len(answers)
    assert token.read("balanceOf", provider) == PRICE * len(answers)


def assert_anchored_once_each(client: assay.Client, answers: list[dict[str, Any]]) -> None:
    anchor = client.workspace.deployment.anchor
    events = [
        anchor.decode_log(log) for log in client.workspace.node.logs([anchor.address], 0, 10**9)
    ]
    batches = [event.args for event in events if event and event.name == "BatchAnchored"]

    assert [batch["batch"] for batch in batches] == list(range(len(batches)))
    assert len({bytes(batch["root"]) for batch in batches}) == len(batches) > 1
    assert sum(batch["calls"] for batch in batches) == len(answers)
    for answer in answers[:: max(1, len(answers) // 5)]:
        proof = client.market.make_call_proof(answer["record"])
        assert all(check.ok for check in client.market.check_call_proof(proof))


def assert_kept(client: assay.Client, answers: list[dict[str, Any]]) -> None:
    verification = client.store.verify_all()

    assert verification.ok, verification.faults
    for answer in (answers[0], answers[-1]):
        lineage = client.trace(answer["record"])
        assert lineage.verified, lineage.faults


def assert_index_is_that_of_the_chain(home: Path, folder: Path) -> None:
    fresh = f"sqlite:///{folder / 'fresh.db'}"
    with assay.connect(home=home) as used, assay.connect(home=home, database_url=fresh) as new:
        used.sync()
        new.sync()

        assert rows(used.workspace.engine) == rows(new.workspace.engine)


def rows(engine: Engine) -> list[Any]:
    with reading(engine) as connection:
        reached = connection.execute(select(index_tables.checkpoint)).all()
        order = (index_tables.events.c.block_number, index_tables.events.c.log_index)
        return [*reached, *connection.execute(select(index_tables.events).order_by(*order))]
