"""Having nodes paid what they earned in the rounds that are final.

for claim in claim_rewards(task, [node], account=chain, folders=folders):
    claim.paid
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.address import Address
from assay.errors import RefusedError
from assay.training.chain_ports import TaskChain, TaskReader
from assay.training.model import Task
from assay.training.records import RECORD_LIMIT_BYTES, ROUND_FILE, RoundRecord
from assay.training.rewards.earnings import Earnings
from assay.training.rounds import RoundPlace
from assay.training.use_cases.ports import Folders
from assay.training.use_cases.progress import earnings_in


class NothingEarned(RefusedError):
    """A node has no reward in the rounds that are final so far."""

    def __init__(self, task: int, node: str) -> None:
        super().__init__(
            f"{node} has earned nothing in the final rounds of task {task}.",
            hint="Rewards can be claimed once a round's time to be challenged is over; "
            "`assay train status` shows them.",
        )
        self.task = task
        self.node = node


@dataclass(frozen=True, slots=True)
class Claim:
    """What a node was paid.

    Attributes:
        paid: now, in the token's units; 0 if it had been paid all before.
        cumulative: that it has earned in all.
    """

    node: Address
    paid: int
    cumulative: int


def final_earnings(task: Task, *, chain: TaskReader, folders: Folders) -> Earnings:
    """What each node has earned up to the last final round.

    Raises:
        AssayError: that round's record cannot be fetched, or is damaged.
    """
    for number in range(task.round, 0, -1) if task.money.root else ():
        result = chain.result(RoundPlace(task.id, number))
        if result is not None and result.contributions == task.money.root:
            data = folders.read(result.record, ROUND_FILE, RECORD_LIMIT_BYTES)
            return earnings_in(RoundRecord.decode(data, number))
    return Earnings.none()


def claim_rewards(
    task: Task, nodes: Sequence[Address] | None, *, account: TaskChain, folders: Folders
) -> list[Claim]:
    """Have nodes paid; anybody may send that, and the money goes to the node.

    Args:
        nodes: None for all that earned.

    Raises:
        NothingEarned: one of the nodes named has earned nothing.
    """
    earnings = final_earnings(task, chain=account, folders=folders)
    claims = []
    for node in [one for one, _ in earnings.of] if nodes is None else nodes:
        cumulative = earnings.units(node)
        if cumulative == 0:
            raise NothingEarned(task.id, node)
        paid = 0
        if account.claimed(task.id, node) < cumulative:
            paid = account.claim(task.id, node, cumulative, earnings.proof(node))
        claims.append(Claim(node, paid, cumulative))
    return claims
