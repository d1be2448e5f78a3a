"""Chinese clauses to obligations."""

from assay.authoring.chinese.grammar import read

__all__ = ["read"]
