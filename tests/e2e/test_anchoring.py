"""Commands and services of one account that anchor at the same time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import assay
from assay.coordination.errors import WorkerBusy
from assay.market.batches import BatchEntry, batch_tree
from tests.e2e.scene import MODEL, Scene, running_scene

ROUNDS = 4


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with running_scene(tmp_path_factory.mktemp("anchoring"), pause_s=0.0) as scene:
        yield scene


def pay(client: assay.Client, scene: Scene, seed: int) -> None:
    client.market.call(MODEL, "anything", url=scene.url, seed=seed, scheme="exact")


def fix_a_batch(client: assay.Client) -> None:
    """As whoever was killed before he sent it leaves it."""
    parts = client.workspace.market
    provider = client.workspace.address("local-1")
    calls = parts.book.unbatched(provider, 10)
    root = batch_tree(calls, parts.record_digest).root
    number = parts.anchors().next_batch()
    batch = BatchEntry(provider, number, root, len(calls), None)
    assert parts.book.open_batch(batch, [call.cid for call in calls])


def anchor_at_once(home: Path, barrier: threading.Barrier) -> BatchEntry | None:
    with assay.connect(home=home) as client:
        client.sync()
        barrier.wait()
        return client.market.anchor()


def test_those_who_anchor_at_once_send_each_batch_once(scene: Scene) -> None:
    homes = [scene.site.home] * 3
    with assay.connect(home=scene.site.home) as client, ThreadPoolExecutor(3) as pool:
        for number in range(ROUNDS):
            pay(client, scene, number)
            fix_a_batch(client)
            barrier = threading.Barrier(len(homes))
            made = list(pool.map(anchor_at_once, homes, [barrier] * len(homes)))

            assert len([batch for batch in made if batch is not None]) <= 1  # or `assay up` did it
        anchor = client.workspace.deployment.anchor
        provider = client.workspace.address("local-1")
        assert anchor.read("headOf", provider)[1:] == (ROUNDS, ROUNDS)


def test_another_worker_is_waited_for(scene: Scene) -> None:
    with assay.connect(home=scene.site.home) as client:
        pay(client, scene, 1000)
        with client.workspace.turn("anchor") as lease:
            assert lease is not None
            with pytest.raises(WorkerBusy, match=r"for 0\.1 s"):
                client.market.anchor(wait_s=0.1)
        taken, freed = threading.Event(), threading.Event()

        def keep_the_turn() -> None:
            with client.workspace.turn("anchor"):
                taken.set()
                freed.wait(0.5)

        keeper = threading.Thread(target=keep_the_turn)
        keeper.start()
        taken.wait()
        batch = client.market.anchor()
        keeper.join()

    assert batch is not None
    assert batch.calls == 1
