"""A node that trains by itself, or an edge with its leaves, put together.

with node_or_edge(workspace, 7, "hospital-1", Leaves(files=(ward_1, ward_2))) as node:
    app = client_app(lambda _context: node)
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assay.bootstrap.leaves import Leaves
from assay.bootstrap.listening import host_and_port
from assay.bootstrap.training_members import Around, check_trainer, node_rounds, training_node
from assay.bootstrap.workspace import Workspace
from assay.training.edge_errors import LeavesUnforeseen
from assay.training.engine.client import TrainingNode
from assay.training.engine.deployment import server_grid
from assay.training.engine.grids import LocalGrid
from assay.training.engine.leaves import LeafRounds, leaf_app, reply_limit_bytes
from assay.training.engine.superlink import superlink_process
from assay.training.learning.data import LabelledData
from assay.training.learning.files import read_fitting
from assay.training.learning.leaf import PerceptronLeaf
from assay.training.plan import Plan
from assay.training.use_cases.patience import Patience, PatientHooks

_PART_OF_COMMITTING = 0.25


@contextmanager
def node_or_edge(
    workspace: Workspace,
    number: int,
    name: str,
    own: LabelledData | Leaves,
    around: Around = lambda _name, training: training,
    *,
    patience: Patience | None = None,
) -> Generator[TrainingNode]:
    """A member that trains, while the block runs; see `training_node`.

    Raises:
        LeavesUnforeseen: the task's plan admits fewer leaves.
        DataFileUnreadable, DataUnfit: a leaf's records are none, or do not fit the task.
        SuperLinkFailed, PlainConnection: leaves can't be listened for.
        Everything that `training_node` raises.
    """
    if isinstance(own, LabelledData):
        yield training_node(workspace, number, name, own, around, patience=patience)
        return
    check_trainer(workspace, number, name)
    with _leaf_rounds(workspace, number, own) as training:
        hooks = node_rounds(workspace, number, name, training.source)
        patient = PatientHooks(hooks, patience or Patience())
        yield TrainingNode(around(name, training), patient)


@contextmanager
def _leaf_rounds(workspace: Workspace, number: int, leaves: Leaves) -> Generator[LeafRounds]:
    parts = workspace.training
    task = parts.reader.task(number)
    plan, wait_s = parts.plan(task), min(leaves.wait_s, _PART_OF_COMMITTING * task.terms.commit_s)
    wanted = max(leaves.least, len(leaves.files), 1)
    if wanted > plan.leaves:
        raise LeavesUnforeseen(wanted, plan.leaves)
    if leaves.listen is None:
        with _grid_here(plan, leaves.files, leaves.label) as grid:
            yield LeafRounds(grid, plan, leaves.least, wait_s)
        return
    host, port = host_and_port(leaves.listen)
    limit = reply_limit_bytes(parts.initial(task).size)
    with (
        superlink_process(parts.home(number) / "edge", host, port, leaves.certificates) as link,
        server_grid(link, limit) as network,
    ):
        yield LeafRounds(network, plan, leaves.least, wait_s)


def _grid_here(plan: Plan, files: Sequence[Path], label: str | None) -> LocalGrid:
    """One leaf after the other: training uses one core, and the edge has others to leave free."""
    found = [PerceptronLeaf(path, read_fitting(path, plan.widths, label)) for path in files]
    app = leaf_app(lambda context: found[int(context.node_config["leaf"])])
    return LocalGrid(app, [{"leaf": at} for at in range(len(found))])
