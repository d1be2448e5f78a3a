"""What content costs on chain: mints and payments to reposts, each a real transaction on Anvil.

    python bench/content_gas.py           a table
    python bench/content_gas.py --json    {"mint": ..., "repost_payment_depth_8": ..., ...}

`repost_gas.py` says how payments to reposts are measured.
"""

from __future__ import annotations

from assay.chain.deployment import Deployment
from assay.chain.transaction import Sender
from gas import Creator, Row
from repost_gas import report, repost_rows

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
    return [*mint_rows(deployment, creator), *repost_rows(deployment, payer, creator)]


if __name__ == "__main__":
    report("Gas of content, on a real node.", content_rows)
