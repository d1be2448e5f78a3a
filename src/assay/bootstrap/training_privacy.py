"""A node's part in a promise of privacy: its account, its noise, and what it tells of its records.

privacy = NodePrivacy.of(plan, terms, folder, data, salt)
training = PerceptronTraining(plan, address, data, privacy.account)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import structlog

from assay.core.digest import Digest
from assay.training.learning.data import LabelledData
from assay.training.payload import Source
from assay.training.plan import Plan
from assay.training.privacy.accounting import PrivacyAccount, a_round
from assay.training.privacy.client_level import ClientPrivacy
from assay.training.privacy.disclosure import blinded, disclosed
from assay.training.privacy.ledger import SqliteLedger
from assay.training.privacy.terms import CLIENT, PrivacyTerms

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
        cls, plan: Plan, terms: PrivacyTerms, folder: Path, data: LabelledData, salt: Digest
    ) -> NodePrivacy:
        """The privacy of one node in one task.

        Args:
            folder: of the node, on its own disk; what it has spent is kept there.
            salt: by which it blinds the digest of its records.

        Raises:
            DeltaTooLarge: the node has too many records for the plan's delta.
            PrivacyLedgerDamaged: what it has spent so far cannot be read.
        """
        each = a_round(terms, len(data), plan.schedule.batch, plan.schedule.epochs)
        ledger = SqliteLedger(folder / _LEDGER)
        account = PrivacyAccount(terms, terms.delta(len(data)), each, ledger)
        account.spent_micro()  # says now what is damaged, and not in the first round
        told = disclosed(terms, len(data), plan.widths[0], plan.widths[-1])
        client = ClientPrivacy(account) if terms.level == CLIENT else None
        return cls(account, client, Source(told, blinded(data.digest, salt)))

    def warn(self, rounds: int) -> None:
        """Say beforehand that the limit will not last so many rounds."""
        left = self.account.rounds_left(rounds)
        if left < rounds:
            _log.warning(
                "the task's limit of privacy ends this node's part before the task does",
                rounds_left=left,
                rounds_of_the_task=rounds,
            )
