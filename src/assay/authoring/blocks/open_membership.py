"""Blocks for what many take part in, or what runs over time, in the order of their claims."""

from __future__ import annotations

from assay.authoring.blocks.auction import EnglishAuction
from assay.authoring.blocks.ballot import Vote
from assay.authoring.blocks.collection import Collection
from assay.authoring.blocks.crowdfunding import Crowdfunding
from assay.authoring.blocks.model import Block
from assay.authoring.blocks.presale import Presale
from assay.authoring.blocks.sale import Sale
from assay.authoring.blocks.split import Split
from assay.authoring.blocks.stake import Stake
from assay.authoring.blocks.subscription import Subscription
from assay.authoring.blocks.transfer_ban import TransferBan
from assay.authoring.blocks.vesting import Vesting

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
