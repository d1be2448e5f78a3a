"""A node in Flower: it trains, commits, and reveals when it is asked to; its update never goes out.

    app = client_app(node_of)     # node_of(context) builds the node from Flower's context

The hooks are a client mod, so that a ClientApp of one's own can be run by the same rules: put
`commit_before_upload(node_of)` around a training function that replies with `write_update`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flwr.app import Context, Message
from flwr.clientapp import ClientApp
from flwr.clientapp.typing import ClientAppCallable, Mod

from assay.training.engine.errors import ModelDiffers
from assay.training.engine.masked_client import answer_masking
from assay.training.engine.private_updates import private_updates
from assay.training.engine.records import (
    read_order,
    read_place,
    read_update,
    write_measured,
    write_opening,
    write_receipt,
    write_update,
)
from assay.training.parameters import Parameters
from assay.training.ports import LocalTraining, RoundHooks
from assay.training.privacy.masking.ports import MaskingHooks
from assay.training.rounds import LocalUpdate, Order

if TYPE_CHECKING:
    from assay.training.privacy.client_level import ClientPrivacy

REVEAL = "reveal"


@dataclass(frozen=True, slots=True)
class TrainingNode:
    """What a node trains with, and what it does around that.

    Attributes:
        privacy: what it does to its updates where the task promises privacy to whole clients.
        masking: its part in secure aggregation; None where the task's updates are not masked.
    """

    training: LocalTraining
    hooks: RoundHooks
    privacy: ClientPrivacy | None = None
    masking: MaskingHooks | None = None


NodeFactory = Callable[[Context], TrainingNode]
"""Builds a node from Flower's context; called for every message, often in another process."""


def client_app(node_of: NodeFactory) -> ClientApp:
    """Flower's app of a node: `train`, `query.reveal` and `evaluate`, and the steps of masking."""
    app = ClientApp()
    answer_masking(app, lambda context: node_of(context).masking)

    def privacy_of(context: Context) -> ClientPrivacy | None:
        return node_of(context).privacy

    @app.train(mods=[commit_before_upload(node_of), private_updates(privacy_of)])
    def train(message: Message, context: Context) -> Message:
        node = node_of(context)
        order = read_order(message.content)
        start = _checked(node.hooks.receive(order), order)
        trained = node.training.train(start, order.place)
        change = trained.vector() - start.vector()
        update = LocalUpdate(order.place, change, node.training.samples)
        return Message(write_update(update), reply_to=message)

    @app.query(REVEAL)
    def reveal(message: Message, context: Context) -> Message:
        opening = node_of(context).hooks.reveal(read_place(message.content))
        return Message(write_opening(opening), reply_to=message)

    @app.evaluate()
    def evaluate(message: Message, context: Context) -> Message:
        order = read_order(message.content)
        parameters = _checked(Parameters.from_bytes(order.broadcast), order)
        found = node_of(context).training.evaluate(parameters)
        return Message(write_measured(found), reply_to=message)

    return app


def commit_before_upload(node_of: NodeFactory) -> Mod:
    """A client mod: the update of a `train` reply is committed to, and a receipt sent instead.

    A round that was committed to before, in this process or an earlier one, is not trained again:
    two updates for one commitment could not both be opened.
    """

    def mod(message: Message, context: Context, call_next: ClientAppCallable) -> Message:
        hooks = node_of(context).hooks
        receipt = hooks.committed(read_order(message.content).place)
        if receipt is None:
            reply = call_next(message, context)
            if reply.has_error():
                return reply
            receipt = hooks.commit(read_update(reply.content))
        return Message(write_receipt(receipt), reply_to=message)

    return mod


def _checked(parameters: Parameters, order: Order) -> Parameters:
    if parameters.digest != order.model:
        raise ModelDiffers(order.model.hex, parameters.digest.hex)
    return parameters
