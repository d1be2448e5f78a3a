"""A node's part in a promise of privacy: its account, its noise, and what it tells of its records.

privacy = NodePrivacy.of(workspace, 7, "hospital-1", folder, data)
training = PerceptronTraining(plan, address, data, privacy.account)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import structlog

from assay.bootstrap.workspace import Workspace
from assay.core.address import Address
from assay.training.learning.data import LabelledData
from assay.training.model import Task
from assay.training.onchain.reading import OnChainTasks
from assay.training.payload import Source
from assay.training.privacy.accounting import PrivacyAccount, a_round
from assay.training.privacy.client_level import ClientPrivacy
from assay.training.privacy.disclosure import blinded, disclosed
from assay.training.privacy.errors import PrivacyLedgerDamaged
from assay.training.privacy.ledger import SqliteLedger
from assay.training.privacy.terms import CLIENT
from assay.training.rounds import RoundPlace

_LEDGER = "privacy.sqlite"
_log = structlog.get_logger("assay.training")


@dataclass(frozen=True, slots=True)
class NodePrivacy:
    """What a node of a task with privacy is put together with.

    Attributes:
        client: what it does to its updates, at client level.
        source: what it tells of its records.
    """

    account: PrivacyAccount
    client: ClientPrivacy | None
    source: Source

    @classmethod
    def of(
        cls, workspace: Workspace, number: int, name: str, folder: Path, data: LabelledData
    ) -> NodePrivacy:
        """The privacy of one node in one task whose plan promises it.

        Args:
            folder: of the node, on its own disk; what it has spent is kept there.

        Raises:
            DeltaTooLarge: the node has too many records for the plan's delta.
            PrivacyLedgerDamaged: what it has spent so far cannot be read, or is not all there.
        """
        parts, task = workspace.training, workspace.training.reader.task(number)
        plan = parts.plan(task)
        terms, schedule = plan.privacy, plan.schedule
        assert terms is not None, "the plan promises it"
        each = a_round(terms, len(data), schedule.batch, schedule.epochs)
        ledger = SqliteLedger(folder / _LEDGER)
        account = PrivacyAccount(terms, terms.delta(len(data)), each, ledger)
        told = disclosed(terms, len(data), plan.widths[0], plan.widths[-1])
        source = Source(told, blinded(data.digest, parts.records_salt(name, number)))
        _check_whole(ledger, parts.reader, task, workspace.address(name))
        _warn(account, task.terms.rounds - max(task.round - 1, 0))
        return cls(account, ClientPrivacy(account) if terms.level == CLIENT else None, source)


def _check_whole(ledger: SqliteLedger, chain: OnChainTasks, task: Task, node: Address) -> None:
    """A ledger that was lost would begin again at nothing; the chain knows what the node did."""
    counted = {one.round for one in ledger.spent()}
    for number in range(1, task.round + 1):
        if number not in counted and node in chain.commitments(RoundPlace(task.id, number)):
            reason = f"it lacks round {number}, in which this node has committed"
            raise PrivacyLedgerDamaged(ledger.path, reason)


def _warn(account: PrivacyAccount, rounds: int) -> None:
    """Say beforehand that the limit will not last so many rounds."""
    left = account.rounds_left(rounds)
    if left < rounds:
        _log.warning(
            "the task's limit of privacy ends this node's part before the task does",
            rounds_left=left,
            rounds_of_the_task=rounds,
        )
