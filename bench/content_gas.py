"""What content costs on chain: mints, lists, payments to reposts; real transactions on Anvil.

    python bench/content_gas.py           a table
    python bench/content_gas.py --json    {"mint": ..., "batch_each": ..., "lazy_each": ..., ...}

`token_gas.py` and `repost_gas.py` say how batches, lists and payments are measured.
"""

from __future__ import annotations

from assay.chain.deployment import Deployment
from assay.chain.transaction import Sender
from gas import Creator, Row
from repost_gas import report, repost_rows
from token_gas import token_rows

MINT_GOAL = 100_000


def mint_rows(deployment: Deployment, creator: Sender) -> list[Row]:
    """A creator's first content and a later one."""
    account = Creator(creator, deployment)
    first, later = account.mint("first text", 0), account.mint("second text", 0)
    return [
        Row("mint_first", "mint, the creator's first", first, MINT_GOAL),
        Row("mint", "mint", later, MINT_GOAL),
    ]


def content_rows(deployment: Deployment, payer: Sender, creator: Sender) -> list[Row]:
    """Every figure of the table."""
    return [
        *mint_rows(deployment, creator),
        *token_rows(deployment, payer, creator),
        *repost_rows(deployment, payer, creator),
    ]


if __name__ == "__main__":
    report("Gas of content, on a real node.", content_rows)
