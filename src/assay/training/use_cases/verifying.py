"""Whether every round of a task came out as was certified: anybody can look, on any machine.

    for check in verify_task(history, chain=chain, folders=folders):
        check.ok, check.recorded, check.recomputed

Each round is opened with the content keys in its record, aggregated once more from the round before
as it was *recomputed*, and compared to the bit with what the chain holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assay.core.address import Address
from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.training.committee.model import Committee
from assay.training.committee.reports import SignedReport, check_reports
from assay.training.committee.signing import Domain
from assay.training.masked_outcome import conclude_masked
from assay.training.model import RoundResult, Task
from assay.training.outcome import Ground, OpenedUpdate, RoundTerms, conclude
from assay.training.parameters import Parameters
from assay.training.payload import Payload
from assay.training.plan import MICRO, Plan
from assay.training.privacy.masking.unmasking import Unmasking
from assay.training.privacy.sealing import BOX_FILE, KEYS_FILE, Binding, from_files
from assay.training.records import RECORD_LIMIT_BYTES, ROUND_FILE, RecordedUpdate, RoundRecord
from assay.training.rewards.formula import Weights
from assay.training.rounds import RoundPlace
from assay.training.use_cases.ports import Folders, ValidatorChain

_LIMIT_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class History:
    """What a task's rounds are held against.

    Attributes:
        initial: parameters of the asset that the task began with.
    """

    task: Task
    domain: Domain
    committee: Committee
    plan: Plan
    initial: Parameters

    def round_terms(self, round_: int, final_before: int) -> RoundTerms:
        """Of a round that would be the next to become final."""
        return round_terms(self.task, self.plan, round_, final_before)


@dataclass(frozen=True, slots=True)
class RoundCheck:
    """A round that was certified, and what it comes to when it is done again.

    Attributes:
        recorded: SHA-256 of the global parameters, as the chain has it.
        recomputed: the same as recomputed; None if that was not possible.
        reason: what differs; empty if nothing does.
        epsilon_micro: the privacy that each node had spent by then, by its word; empty without a
            promise of it.
    """

    round: int
    recorded: Digest
    recomputed: Digest | None
    reason: str = ""
    epsilon_micro: Mapping[Address, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the round came out as was certified."""
        return not self.reason

    def as_json(self) -> dict[str, Any]:
        """What `assay train verify --json` prints under `rounds`."""
        epsilon = {node: micro / MICRO for node, micro in self.epsilon_micro.items()}
        return {
            "round": self.round,
            "recorded": self.recorded.hex,
            "recomputed": self.recomputed.hex if self.recomputed else None,
            "ok": self.ok,
            "reason": self.reason,
            **({"epsilon": epsilon} if epsilon else {}),
        }


def round_terms(task: Task, plan: Plan, round_: int, final_before: int) -> RoundTerms:
    """What a round releases if it is the next to become final, and how it is split.

    The contract releases even parts, of which the later ones take what does not divide.
    """
    budget, rounds = task.terms.budget, task.terms.rounds
    released = budget * final_before // rounds
    return RoundTerms(
        RoundPlace(task.id, round_),
        plan,
        Weights(*task.weights_bps),
        budget * (final_before + 1) // rounds - released,
        task.terms.faults,
    )


def verify_task(
    history: History, *, chain: ValidatorChain, folders: Folders, only: int | None = None
) -> Iterator[RoundCheck]:
    """Check the certified rounds, from the first.

    Args:
        only: stop after this round.

    Raises:
        UnavailableError: the chain does not answer.
    """
    ground = Ground.initial(history.initial, history.plan)
    final = 0
    for number in range(1, (only or history.task.round) + 1):
        result = chain.result(RoundPlace(history.task.id, number))
        if result is None:
            continue
        terms = history.round_terms(number, final)
        try:
            ground, check = _again(history, terms, ground, result, chain=chain, folders=folders)
        except AssayError as error:
            yield RoundCheck(number, result.aggregate, None, str(error))
            return
        yield check
        final += 1


def _again(
    history: History,
    terms: RoundTerms,
    ground: Ground,
    result: RoundResult,
    *,
    chain: ValidatorChain,
    folders: Folders,
) -> tuple[Ground, RoundCheck]:
    number = result.round
    record = RoundRecord.decode(folders.read(result.record, ROUND_FILE, RECORD_LIMIT_BYTES), number)
    reports = [SignedReport.from_json(dict(one)) for one in record.reports]
    check_reports(history.domain, number, history.committee, reports)
    revealed = chain.revealed(terms.place)
    given = {update.node: update for update in record.updates}
    if set(given) != set(revealed):
        return ground, _differs(result, None, "it names other nodes than revealed on the chain")
    opened = [
        _opened(terms.place, node, revealed, given[node], folders)
        for node in sorted(revealed, key=str.lower)
    ]
    if terms.plan.masking is None:
        outcome = conclude(terms, ground, opened, reports)
    else:
        outcome = conclude_masked(
            terms, ground, opened, reports, Unmasking.from_json(record.unmasking)
        )
    recomputed = outcome.published.parameters.digest
    root = folders.digest(outcome.files)
    check = _compared(result, recomputed, root, outcome.earnings.root)
    return outcome.ground(root), replace(check, epsilon_micro=outcome.record.epsilon_micro)


def _compared(
    result: RoundResult, recomputed: Digest, root: Digest, contributions: Digest
) -> RoundCheck:
    if recomputed != result.aggregate:
        return _differs(result, recomputed, "the parameters are others")
    if contributions != result.contributions:
        return _differs(result, recomputed, "the earnings are others")
    if root != result.record:
        return _differs(result, recomputed, "the record is another")
    return RoundCheck(result.round, result.aggregate, recomputed)


def _differs(result: RoundResult, recomputed: Digest | None, reason: str) -> RoundCheck:
    return RoundCheck(result.round, result.aggregate, recomputed, reason)


def _opened(
    place: RoundPlace,
    node: Address,
    revealed: Mapping[Address, Digest],
    given: RecordedUpdate,
    folders: Folders,
) -> OpenedUpdate:
    """A node's update by the recorded content key; nobody else could open those without one."""
    found = OpenedUpdate(node, revealed[node], given.bytes, given.content_key, None, given.refused)
    if not given.content_key:
        return found
    files = {name: folders.read(found.sealed, name, _LIMIT_BYTES) for name in (KEYS_FILE, BOX_FILE)}
    update = from_files(files)
    binding = Binding(place, node, update.binding.epoch)
    payload = update.open_with(ContentKey(bytes.fromhex(given.content_key)), binding)
    return replace(
        found, bytes=len(files[BOX_FILE]), payload=Payload.from_bytes(payload), reason=""
    )
