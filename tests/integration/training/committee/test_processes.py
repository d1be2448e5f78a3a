"""Four validators as real processes on loopback: killed, stopped, parted and betrayed."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import httpx
import pytest

from assay.chain.signing import recover_typed_data
from assay.training.committee.encoding import encode
from assay.training.committee.model import Certificate
from assay.training.model import VOTE_TYPE, VOTE_TYPES, vote_domain, vote_message
from tests.integration.training.committee.scene import Scene, address, running_scene, signers
from tests.integration.training.committee.validator_process import DOMAIN, result_of
from tests.unit.training.committee.parts import prepare

EVERYONE = range(4)
SOON_S = 1.5  # too short for anything but what has happened already


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Four honest validators, used by several tests; each begins a round of its own."""
    with running_scene(tmp_path_factory.mktemp("committee") / "scene") as running:
        yield running


@pytest.fixture(scope="module")
def rounds() -> Iterator[int]:
    return count(1)


def agreed(scene: Scene, round_: int, of: list[int] | range = EVERYONE) -> Certificate:
    """The round's certificate: of one and the same, right result at all of them."""
    found = [scene.certificate(index, round_) for index in of]
    for certificate in found:
        expected = result_of(round_, b"UPDATES OF ROUND %d" % round_)
        assert certificate.result == expected
    return found[0]


def test_all_reach_the_same_result_by_signatures_that_recover_to_them(
    scene: Scene, rounds: Iterator[int]
) -> None:
    round_ = next(rounds)

    scene.begin(round_)
    certificate = agreed(scene, round_)

    domain = vote_domain(DOMAIN.chain_id, DOMAIN.tasks)
    message = vote_message(certificate.result, certificate.view)
    for vote in certificate.votes:
        signer = recover_typed_data(domain, VOTE_TYPES, VOTE_TYPE, message, vote.signature)
        assert signer == vote.sender
    assert len(certificate.votes) >= 3


def test_a_validator_that_was_down_for_a_round_takes_over_what_was_decided(
    scene: Scene, rounds: Iterator[int]
) -> None:
    round_ = next(rounds)
    scene.kill(0)
    scene.begin(round_)
    agreed(scene, round_, of=[1, 2, 3])

    scene.start(0)

    agreed(scene, round_, of=[0])


def test_without_a_quorum_nothing_is_decided_and_everything_once_it_is_back(
    scene: Scene, rounds: Iterator[int]
) -> None:
    round_ = next(rounds)
    for index in (2, 3):
        scene.signal(index, signal.SIGSTOP)
    scene.begin(round_)
    time.sleep(SOON_S)
    undecided = [scene.decided(index) for index in (0, 1)]

    for index in (2, 3):
        scene.signal(index, signal.SIGCONT)

    agreed(scene, round_)
    assert max(undecided) < round_


def test_junk_is_turned_away_and_does_no_harm(scene: Scene, rounds: Iterator[int]) -> None:
    round_ = next(rounds)
    url = f"{scene.urls[0]}/tasks/{DOMAIN.task}/messages"
    genuine = encode(DOMAIN.task, prepare(2, round_=round_))
    forged = genuine.replace(address(2).encode(), address(3).encode())

    def post(body: bytes) -> int:
        return httpx.post(url, content=body, trust_env=False).status_code

    statuses = [post(b"junk"), post(forged), post(b"[" * 3_000_000)]
    replayed = [post(encode(DOMAIN.task, scene.certificate(0, round_ - 1))) for _ in range(50)]
    missing = httpx.get(f"{scene.urls[0]}/tasks/{DOMAIN.task}/certificates/{2**70}")

    assert statuses == [400, 400, 413]
    assert set(replayed) == {204}
    assert missing.status_code == 404
    scene.begin(round_)
    agreed(scene, round_)


def test_a_second_process_of_one_validator_refuses_to_start(scene: Scene, tmp_path: Path) -> None:
    elsewhere = Scene(tmp_path / "elsewhere", journal=str(scene.journal(1)))
    elsewhere.start(1)

    code = elsewhere.wait_for_death(1)

    assert code != 0
    assert "is in use by another process" in elsewhere.log(1)


def test_one_killed_in_mid_vote_gives_the_same_vote_when_it_is_back(tmp_path: Path) -> None:
    with running_scene(tmp_path / "scene", v2={"die_at_vote": 1}) as scene:
        scene.signal(3, signal.SIGSTOP)  # so that the vote is needed
        scene.begin(1)
        scene.wait_for_death(2)
        before = scene.votes(2)

        scene.start(2)

        certificate = agreed(scene, 1, of=[0, 1, 2])
        assert address(2) in signers(certificate)
        scene.signal(3, signal.SIGCONT)
        agreed(scene, 1)
        scene.kill(2)
        assert [vote[:2] for vote in before] == [(1, 0)]
        assert set(before) <= set(scene.votes(2))


@pytest.fixture(scope="module")
def betrayed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Validator 1, which is the primary of rounds 1, 5 and 9, does what the test says."""
    folder = tmp_path_factory.mktemp("betrayed") / "scene"
    with running_scene(folder, v1={"behaviour": str(folder / "behaviour")}) as running:
        yield running


@pytest.mark.parametrize(("round_", "behaviour"), [(1, "silent"), (5, "wrong")])
def test_a_faulty_primary_is_passed_and_the_next_round_goes_on(
    betrayed: Scene, round_: int, behaviour: str
) -> None:
    betrayed.behave(behaviour)
    betrayed.begin(round_)
    certificate = agreed(betrayed, round_, of=[0, 2, 3])
    betrayed.begin(round_ + 1)

    agreed(betrayed, round_ + 1, of=[0, 2, 3])
    assert certificate.view >= 1


def test_an_equivocator_is_found_out_and_divides_no_one(betrayed: Scene) -> None:
    betrayed.behave("hasty")
    for round_ in (9, 10, 11):
        betrayed.begin(round_)
        agreed(betrayed, round_, of=[0, 2, 3])
    betrayed.behave("equivocate")
    betrayed.begin(13)
    agreed(betrayed, 13, of=[0, 2, 3])

    logs = [betrayed.log(index) for index in (0, 2, 3)]

    assert any(f'"accused": "{address(1)}"' in log for log in logs)
