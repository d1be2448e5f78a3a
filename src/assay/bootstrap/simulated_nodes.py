"""The nodes of a task in Flower's simulation: Ray's processes open the home folder for themselves.

task = with_simulated_nodes(settings, 7, consortium.nodes, serve)
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from flwr.app import Context
from flwr.serverapp import Grid

from assay.bootstrap.participants import Participant
from assay.bootstrap.training import check_extra
from assay.bootstrap.training_edges import node_or_edge
from assay.bootstrap.workspace import Workspace
from assay.config import Settings
from assay.training.engine.client import TrainingNode, client_app
from assay.training.model import Task


@dataclass(frozen=True, slots=True)
class SimulatedNode:
    """Builds a node in one of Ray's processes, which opens the home folder for itself."""

    settings: Settings
    number: int
    participants: tuple[Participant, ...]

    def __call__(self, context: Context) -> TrainingNode:
        """The node of a Flower partition."""
        place = int(context.node_config["partition-id"])
        key = (self.number, place)
        if key not in _HERE:
            workspace = _WORKSPACES.setdefault(self.number, Workspace(self.settings))
            one = self.participants[place]
            widths = workspace.training.plan(workspace.training.reader.task(self.number)).widths
            own = node_or_edge(workspace, self.number, one.account, one.own(widths))
            _HERE[key] = _OPEN.enter_context(own)
        return _HERE[key]


_HERE: dict[tuple[int, int], TrainingNode] = {}
_WORKSPACES: dict[int, Workspace] = {}
_OPEN = ExitStack()


def with_simulated_nodes(
    settings: Settings,
    number: int,
    participants: tuple[Participant, ...],
    serve: Callable[[Grid], Task],
) -> Task:
    """Run a server whose nodes are simulated; how the task ended.

    Raises:
        TrainingExtraMissing: Ray is not installed.
        Whatever `serve` raises.
    """
    check_extra("ray")
    from assay.training.engine.simulation import with_simulated  # noqa: PLC0415 - loads Ray

    ended: list[Task] = []
    app = client_app(SimulatedNode(settings, number, participants))
    with_simulated(app, lambda grid: ended.append(serve(grid)), len(participants))
    return ended[0]
