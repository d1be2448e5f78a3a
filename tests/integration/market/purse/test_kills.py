"""Buyers that are killed under way: what was charged is what was answered, to the unit."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from assay.market.errors import NothingToResume
from tests.integration.market.channels.scene import Scene
from tests.integration.market.purse import buying_process
from tests.integration.market.purse.conftest import Buyer
from tests.integration.market.purse.provider import PRICE, Provider

KILLS = 6
ROOT = Path(__file__).parents[4]


async def test_a_buyer_that_is_killed_again_and_again_pays_for_every_answer_once(
    scene: Scene, buyer: Buyer, provider: Provider, tmp_path: Path
) -> None:
    channel = buyer.open(provider.url, 10_000_000).channel
    provider.slow_s = 0.01
    stop = tmp_path / "stop"
    order = {
        "rpc": scene.node.url,
        "scene": str(scene.folder),
        "folder": str(tmp_path),
        "database": buyer.database_url,
        "url": provider.url,
        "stop": str(stop),
    }
    dice = random.Random(3)

    for number in range(KILLS):
        command = [sys.executable, "-m", buying_process.__name__, json.dumps(order)]
        with (tmp_path / "buyer.log").open("a") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT)
        before = len(provider.vouchers)
        while len(provider.vouchers) == before and process.poll() is None:
            time.sleep(0.01)
        time.sleep(dice.uniform(0.05, 0.6))
        if number == KILLS - 1:
            stop.touch()
            assert process.wait(60) == 0, (tmp_path / "buyer.log").read_text()[-2000:]
        else:
            process.kill()
            assert process.wait() == -signal.SIGKILL
    try:
        await buyer.calls.resume_all()
    except NothingToResume:
        assert buyer.now(channel).under_way == 0

    ours, theirs = buyer.now(channel), provider.channels[channel.id.hex]
    assert ours.under_way == 0
    assert ours.charged == theirs.charged == PRICE * len(provider.answers)
    assert theirs.charged > KILLS * PRICE
    corrections = len(provider.vouchers) - len(provider.answers)
    assert theirs.signed <= ours.signed <= ours.charged + corrections
