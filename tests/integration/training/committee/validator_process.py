"""One validator in a process of its own, for tests and for the benchmark.

    python -m tests.integration.training.committee.validator_process SETTINGS_JSON

Rounds begin when the file `chain` names them, or one after the other where it is not given. What a
round is about is the file `inputs/ROUND`: its bytes, in upper case, are what all recompute.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from assay.chain.account import Account
from assay.chain.known_keys import known_key
from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.committee import byzantine
from assay.training.committee.core import Timing
from assay.training.committee.effects import Effect, SaveVote
from assay.training.committee.messages import Equivocation, Message
from assay.training.committee.model import Certificate, Committee
from assay.training.committee.running import Seat, read_peers, run_validator
from assay.training.committee.signing import Domain
from assay.training.committee.stored import SqliteJournal
from assay.training.committee.validator import Outlet, Validator
from assay.training.model import RoundResult

TASKS = Address("0x5FbDB2315678afecb367f032d93F642f64180aa3")
DOMAIN = Domain(chain_id=31337, tasks=TASKS, task=7)
TIMING = Timing(view_timeout_s=2.0, longest_timeout_s=8.0, resend_s=0.5, checkpoint_rounds=2)
_POLL_S = 0.02


def account(index: int) -> Account:
    """The key of a validator."""
    return Account(known_key(index), f"validator-{index}")


def committee(size: int) -> Committee:
    """The first accounts of the local chain, with equal stakes."""
    return Committee(tuple(account(index).address for index in range(size)), (1,) * size)


def result_of(round_: int, value: bytes) -> RoundResult:
    """What a value stands for."""
    parts = [Digest.of(part + value) for part in (b"aggregate", b"record", b"contributions")]
    return RoundResult(DOMAIN.task, round_, *parts)


class Recomputed:
    """The application: each validator reads the round's input and computes for itself."""

    def __init__(self, inputs: Path | None) -> None:
        self._inputs = inputs

    def propose(self, round_: int) -> bytes | None:
        if self._inputs is None:
            return b"ROUND %d" % round_
        path = self._inputs / str(round_)
        return path.read_bytes().upper() if path.exists() else None

    def judge(self, round_: int, value: bytes) -> RoundResult | None:
        return result_of(round_, value) if value == self.propose(round_) else None


class Rounds:
    """Begins rounds: those that the file names, or the next one after each decision."""

    def __init__(self, chain: Path | None, last: int) -> None:
        self._chain = chain
        self._last = last
        self._validator: Validator | None = None
        self._watching: asyncio.Task[None] | None = None

    def started(self, validator: Validator) -> None:
        self._validator = validator
        if self._chain is None:
            validator.begin(1)
        else:
            self._watching = asyncio.create_task(self._watch(self._chain, validator))

    def decided(self, certificate: Certificate) -> None:
        if self._chain is None and self._validator and certificate.round < self._last:
            self._validator.begin(certificate.round + 1)

    def accused(self, evidence: Equivocation) -> None:
        print(json.dumps({"accused": evidence.sender}), flush=True)

    async def _watch(self, chain: Path, validator: Validator) -> None:
        seen = ""
        while True:
            now = chain.read_text()
            if now != seen and now:
                seen = now
                validator.begin(int(now))
            await asyncio.sleep(_POLL_S)


class FaultyOutlet:
    """Changes what an honest validator sends into what a faulty one would."""

    def __init__(self, peers: Outlet, index: int, size: int, behaviour: Path) -> None:
        self._peers = peers
        self._behaviour = behaviour
        self._faulty = byzantine.Faulty(
            committee(size),
            DOMAIN,
            account(index),
            frozenset({account(index).address}),
            Random(index),
            result_of,
        )

    def send(self, to: Address, message: Message) -> None:
        behaviour = getattr(byzantine, self._behaviour.read_text())
        for changed in behaviour(self._faulty, to, message):
            self._peers.send(to, changed)


def die_in_mid_vote(after: int) -> None:
    """Kill this process when its n-th vote is on the disk and nobody has been told yet."""
    save, votes = SqliteJournal.save, 0

    def fatal(journal: SqliteJournal, effects: Sequence[Effect]) -> None:
        nonlocal votes
        save(journal, effects)
        votes += sum(isinstance(effect, SaveVote) for effect in effects)
        if votes >= after:
            os.kill(os.getpid(), signal.SIGKILL)

    SqliteJournal.save = fatal  # type: ignore[method-assign]


def main(given: dict[str, Any]) -> None:
    size, index = given["size"], given["index"]
    inputs, chain = given.get("inputs"), given.get("chain")
    rounds = Rounds(Path(chain) if chain else None, given.get("last", 0))
    if given.get("die_at_vote"):
        die_in_mid_vote(given["die_at_vote"])
    behaviour = given.get("behaviour")
    seat = Seat(
        committee(size),
        DOMAIN,
        read_peers({account(at).address: url for at, url in enumerate(given["urls"])}),
        "127.0.0.1",
        int(given["urls"][index].rpartition(":")[2]),
        Path(given["journal"]),
        TIMING,
    )
    asyncio.run(
        run_validator(
            seat,
            account(index),
            Recomputed(Path(inputs) if inputs else None),
            rounds,
            rounds.started,
            outlet=lambda peers: (
                FaultyOutlet(peers, index, size, Path(behaviour)) if behaviour else peers
            ),
        )
    )


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
