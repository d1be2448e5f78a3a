"""Where a task stands, out of what was certified: for whoever joins, restarts or checks."""

from __future__ import annotations

from assay.core.digest import Digest
from assay.training.model import RoundResult
from assay.training.outcome import Ground, read_residual
from assay.training.parameters import Parameters
from assay.training.plan import Plan
from assay.training.record_errors import RecordMalformed
from assay.training.records import (
    BROADCAST_FILE,
    MODEL_FILE,
    RECORD_LIMIT_BYTES,
    RESIDUAL_FILE,
    ROUND_FILE,
    RoundRecord,
)
from assay.training.rounds import RoundPlace
from assay.training.use_cases.ports import Folders, ResultReader

_OVERHEAD_BYTES = 1 << 20


def ground_of(
    task: int,
    round_: int,
    plan: Plan,
    initial: Parameters,
    *,
    chain: ResultReader,
    folders: Folders,
) -> Ground:
    """What a round starts from: the last result that stands before it, or the initial model.

    Raises:
        AssayError: the record of that result cannot be fetched, or is damaged.
    """
    result = last_result(task, round_, chain)
    if result is None:
        return Ground.initial(initial, plan)
    found = read_ground(result.round, result.record, initial, folders)
    if found.parameters.digest != result.aggregate:
        raise RecordMalformed(result.round, "its model is not the one that was certified")
    return found


def last_result(task: int, round_: int, chain: ResultReader) -> RoundResult | None:
    """The last result that stands before a round; None if there is none."""
    for number in range(round_ - 1, 0, -1):
        result = chain.result(RoundPlace(task, number))
        if result is not None:
            return result
    return None


def read_ground(round_: int, root: Digest, like: Parameters, folders: Folders) -> Ground:
    """What the next round starts from, out of a round's record.

    Raises:
        AssayError: the record cannot be fetched.
        RecordMalformed: it is damaged.
    """
    size_limit = 8 * like.size + _OVERHEAD_BYTES
    record = RoundRecord.decode(folders.read(root, ROUND_FILE, RECORD_LIMIT_BYTES), round_)
    parameters = Parameters.from_bytes(folders.read(root, MODEL_FILE, size_limit))
    like.check_same_shapes(parameters)
    try:
        residual = read_residual(folders.read(root, RESIDUAL_FILE, size_limit), like.size)
    except ValueError:
        raise RecordMalformed(round_, "its residual has another length") from None
    broadcast = folders.read(root, BROADCAST_FILE, size_limit)
    return Ground(parameters, residual, broadcast, record.base, record, root)
