"""Nodes mask, drop out and help to unmask; and give nothing away to a server that lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from assay.chain.account import Account
from assay.chain.known_keys import known_key
from assay.core.address import Address
from assay.core.digest import Digest
from assay.store.errors import UnknownCidError
from assay.training.committee.unmasking_exchange import Refusal
from assay.training.errors import CommitmentsOpen
from assay.training.model import Phase, Role
from assay.training.parameters import Vector
from assay.training.privacy.masking.cohort import Cohort, Roster
from assay.training.privacy.masking.errors import CohortRefused, KeysForeign, UpdateNotFinite
from assay.training.privacy.masking.shares import join
from assay.training.privacy.masking.state import GivenShares, MaskingState
from assay.training.privacy.masking.streams import own_mask, public_half
from assay.training.privacy.masking.terms import MaskingTerms
from assay.training.privacy.masking.unmasking import HEADER_BYTES
from assay.training.rounds import LocalUpdate, RoundPlace
from tests.unit.training.privacy.masking.nodes import (
    DOMAIN,
    PLACE,
    START,
    MaskingScene,
    forged,
    spelt,
)

RECORDS = (300, 10, 200, 150, 90)


@pytest.fixture
def scene(tmp_path: Path) -> MaskingScene:
    return MaskingScene.of(tmp_path, MaskingTerms(threshold=3), RECORDS)


def updates_of(nodes: Sequence[Address]) -> dict[Address, Vector]:
    return {
        node: np.random.default_rng(at).normal(0, 0.3, START.size) for at, node in enumerate(nodes)
    }


def federated(updates: Mapping[Address, Vector], cohort: Cohort) -> tuple[Vector, int]:
    records = sum(cohort.records[node] for node in updates)
    total = sum(cohort.records[node] * vector for node, vector in updates.items())
    return total / records, records


def assert_mean(found: Vector, updates: Mapping[Address, Vector], cohort: Cohort) -> None:
    """As near to federated averaging as the module says."""
    expected, records = federated(updates, cohort)
    scale = cohort.scale(MaskingTerms(threshold=3))
    assert float(np.abs(found - expected).max()) <= float(scale.bound(len(updates), records))
    assert float(scale.bound(len(updates), records)) < 1e-6


def test_the_sum_is_federated_averaging_within_the_stated_bound(scene: MaskingScene) -> None:
    nodes = list(scene.nodes)
    updates, cohort = updates_of(nodes), scene.cohort()
    scene.commit(updates)
    scene.reveal(nodes)

    unmasking = scene.unmasking(cohort, nodes[:3])

    mean = unmasking.mean(scene.messages(), scene.terms, START.size)
    again = unmasking.mean(dict(reversed(scene.messages().items())), scene.terms, START.size)
    assert_mean(mean, updates, cohort)
    assert mean.tobytes() == again.tobytes()


def test_a_masked_update_says_nothing_and_its_own_seed_does_not_open_it(
    scene: MaskingScene,
) -> None:
    nodes = list(scene.nodes)
    updates, cohort = updates_of(nodes), scene.cohort()
    scene.commit(updates)
    scene.reveal(nodes)
    unmasking = scene.unmasking(cohort, nodes)
    scale = cohort.scale(scene.terms)

    for node, message in scene.messages().items():
        masked = np.frombuffer(message, scale.dtype, offset=HEADER_BYTES)
        own = scale.encode(updates[node], cohort.records[node])
        own_stream = own_mask(unmasking.seeds[node], cohort.digest, node, scale, START.size)
        without_seed = masked - own_stream
        for seen in (masked, without_seed):
            apart = (seen - own).astype(np.int32).astype(np.float64)
            assert np.median(np.abs(apart)) > 2**26  # of 2^31


def test_one_of_five_that_drops_out_after_masking_is_survived(scene: MaskingScene) -> None:
    nodes = list(scene.nodes)
    updates, cohort = updates_of(nodes), scene.cohort()
    scene.commit(updates)
    scene.reveal(nodes[1:])

    unmasking = scene.unmasking(cohort, nodes[2:])

    survived = {node: updates[node] for node in nodes[1:]}
    assert set(unmasking.mask_secrets) == {nodes[0]}
    assert_mean(unmasking.mean(scene.messages(), scene.terms, START.size), survived, cohort)


def test_two_that_drop_out_at_two_stages_are_survived(scene: MaskingScene) -> None:
    nodes = list(scene.nodes)
    updates, cohort = updates_of(nodes), scene.cohort(without=nodes[:1])
    scene.commit({node: updates[node] for node in nodes[2:]})
    scene.reveal(nodes[2:])

    unmasking = scene.unmasking(cohort, nodes[1:])

    survived = {node: updates[node] for node in nodes[2:]}
    assert cohort.nodes == tuple(nodes[1:])
    assert_mean(unmasking.mean(scene.messages(), scene.terms, START.size), survived, cohort)


def test_with_fewer_survivors_than_the_threshold_no_node_gives_a_share(
    scene: MaskingScene,
) -> None:
    nodes = list(scene.nodes)
    scene.cohort()
    scene.commit(updates_of(nodes))
    scene.reveal(nodes[:2])

    for node in scene.nodes.values():
        with pytest.raises(CohortRefused, match="2 nodes survived, and 3 have to"):
            node.unmask(PLACE)


def test_who_is_gone_is_asked_of_the_chain_when_nobody_can_reveal_any_more(
    scene: MaskingScene,
) -> None:
    nodes = list(scene.nodes)
    scene.cohort()
    scene.commit(updates_of(nodes))
    scene.reveal(nodes[:4])
    scene.chain.phase = Phase.REVEALING

    with pytest.raises(CohortRefused, match="others can still reveal"):
        scene.nodes[nodes[0]].unmask(PLACE)

    scene.chain.phase, scene.chain.round = Phase.COMMITTING, PLACE.round + 1
    with pytest.raises(CohortRefused, match="it is over"):
        scene.nodes[nodes[0]].unmask(PLACE)


def test_nobody_gets_both_kinds_of_shares_even_of_a_chain_that_changes_its_mind(
    scene: MaskingScene, tmp_path: Path
) -> None:
    nodes = list(scene.nodes)
    cohort = scene.cohort()
    scene.commit(updates_of(nodes))
    scene.reveal(nodes)
    first = [GivenShares.from_bytes(scene.nodes[node].unmask(PLACE)) for node in nodes]
    del scene.chain.roots[nodes[0]]  # so that it seems to have dropped out

    for at, node in enumerate(scene.nodes.values()):
        again = scene.node(Account(known_key(_index(node.rounds.node))), tmp_path) if at else node
        with pytest.raises(CohortRefused, match="shares for other survivors before"):
            again.unmask(PLACE)

    assert not any(one.mask_secrets for one in first)
    assert all(set(one.seeds) == set(cohort.nodes) for one in first)


def _index(address: Address) -> int:
    return next(at for at in range(9) if Account(known_key(at)).address == address)


def test_two_halves_told_different_stories_hold_too_few_shares_of_either_kind(
    scene: MaskingScene,
) -> None:
    nodes = list(scene.nodes)
    cohort = scene.cohort()
    scene.commit(updates_of(nodes))
    scene.reveal(nodes)
    here = [GivenShares.from_bytes(scene.nodes[node].unmask(PLACE)) for node in nodes[:3]]
    del scene.chain.roots[nodes[0]]
    there = [GivenShares.from_bytes(scene.nodes[node].unmask(PLACE)) for node in nodes[3:]]

    key = cohort.roster.by_node[nodes[0]].mask_key
    secrets = [one.mask_secrets[nodes[0]] for one in there]
    assert len(secrets) == 2  # of five nodes no two groups of three are apart
    assert join(secrets, 3, lambda secret: public_half(secret) == key) is None
    assert not any(nodes[0] in one.mask_secrets for one in here)


def test_a_node_whose_neighbours_masked_with_others_stops_the_unmasking(
    scene: MaskingScene,
) -> None:
    nodes = list(scene.nodes)
    roster = Roster(PLACE, tuple(scene.adverts()))
    dealt = {node: scene.nodes[node].deal(PLACE, spelt(roster)) for node in nodes}
    for at, node in enumerate(nodes):
        members = nodes if at else nodes[:4]  # the first is told of another cohort
        cohort = Cohort(roster, tuple(members))
        boxes = {dealer: dealt[dealer][node] for dealer in members if dealer != node}
        scene.nodes[node].accept(PLACE, spelt(cohort), boxes)
    scene.commit(updates_of(nodes))
    scene.reveal(nodes)

    for node in nodes:
        with pytest.raises(CohortRefused, match="masked with another cohort"):
            scene.nodes[node].unmask(PLACE)


def test_keys_that_their_node_did_not_sign_are_refused(scene: MaskingScene) -> None:
    adverts = scene.adverts()
    swapped = forged(adverts[1], mask_key=b"\x09" * 32)
    stranger = Account(known_key(8))
    outsider = MaskingState.fresh(
        stranger.address,
        10,
        lambda content: stranger.sign_digest(DOMAIN.masking_digest(PLACE.round, content)),
    ).advert
    added = sorted([*adverts[:4], outsider], key=lambda advert: advert.node.lower())
    victim = scene.nodes[adverts[0].node]

    with pytest.raises(KeysForeign, match="its account did not sign them") as refused:
        victim.deal(PLACE, spelt(Roster(PLACE, (adverts[0], swapped, *adverts[2:]))))
    assert refused.value.node == adverts[1].node
    with pytest.raises(KeysForeign, match="it is no trainer of the task"):
        victim.deal(PLACE, spelt(Roster(PLACE, tuple(added))))

    scene.chain.roles[adverts[2].node] = Role.VERIFIER
    with pytest.raises(KeysForeign, match="no trainer"):
        victim.deal(PLACE, spelt(Roster(PLACE, tuple(adverts))))


def test_keys_of_another_round_or_task_are_refused(scene: MaskingScene) -> None:
    adverts = scene.adverts()
    victim = scene.nodes[adverts[0].node]
    replayed = [
        forged(one, signature=_signed(one.node, DOMAIN.masking_digest(2, one.content())))
        for one in adverts[1:]
    ]

    with pytest.raises(KeysForeign):
        victim.deal(PLACE, spelt(Roster(PLACE, (adverts[0], *replayed))))
    with pytest.raises(CohortRefused, match="another round"):
        victim.deal(PLACE, spelt(Roster(RoundPlace(PLACE.task, 2), tuple(adverts))))
    with pytest.raises(CohortRefused, match="the task is at round 1"):
        victim.advertise(RoundPlace(PLACE.task, 2))


def _signed(node: Address, digest: bytes) -> bytes:
    return Account(known_key(_index(node))).sign_digest(digest)


def test_a_node_deals_to_one_roster_and_masks_for_one_cohort(scene: MaskingScene) -> None:
    adverts = scene.adverts()
    node = scene.nodes[adverts[0].node]
    whole, part = Roster(PLACE, tuple(adverts)), Roster(PLACE, tuple(adverts[:4]))
    dealt = node.deal(PLACE, spelt(whole))

    assert node.deal(PLACE, spelt(whole)) == dealt
    with pytest.raises(CohortRefused, match="dealt its shares to another roster"):
        node.deal(PLACE, spelt(part))
    with pytest.raises(CohortRefused, match="of another roster"):
        node.accept(PLACE, spelt(Cohort(part, part.nodes)), {})
    with pytest.raises(CohortRefused, match="without it"):
        node.accept(PLACE, spelt(Cohort(whole, whole.nodes[1:])), {})
    with pytest.raises(CohortRefused, match="2 nodes of the cohort, and 3 have to"):
        node.accept(PLACE, spelt(Cohort(whole, whole.nodes[:2])), {})
    node.accept(PLACE, spelt(Cohort(whole, whole.nodes)), {})
    with pytest.raises(CohortRefused, match="masked with another cohort"):
        node.accept(PLACE, spelt(Cohort(whole, whole.nodes[:4])), {})


def test_a_roster_is_neither_smaller_than_the_threshold_nor_twice_as_large(tmp_path: Path) -> None:
    scene = MaskingScene.of(tmp_path, MaskingTerms(threshold=3), (50,) * 6)
    adverts = scene.adverts()
    node = scene.nodes[adverts[0].node]

    with pytest.raises(CohortRefused, match="2 nodes on the roster, and 3 have to"):
        node.deal(PLACE, spelt(Roster(PLACE, tuple(adverts[:2]))))
    with pytest.raises(CohortRefused, match="its threshold admits 5"):
        node.deal(PLACE, spelt(Roster(PLACE, tuple(adverts))))


def test_without_cohort_or_with_what_is_no_number_nothing_is_committed_to(
    scene: MaskingScene,
) -> None:
    node = next(iter(scene.nodes))
    scene.adverts()
    with pytest.raises(CohortRefused, match="no cohort to mask with"):
        scene.commit({node: np.zeros(START.size)})

    scene.cohort()
    with pytest.raises(UpdateNotFinite):
        scene.commit({node: np.full(START.size, np.nan)})

    assert scene.nodes[node].memory.update(PLACE.round) is None  # type: ignore[attr-defined]


def test_an_update_is_masked_once_whatever_is_asked(scene: MaskingScene) -> None:
    node = next(iter(scene.nodes))
    scene.cohort()
    first = scene.nodes[node].commit(LocalUpdate(PLACE, np.zeros(START.size), 1))

    second = scene.nodes[node].commit(LocalUpdate(PLACE, np.ones(START.size), 1))

    assert first == second
    with pytest.raises(CommitmentsOpen):
        scene.nodes[node].reveal(PLACE)


def test_shares_that_do_not_open_are_done_without(scene: MaskingScene) -> None:
    nodes = list(scene.nodes)
    roster = Roster(PLACE, tuple(scene.adverts()))
    dealt = {node: dict(scene.nodes[node].deal(PLACE, spelt(roster))) for node in nodes}
    cohort = Cohort(roster, tuple(nodes))
    for receiver in nodes[1:3]:
        dealt[nodes[0]][receiver] = b"damaged on its way"
    for node in nodes:
        boxes = {dealer: dealt[dealer][node] for dealer in nodes if dealer != node}
        scene.nodes[node].accept(PLACE, spelt(cohort), boxes)
    updates = updates_of(nodes)
    scene.commit(updates)
    scene.reveal(nodes)

    unmasking = scene.unmasking(cohort, nodes)

    assert_mean(unmasking.mean(scene.messages(), scene.terms, START.size), updates, cohort)


def test_secrets_of_a_round_are_for_the_owner_alone_and_deleted_after_it(
    scene: MaskingScene, tmp_path: Path
) -> None:
    node = next(iter(scene.nodes))
    scene.adverts()
    kept = tmp_path / node / "masking-1.json"
    state = MaskingState.from_bytes(kept.read_bytes())
    assert kept.stat().st_mode & 0o777 == 0o600
    assert state.secrets.seed.hex() not in repr(state)

    scene.chain.round = 2
    scene.nodes[node].advertise(RoundPlace(PLACE.task, 2))

    assert not kept.exists()
    later = MaskingState.from_bytes((tmp_path / node / "masking-2.json").read_bytes())
    assert later.secrets != state.secrets
    assert Digest.of(later.secrets.seed) != Digest.of(state.secrets.seed)


def test_who_spoils_a_round_is_left_out_when_more_than_f_validators_say_so(
    scene: MaskingScene,
) -> None:
    nodes = list(scene.nodes)
    cohort = scene.cohort()
    scene.commit(updates_of(nodes))
    scene.reveal(nodes)
    given = [GivenShares.from_bytes(scene.nodes[node].unmask(PLACE)) for node in nodes]
    advert = cohort.roster.by_node[nodes[0]]
    blamed = Refusal(f"of {nodes[0]}, its sealed update cannot be opened and read", nodes[0])

    scene.refusals = {"0x1": blamed}  # type: ignore[dict-item]
    assert scene.desk.unmask(cohort, given) is None
    assert scene.desk.unfit(PLACE, advert) is None
    scene.refusals = {"0x1": blamed, "0x2": blamed}  # type: ignore[dict-item]
    assert scene.desk.unmask(cohort, given) == blamed.reason

    assert scene.desk.unfit(PLACE, advert) == "it spoilt the sum of an earlier round"
    assert scene.desk.unfit(PLACE, cohort.roster.adverts[1]) is None


def test_who_reveals_what_is_nowhere_to_be_had_stops_one_round_and_no_other(
    scene: MaskingScene,
) -> None:
    nodes = list(scene.nodes)
    cohort = scene.cohort()
    scene.commit(updates_of(nodes))
    scene.reveal(nodes)
    scene.chain.roots[nodes[0]] = Digest.of(b"nothing")

    for node in nodes[1:]:
        with pytest.raises(UnknownCidError):
            scene.nodes[node].unmask(PLACE)

    assert list(scene.desk.blame(cohort)) == nodes[:1]
    assert scene.desk.unfit(PLACE, cohort.roster.adverts[0]) is not None
    assert scene.desk.unfit(PLACE, cohort.roster.adverts[1]) is None
