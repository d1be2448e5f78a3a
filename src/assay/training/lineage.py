"""The lineage of a model that was trained together: its task, every round, every contribution.

An asset is such a model if its id, the SHA-256 of its parameters, is what a committee certified.
Each round is done again from what its record names; a link holds if that comes out to the bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assay.core.digest import Digest
from assay.errors import AssayError
from assay.ledger.lineage import Link, Node
from assay.training.model import Phase
from assay.training.payload import NOT_SAID
from assay.training.records import RECORD_LIMIT_BYTES, ROUND_FILE, RecordedUpdate, RoundRecord
from assay.training.rounds import RoundPlace
from assay.training.use_cases.ports import Folders, RoundIndex, ValidatorChain
from assay.training.use_cases.verifying import History, RoundCheck, verify_task

_ASSET, _TASK = "asset:", "training:"
_CONTRACT = Node("contract:TrainingTasks", "contract", "TrainingTasks")
_Links = list[tuple[Link, Node]]


@dataclass(frozen=True)
class TrainingSource:
    """Expands nodes `asset:<id>` of models that were trained together, and `training:<task>`.

    Attributes:
        history: of a task, by its number.
    """

    index: RoundIndex
    chain: ValidatorChain
    folders: Folders
    history: Callable[[int], History]

    def resolve(self, subject: str) -> Node | None:
        """The task that is given as `training:NUMBER`."""
        number = subject.removeprefix(_TASK)
        if subject == number or not (number.isascii() and number.isdecimal()):
            return None
        return self._task_node(int(number))

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """The tasks of the assets, and the rounds of the tasks among `nodes`."""
        links: _Links = []
        for node in nodes:
            if node.id.startswith(_ASSET):
                links += self._asset(node.id)
            elif node.id.startswith(_TASK):
                links += self._task(int(node.id.removeprefix(_TASK)))
        return links

    def _asset(self, source: str) -> _Links:
        asset_id = Digest.parse(source.removeprefix(_ASSET))
        links: _Links = []
        for place in self.index.rounds_of(asset_id):
            result = self.chain.result(place)
            reason = ""
            if result is None or result.aggregate != asset_id:
                reason = "the contract holds no such result"
            evidence = f"resultOf task {place.task}, round {place.round}: {asset_id.hex}"
            task = self._task_node(place.task)
            links.append((Link(source, task.id, "trained in", not reason, evidence, reason), task))
        return links

    def _task(self, number: int) -> _Links:
        history = self.history(number)
        task, source = history.task, f"{_TASK}{number}"
        evidence = (
            f"task {number} of {history.domain.tasks}, sponsor {task.sponsor}, "
            f"{task.final_rounds} final rounds, phase {task.phase.name.lower()}"
        )
        reason = "it was abandoned" if task.phase is Phase.ABANDONED else ""
        links = [(Link(source, _CONTRACT.id, "held by", not reason, evidence, reason), _CONTRACT)]
        initial = task.terms.initial_model
        model = Node(_ASSET + initial.hex, "asset", f"Asset {initial.hex[:10]}…", provisional=True)
        evidence = f"initial model {initial.hex} on chain"
        links.append((Link(source, model.id, "began with", True, evidence), model))
        for check in verify_task(history, chain=self.chain, folders=self.folders):
            links += self._round(source, RoundPlace(number, check.round), check)
        return links

    def _round(self, source: str, place: RoundPlace, check: RoundCheck) -> _Links:
        key = f"round:{place.task}/{place.round}"
        node = Node(key, "round", f"Round {place.round}", {"aggregate": check.recorded.hex})
        transaction = self.index.certificate_transaction(place) or "not indexed"
        evidence = f"aggregated again from the recorded updates; certified by {transaction}"
        links = [(Link(source, key, "came out of", check.ok, evidence, check.reason), node)]
        try:
            record = self._record(place)
        except AssayError:
            return links  # the check has said so
        for update in record.updates:
            links += _contribution(key, record, update)
        return links

    def _record(self, place: RoundPlace) -> RoundRecord:
        result = self.chain.result(place)
        assert result is not None, "only rounds with a result are checked"
        data = self.folders.read(result.record, ROUND_FILE, RECORD_LIMIT_BYTES)
        return RoundRecord.decode(data, place.round)

    def _task_node(self, number: int) -> Node:
        return Node(f"{_TASK}{number}", "training", f"Training task {number}")


def _contribution(
    source: str, record: RoundRecord, update: RecordedUpdate
) -> Iterator[tuple[Link, Node]]:
    earned = next((one for one in record.earnings if one.node == update.node), None)
    party = Node(f"trainer:{update.node.lower()}", "trainer", f"Node {update.node}")
    evidence = f"sealed update {update.sealed.hex}: " + (
        update.refused
        or f"accepted, {earned.units if earned else 0} units, contribution "
        f"{earned.contribution_ppb / 1e9 if earned else 0:+.6f}"
    )
    kind = "left out" if update.refused else "contributed by"
    yield Link(source, party.id, kind, True, evidence), party
    data = update.facts.get("data", NOT_SAID.hex)
    if not update.refused and data != NOT_SAID.hex:
        node = Node(f"data:{data}", "data", f"Records {data[:10]}…", {"sha256": data})
        leaves = update.facts["leaves"]
        behind = f" of {leaves} leaves" if leaves else ""
        evidence = f"{sum(update.facts['labels'])} records{behind}, by their holder's word"
        yield Link(source, node.id, "learnt from", True, evidence), node
