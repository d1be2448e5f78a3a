"""Many nodes on one machine, in Flower's simulation: Ray runs them in a few worker processes.

    simulate(client_app(node_of), strategy, nodes=100, rounds=10)

A node gets its number as `partition-id`, from 0, in Flower's node configuration. Workers are
processes: `node_of` is pickled to them, and what a node keeps between messages has to be on the
disk or in the context's state. Starting Ray takes 5 to 10 s; for small models see `LocalGrid`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

from flwr.app import Context
from flwr.clientapp import ClientApp
from flwr.serverapp import Grid, ServerApp
from flwr.simulation import run_simulation

from assay.training.engine.strategy import CertifiedRounds, quiet_flower


def simulate(
    app: ClientApp,
    strategy: CertifiedRounds,
    nodes: int,
    rounds: int,
    workers: int = 2,
) -> None:
    """Run so many rounds; the strategy holds what came of them.

    Args:
        workers: see `with_simulated`.

    Raises:
        TooFewNodes: the strategy wants more nodes than there are.
    """
    with_simulated(app, lambda grid: strategy.run(grid, rounds), nodes, workers)


def with_simulated(
    app: ClientApp, serve: Callable[[Grid], object], nodes: int, workers: int = 2
) -> None:
    """Have a server use simulated nodes.

    Args:
        workers: processes that run nodes, each on one core.

    Raises:
        Whatever `serve` raises.
    """
    server = ServerApp()

    @server.main()
    def main(grid: Grid, _context: Context) -> None:
        serve(grid)

    with quiet_flower(), warnings.catch_warnings():
        # What a later Ray will do with GPUs, of which these workers have none.
        warnings.filterwarnings("ignore", "Tip: In future versions of Ray", FutureWarning)
        run_simulation(
            server,
            app,
            num_supernodes=nodes,
            backend_config={
                "init_args": {"num_cpus": workers, "log_to_driver": False},
                "client_resources": {"num_cpus": 1},
            },
        )
