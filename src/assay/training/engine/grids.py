"""How the server's messages reach nodes: waiting for replies, and all nodes in this process.

    grid = LocalGrid(client_app(node_of), [{"partition-id": 0}, {"partition-id": 1}])
    strategy.run(grid, rounds=3)

`LocalGrid` runs Flower's apps, messages and strategies without its runtime: nothing is started or
serialised, which suits small models, tests and measurements. Nodes are not kept apart: for that
take `simulation` (Ray) or `deployment` (a network).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from logging import getLogger
from typing import Any

from flwr.app import Context, Error, Message, RecordDict, UserConfigValue
from flwr.clientapp import ClientApp
from flwr.common.constant import ErrorCode
from flwr.serverapp import Grid
from flwr.supercore.run import Run
from flwr.supercore.task_identity import TaskIdentity

from assay.errors import AssayError

_log = getLogger(__name__)
_REASON_LENGTH = 400
_RUN = 1
_SERVER = 1


def replies_to(
    grid: Grid, messages: Iterable[Message], timeout_s: float, pause_s: float
) -> Generator[Message]:
    """Send messages, and give replies as they come, until all are there or the time is up."""
    batch = list(messages)
    waiting = {one for one in grid.push_messages(batch) if one} if batch else set()
    until = time.monotonic() + timeout_s
    while waiting and time.monotonic() < until:
        found = list(grid.pull_messages(waiting))
        waiting -= {message.metadata.reply_to_message_id for message in found}
        yield from found
        if waiting and not found:
            time.sleep(pause_s)


class LocalGrid(Grid):
    """Nodes that live in this process, run by a few threads.

    Args:
        nodes: Flower's node configuration of each.
        workers: how many nodes work at once.
    """

    def __init__(
        self,
        app: ClientApp,
        nodes: Sequence[Mapping[str, UserConfigValue]],
        workers: int = 1,
        pause_s: float = 0.005,
    ) -> None:
        self._app = app
        self._pause_s = pause_s
        self._contexts = {
            number: Context(
                run_id=_RUN,
                node_id=number,
                node_config=dict(config),
                state=RecordDict(),
                run_config={},
            )
            for number, config in enumerate(nodes, start=_SERVER + 1)
        }
        self._locks = {number: threading.Lock() for number in self._contexts}
        self._work: dict[str, tuple[float, Future[Message]]] = {}
        self._sent = 0
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="assay-node")
        self._run = Run.create_empty(_RUN)
        TaskIdentity.task_id, TaskIdentity.run_id, TaskIdentity.node_id = _RUN, _RUN, _SERVER

    def set_run(self, run: Run) -> None:
        """Which run this is."""
        self._run = run

    @property
    def run(self) -> Run:
        """Which run this is."""
        return self._run

    def create_message(
        self,
        content: RecordDict,
        message_type: str,
        dst_node_id: int,
        group_id: str,
        ttl: float | None = None,
    ) -> Message:
        """A message to a node."""
        return Message(content, dst_node_id, message_type, ttl=ttl, group_id=group_id)

    def get_node_ids(self) -> Iterable[int]:
        """The numbers of all nodes."""
        return list(self._contexts)

    def push_messages(self, messages: Iterable[Message]) -> Iterable[str]:
        """Have nodes work on messages; replies that nobody took in time are forgotten."""
        now = time.time()
        self._work = {name: work for name, work in self._work.items() if work[0] > now}
        names = []
        for message in messages:
            self._sent += 1
            name = str(self._sent)
            message.metadata.__dict__["_message_id"] = name
            expires = message.metadata.created_at + message.metadata.ttl
            self._work[name] = (expires, self._pool.submit(self._answer, message))
            names.append(name)
        return names

    def pull_messages(self, message_ids: Iterable[str]) -> Iterable[Message]:
        """The replies that are ready, each once."""
        ready = [one for one in message_ids if one in self._work and self._work[one][1].done()]
        return [self._work.pop(one)[1].result() for one in ready]

    def send_and_receive(
        self, messages: Iterable[Message], *, timeout: float | None = None
    ) -> Iterable[Message]:
        """Send messages and wait for all replies, or until the time is up (seconds)."""
        limit = threading.TIMEOUT_MAX if timeout is None else timeout
        return list(replies_to(self, messages, limit, self._pause_s))

    def close(self) -> None:
        """Drop work that has not begun, and wait for what has."""
        self._pool.shutdown(cancel_futures=True)

    def __enter__(self) -> LocalGrid:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _answer(self, message: Message) -> Message:
        node = message.metadata.dst_node_id
        with self._locks[node]:
            return answer(self._app, message, self._contexts[node])


def answer(app: ClientApp, message: Message, context: Context) -> Message:
    """The app's reply; what it raises becomes an error reply, as in Flower's runtime.

    The server is told what Assay's own errors say, of others the kind alone: their texts may hold
    something of the node's data or paths. The node's log has them in full.
    """
    try:
        return app(message, context)
    except Exception as error:  # noqa: BLE001 - what fails at one node must not stop the others
        _log.exception("a %s message could not be answered", message.metadata.message_type)
        told = str(error) if isinstance(error, AssayError) else "see the node's log"
        reason = f"{type(error).__name__}: {told}"[:_REASON_LENGTH]
        return Message(Error(ErrorCode.CLIENT_APP_RAISED_EXCEPTION, reason), reply_to=message)
