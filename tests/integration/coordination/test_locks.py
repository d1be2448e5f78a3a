"""Locks on this machine and in Redis: one holder at a time, however the one before ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assay.coordination.errors import LockLost, RedisUnavailable
from assay.coordination.file_locks import FileLocks, LockFolderUnusable
from assay.coordination.joint_locks import JointLocks
from assay.coordination.port import Locks
from assay.coordination.redis_locks import RedisLocks
from tests.database_servers import RedisServer, ServerMissing
from tests.databases import unavailable
from tests.integration.coordination import holding_process
from tests.integration.coordination.holding_process import LEASE_S, open_locks


@pytest.fixture(params=["files", "redis"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "files":
        return str(tmp_path / "locks")
    return str(request.getfixturevalue("redis_url"))


@pytest.fixture
def locks(place: str) -> Locks:
    return open_locks(place)


@contextmanager
def holding(place: str, name: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Another process that holds a lock, and its token."""
    command = [sys.executable, str(holding_process.__file__), place, name]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process, int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


def test_a_lock_has_one_holder_and_names_do_not_mix(locks: Locks) -> None:
    with (
        locks.attempt("anchor/1") as first,
        locks.attempt("anchor/1") as second,
        locks.attempt("anchor/2") as other,
    ):
        held = (first is not None, second is not None, other is not None)
    with locks.attempt("anchor/1") as again:
        assert again is not None

    assert held == (True, False, True)


def test_each_holder_has_a_larger_token_than_the_one_before(locks: Locks) -> None:
    tokens = []
    for _ in range(3):
        with locks.attempt("anchor") as lease:
            assert lease is not None
            lease.check()
            tokens.append(lease.token)

    assert tokens == [1, 2, 3]


def test_of_many_threads_one_is_inside_at_a_time(locks: Locks) -> None:
    inside, most, turns = 0, 0, 0

    def work() -> None:
        nonlocal inside, most, turns
        for _ in range(20):
            with locks.attempt("anchor") as lease:
                if lease is None:
                    continue
                inside += 1
                turns += 1
                most = max(most, inside)
                time.sleep(0.001)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == 1
    assert turns >= 1


def test_a_holder_that_is_killed_makes_room(place: str, locks: Locks) -> None:
    with holding(place, "anchor") as (process, token):
        with locks.attempt("anchor") as while_it_lives:
            assert while_it_lives is None
        process.kill()
        process.wait()
        deadline = time.monotonic() + 5 * LEASE_S
        got = 0
        while not got and time.monotonic() < deadline:
            with locks.attempt("anchor") as lease:
                got = lease.token if lease else 0
            time.sleep(0.05)

    assert (token, got) == (1, 2)


def test_a_lease_is_renewed_for_as_long_as_the_work_takes(redis_url: str) -> None:
    locks = RedisLocks(redis_url, lease_s=0.3)

    with locks.attempt("anchor") as lease:
        assert lease is not None
        time.sleep(1.0)
        lease.check()
        with locks.attempt("anchor") as other:
            assert other is None


def test_a_holder_that_was_asleep_for_too_long_is_told_and_frees_nothing(redis_url: str) -> None:
    with holding(redis_url, "anchor") as (sleeper, first):
        os.kill(sleeper.pid, signal.SIGSTOP)
        time.sleep(1.5 * LEASE_S)
        with RedisLocks(redis_url).attempt("anchor") as lease:
            assert lease is not None
            os.kill(sleeper.pid, signal.SIGCONT)
            time.sleep(LEASE_S)
            with RedisLocks(redis_url).attempt("anchor") as third:
                assert third is None
            lease.check()

    assert (first, lease.token) == (1, 2)


def test_a_lock_that_redis_has_forgotten_is_lost(redis_url: str) -> None:
    locks = RedisLocks(redis_url, lease_s=0.3)

    with locks.attempt("anchor") as lease:
        assert lease is not None
        lease._redis.flushdb()
        time.sleep(0.5)
        with pytest.raises(LockLost):
            lease.check()


def test_a_redis_that_does_not_answer_is_named_without_its_password() -> None:
    locks = RedisLocks("redis://:hunter2@127.0.0.1:1/0")

    with pytest.raises(RedisUnavailable) as caught, locks.attempt("anchor"):
        pass

    assert "127.0.0.1:1" in str(caught.value)
    assert "hunter2" not in str(caught.value) + caught.value.hint


def test_while_redis_is_away_locks_hold_on_this_machine(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        server = RedisServer()
    except ServerMissing as missing:
        unavailable(str(missing))
    server.start()
    locks = JointLocks(FileLocks(tmp_path), RedisLocks(server.url))
    elsewhere = JointLocks(FileLocks(tmp_path / "other"), RedisLocks(server.url))

    with locks.attempt("anchor") as here, elsewhere.attempt("anchor") as there:
        assert here is not None
        assert there is None
    server.kill()
    with locks.attempt("anchor") as here, locks.attempt("anchor") as again:
        assert here is not None
        assert again is None
    with locks.attempt("anchor"):
        pass
    assert [record.message for record in caplog.records] == [
        "locks hold on this machine only (RedisUnavailable)"
    ]
    server.start()
    with locks.attempt("anchor") as here, elsewhere.attempt("anchor") as there:
        assert here is not None
        assert there is None

    server.stop()
    server.remove()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(LockFolderUnusable), FileLocks(tmp_path / "file").attempt("anchor"):
        pass
