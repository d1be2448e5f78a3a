"""Several workers, as processes, on one database: sums hold, and a killed one loses nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select

from assay.core.clock import SystemClock
from assay.ledger.database import open_database, reading
from assay.market.channels.tables import channels, vouchers
from tests.integration.market.channels.voucher_worker import PRICE

CHANNELS = 80


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


def start(url: str, die_after: int = 0, last: int = CHANNELS) -> subprocess.Popen[str]:
    module = "tests.integration.market.channels.voucher_worker"
    command = [sys.executable, "-m", module, url, "0", str(last), str(die_after)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str], status: int = 0) -> list[str]:
    out, errors = process.communicate(timeout=120)
    assert process.returncode == status, errors
    return out.splitlines()


def wait_for_a_charge(engine: Engine) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with reading(engine) as connection:
            if connection.execute(select(vouchers).where(vouchers.c.state == "charged")).first():
                return
        time.sleep(0.02)
    raise AssertionError("nothing is charged")


def check_sums(engine: Engine) -> int:
    """Each channel's sums are those of its vouchers; returns how many calls were charged."""
    with reading(engine) as connection:
        rows = connection.execute(select(vouchers)).all()
        held = connection.execute(select(channels)).all()
    now_s = SystemClock().now_s()
    charged, reserved = Counter[str](), Counter[str]()
    for row in rows:
        if row.state == "charged":
            charged[row.channel_id] += int(row.amount)
        else:
            reserved[row.channel_id] += int(row.amount)
            assert row.expires_at <= now_s + 2
    for channel in held:
        assert int(channel.charged) == charged[channel.channel_id]
        assert int(channel.reserved) == reserved[channel.channel_id]
        assert int(channel.charged) + int(channel.reserved) <= int(channel.signed)
    return sum(charged.values()) // PRICE


def test_two_workers_charge_each_voucher_once(database_url: str, engine: Engine) -> None:
    workers = [start(database_url) for _ in range(2)]

    served = [line for worker in workers for line in finish(worker)]

    assert len(served) == len(set(served)), "no call was charged by both"
    assert check_sums(engine) == len(served)
    assert len(served) >= CHANNELS, "each channel served at least its larger voucher"


def test_a_worker_killed_between_reserving_and_charging_loses_and_doubles_nothing(
    database_url: str, engine: Engine
) -> None:
    dying = start(database_url, die_after=5)
    wait_for_a_charge(engine)  # or the other one may have served all before this one began
    living = start(database_url)

    served = finish(dying, status=-9) + finish(living)
    after = finish(start(database_url))

    assert not set(served) & set(after)
    noticed = set(served) | set(after)
    charged = check_sums(engine)
    # the killed one may have charged up to as many as it had at once without having said so
    assert len(noticed) <= charged <= len(noticed) + 20
    with reading(engine) as connection:
        held = connection.execute(select(channels)).all()
    assert all(channel.reserved == "0" for channel in held)
    assert len(held) == CHANNELS
