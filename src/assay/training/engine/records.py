"""Orders, receipts, updates and openings as the records of a Flower message, and back.

What comes from the other side is believed in nothing: a record of another shape is refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from flwr.app import (
    Array,
    ArrayRecord,
    ConfigRecord,
    ConfigRecordValues,
    MetricRecord,
    RecordDict,
)

from assay.core.address import parse_address
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.training.engine.errors import MessageMalformed
from assay.training.parameters import Parameters
from assay.training.payload import Payload
from assay.training.plan import Plan
from assay.training.ports import Measured
from assay.training.rounds import LocalUpdate, Opening, Order, Receipt, RoundPlace

Fields = dict[str, ConfigRecordValues]
_BYTES = "assay.bytes"
_SAMPLES = "num-examples"
Read = TypeVar("Read")


def write_order(order: Order) -> RecordDict:
    """The content of a `train` message."""
    fields = ConfigRecord({**_place(order.place), "model": order.model.raw})
    return RecordDict({"order": fields, "broadcast": _bytes_record(order.broadcast)})


def read_order(content: RecordDict) -> Order:
    """The order in a `train` message.

    Raises:
        MessageMalformed: there is none.
    """

    def read() -> Order:
        fields = content.config_records["order"]
        broadcast = content.array_records["broadcast"]["bytes"]
        return Order(_read_place(fields), Digest(_bytes(fields["model"])), broadcast.data)

    return _strictly("order", read)


def write_update(update: LocalUpdate) -> RecordDict:
    """A node's update, on its way from training to the hooks in one process."""
    return RecordDict(
        {
            "place": ConfigRecord(_place(update.place)),
            "update": ArrayRecord({"vector": Array(update.vector)}),
            "metrics": MetricRecord({_SAMPLES: update.samples}),
        }
    )


def read_update(content: RecordDict) -> LocalUpdate:
    """The update in the reply of a training function.

    Raises:
        MessageMalformed: there is none.
    """

    def read() -> LocalUpdate:
        vector = content.array_records["update"]["vector"].numpy()
        samples = _int(content.metric_records["metrics"][_SAMPLES])
        place = _read_place(content.config_records["place"])
        return LocalUpdate(place, np.asarray(vector, np.float64), samples)

    return _strictly("update", read)


def write_leaf_order(plan: Plan, order: Order) -> RecordDict:
    """The content of an edge's `train` or `evaluate` message to a leaf."""
    content = write_order(order)
    content["plan"] = ConfigRecord({"plan": plan.encode()})
    return content


def read_plan(content: RecordDict) -> Plan:
    """The plan in an edge's message.

    Raises:
        MessageMalformed: there is none.
    """
    return _strictly("plan", lambda: Plan.decode(_bytes(content.config_records["plan"]["plan"])))


def write_payload(payload: Payload) -> RecordDict:
    """The content of a leaf's reply to a `train` message."""
    return RecordDict({"payload": _bytes_record(payload.to_bytes())})


def read_payload(content: RecordDict) -> Payload:
    """What a leaf learnt.

    Raises:
        MessageMalformed: it is no payload.
    """

    def read() -> Payload:
        return Payload.from_bytes(content.array_records["payload"]["bytes"].data)

    return _strictly("payload", read)


def write_receipt(receipt: Receipt) -> RecordDict:
    """The content of the reply to a `train` message: all that leaves the node."""
    fields: Fields = {"node": str(receipt.node), "commitment": receipt.commitment.raw}
    return RecordDict({"receipt": ConfigRecord({**_place(receipt.place), **fields})})


def read_receipt(content: RecordDict) -> Receipt:
    """The receipt in the reply to a `train` message.

    Raises:
        MessageMalformed: there is none.
    """

    def read() -> Receipt:
        fields = content.config_records["receipt"]
        node = parse_address(_text(fields["node"]))
        return Receipt(_read_place(fields), node, Digest(_bytes(fields["commitment"])))

    return _strictly("receipt", read)


def write_place(place: RoundPlace) -> RecordDict:
    """The content of a `query.reveal` message."""
    return RecordDict({"place": ConfigRecord(_place(place))})


def read_place(content: RecordDict) -> RoundPlace:
    """The round that a `query.reveal` message asks about.

    Raises:
        MessageMalformed: there is none.
    """
    return _strictly("place", lambda: _read_place(content.config_records["place"]))


def write_opening(opening: Opening) -> RecordDict:
    """The content of the reply to a `query.reveal` message."""
    fields: Fields = {
        "node": str(opening.node),
        "sealed": opening.sealed.raw,
        "salt": opening.salt,
        "size": opening.size_bytes,
    }
    return RecordDict({"opening": ConfigRecord({**_place(opening.place), **fields})})


def read_opening(content: RecordDict) -> Opening:
    """The opening in the reply to a `query.reveal` message.

    Raises:
        MessageMalformed: there is none.
    """

    def read() -> Opening:
        fields = content.config_records["opening"]
        return Opening(
            place=_read_place(fields),
            node=parse_address(_text(fields["node"])),
            sealed=Digest(_bytes(fields["sealed"])),
            salt=_bytes(fields["salt"]),
            size_bytes=_int(fields["size"]),
        )

    return _strictly("opening", read)


@dataclass(frozen=True, slots=True)
class Measurement:
    """What nodes found of a model: mean loss, share right, over how many records."""

    loss: float
    accuracy: float
    records: int


def write_measured(found: Measured) -> RecordDict:
    """The content of the reply to an `evaluate` message."""
    metrics = {"loss": found.loss, "accuracy": found.accuracy, _SAMPLES: found.records}
    return RecordDict({"metrics": MetricRecord({**metrics})})


def read_measured(content: RecordDict) -> Measurement:
    """What a node measured.

    Raises:
        MessageMalformed: it measured nothing, or what can't be.
    """

    def read() -> Measurement:
        fields = content.metric_records["metrics"]
        found = Measurement(
            _float(fields["loss"]), _float(fields["accuracy"]), _int(fields[_SAMPLES])
        )
        if found.records < 1 or not 0 <= found.accuracy <= 1:
            raise ValueError(f"{found} can't be")
        return found

    return _strictly("measurement", read)


def pooled(found: Sequence[Measured]) -> Measurement | None:
    """What several measured, over all their records; None if there is nothing."""
    records = sum(one.records for one in found)
    if not records:
        return None
    return Measurement(
        sum(one.loss * one.records for one in found) / records,
        sum(one.accuracy * one.records for one in found) / records,
        records,
    )


def to_arrays(parameters: Parameters) -> ArrayRecord:
    """Parameters as Flower's arrays."""
    return ArrayRecord({name: Array(array) for name, array in parameters.arrays.items()})


def _bytes_record(data: bytes) -> ArrayRecord:
    # As an array rather than a config value: Flower sends arrays in chunks, and once to all nodes.
    return ArrayRecord({"bytes": Array("uint8", (len(data),), _BYTES, data)})


def _strictly(kind: str, read: Callable[[], Read]) -> Read:
    try:
        return read()
    except (KeyError, TypeError, ValueError, AssayError) as error:
        raise MessageMalformed(f"it holds no proper {kind} ({str(error)[:200]})") from None


def _place(place: RoundPlace) -> Fields:
    return {"task": place.task, "round": place.round}


def _read_place(fields: ConfigRecord) -> RoundPlace:
    return RoundPlace(_int(fields["task"]), _int(fields["round"]))


def _int(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError(f"{value!r:.80} is no number")


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    raise TypeError(f"{value!r:.80} is not of bytes")


def _float(value: object) -> float:
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise TypeError(f"{value!r:.80} is no finite number")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise TypeError(f"{value!r:.80} is no text")
