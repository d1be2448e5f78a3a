"""A node in Flower whose update is masked: an ordinary one that answers three more questions.

app = masked_client_app(node_of, masking_of)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flwr.app import ConfigRecord, ConfigRecordValues, Context, Message, RecordDict
from flwr.clientapp import ClientApp

from assay.core.address import Address, parse_address
from assay.errors import AssayError
from assay.training.engine.client import NodeFactory, client_app
from assay.training.engine.errors import MessageMalformed
from assay.training.engine.records import read_place, write_place
from assay.training.privacy.masking.ports import MaskingHooks
from assay.training.rounds import RoundPlace

ADVERTISE, DEAL, ACCEPT, UNMASK = "advertise", "deal", "accept", "unmask"
_TEXT, _BOXES = "text", "boxes"

MaskingFactory = Callable[[Context], MaskingHooks]
"""Builds a node's part in masking from Flower's context."""


def masked_client_app(node_of: NodeFactory, masking_of: MaskingFactory) -> ClientApp:
    """Flower's app of a node: as `client_app`, with the steps of secure aggregation as queries."""
    app = client_app(node_of)

    @app.query(ADVERTISE)
    def advertise(message: Message, context: Context) -> Message:
        found = masking_of(context).advertise(read_place(message.content))
        return Message(write_step(found), reply_to=message)

    @app.query(DEAL)
    def deal(message: Message, context: Context) -> Message:
        place, roster, _ = read_request(message.content)
        boxes = masking_of(context).deal(place, roster)
        return Message(write_step(b"", boxes), reply_to=message)

    @app.query(ACCEPT)
    def accept(message: Message, context: Context) -> Message:
        place, cohort, boxes = read_request(message.content)
        masking_of(context).accept(place, cohort, boxes)
        return Message(write_step(b""), reply_to=message)

    @app.query(UNMASK)
    def unmask(message: Message, context: Context) -> Message:
        found = masking_of(context).unmask(read_place(message.content))
        return Message(write_step(found), reply_to=message)

    return app


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
