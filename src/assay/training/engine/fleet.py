"""A node's connection to the SuperLink, by Flower's protocol.

    with FleetConnection(address, plain=True, trusted=None, key=None) as fleet:
        header, parts = fleet.receive()

Flower's own client ends the whole process where the SuperLink does not know the node any more. One
that was started again knows nobody: this one lets the node come back to it.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from flwr.app import Message
from flwr.app.message import remove_content_from_message
from flwr.common.constant import HEARTBEAT_DEFAULT_INTERVAL
from flwr.common.serde import message_from_proto, message_to_proto
from flwr.proto.fleet_pb2 import (
    ActivateNodeRequest,
    DeactivateNodeRequest,
    PullMessagesRequest,
    PushMessagesRequest,
    RegisterNodeFleetRequest,
    UnregisterNodeFleetRequest,
)
from flwr.proto.heartbeat_pb2 import SendNodeHeartbeatRequest
from flwr.proto.message_pb2 import ObjectTree
from flwr.proto.node_pb2 import Node
from flwr.supercore.heartbeat import HeartbeatSender
from flwr.supercore.inflatable.inflatable_protobuf_utils import (
    make_confirm_message_received_fn_protobuf,
    make_pull_object_fn_protobuf,
    make_push_object_fn_protobuf,
)
from flwr.supercore.interceptors import RuntimeVersionHttpInterceptor
from flwr.supercore.primitives.asymmetric import generate_key_pairs, public_key_to_bytes
from flwr.supercore.retry import RetryInvoker, exponential
from flwr.supercore.run import RunNotRunningException
from flwr.supernode.fleet_http_client import FleetHttpClient
from flwr.supernode.node_auth_http_interceptor import NodeAuthHttpInterceptor

from assay.training.engine.errors import SuperLinkFailed

Key = ec.EllipticCurvePrivateKey
Answer = TypeVar("Answer")
_GIVE_UP_S = 10.0
_LONGEST_PAUSE_S = 2
_NOT_UP = {502, 503, 504}


class FleetConnection:
    """One connection's life.

    Args:
        trusted: path of the root certificate; None for plain HTTP.
        key: of the node, where the SuperLink admits known nodes only; else it takes a new one.

    Raises, in every step:
        httpx.HTTPError: the connection is lost, or the SuperLink does not know the node any more.
        RunNotRunningException: the run has ended.
    """

    node: Node

    def __init__(self, address: str, *, plain: bool, trusted: str | None, key: Key | None) -> None:
        self._address = address
        self._is_new = key is None
        private, public = generate_key_pairs() if key is None else (key, key.public_key())
        self._public = public_key_to_bytes(public)
        self._client = FleetHttpClient.from_server_address(
            address,
            plain,
            trusted,
            interceptors=[
                RuntimeVersionHttpInterceptor(component_name="SuperNode"),
                NodeAuthHttpInterceptor(private, public),
            ],
        )
        self._heartbeat = HeartbeatSender(self._beat)
        self._retrying = RetryInvoker(
            lambda: exponential(max_delay=_LONGEST_PAUSE_S),
            httpx.TransportError,
            max_tries=None,
            max_time=_GIVE_UP_S,
        )

    def __enter__(self) -> Self:
        """Register.

        Raises:
            SuperLinkFailed: the node is refused.
        """
        self._client.__enter__()
        try:
            if self._is_new:
                self._call(
                    self._client.RegisterNode, RegisterNodeFleetRequest(public_key=self._public)
                )
            asked = ActivateNodeRequest(
                public_key=self._public, heartbeat_interval=HEARTBEAT_DEFAULT_INTERVAL
            )
            self.node = Node(node_id=self._call(self._client.ActivateNode, asked).node_id)
        except httpx.HTTPStatusError as error:
            self._client.close()
            if error.response.status_code in _NOT_UP:
                raise
            raise SuperLinkFailed(self._address, "it refuses this node") from error
        except BaseException:
            self._client.close()
            raise
        self._heartbeat.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._heartbeat.is_running:
            self._heartbeat.stop()
        number = self.node.node_id
        try:
            self._client.DeactivateNode(DeactivateNodeRequest(node_id=number))
            if self._is_new:
                self._client.UnregisterNode(UnregisterNodeFleetRequest(node_id=number))
        except (httpx.HTTPError, RuntimeError):
            pass  # it is gone, and the node with it
        finally:
            self._client.close()

    def receive(self) -> tuple[Message, ObjectTree] | None:
        """A message without its parts, and what these are; None if none waits."""
        answer = self._call(self._client.PullMessages, PullMessagesRequest(node=self.node))
        if not answer.messages_list:
            return None
        return message_from_proto(answer.messages_list[0]), answer.message_object_trees[0]

    def send(self, reply: Message, parts: ObjectTree, worked_s: float) -> tuple[set[str], str]:
        """Announce a reply: the parts that the SuperLink lacks, and under which session."""
        header = remove_content_from_message(reply) if reply.has_content() else reply
        announced = PushMessagesRequest(
            node=self.node,
            messages_list=[message_to_proto(header)],
            message_object_trees=[parts],
            clientapp_runtime_list=[worked_s],
        )
        answer = self._call(self._client.PushMessages, announced)
        return set(answer.objects_to_push), answer.session_id

    def pull(self, run: int, part: str) -> bytes:
        """A part of a message."""
        take = make_pull_object_fn_protobuf(self._through(self._client.PullObject), self.node, run)
        return take(part)

    def push(self, run: int, session: str, part: str, content: bytes) -> None:
        """Give a part of a reply."""
        give = make_push_object_fn_protobuf(
            self._through(self._client.PushObject), self.node, run, session
        )
        give(part, content)

    def confirm(self, run: int, message: str) -> None:
        """A message has come whole."""
        tell = make_confirm_message_received_fn_protobuf(
            self._through(self._client.ConfirmMessageReceived), self.node, run
        )
        tell(message)

    def _through(self, call: Callable[[Any], Answer]) -> Callable[[Any], Answer]:
        return lambda request: self._call(call, request)

    def _call(self, call: Callable[[Any], Answer], request: object) -> Answer:
        try:
            answer: Answer = self._retrying.invoke(call, request)
        except httpx.HTTPStatusError as error:
            if error.response.status_code == httpx.codes.FORBIDDEN:
                raise RunNotRunningException from error
            raise
        return answer

    def _beat(self) -> bool:
        """Whether to beat again soon; that the node is not known is found out by `receive`."""
        beat = SendNodeHeartbeatRequest(
            node=self.node, heartbeat_interval=HEARTBEAT_DEFAULT_INTERVAL
        )
        try:
            self._client.SendNodeHeartbeat(beat)
        except httpx.TransportError:
            return False
        except httpx.HTTPError:
            return True
        return True
