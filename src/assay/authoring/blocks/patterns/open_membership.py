"""Blocks for what many take part in, or what runs over time, in the order of their claims."""

from __future__ import annotations

from assay.authoring.blocks.model import Block
from assay.authoring.blocks.patterns.auction import EnglishAuction
from assay.authoring.blocks.patterns.ballot import Vote
from assay.authoring.blocks.patterns.collection import Collection
from assay.authoring.blocks.patterns.crowdfunding import Crowdfunding
from assay.authoring.blocks.patterns.presale import Presale
from assay.authoring.blocks.patterns.sale import Sale
from assay.authoring.blocks.patterns.split import Split
from assay.authoring.blocks.patterns.stake import Stake
from assay.authoring.blocks.patterns.subscription import Subscription
from assay.authoring.blocks.patterns.transfer_ban import TransferBan
from assay.authoring.blocks.patterns.vesting import Vesting

OPEN_MEMBERSHIP: tuple[Block, ...] = (
    Crowdfunding(),
    EnglishAuction(),
    Vesting(),
    Split(),
    Subscription(),
    Collection(),
    Presale(),
    Sale(),
    TransferBan(),
    Stake(),
    Vote(),
)
