"""How many bytes Flower itself sends for a model: its own messages, serialised by itself.

    train_bytes, reply_bytes = message_bytes(parameters)

The records of a `train` message and of its reply as Flower's FedAvg fills them, each object as
Flower deflates it for its SuperLink (flwr 1.41). Flower encodes arrays as NumPy files and does not
compress them.
"""

from __future__ import annotations

import os

from assay.training.parameters import Parameters


def message_bytes(parameters: Parameters) -> tuple[int, int]:
    """Bytes of the message to a node, and of its reply."""
    os.environ.setdefault("FLWR_TELEMETRY_ENABLED", "0")
    from flwr.app import ArrayRecord, ConfigRecord, MetricRecord, RecordDict  # noqa: PLC0415
    from flwr.supercore.inflatable.inflatable_object import (  # noqa: PLC0415
        get_all_nested_objects,
    )

    arrays = ArrayRecord(list(parameters.arrays.values()))
    asked = RecordDict({"arrays": arrays, "config": ConfigRecord({"server-round": 1})})
    metrics = MetricRecord({"num-examples": 1000, "train_loss": 0.5})
    answered = RecordDict({"arrays": arrays, "metrics": metrics})
    to_node, back = (
        sum(len(part.deflate()) for part in get_all_nested_objects(content).values())
        for content in (asked, answered)
    )
    return to_node, back
