"""Privacy at client level as a client mod: Flower's fixed clipping, and noise of the node's own.

Of Flower's wrappers the clipping mod alone is used. Those for servers add their noise where the
updates are seen, and to a result that could not be computed again; `LocalDpMod` draws from NumPy's
global generator, which anything in the process can seed, and counts no rounds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from flwr.app import Array, ArrayRecord, ConfigRecord, Context, Message, RecordDict
from flwr.clientapp.mod import fixedclipping_mod
from flwr.clientapp.typing import ClientAppCallable, Mod

from assay.training.engine.records import read_update, write_update
from assay.training.parameters import Vector

if TYPE_CHECKING:
    from assay.training.privacy.client_level import ClientPrivacy

PrivacyOf = Callable[[Context], "ClientPrivacy | None"]
_UPDATE, _TERMS, _NORM = "update", "terms", "clipping_norm"


def private_updates(privacy_of: PrivacyOf) -> Mod:
    """A client mod: an update is cut and noised on its way out of training, which counted it.

    Args:
        privacy_of: gives None where a task promises nothing to its clients.
    """

    def mod(message: Message, context: Context, call_next: ClientAppCallable) -> Message:
        privacy = privacy_of(context)
        if privacy is None:
            return call_next(message, context)
        reply = call_next(message, context)
        if reply.has_error():
            return reply
        update = read_update(reply.content)
        cut = clipped(update.vector, privacy.account.terms.clip, message, context)
        return Message(write_update(replace(update, vector=privacy.noised(cut))), reply_to=message)

    return mod


def clipped(update: Vector, norm: float, message: Message, context: Context) -> Vector:
    """An update, cut to a Euclidean norm by Flower's mod; unchanged if it is shorter.

    Args:
        message: of the server; the mod's messages are replies to it, and are sent to nobody.
    """
    zeros, terms = _record(np.zeros_like(update)), ConfigRecord({_NORM: norm})
    asked = Message(RecordDict({_UPDATE: zeros, _TERMS: terms}), reply_to=message)

    def train(_asked: Message, _context: Context) -> Message:
        return Message(RecordDict({_UPDATE: _record(update)}), reply_to=message)

    if not np.linalg.norm(update) > 0:
        return update  # Flower's mod would divide by it
    cut = fixedclipping_mod(asked, context, train)
    return np.asarray(cut.content.array_records[_UPDATE][_UPDATE].numpy(), np.float64)


def _record(vector: Vector) -> ArrayRecord:
    return ArrayRecord({_UPDATE: Array(vector)})
