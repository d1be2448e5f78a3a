"""What a node in Flower answers beyond an ordinary round where updates are masked.

app = ClientApp()
answer_masking(app, masking_of)         # `query.advertise`, `deal`, `accept` and `unmask`
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flwr.app import ConfigRecord, ConfigRecordValues, Context, Message, RecordDict
from flwr.clientapp import ClientApp

from assay.core.address import Address, parse_address
from assay.errors import AssayError
from assay.training.engine.errors import MessageMalformed
from assay.training.engine.records import read_place, write_place
from assay.training.privacy.masking.ports import MaskingHooks
from assay.training.rounds import RoundPlace

ADVERTISE, DEAL, ACCEPT, UNMASK = "advertise", "deal", "accept", "unmask"
_TEXT, _BOXES = "text", "boxes"

MaskingFactory = Callable[[Context], MaskingHooks | None]
"""Gives a node's part in masking by Flower's context; None where its task's updates are not."""


def answer_masking(app: ClientApp, masking_of: MaskingFactory) -> None:
    """Have an app answer the steps of secure aggregation."""

    def hooks(context: Context) -> MaskingHooks:
        found = masking_of(context)
        if found is None:
            raise MessageMalformed("the task's updates are not masked")
        return found

    @app.query(ADVERTISE)
    def advertise(message: Message, context: Context) -> Message:
        found = hooks(context).advertise(read_place(message.content))
        return Message(write_step(found), reply_to=message)

    @app.query(DEAL)
    def deal(message: Message, context: Context) -> Message:
        place, roster, _ = read_request(message.content)
        boxes = hooks(context).deal(place, roster)
        return Message(write_step(b"", boxes), reply_to=message)

    @app.query(ACCEPT)
    def accept(message: Message, context: Context) -> Message:
        place, cohort, boxes = read_request(message.content)
        hooks(context).accept(place, cohort, boxes)
        return Message(write_step(b""), reply_to=message)

    @app.query(UNMASK)
    def unmask(message: Message, context: Context) -> Message:
        found = hooks(context).unmask(read_place(message.content))
        return Message(write_step(found), reply_to=message)


def write_request(
    place: RoundPlace, text: bytes, boxes: Mapping[Address, bytes] | None = None
) -> RecordDict:
    """What a step asks of a node."""
    return RecordDict({**write_place(place), **write_step(text, boxes)})


def read_request(content: RecordDict) -> tuple[RoundPlace, bytes, dict[Address, bytes]]:
    """The inverse of `write_request`.

    Raises:
        MessageMalformed: it is anything else.
    """
    return read_place(content), *read_step(content)


def write_step(text: bytes, boxes: Mapping[Address, bytes] | None = None) -> RecordDict:
    """What a node answers: canonical JSON, and boxes by whom they are for, or from."""
    sealed: dict[str, ConfigRecordValues] = {str(node): box for node, box in (boxes or {}).items()}
    return RecordDict({_TEXT: ConfigRecord({_TEXT: text}), _BOXES: ConfigRecord(sealed)})


def read_step(content: RecordDict) -> tuple[bytes, dict[Address, bytes]]:
    """The inverse of `write_step`, of whatever came.

    Raises:
        MessageMalformed: it is anything else.
    """
    try:
        text, boxes = content.config_records[_TEXT][_TEXT], content.config_records[_BOXES]
        found = {parse_address(node): box for node, box in boxes.items()}
    except (KeyError, TypeError, AssayError) as error:
        raise MessageMalformed(f"it is no step of secure aggregation ({error})"[:200]) from None
    if not isinstance(text, bytes) or not all(isinstance(box, bytes) for box in found.values()):
        raise MessageMalformed("it is no step of secure aggregation")
    return text, found  # type: ignore[return-value]
