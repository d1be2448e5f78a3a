"""All building blocks, in the order in which they take clauses: the special before the general."""

from __future__ import annotations

from assay.authoring.blocks.exchange import Exchange
from assay.authoring.blocks.model import Block

BLOCKS: tuple[Block, ...] = (Exchange(),)
