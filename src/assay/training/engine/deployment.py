"""A task's rounds over a network: this process is the server, a SuperLink stands between.

    with superlink_process(folder) as link:
        run_rounds(link, strategy, rounds=10)      # nodes run `serve_node` elsewhere

The strategy runs here rather than in a process that the SuperLink starts, so that whoever started
the run sees it go on, and keys stay where they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
from flwr.cli.build import build_fab_from_files
from flwr.common.serde import fab_to_proto, run_from_proto
from flwr.proto.control_pb2 import StartRunRequest
from flwr.proto.runtime_pb2 import (
    AcquireTaskRequest,
    PullTaskInputRequest,
    PushTaskOutputRequest,
)
from flwr.supercore.constant import TaskType
from flwr.supercore.control.control_http_client import ControlHttpClient
from flwr.supercore.fab import Fab
from flwr.supercore.heartbeat import HeartbeatSender, make_task_heartbeat_fn_http
from flwr.supercore.interceptors import (
    RuntimeVersionHttpInterceptor,
    SuperExecAuthHttpInterceptor,
)
from flwr.supercore.runtime import RuntimeHttpClient
from flwr.supercore.task_identity import TaskIdentity

from assay.training.engine.errors import SuperLinkFailed
from assay.training.engine.network_grid import REPLY_LIMIT_BYTES, NetworkGrid
from assay.training.engine.strategy import CertifiedRounds
from assay.training.engine.superlink import SuperLink
from assay.training.engine.supernode import SuperLinkAddress

_ACQUIRE = "/flwr.proto.Runtime/AcquireTask"
_APP = {
    "pyproject.toml": b"""\
[project]
name = "assay-rounds"
version = "1.0.0"
license = { file = "LICENSE" }
dependencies = ["flwr>=1.41.0"]

[tool.flwr.app]
publisher = "assay"
fab-format-version = 1
flwr-version-target = "1.41.0"

[tool.flwr.app.components]
serverapp = "rounds:server"
clientapp = "rounds:client"

[tool.flwr.app.config]
""",
    "rounds.py": b"server = client = None\n",
    "LICENSE": b"Apache-2.0\n",
}
"""What a run in Flower needs to have a name; nodes load none of it, see `supernode`."""


def run_rounds(link: SuperLink, strategy: CertifiedRounds, rounds: int) -> None:
    """Run so many rounds; the strategy holds what came of them.

    Raises:
        SuperLinkFailed: it gives no run, or ends in the middle of it.
        TooFewNodes: not enough came in time.
    """
    try:
        with server_grid(link) as grid:
            strategy.run(grid, rounds)
    except httpx.HTTPError as error:
        raise SuperLinkFailed(link.address.address, str(error)[:400]) from error


@contextmanager
def server_grid(
    link: SuperLink, reply_limit_bytes: int = REPLY_LIMIT_BYTES
) -> Generator[NetworkGrid]:
    """The server's place in a new run on the SuperLink, which ends with the block.

    Raises:
        SuperLinkFailed: it gives no run.
    """
    start_run(link.address, _APP)
    grid = NetworkGrid(link.address, _certificate(link.address), _acquire(link), link.is_running)
    grid.reply_limit_bytes = reply_limit_bytes
    runtime = grid._runtime_client
    status, details = "failed", "the server of the task stopped"
    heartbeat = HeartbeatSender(make_task_heartbeat_fn_http(runtime))
    try:
        given = runtime.PullTaskInput(PullTaskInputRequest())
        TaskIdentity.task_id = given.task_id
        TaskIdentity.run_id = given.run.run_id
        TaskIdentity.node_id = given.context.node_id
        grid.set_run(run_from_proto(given.run))
        heartbeat.start()
        yield grid
        status, details = "completed", ""
    finally:
        if heartbeat.is_running:
            heartbeat.stop()
        try:
            runtime.PushTaskOutput(PushTaskOutputRequest(sub_status=status, details=details))
        finally:
            grid.close()


def start_run(superlink: SuperLinkAddress, app: Mapping[str, bytes | Path]) -> None:
    """Have the SuperLink begin a run of an app, given by its files.

    Raises:
        SuperLinkFailed: it does not.
    """
    content, _ = build_fab_from_files(app)
    fab = Fab(hashlib.sha256(content).hexdigest(), content, {})
    client = ControlHttpClient.from_server_address(
        superlink.address,
        superlink.plain,
        _certificate(superlink),
        interceptors=[RuntimeVersionHttpInterceptor(component_name="assay")],
    )
    try:
        if not client.StartRun(StartRunRequest(fab=fab_to_proto(fab))).HasField("run_id"):
            raise SuperLinkFailed(superlink.address, "it starts no run")
    finally:
        client.close()


def _acquire(link: SuperLink) -> str:
    """The token of the run that waits for its server."""
    client = RuntimeHttpClient.from_server_address(
        link.address.address,
        link.address.plain,
        _certificate(link.address),
        interceptors=[
            RuntimeVersionHttpInterceptor(component_name="SuperExec"),
            SuperExecAuthHttpInterceptor(
                master_secret=link.secret, protected_methods=frozenset({_ACQUIRE})
            ),
        ],
    )
    try:
        answer = client.AcquireTask(AcquireTaskRequest(supported_task_types=[TaskType.SERVER_APP]))
        if not answer.token:
            raise SuperLinkFailed(link.address.address, "its run is taken by another server")
        token: str = answer.token
        return token
    finally:
        client.close()


def _certificate(superlink: SuperLinkAddress) -> bytes | None:
    path = superlink.root_certificate
    return None if path is None else path.read_bytes()
