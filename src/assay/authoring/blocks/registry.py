"""All building blocks, in the order in which they take clauses: the special before the general."""

from __future__ import annotations

from assay.authoring.blocks.deeming import Deeming
from assay.authoring.blocks.ending import Ending
from assay.authoring.blocks.escrow import Escrow
from assay.authoring.blocks.exchange import Exchange
from assay.authoring.blocks.keeping import Bounds
from assay.authoring.blocks.model import Block
from assay.authoring.blocks.open_membership import OPEN_MEMBERSHIP
from assay.authoring.blocks.payment import Payment
from assay.authoring.blocks.records import Records
from assay.authoring.blocks.repayment import Repayment

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
