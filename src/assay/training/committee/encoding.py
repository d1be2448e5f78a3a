"""Messages as bytes: one spelling each, canonical JSON, and strictly read.

A message is the list `[kind, task, round, view, sender, signature, ...]`, bytes in hexadecimal;
what follows depends on the kind. What is signed is not these bytes but an EIP-712 structure, see
`signing`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeAlias

from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.errors import InputError
from assay.training.committee.errors import MessageRejected
from assay.training.committee.messages import (
    MOST_MESSAGE_BYTES,
    MOST_VALUE_BYTES,
    Checkpoint,
    Commit,
    Fetch,
    Message,
    NewView,
    Prepare,
    Prepared,
    PrePrepare,
    ViewChange,
)
from assay.training.committee.model import Certificate, Vote
from assay.training.model import RoundResult

Item: TypeAlias = Any
"""A number, a text, or a list of items."""
Head: TypeAlias = dict[str, Any]
"""Round, view, sender and signature, by name."""

_MOST_ROUND_OR_VIEW = 2**32 - 1
_SIGNATURE_BYTES = 65


def encode(task: int, message: Message) -> bytes:
    """The bytes that travel and are kept."""
    if isinstance(message, Certificate):
        sender, signature = "", ""
    else:
        sender, signature = message.sender, message.signature.hex()
    head = [type(message).__name__, task, message.round, message.view, sender, signature]
    return canonical_json([*head, *_body(message)])


def decode(task: int, data: bytes) -> Message:
    """Read a message of one task; signatures are not checked here.

    Raises:
        MessageRejected: too large, malformed, not in its one spelling, or of another task.
    """
    if len(data) > MOST_MESSAGE_BYTES:
        raise MessageRejected(f"{len(data)} bytes are too many")
    try:
        kind, of_task, round_, view, sender, signature, *body = read_items(data)
        if type(of_task) is not int or of_task != task:
            raise MessageRejected("it is of another task")
        place = {"round": number(round_), "view": number(view)}
        if kind == Certificate.__name__ and sender == signature == "":
            return _read_certificate(task, place, *body)
        return _READERS[kind](task, {**place, **_signed([sender, signature])}, *body)
    except (ValueError, TypeError, LookupError, InputError):
        raise MessageRejected("it is malformed") from None


def read_items(data: bytes) -> list[Item]:
    """Read canonical JSON.

    Raises:
        ValueError, InputError: it is anything else, no list, or nested too deeply.
    """
    try:
        items = json.loads(data)
        if not isinstance(items, list) or canonical_json(items) != data:
            raise ValueError("not the one spelling of a list")
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return items


def _body(message: Message) -> list[Item]:
    body: list[Item]
    match message:
        case PrePrepare():
            body = [message.digest.raw.hex(), (message.value or b"").hex()]
        case Prepare() | Checkpoint():
            body = [message.digest.raw.hex()]
        case Commit():
            body = _result_items(message.result)
        case ViewChange():
            body = [prepared_items(message.prepared)]
        case NewView():
            changes = [change.stripped() for change in message.changes]
            body = [[[*_signed_items(one), prepared_items(one.prepared)] for one in changes]]
        case Fetch():
            body = []
        case Certificate():
            body = [_result_items(message.result), [_signed_items(vote) for vote in message.votes]]
    return body


def _read_pre_prepare(_task: int, head: Head, digest: Item, value: Item) -> Message:
    return PrePrepare(**head, digest=_digest(digest), value=_value(value))


def _read_prepare(_task: int, head: Head, digest: Item) -> Message:
    return Prepare(**head, digest=_digest(digest))


def _read_commit(task: int, head: Head, *digests: Item) -> Message:
    round_ = head.pop("round")
    return Commit(**head, result=_result(task, round_, list(digests)))


def _read_view_change(_task: int, head: Head, prepared: Item) -> Message:
    return ViewChange(**head, prepared=read_prepared(head["round"], prepared))


def _read_new_view(_task: int, head: Head, changes: Item) -> Message:
    place = {"round": head["round"], "view": head["view"]}
    read = [
        ViewChange(**place, **_signed(signed), prepared=read_prepared(head["round"], prepared))
        for *signed, prepared in changes
    ]
    return NewView(**head, changes=tuple(read))


def _read_checkpoint(_task: int, head: Head, digest: Item) -> Message:
    return Checkpoint(**_without_view(head), digest=_digest(digest))


def _read_fetch(_task: int, head: Head) -> Message:
    return Fetch(**_without_view(head))


def _read_certificate(task: int, place: Head, digests: Item, votes: Item) -> Certificate:
    result = _result(task, place["round"], digests)
    return Certificate(result, place["view"], tuple(Vote(**_signed(vote)) for vote in votes))


_READERS: dict[str, Callable[..., Message]] = {
    "PrePrepare": _read_pre_prepare,
    "Prepare": _read_prepare,
    "Commit": _read_commit,
    "ViewChange": _read_view_change,
    "NewView": _read_new_view,
    "Checkpoint": _read_checkpoint,
    "Fetch": _read_fetch,
}


def prepared_items(prepared: Prepared | None) -> list[Item]:
    """A proof as items; the empty list for none."""
    if prepared is None:
        return []
    proposal = prepared.pre_prepare
    return [
        proposal.view,
        proposal.digest.raw.hex(),
        *_signed_items(proposal),
        (proposal.value or b"").hex(),
        [_signed_items(prepare) for prepare in prepared.prepares],
    ]


def read_prepared(round_: int, items: Item) -> Prepared | None:
    """The other way round.

    Raises:
        ValueError, TypeError, InputError: these items are no proof.
    """
    if items == []:
        return None
    view, digest, sender, signature, value, prepares = items
    place: Head = {"round": round_, "view": number(view), "digest": _digest(digest)}
    proposal = PrePrepare(**place, **_signed([sender, signature]), value=_value(value))
    return Prepared(proposal, tuple(Prepare(**place, **_signed(one)) for one in prepares))


def number(item: Item) -> int:
    """A round or a view as it is.

    Raises:
        ValueError: not a number, or one that does not fit into 32 bits.
    """
    if type(item) is not int or not 0 <= item <= _MOST_ROUND_OR_VIEW:
        raise ValueError("no number, or too large a one")
    return item


def _signed_items(message: PrePrepare | Prepare | ViewChange | Vote) -> list[Item]:
    return [str(message.sender), message.signature.hex()]


def _signed(items: list[Item]) -> Head:
    """Sender and signature by name; whether the sender is a member is asked by `Gate`."""
    sender, signature = items
    raw = _raw_bytes(signature)
    if not isinstance(sender, str) or len(raw) != _SIGNATURE_BYTES:
        raise ValueError("no sender, or no signature")
    return {"sender": Address(sender), "signature": raw}


def _without_view(head: Head) -> Head:
    if head.pop("view"):
        raise ValueError("checkpoints and requests belong to no view")
    return head


def _result_items(result: RoundResult) -> list[Item]:
    digests = (result.aggregate, result.record, result.contributions)
    return [digest.raw.hex() for digest in digests]


def _result(task: int, round_: int, items: list[Item]) -> RoundResult:
    aggregate, record, contributions = items
    return RoundResult(task, round_, _digest(aggregate), _digest(record), _digest(contributions))


def _digest(item: Item) -> Digest:
    return Digest(_raw_bytes(item))


def _value(item: Item) -> bytes | None:
    value = _raw_bytes(item)
    if len(value) > MOST_VALUE_BYTES:
        raise ValueError("too large a value")
    return value or None


def _raw_bytes(item: Item) -> bytes:
    raw = bytes.fromhex(item)
    if raw.hex() != item:
        raise ValueError("not the one spelling of bytes")
    return raw
