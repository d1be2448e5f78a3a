"""Flower's grid over HTTP, made prompt, and bounded in what it takes from a node.

Flower's own waits 3 s between two looks for replies, and 1 s where a reply is announced but its
parts are still on the way; and it takes in whatever a node sends, for as long as it likes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import httpx
from flwr.app import Error, Message
from flwr.app.message import make_message
from flwr.common.constant import ErrorCode
from flwr.common.serde import message_from_proto
from flwr.proto.message_pb2 import ConfirmMessageReceivedRequest, ObjectTree
from flwr.proto.message_pb2 import Message as MessageProto
from flwr.proto.runtime_pb2 import PullAppMessagesRequest
from flwr.supercore.inflatable.inflatable_object import iterate_object_tree
from flwr.supercore.inflatable.inflatable_protobuf_utils import make_pull_object_fn_protobuf
from flwr.supercore.inflatable.inflatable_utils import inflate_object_from_contents, pull_objects
from flwr.superlink.grid.http_grid import HttpGrid

from assay.training.engine.grids import replies_to
from assay.training.engine.supernode import FIRST_PAUSE_S, SuperLinkAddress

REPLY_LIMIT_BYTES = 1 << 20
REPLY_LIMIT_PARTS = 32
_REPLY_WAIT_S = 30.0
_AT_ONCE = 16
_UNREADABLE = ErrorCode.MESSAGE_UNAVAILABLE
_PAUSE_S = 0.05


class ReplyTooLarge(Exception):
    """A node sends more than a receipt, an opening or a measurement can be."""


class NetworkGrid(HttpGrid):
    """The server's way to the nodes; see the module.

    Args:
        is_up: whether the SuperLink still runs: Flower tries to reach one that ended for ever.

    Attributes:
        reply_limit_bytes: the most that is taken in of one reply.
    """

    reply_limit_bytes = REPLY_LIMIT_BYTES

    def __init__(
        self,
        link: SuperLinkAddress,
        certificate: bytes | None,
        token: str,
        is_up: Callable[[], bool],
    ) -> None:
        super().__init__(link.address, link.plain, certificate, token=token)
        gives_up = self._retry_invoker.should_giveup
        assert gives_up is not None, "as Flower makes it"
        self._retry_invoker.should_giveup = lambda error: not is_up() or gives_up(error)

    def pull_messages(self, message_ids: Iterable[str]) -> Iterable[Message]:
        """The replies that have come; one that can't be had, or is too large, is an error."""
        wanted = PullAppMessagesRequest(message_ids=message_ids)
        answer = self._runtime_client.PullMessages(wanted)
        # At once, so that one that keeps the server waiting does not keep the others waiting too.
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return list(pool.map(self._take, answer.messages_list, answer.message_object_trees))

    def send_and_receive(
        self, messages: Iterable[Message], *, timeout: float | None = None
    ) -> Iterable[Message]:
        """Send messages and wait for all replies, or until the time is up (seconds)."""
        limit = threading.TIMEOUT_MAX if timeout is None else timeout
        return list(replies_to(self, messages, limit, _PAUSE_S))

    def _take(self, header: MessageProto, tree: ObjectTree) -> Message:
        # What the SuperLink checked is the header: a node may have written anything inside.
        metadata = message_from_proto(header).metadata
        try:
            inner = self._pull(tree)
            if inner.has_error():
                return make_message(metadata=metadata, error=inner.error)
            return make_message(metadata=metadata, content=inner.content)
        except httpx.HTTPError:
            raise
        except Exception as error:  # noqa: BLE001 - no reply of one node may stop the others
            reason = f"the reply can't be read: {error}"[:400]
            return make_message(metadata=metadata, error=Error(_UNREADABLE, reason))

    def _pull(self, tree: ObjectTree) -> Message:
        run = self.run.run_id
        pull = make_pull_object_fn_protobuf(self._runtime_client.PullObject, self.node, run)
        names = {part.object_id for part in iterate_object_tree(tree)}
        if len(names) > REPLY_LIMIT_PARTS:
            raise ReplyTooLarge(f"the reply has {len(names)} parts, above {REPLY_LIMIT_PARTS}")
        taken = 0

        def bounded(name: str) -> bytes:
            nonlocal taken
            content = pull(name)
            taken += len(content)
            if taken > self.reply_limit_bytes:
                raise ReplyTooLarge(f"the reply has more than {self.reply_limit_bytes} bytes")
            return content

        contents = pull_objects(
            list(names), bounded, max_time=_REPLY_WAIT_S, initial_backoff=FIRST_PAUSE_S
        )
        self._runtime_client.ConfirmMessageReceived(
            ConfirmMessageReceivedRequest(
                node=self.node, run_id=run, message_object_id=tree.object_id
            )
        )
        message = inflate_object_from_contents(tree.object_id, contents)
        if not isinstance(message, Message):
            raise TypeError(f"it is a {type(message).__name__}")
        return message
