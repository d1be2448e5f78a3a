"""All building blocks, in the order in which they take clauses: the special before the general."""

from __future__ import annotations

from assay.authoring.blocks.deeming import Deeming
from assay.authoring.blocks.held.ending import Ending
from assay.authoring.blocks.held.escrow import Escrow
from assay.authoring.blocks.held.keeping import Bounds
from assay.authoring.blocks.held.repayment import Repayment
from assay.authoring.blocks.model import Block
from assay.authoring.blocks.patterns.exchange import Exchange
from assay.authoring.blocks.patterns.open_membership import OPEN_MEMBERSHIP
from assay.authoring.blocks.payment import Payment
from assay.authoring.blocks.records import Records

BLOCKS: tuple[Block, ...] = (
    *OPEN_MEMBERSHIP,
    Exchange(),
    Escrow(),
    Payment(),
    Repayment(),
    Bounds(),
    Ending(),
    Deeming(),
    Records(),
)
