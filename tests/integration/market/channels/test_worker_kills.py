"""kill -9 of the settlement worker at every step: no claim is lost, none is made twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.market.channels.house import House
from tests.integration.market.channels.scene import Scene

PROGRAM = "tests.integration.market.channels.settling_process"


@pytest.fixture
def house(own_scene: Scene, database_url: str) -> Iterator[House]:
    house = House(own_scene, database_url)
    yield house
    house.close()


def settle(house: House, kill_at: str = "") -> subprocess.CompletedProcess[str]:
    given = {
        "rpc_url": house.scene.node.url,
        "folder": str(house.scene.folder),
        "database_url": house.database_url,
        "kill_at": kill_at,
    }
    return subprocess.run(
        [sys.executable, "-m", PROGRAM, json.dumps(given)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def claims_in_events(house: House) -> dict[bytes, list[int]]:
    """The sums up to which the contract says that each channel was claimed, in their order."""
    settlement = house.scene.deployment.settlement
    newest = house.scene.node.block_number()
    sums: dict[bytes, list[int]] = {}
    for log in house.scene.node.logs([settlement.address], 0, newest):
        event: Any = settlement.decode_log(log)
        if event and event.name == "Claimed":
            sums.setdefault(event.args["channelId"], []).append(event.args["totalClaimed"])
    return sums


@pytest.mark.parametrize(
    "kill_at",
    [
        "before send 1",  # the claim is signed and on the disk
        "after send 1",
        "after mine 1",
        "before note 1",
        "after note 1",
        "before send 2",  # the payout
        "after send 2",
        "after mine 2",
    ],
)
def test_a_worker_that_is_killed_loses_and_doubles_nothing(house: House, kill_at: str) -> None:
    totals = {house.channel(number).id: 1_000 * number for number in (1, 2)}
    for channel, total in totals.items():
        house.serve(channel, total)

    killed = settle(house, kill_at)
    again = settle(house)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["fault"] is None
    assert claims_in_events(house) == {channel.raw: [total] for channel, total in totals.items()}
    assert house.scene.tokens("local-1") == 3_000
    assert [house.channel_now(channel).chain.claimed for channel in totals] == [1_000, 2_000]
    assert (
        house.chain.unsettled(
            house.scene.account("local-1").address, house.scene.deployment.token.address
        )
        == 0
    )


def test_workers_that_settle_at_once_do_each_other_no_harm(house: House) -> None:
    totals = {house.channel(number).id: 1_000 * number for number in range(1, 6)}
    for channel, total in totals.items():
        house.serve(channel, total)
    given = {
        "rpc_url": house.scene.node.url,
        "folder": str(house.scene.folder),
        "database_url": house.database_url,
        "kill_at": "",
    }
    command = [sys.executable, "-m", PROGRAM, json.dumps(given)]

    workers = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(3)]
    codes = [worker.wait(120) for worker in workers]
    settle(house)

    assert codes == [0, 0, 0]
    assert claims_in_events(house) == {channel.raw: [total] for channel, total in totals.items()}
    assert house.scene.tokens("local-1") == 15_000
