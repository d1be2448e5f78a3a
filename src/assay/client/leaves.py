"""Training for an edge, which takes neither an account nor a chain.

    serve_leaf("127.0.0.1:9095", "ward-3.npz")

Needs the extra `training`.
"""

from __future__ import annotations

from pathlib import Path


def serve_leaf(
    edge: str,
    data: Path | str,
    *,
    root_certificate: Path | None = None,
    label: str | None = None,
) -> None:
    """Train on one's own records whenever the edge asks, until SIGTERM or Ctrl-C.

    Args:
        edge: host and port that the edge listens on.

    Raises:
        TrainingExtraMissing: the extra is not installed.
        DataFileUnreadable: the records are none.
        PlainConnection: the edge is on another machine, and there is no certificate.
    """
    from assay.bootstrap.training import NEEDED, check_extra  # noqa: PLC0415 - built when used

    check_extra(*NEEDED)
    from assay.bootstrap import training_processes as processes  # noqa: PLC0415 - loads torch

    processes.serve_leaf(Path(data), processes.SuperLinkAddress(edge, root_certificate), label)
