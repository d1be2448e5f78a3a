"""The protocol's steps, one by one (Castro and Liskov 1999)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assay.chain.signing import recover_typed_data
from assay.training.committee.effects import (
    Accuse,
    Decided,
    ForgetBefore,
    Purpose,
    SaveCertificate,
    Timer,
)
from assay.training.committee.errors import CommitteeInvalid, NotAMember
from assay.training.committee.memory_journal import MemoryJournal
from assay.training.committee.messages import (
    Checkpoint,
    Commit,
    Fetch,
    NewView,
    Prepare,
    Prepared,
    PrePrepare,
    ViewChange,
)
from assay.training.committee.model import Committee, result_digest
from assay.training.committee.scenario import Scenario
from assay.training.committee.simulation import Simulation
from assay.training.committee.view_change import required_digest
from assay.training.model import VOTE_TYPE, VOTE_TYPES, vote_domain, vote_message
from tests.unit.training.committee.parts import (
    DOMAIN,
    FOUR,
    GATE,
    KEYS,
    OTHER,
    VALUE,
    certificate,
    commit,
    pre_prepare,
    prepare,
    prepared,
    replica,
    result_of,
    sent,
    signed,
    view_change,
)

TIMEOUT = Timer(Purpose.PROGRESS, 1, 0)


def kinds(effects: list) -> list[str]:
    return [type(effect).__name__ for effect in effects]


def test_a_backup_prepares_the_primarys_proposal_and_saves_it_first() -> None:
    backup = replica(2)
    backup.begin(1)

    effects = backup.receive(pre_prepare())

    assert kinds(effects) == ["SaveRound", "Broadcast"]
    assert sent(effects) == [prepare(2)]


def test_a_vote_is_saved_before_it_is_sent_and_is_the_contracts_signature() -> None:
    backup = replica(2)
    backup.begin(1)
    backup.receive(pre_prepare())

    effects = backup.receive(prepare(3))

    assert kinds(effects) == ["SaveVote", "SaveRound", "Broadcast"]
    (vote,) = sent(effects)
    message = vote_message(result_of(VALUE), view=0)
    domain = vote_domain(DOMAIN.chain_id, DOMAIN.tasks)
    signer = recover_typed_data(domain, VOTE_TYPES, VOTE_TYPE, message, vote.signature)
    assert signer == KEYS[2].address


def test_three_votes_of_four_decide_and_make_the_certificate() -> None:
    backup = replica(2)
    backup.begin(1)
    for message in (pre_prepare(), prepare(3), commit(3)):
        backup.receive(message)

    effects = backup.receive(commit(0))

    (decided,) = [effect for effect in effects if isinstance(effect, Decided)]
    assert decided.certificate == certificate(0, 2, 3)
    assert GATE.check(decided.certificate)
    assert kinds(effects)[0] == "SaveCertificate"


@pytest.mark.parametrize("size", [4, 7, 13])
def test_a_decision_takes_as_many_messages_as_the_protocol_says(size: int) -> None:
    simulation = Simulation(Scenario(size, 1, 0))

    simulation.run()

    n = size
    assert simulation.sent["PrePrepare"] == n - 1
    assert simulation.sent["Prepare"] == (n - 1) ** 2
    assert simulation.sent["Commit"] == n * (n - 1)


def test_a_committee_of_one_decides_alone() -> None:
    alone = replica(0, Committee((KEYS[0].address,), (5,)))

    effects = alone.begin(1)

    assert "Decided" in kinds(effects)


def test_a_backup_accepts_no_second_proposal_and_no_wrong_one() -> None:
    backup = replica(2)
    backup.begin(1)

    refused = backup.receive(pre_prepare(value=b"wrong"))
    backup_of_another = replica(3)
    backup_of_another.begin(1)
    backup_of_another.receive(pre_prepare())
    second = backup_of_another.receive(pre_prepare(value=OTHER))

    assert refused == second == []


def test_what_cannot_be_judged_yet_is_judged_when_it_can() -> None:
    backup = replica(2, ready=False)
    backup.begin(1)
    early = backup.receive(pre_prepare())

    backup.core.application.ready = True
    later = backup.ready()

    assert early == []
    assert sent(later) == [prepare(2)]


def test_messages_of_a_round_that_has_not_begun_here_are_kept_for_it() -> None:
    backup = replica(2)
    for message in (pre_prepare(), prepare(3), commit(3), commit(0)):
        backup.receive(message)

    effects = backup.begin(1)

    assert "Decided" in kinds(effects)


def test_a_timeout_asks_for_the_next_view_with_proof_of_what_was_prepared() -> None:
    backup = replica(2)
    backup.begin(1)
    backup.receive(pre_prepare())
    backup.receive(prepare(3))

    effects = backup.expire(TIMEOUT)

    (change,) = [one for one in sent(effects) if isinstance(one, ViewChange)]
    assert (change.view, change.prepared) == (1, prepared())
    assert GATE.check(change)
    assert backup.expire(TIMEOUT) == []  # out of date


def test_a_backup_joins_a_view_change_that_an_honest_member_asks_for() -> None:
    backup = replica(3)
    backup.begin(1)
    one = backup.receive(view_change(0, view=3))

    both = backup.receive(view_change(1, view=2))

    assert one == []
    (change,) = [one for one in sent(both) if isinstance(one, ViewChange)]
    assert change.view == 2


def test_the_new_primary_proposes_again_what_may_have_been_decided() -> None:
    primary = replica(2)  # of view 1
    primary.begin(1)
    primary.expire(TIMEOUT)
    primary.receive(view_change(3, proof=prepared()))

    effects = primary.receive(view_change(0))

    new_view, proposal = sent(effects)
    assert isinstance(new_view, NewView)
    assert GATE.check(new_view)
    assert isinstance(proposal, PrePrepare)
    assert (proposal.view, proposal.value) == (1, VALUE)


def test_a_backup_refuses_another_proposal_than_the_new_view_demands() -> None:
    changes = tuple(
        one.stripped() for one in (view_change(0), view_change(2), view_change(3, proof=prepared()))
    )
    new_view = signed(2, NewView(round=1, view=1, changes=changes, sender=KEYS[2].address))
    backup, other = replica(3), replica(0)
    for one in (backup, other):
        one.begin(1)
        one.receive(new_view)

    refused = backup.receive(pre_prepare(2, view=1, value=OTHER))
    accepted = other.receive(pre_prepare(2, view=1))

    assert refused == []
    assert sent(accepted) == [prepare(0, view=1)]


def test_of_several_prepared_values_the_latest_is_demanded() -> None:
    later = Prepared(
        pre_prepare(2, view=1, value=OTHER),
        tuple(prepare(index, view=1, value=OTHER) for index in (0, 3)),
    )
    changes = [
        view_change(0, view=2, proof=prepared()),
        view_change(1, view=2),
        view_change(3, view=2, proof=later),
    ]

    digests = {required_digest(changes), required_digest(changes[::-1])}

    assert digests == {later.digest}
    assert required_digest(changes[1:2]) is None


def test_each_view_has_twice_the_time_of_the_one_before() -> None:
    backup = replica(3)
    delays = [effect.delay_s for effect in backup.begin(1) if hasattr(effect, "delay_s")]
    backup.expire(TIMEOUT)
    backup.receive(view_change(0))

    effects = backup.receive(view_change(1))

    later = [effect.delay_s for effect in effects if hasattr(effect, "delay_s")]
    assert (delays[0], later) == (1.0, [2.0])


def test_a_replica_that_comes_back_repeats_its_vote_and_gives_no_other() -> None:
    journal, first = MemoryJournal(), replica(2)
    for effects in (first.begin(1), first.receive(pre_prepare()), first.receive(prepare(3))):
        journal.save(effects)

    back = replica(2, saved=journal.load())
    effects = back.begin(1)
    later = back.receive(pre_prepare(value=OTHER)) + back.receive(prepare(0, value=OTHER))

    assert commit(2) in sent(effects)
    assert not [one for one in sent(later) if isinstance(one, Prepare | Commit)]


def test_a_primary_that_comes_back_repeats_its_proposal() -> None:
    journal, first = MemoryJournal(), replica(1)
    effects = first.begin(1)
    journal.save(effects)
    (proposal,) = sent(effects)

    again = replica(1, saved=journal.load()).begin(1)

    assert sent(again) == [proposal]


def test_a_replica_that_comes_back_stays_in_the_view_it_asked_for() -> None:
    journal, first = MemoryJournal(), replica(2)
    for effects in (first.begin(1), first.expire(TIMEOUT)):
        journal.save(effects)

    back = replica(2, saved=journal.load())
    back.begin(1)

    assert back.receive(pre_prepare()) == []


def test_one_that_lags_takes_over_a_certificate_and_goes_on() -> None:
    lagging, ahead = replica(3), replica(0)
    ahead.receive(certificate(0, 1, 2))
    (fetch,) = [one for one in sent(lagging.start()) if isinstance(one, Fetch)]

    (answer,) = sent(ahead.receive(fetch))
    effects = lagging.receive(answer)

    assert [one.certificate for one in effects if isinstance(one, Decided)] == [answer]
    assert "SetTimer" in kinds(lagging.begin(2))


def test_a_stable_checkpoint_forgets_what_was_before_it() -> None:
    member = replica(0)
    for round_ in (1, 2):
        member.receive(certificate(0, 1, 2, round_=round_))
    digest = result_digest(result_of(VALUE, 2))
    others = [
        signed(at, Checkpoint(round=2, digest=digest, sender=KEYS[at].address)) for at in (1, 2)
    ]

    member.receive(others[0])
    effects = member.receive(others[1])

    assert effects == [ForgetBefore(2)]
    assert list(member.core.certificates) == [2]


def test_a_stable_checkpoint_ahead_makes_one_ask_for_the_decision() -> None:
    member = replica(3)
    digest = result_digest(result_of(VALUE, 8))
    effects = []
    for at in (0, 1, 2):
        checkpoint = Checkpoint(round=8, digest=digest, sender=KEYS[at].address)
        effects = member.receive(signed(at, checkpoint))

    assert [one.round for one in sent(effects)] == [1, 1, 1]


def test_two_votes_of_one_member_are_kept_as_evidence_once() -> None:
    member = replica(0)
    member.begin(1)
    member.receive(commit(3))

    effects = member.receive(commit(3, value=OTHER)) + member.receive(commit(3, value=b"third"))

    (accusation,) = [one for one in effects if isinstance(one, Accuse)]
    evidence = accusation.evidence
    assert (evidence.first, evidence.second) == (commit(3), commit(3, value=OTHER))
    assert member.receive(commit(3, view=1, value=OTHER)) == []  # another view: no contradiction


def test_a_vote_that_contradicts_the_certificate_is_evidence_too() -> None:
    late, early = replica(0), replica(0)
    late.receive(certificate(1, 2, 3))
    early.begin(1)
    early.receive(commit(3, value=OTHER))

    from_late = late.receive(commit(3, value=OTHER))
    from_early = early.receive(certificate(1, 2, 3))

    guilty = [
        [one.evidence.sender for one in effects if isinstance(one, Accuse)]
        for effects in (from_late, from_early)
    ]
    assert guilty == [[KEYS[3].address]] * 2


def test_what_changes_nothing_is_not_wanted() -> None:
    member = replica(2)
    member.begin(1)
    before = [pre_prepare(), prepare(3), prepare(0), commit(3)]
    wanted = [member.wants(message) for message in before]
    for message in (*before[:2], before[3]):
        member.receive(message)

    after = [member.wants(message) for message in before]
    contradiction = commit(3, value=OTHER)

    assert wanted == [True] * 4
    assert after == [False] * 4  # accepted; known; voted already; known
    assert member.wants(contradiction)
    member.receive(commit(0))
    assert not member.wants(commit(1))
    assert member.wants(commit(1, value=OTHER))
    assert not member.wants(certificate(0, 1, 3))
    assert not member.wants(view_change(3))
    assert member.wants(prepare(3, round_=2))


def test_a_flood_by_a_member_takes_bounded_memory() -> None:
    member, flooder = replica(0), KEYS[3].address
    member.begin(1)
    template = [prepare(3), commit(3), view_change(3), pre_prepare(3)]
    for number in range(20_000):
        for message in template:
            place = {"view": number % 997}
            if isinstance(message, Commit):
                place["result"] = replace(message.result, round=number % 89)
            else:
                place["round"] = number % 89
            member.receive(replace(message, **place))

    core = member.core
    logged = sum(
        len(log)
        for one in core.standings.values()
        for log in (one.prepares, one.pre_prepares, one.view_changes, one.new_views)
    )
    logged += sum(map(len, core.votes.values()))
    assert flooder in FOUR
    assert len(core.standings) <= 6
    assert logged <= 6 * 4 * 5
    assert len(core.accused) <= 6


def test_a_quorum_needs_two_thirds_of_the_stake_as_well() -> None:
    uneven = Committee(FOUR.members, (10, 1, 1, 1))
    member = replica(3, uneven)
    member.begin(1)

    few = [member.receive(commit(index)) for index in (1, 2)][-1] + member.receive(commit(3))
    enough = member.receive(commit(0))

    assert "Decided" not in kinds(few)
    assert "Decided" in kinds(enough)


@pytest.mark.parametrize(
    ("members", "stakes"),
    [
        (FOUR.members[:3], (1, 1, 1)),
        ((*FOUR.members[:3], FOUR.members[0]), (1, 1, 1, 1)),
        (FOUR.members, (1, 1, 1, 0)),
        (FOUR.members, (1, 1, 1)),
        ((), ()),
    ],
)
def test_what_is_no_committee_is_refused(members: tuple, stakes: tuple) -> None:
    with pytest.raises(CommitteeInvalid):
        Committee(members, stakes)


def test_an_account_without_a_seat_cannot_validate() -> None:
    with pytest.raises(NotAMember, match=KEYS[5].address):
        replica(5)


def test_of_a_decided_round_only_the_certificate_is_kept() -> None:
    simulation = Simulation(Scenario(4, 1, 0))

    simulation.run()

    kept = [type(one) for one in simulation.validators[0].journal.load()]
    assert kept == [SaveCertificate]
