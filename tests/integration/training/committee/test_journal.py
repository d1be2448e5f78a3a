"""A validator's journal on the disk."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.training.committee.effects import (
    Accuse,
    ForgetBefore,
    SaveCertificate,
    SaveRound,
    SaveVote,
)
from assay.training.committee.errors import (
    JournalBusy,
    JournalDamaged,
    JournalNotWritten,
    VoteForbidden,
)
from assay.training.committee.messages import Equivocation
from assay.training.committee.signing import Domain
from assay.training.committee.stored import SqliteJournal
from tests.unit.training.committee.parts import (
    DOMAIN,
    KEYS,
    OTHER,
    VALUE,
    certificate,
    commit,
    pre_prepare,
    prepare,
    replica,
    result_of,
    sent,
)

ME = KEYS[2].address


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "validators" / "task.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[SqliteJournal]:
    with SqliteJournal(path, DOMAIN, ME) as opened:
        yield opened


def test_what_was_saved_is_there_for_the_next_process(path: Path) -> None:
    with SqliteJournal(path, DOMAIN, ME) as journal:
        first = replica(2)
        for effects in (first.begin(1), first.receive(pre_prepare()), first.receive(prepare(3))):
            journal.save(effects)

    with SqliteJournal(path, DOMAIN, ME) as journal:
        back = replica(2, saved=journal.load())

    assert commit(2) in sent(back.begin(1))


def test_a_decision_takes_the_place_of_its_round(journal: SqliteJournal) -> None:
    journal.save(
        [SaveRound(1, b"one"), SaveRound(2, b"two"), SaveCertificate(certificate(0, 1, 2))]
    )

    assert journal.load() == [SaveCertificate(certificate(0, 1, 2)), SaveRound(2, b"two")]
    assert journal.certificate(1) == certificate(0, 1, 2)
    journal.save([ForgetBefore(2)])
    assert journal.certificate(1) is None


def test_a_second_vote_in_a_view_is_refused_with_all_that_came_with_it(
    journal: SqliteJournal,
) -> None:
    journal.save([SaveVote(result_of(VALUE), 0)])
    journal.save([SaveVote(result_of(VALUE), 0), SaveVote(result_of(OTHER), 1)])

    with pytest.raises(VoteForbidden):
        journal.save([SaveRound(1, b"one"), SaveVote(result_of(OTHER), 0)])

    assert journal.load() == []


def test_evidence_is_kept_once(journal: SqliteJournal) -> None:
    evidence = Equivocation(commit(3), commit(3, value=OTHER))

    journal.save([Accuse(evidence)])
    journal.save([Accuse(Equivocation(commit(3), commit(3, value=b"third")))])

    assert journal.evidence() == [evidence]


def test_another_process_cannot_have_it_at_the_same_time(
    journal: SqliteJournal, path: Path
) -> None:
    journal.save([SaveVote(result_of(VALUE), 0)])

    with pytest.raises(JournalBusy, match="another process"):
        SqliteJournal(path, DOMAIN, ME)


def test_it_serves_no_other_validator_task_or_chain(path: Path) -> None:
    SqliteJournal(path, DOMAIN, ME).close()

    for domain, me in (
        (DOMAIN, KEYS[1].address),
        (Domain(DOMAIN.chain_id, DOMAIN.tasks, 8), ME),
        (Domain(1, DOMAIN.tasks, DOMAIN.task), ME),
    ):
        with pytest.raises(JournalDamaged, match="belongs to"):
            SqliteJournal(path, domain, me)


def test_a_file_that_is_no_journal_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database " * 1000)

    with pytest.raises(JournalDamaged, match="not a database"):
        SqliteJournal(path, DOMAIN, ME)

    assert path.read_bytes().startswith(b"not a database")


def test_a_damaged_standing_is_refused(path: Path) -> None:
    with SqliteJournal(path, DOMAIN, ME) as journal:
        journal.save([SaveCertificate(certificate(0, 1, 2))])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE certificates SET certificate = x'00'")
    connection.close()

    with (
        SqliteJournal(path, DOMAIN, ME) as journal,
        pytest.raises(JournalDamaged, match="malformed"),
    ):
        journal.load()


def test_a_folder_that_cannot_be_made_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(JournalNotWritten):
        SqliteJournal(tmp_path / "file" / "task.sqlite", DOMAIN, ME)


def test_a_killed_process_leaves_what_it_saved_and_no_lock(path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from assay.training.committee.stored import SqliteJournal\n"
        "from assay.training.committee.effects import SaveRound\n"
        "from tests.unit.training.committee.parts import DOMAIN, KEYS\n"
        "journal = SqliteJournal(Path(sys.argv[1]), DOMAIN, KEYS[2].address)\n"
        "journal.save([SaveRound(1, b'one')])\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, path], check=False)

    with SqliteJournal(path, DOMAIN, ME) as journal:
        assert killed.returncode == -9
        assert journal.load() == [SaveRound(1, b"one")]
