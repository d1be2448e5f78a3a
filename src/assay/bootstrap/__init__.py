"""The only place where adapters are plugged into ports."""

from assay.bootstrap.workspace import Workspace

__all__ = ["Workspace"]
